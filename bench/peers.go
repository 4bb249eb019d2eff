package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// peers are the scripts that are run beside, in this order: PostGraphile asks
// the database that PostgreSQL's script leaves running.
var peers = []string{"postgres", "postgraphile", "kuzu", "oxigraph"}

// peerTiming is what a peer says of one query, or of its load.
type peerTiming struct {
	Peer      string  `json:"peer"`
	Query     int     `json:"query,omitempty"` // 0: loading
	Seconds   float64 `json:"seconds,omitempty"`
	P50       float64 `json:"p50,omitempty"`
	PerSecond float64 `json:"perSecond,omitempty"`
	Times     float64 `json:"times"`                // its time by ours
	Slower    float64 `json:"timesFewer,omitempty"` // our requests a second by its
	Wrong     int     `json:"wrong,omitempty"`
}

func (p peerTiming) text() string {
	switch {
	case p.Query == 0:
		return fmt.Sprintf("load: %.1f s, %.2f times ours", p.Seconds, p.Times)
	case p.PerSecond > 0:
		return fmt.Sprintf("Q%d: p50 %.2f ms, %.1f times ours; %.0f a second, ours are %.1f times as many; %d wrong", p.Query, p.P50, p.Times, p.PerSecond, p.Slower, p.Wrong)
	}
	return fmt.Sprintf("Q%d: p50 %.2f ms, %.1f times ours; %d wrong", p.Query, p.P50, p.Times, p.Wrong)
}

var (
	peerLine = regexp.MustCompile(`^Q([1-6]) .*?mismatches=(\d+) p50=([\d.]+)ms`)
	peerLoad = regexp.MustCompile(`^(?:load ([\d.]+)s|copy .* total ([\d.]+) s)`)
	peerRate = regexp.MustCompile(`([\d.]+) req/s`)
	peerStop = regexp.MustCompile(`^stop with: (.+)$`)
)

// runPeers runs the peers on the files of their own generator, which the
// workload was read from, and takes down what they print. One that does not
// run is told and passed over.
func (r *run) runPeers(ctx context.Context, found *report) error {
	root := filepath.Dir(filepath.Dir(r.csv))
	var stops []string
	defer func() {
		for _, stop := range stops {
			_ = exec.Command("sh", "-c", stop).Run() // told below where it matters: the port stays taken
		}
	}()
	for _, peer := range peers {
		c := exec.CommandContext(ctx, "bash", filepath.Join(root, "run", peer+".sh"), filepath.Base(r.csv))
		c.Env = append(os.Environ(), "PEERS_ROOT="+root)
		out, err := c.CombinedOutput()
		if err != nil {
			found.PeerOutput = append(found.PeerOutput, fmt.Sprintf("%s did not run: %v: %.200s\n", peer, err, lastLine(out)))
		}
		for line := range strings.Lines(string(out)) {
			if stop := peerStop.FindStringSubmatch(strings.TrimSpace(line)); stop != nil {
				stops = append([]string{stop[1]}, stops...)
			}
			found.addPeer(peer, line)
		}
	}
	return ctx.Err()
}

func lastLine(out []byte) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return lines[len(lines)-1]
}

// addPeer takes a line of a peer's output, where it is one of a query.
func (r *report) addPeer(peer, line string) {
	if l := peerLoad.FindStringSubmatch(line); l != nil {
		t := peerTiming{Peer: peer}
		t.Seconds, _ = strconv.ParseFloat(l[1]+l[2], 64) // digits, by the pattern
		t.Times = t.Seconds / r.Load.Seconds
		r.Peers = append(r.Peers, t)
	}
	q := peerLine.FindStringSubmatch(line)
	if q == nil {
		return
	}
	t := peerTiming{Peer: peer}
	t.Query, _ = strconv.Atoi(q[1])
	t.Wrong, _ = strconv.Atoi(q[2])
	t.P50, _ = strconv.ParseFloat(q[3], 64)
	if rate := peerRate.FindStringSubmatch(line); rate != nil {
		t.PerSecond, _ = strconv.ParseFloat(rate[1], 64)
		t.Slower = r.Queries[t.Query-1].PerSecond / t.PerSecond
	}
	t.Times = t.P50 / r.Queries[t.Query-1].P50
	r.Peers = append(r.Peers, t)
}

// preparePeers copies the peers' scripts into the scratch folder, makes their
// files, and takes the workload from those.
func (r *run) preparePeers(ctx context.Context) error {
	root := filepath.Join(r.dir, "peers")
	if err := os.CopyFS(root, os.DirFS(r.peers)); err != nil && !errors.Is(err, fs.ErrExist) { // an earlier run's, with what it installed
		return err
	}
	if err := os.Chmod(r.dir, 0o755); err != nil { // a database's server runs as another user
		return err
	}
	size := fmt.Sprintf("%dk", r.size/1000)
	r.csv = filepath.Join(root, "data", size)
	for _, step := range []string{
		"cd gen && go build -o ../bin-gen .",
		"cd bench && go build -o ../bin-bench .",
		fmt.Sprintf("./bin-gen -n %d -seed %d -out data/%s", r.size, r.seed, size),
	} {
		c := exec.CommandContext(ctx, "sh", "-c", step)
		c.Dir, c.Stderr = root, os.Stderr
		if err := c.Run(); err != nil {
			return fmt.Errorf("peers: %s: %w", step, err)
		}
	}
	return nil
}
