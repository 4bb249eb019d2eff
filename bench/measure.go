package main

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// timing is how long one query took, in milliseconds, and how many were
// answered in a second with several clients at once; 0: not measured.
type timing struct {
	Query     string  `json:"query"`
	P50       float64 `json:"p50"`
	P95       float64 `json:"p95"`
	P99       float64 `json:"p99"`
	PerSecond float64 `json:"perSecond,omitempty"`
	Answers   int     `json:"answers"`
	Wrong     int     `json:"wrong"` // answers of another size than they must have
	Example   string  `json:"example,omitempty"`
}

// clients is how many ask at once where requests a second are measured.
const clients = 8

// warm is how many questions are asked before the clock starts.
const warm = 100

// time asks each question of a query once, for at most budget.
func (c *client) time(n int, budget time.Duration) (timing, error) {
	t := timing{Query: queries[n].name}
	bodies, err := c.bodies(n)
	if err != nil {
		return t, err
	}
	set := c.w.questions[n]
	for i := range warm {
		_ = c.ask(n, set[i%len(set)], bodies[i%len(set)])
	}
	var took []float64
	for i, end := 0, time.Now().Add(budget); i < len(set) && time.Now().Before(end); i++ {
		start := time.Now()
		err := c.ask(n, set[i], bodies[i])
		took = append(took, milliseconds(time.Since(start)))
		if t.Answers++; err != nil {
			t.Wrong, t.Example = t.Wrong+1, err.Error()
		}
	}
	t.P50, t.P95, t.P99 = quantile(took, .50), quantile(took, .95), quantile(took, .99)
	return t, nil
}

// heat asks the first questions of every query, as a server meets them that
// has just been started.
func (c *client) heat() error {
	for n := 1; n < len(queries); n++ {
		bodies, err := c.bodies(n)
		if err != nil {
			return err
		}
		for i := range min(warm, len(bodies)) {
			if err := c.ask(n, c.w.questions[n][i], bodies[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *client) bodies(n int) (out [][]byte, err error) {
	for _, q := range c.w.questions[n] {
		body, err := c.body(n, q)
		if err != nil {
			return nil, err
		}
		out = append(out, body)
	}
	return out, nil
}

// rate counts the right answers in a second to several clients.
func (c *client) rate(n int, during time.Duration) (float64, error) {
	bodies, err := c.bodies(n)
	if err != nil {
		return 0, err
	}
	var next, answered atomic.Int64
	var wait sync.WaitGroup
	start := time.Now()
	end := start.Add(during)
	for range clients {
		wait.Go(func() {
			for time.Now().Before(end) {
				i := int(next.Add(1)) % len(bodies)
				if c.ask(n, c.w.questions[n][i], bodies[i]) == nil {
					answered.Add(1)
				}
			}
		})
	}
	wait.Wait()
	return float64(answered.Load()) / time.Since(start).Seconds(), nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// quantile returns the value below which a part of the values lies.
func quantile(values []float64, part float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[min(int(part*float64(len(values))), len(values)-1)]
}
