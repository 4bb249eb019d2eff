package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// besides are what readers meet while something else goes on: the 99th part of
// Q1 in milliseconds, alone and beside a writer who commits one claim after the other.
type besides struct {
	Alone   float64 `json:"p99"`
	Beside  float64 `json:"p99BesideCommits"`
	Commits int     `json:"commits"`
}

// writerToken is what the bench's writer shows to the server that it started.
const writerToken = "bench"

// beside measures Q1 with and without a writer beside it.
func (r *run) beside(ctx context.Context, w *workload, found *report) error {
	tokens := filepath.Join(r.dir, "tokens")
	line := fmt.Sprintf("%x bench loader\n", sha256.Sum256([]byte(writerToken)))
	if err := os.WriteFile(tokens, []byte(line), 0o600); err != nil {
		return err
	}
	s, err := serve(ctx, r.program, r.store(), "--tokens", tokens)
	if err != nil {
		return err
	}
	c := newClient(s.url, w)
	err = func() error {
		alone, err := c.time(1, r.budget)
		if err != nil {
			return err
		}
		writing, stop := context.WithCancel(ctx)
		done := make(chan error, 1)
		go func() { done <- c.write(writing, &found.Beside.Commits) }()
		busy, err := c.time(1, r.budget)
		stop()
		found.Beside.Alone, found.Beside.Beside = alone.P99, busy.P99
		return errors.Join(err, <-done)
	}()
	return errors.Join(err, s.stop())
}

// write loads one claim after the other until ctx ends.
func (c *client) write(ctx context.Context, n *int) error {
	first := int(time.Now().UnixMilli()) // a number that no claim has yet
	for ctx.Err() == nil {
		if err := c.load(oneClaim(first + *n)); err != nil {
			return err
		}
		*n++
	}
	return nil
}

func (c *client) load(content []byte) error {
	request, err := http.NewRequest(http.MethodPost, c.url+"/quads", bytes.NewReader(content))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+writerToken)
	request.Header.Set("Content-Type", "application/n-quads")
	answer, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	told, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("load: %s: %.300s", answer.Status, told)
	}
	return err
}

// narrow is what a server answers whose memory is bounded far below the store's size.
type narrow struct {
	MemoryFlag  int     `json:"memoryFlagMiB"`
	ResidentMiB float64 `json:"residentMiB"`
	Answers     int     `json:"answers"`
	Wrong       int     `json:"wrong"`
}

// leastMemory is the least that serve --memory takes, in MiB.
const leastMemory = 64

// bounded asks all queries of a server with the least memory: it must answer
// right, from disk.
func (r *run) bounded(ctx context.Context, w *workload, found *report) error {
	s, err := serve(ctx, r.program, r.store(), "--memory", strconv.Itoa(leastMemory))
	if err != nil {
		return err
	}
	found.Narrow.MemoryFlag = leastMemory
	c := newClient(s.url, w)
	for n := 1; n < len(queries); n++ {
		t, err := c.time(n, r.budget)
		if err != nil {
			return errors.Join(err, s.stop())
		}
		found.Narrow.Answers, found.Narrow.Wrong = found.Narrow.Answers+t.Answers, found.Narrow.Wrong+t.Wrong
	}
	found.Narrow.ResidentMiB, err = s.resident()
	return errors.Join(err, s.stop())
}
