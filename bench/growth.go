package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
)

// growth is how much slower the medians of Q1, Q5 and Q6 are on ten times the
// data, with ten times the memory.
type growth struct {
	Entities   int `json:"entities"` // of the smaller graph
	Q1, Q5, Q6 float64
}

const growthFactor = 10

// standardMemory is what serve takes without --memory, in MiB.
const standardMemory = 480

// grow measures a graph of a tenth of the size and compares. The smaller
// server has a tenth of the memory, or the least that there is.
func (r *run) grow(ctx context.Context, found *report) error {
	small := *r
	small.size, small.keep = r.size/growthFactor, false
	small.dir = filepath.Join(r.dir, "tenth")
	if err := os.MkdirAll(small.dir, 0o755); err != nil {
		return err
	}
	w := generate(small.size, r.seed)
	if err := small.load(ctx, w, &report{}); err != nil {
		return err
	}
	memory := max(leastMemory, standardMemory/growthFactor)
	s, err := serve(ctx, r.program, small.store(), "--memory", strconv.Itoa(memory))
	if err != nil {
		return err
	}
	c := newClient(s.url, w)
	found.Growth.Entities = small.size
	for n, ratio := range map[int]*float64{1: &found.Growth.Q1, 5: &found.Growth.Q5, 6: &found.Growth.Q6} {
		t, err := c.time(n, r.budget)
		if err != nil {
			return errors.Join(err, s.stop())
		}
		*ratio = found.Queries[n-1].P50 / t.P50
	}
	return s.stop()
}
