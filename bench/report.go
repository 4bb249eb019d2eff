package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
)

// row is one line of the table: what was measured, and what it is held against.
type row struct {
	Name  string  `json:"name"`
	Unit  string  `json:"unit"`
	Value float64 `json:"value"`
	Done  float64 `json:"done"`            // the bound that is asked for; 0: none
	Reach float64 `json:"reach,omitempty"` // the one that is aimed at
	More  bool    `json:"more,omitempty"`  // more is better
	Met   bool    `json:"met"`
}

// report is all that one run measured.
type report struct {
	Entities   int          `json:"entities"`
	Relations  int          `json:"relations"`
	Load       loaded       `json:"load"`
	Queries    []timing     `json:"queries"`
	InProcess  inProcess    `json:"inProcess"`
	Commits    commitTimes  `json:"commits"`
	StartMs    float64      `json:"startMs"` // until a server on the loaded store answers
	WarmMs     float64      `json:"warmMs"`  // until it has answered a hundred of each query
	Beside     besides      `json:"beside"`
	Narrow     narrow       `json:"narrow"`
	Growth     growth       `json:"growth"`
	MemoryMiB  float64      `json:"memoryMiB"`
	Rows       []row        `json:"rows"`
	Peers      []peerTiming `json:"peers,omitempty"`
	PeerOutput []string     `json:"peersFailed,omitempty"`
}

// fullSize is the size that the bounds are meant for.
const fullSize = 200_000

// judge holds what was measured against the bounds.
func (r *report) judge() {
	q := func(n int) timing { return r.Queries[n-1] }
	less := func(name, unit string, value, done, reach float64) {
		r.Rows = append(r.Rows, row{Name: name, Unit: unit, Value: value, Done: done, Reach: reach, Met: value <= done})
	}
	more := func(name, unit string, value, done, reach float64) {
		r.Rows = append(r.Rows, row{Name: name, Unit: unit, Value: value, Done: done, Reach: reach, More: true, Met: value >= done})
	}
	less("load", "s", r.Load.Seconds, 8, 6)
	less("load, peak memory", "MiB", r.Load.PeakMiB, 1536, 0)
	less("Q1 one hop, p50", "ms", q(1).P50, .40, .25)
	more("Q1, 8 clients", "/s", q(1).PerSecond, 4000, 8000)
	less("Q2 two hops, p50", "ms", q(2).P50, 1.2, .8)
	more("Q2, 8 clients", "/s", q(2).PerSecond, 800, 2000)
	less("Q3 three hops, cap 1,000, p50", "ms", q(3).P50, 5, 2.2)
	less("Q4 shortest path, p50", "ms", q(4).P50, 1, .6)
	less("Q5 name search, p50", "ms", q(5).P50, .45, .3)
	less("Q6 convicted between dates, sorted, p50", "ms", q(6).P50, 1.2, .7)
	less("start on the loaded store", "ms", r.StartMs, 300, 0)
	less("a hundred of each query, from the start", "s", r.WarmMs/1000, 3, 0)
	less("server's memory, warm", "MiB", r.MemoryMiB, 600, 0)
	less(fmt.Sprintf("wrong answers with --memory %d", r.Narrow.MemoryFlag), "", float64(r.Narrow.Wrong), 0, 0)
	less("in process: two hops, times a plain array", "x", r.InProcess.TwoHops/r.InProcess.TwoHopsArray, 3, 0)
	less("in process: shortest path, times a plain array", "x", r.InProcess.Path/r.InProcess.PathArray, 3, 0)
	less("one claim committed, above a bare fsync", "ms", r.Commits.Commit-r.Commits.Fsync, .5, 0)
	less("one claim imported, above a bare fsync", "ms", r.Commits.Import-r.Commits.Fsync, .5, 0)
	less("Q1 p99 beside commits, times without", "x", r.Beside.Beside/r.Beside.Alone, noise, 0)
	if r.Growth.Entities > 0 {
		less("growth by ten, Q1", "x", r.Growth.Q1, 1.3, 0)
		less("growth by ten, Q5", "x", r.Growth.Q5, 1.3, 0)
		less("growth by ten, Q6", "x", r.Growth.Q6, 1.3, 0)
	}
}

// noise is the factor below which differences mean nothing on a shared machine.
const noise = 2

// wrong counts answers of another size than they must have.
func (r *report) wrong() (n int) {
	for _, q := range r.Queries {
		n += q.Wrong
	}
	return n + r.Narrow.Wrong
}

// writeJSON writes the report for machines.
func (r *report) writeJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// writeText writes the table.
func (r *report) writeText(w io.Writer) error {
	fmt.Fprintf(w, "%d entities, %d relations, %d quads: %.0f quads/s, %.0f claims/s\n",
		r.Entities, r.Relations, r.Load.Quads, float64(r.Load.Quads)/r.Load.Seconds, float64(r.Load.Claims)/r.Load.Seconds)
	if r.Entities != fullSize {
		fmt.Fprintf(w, "(the bounds are meant for %d entities)\n", fullSize)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\nwhat\tours\tdone\treach\t")
	for _, row := range r.Rows {
		fmt.Fprintf(t, "%s\t%.3g %s\t%s\t%s\t%s\n", row.Name, row.Value, row.Unit, bound(row.Done), bound(row.Reach), row.verdict())
	}
	fmt.Fprintln(t, "\nquery\tp50 ms\tp95 ms\tper second\tanswers\twrong")
	for i, q := range r.Queries {
		fmt.Fprintf(t, "Q%d %s\t%.2f\t%.2f\t%.0f\t%d\t%d\t%s\n", i+1, q.Query, q.P50, q.P95, q.PerSecond, q.Answers, q.Wrong, q.Example)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nin process, µs: two hops %.2f (array %.2f; with an entity of each %.1f), shortest path %.1f (array %.1f)\n",
		r.InProcess.TwoHops, r.InProcess.TwoHopsArray, r.InProcess.TwoHopsNamed, r.InProcess.Path, r.InProcess.PathArray)
	fmt.Fprintf(w, "Q1 p99, ms: %.2f, beside %d commits %.2f; with --memory %d: %d answers, %.0f MiB resident\n",
		r.Beside.Alone, r.Beside.Commits, r.Beside.Beside, r.Narrow.MemoryFlag, r.Narrow.Answers, r.Narrow.ResidentMiB)
	fmt.Fprintf(w, "small commits, ms: fsync %.2f, transaction %.2f, import %.2f\n", r.Commits.Fsync, r.Commits.Commit, r.Commits.Import)
	for _, p := range r.Peers {
		fmt.Fprintf(w, "%s %s\n", p.Peer, p.text())
	}
	_, err := io.WriteString(w, strings.Join(r.PeerOutput, ""))
	return err
}

func bound(v float64) string {
	if v == 0 {
		return "-"
	}
	return fmt.Sprintf("%.4g", v)
}

func (r row) verdict() string {
	reached := r.Reach > 0 && (r.More && r.Value >= r.Reach || !r.More && r.Value <= r.Reach)
	switch {
	case reached:
		return "reached"
	case r.Met:
		return "met"
	}
	return "missed"
}

func readJSON(path string, into any) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(content, into)
}

func writeJSON(path string, v any) error {
	content, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}
