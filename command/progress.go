package command

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// meter shows the progress of a long command: a bar on a terminal, else a
// plain line for every stage and every ten seconds. It is safe for parallel use.
type meter struct {
	out      io.Writer
	terminal bool

	mu          sync.Mutex
	stage       string
	read, total int64 // bytes; total 0: unknown
	done        int
	shown       time.Time
}

func (p *program) meter() *meter { return &meter{out: p.err, terminal: isTerminal(p.err)} }

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// expect adds to how many bytes there are to read.
func (m *meter) expect(bytes int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.total += bytes
}

// step tells the stage, and how many things of it are done.
func (m *meter) step(stage string, done int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	fresh := stage != m.stage
	m.stage, m.done = stage, done
	m.show(fresh)
}

// show draws where it is time to. The caller holds the lock.
func (m *meter) show(force bool) {
	pause := 10 * time.Second
	if m.terminal {
		pause = 100 * time.Millisecond
	}
	if m.stage == "" || !force && time.Since(m.shown) < pause {
		return
	}
	m.shown = time.Now()
	if m.terminal {
		fmt.Fprintf(m.out, "\r\x1b[K%s %s", m.bar(), m.stage)
		return
	}
	fmt.Fprintf(m.out, "%s%s\n", m.stage, m.amount())
}

// bar draws how much of the bytes was read.
func (m *meter) bar() string {
	const width = 24
	if m.total == 0 {
		return m.amount()
	}
	full := int(min(m.read, m.total) * width / m.total)
	return fmt.Sprintf("[%s%s] %3d %%", strings.Repeat("█", full), strings.Repeat("·", width-full), min(m.read, m.total)*100/m.total)
}

func (m *meter) amount() string {
	if m.done == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d quads)", m.done)
}

// end clears the bar.
func (m *meter) end() {
	if m.terminal {
		fmt.Fprint(m.out, "\r\x1b[K")
	}
}

// metered is a stream whose bytes a meter counts.
type metered struct {
	io.ReadCloser
	meter *meter
}

func (r metered) Read(b []byte) (int, error) {
	n, err := r.ReadCloser.Read(b)
	r.meter.mu.Lock()
	r.meter.read += int64(n)
	r.meter.show(false)
	r.meter.mu.Unlock()
	return n, err
}
