package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// loaded is what loading took.
type loaded struct {
	Quads   int     `json:"quads"`
	Claims  int     `json:"claims"`
	Seconds float64 `json:"seconds"`
	PeakMiB float64 `json:"peakMiB"` // of resident memory
}

// load runs the load command on a file.
func load(ctx context.Context, program, store, file string) (loaded, error) {
	c := exec.CommandContext(ctx, program, "load", "--file-limit", "0", "--store", store, file)
	c.Stdout, c.Stderr = io.Discard, os.Stderr
	start := time.Now()
	if err := c.Run(); err != nil {
		return loaded{}, fmt.Errorf("load: %w", err)
	}
	took := time.Since(start)
	usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return loaded{}, errors.New("load: this system tells nothing of the memory of a process")
	}
	return loaded{Seconds: took.Seconds(), PeakMiB: float64(usage.Maxrss) / 1024}, nil
}

// server is a running serve command.
type server struct {
	command *exec.Cmd
	url     string
	started time.Duration // until the first answer to a query
}

var servingAt = regexp.MustCompile(`serving (http://\S+)`)

// serve starts the program on a free port and waits until it answers a query.
func serve(ctx context.Context, program, store string, flags ...string) (*server, error) {
	c := exec.CommandContext(ctx, program, append([]string{"serve", "--addr", "127.0.0.1:0", "--seed", "no", "--store", store}, flags...)...)
	messages, err := c.StderrPipe()
	if err != nil {
		return nil, err
	}
	start := time.Now()
	if err := c.Start(); err != nil {
		return nil, err
	}
	s := &server{command: c}
	lines := bufio.NewScanner(messages)
	for s.url == "" && lines.Scan() {
		if found := servingAt.FindStringSubmatch(lines.Text()); found != nil {
			s.url = found[1]
		}
	}
	go func() { _, _ = io.Copy(os.Stderr, messages) }()
	if s.url == "" {
		return nil, errors.Join(errors.New("serve: the program ended before it served"), c.Wait())
	}
	err = newClient(s.url, nil).get("/readyz")
	s.started = time.Since(start)
	return s, err
}

// stop ends the server as an operator would.
func (s *server) stop() error {
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.command.Wait()
}

// resident returns the server's resident memory in MiB.
func (s *server) resident() (float64, error) {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.command.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(content)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib / 1024, err
		}
	}
	return 0, errors.New("no VmRSS in the status of the process")
}
