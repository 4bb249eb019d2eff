package graph

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// Report is what an import found and did.
type Report struct {
	Problems []Problem `json:"problems"`        // in the order of files and lines, at most maxProblems
	More     int       `json:"more,omitempty"`  // problems left out
	Notes    []Problem `json:"notes,omitempty"` // what the files say that has no place in the graph: no fault
	Counts   Counts    `json:"counts"`          // of what the files hold, sound or not
	Dropped  Counts    `json:"dropped"`         // what was left out for its problems (best effort)
	Batches  []string  `json:"batches"`         // ids of the batches that the files are
	Added    int       `json:"added"`           // quads new to the store
	Seq      Seq       `json:"sequence"`        // the store's sequence afterwards
	Refused  bool      `json:"refused"`         // nothing entered
	DryRun   bool      `json:"dryRun"`
	// Rejects is what was left out (best effort) as N-Quads, with the reasons
	// as comments: to be mended and loaded again.
	Rejects string `json:"rejects,omitempty"`

	files [][]int // for each of Batches its files, by number
}

// Counts counts what files hold.
type Counts struct {
	Quads    int `json:"quads"`
	Claims   int `json:"claims"`
	Entities int `json:"entities"`
	Batches  int `json:"batches"`
}

// maxProblems bounds the problems that a report lists; the rest is counted.
const maxProblems = 1000

// sortProblems puts the problems into the order of files and lines, drops
// repeated ones, and cuts the list at its bound.
func (r *Report) sortProblems(files map[string]int) {
	slices.SortStableFunc(r.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(files[a.File], files[b.File]), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	r.Problems = slices.CompactFunc(r.Problems, func(a, b Problem) bool {
		return a.Position == b.Position && a.Rule == b.Rule && a.Message == b.Message
	})
	if len(r.Problems) > maxProblems {
		r.More = len(r.Problems) - maxProblems
		r.Problems = r.Problems[:maxProblems]
	}
}

// WriteText writes the report for people: a line for each problem, then what
// was done.
func (r *Report) WriteText(w io.Writer) error {
	for _, p := range r.Problems {
		if _, err := fmt.Fprintln(w, p); err != nil {
			return err
		}
	}
	if r.More > 0 {
		if _, err := fmt.Fprintf(w, "and %d more\n", r.More); err != nil {
			return err
		}
	}
	for _, n := range r.Notes {
		if _, err := fmt.Fprintln(w, n); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, r.Summary())
	return err
}

// Summary says in one line what was done.
func (r *Report) Summary() string {
	c := r.Counts
	held := fmt.Sprintf("%d quads, %d claims, %d entities, %d batches", c.Quads, c.Claims, c.Entities, c.Batches)
	problems := len(r.Problems) + r.More
	switch {
	case r.Refused:
		return fmt.Sprintf("refused for %d problems, nothing changed (%s)", problems, held)
	case r.DryRun && problems > 0:
		return fmt.Sprintf("sound but for %d problems, not loaded (%s)", problems, held)
	case r.DryRun:
		return fmt.Sprintf("sound, not loaded (%s)", held)
	case r.Added == 0 && problems == 0:
		return fmt.Sprintf("nothing new (%s)", held)
	case r.Added == 0:
		return fmt.Sprintf("nothing loaded; %d claims and %d entities left out for %d problems (%s)",
			r.Dropped.Claims, r.Dropped.Entities, problems, held)
	case problems > 0:
		return fmt.Sprintf("loaded %d new quads as sequence %d; %d claims and %d entities left out for %d problems (%s)",
			r.Added, r.Seq, r.Dropped.Claims, r.Dropped.Entities, problems, held)
	}
	return fmt.Sprintf("loaded %d new quads as sequence %d (%s)", r.Added, r.Seq, held)
}

// WriteJSON writes the report for programs.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(r)
}

// Err returns nil for an import that was not refused, and otherwise an error
// that names the first problem.
func (r *Report) Err() error {
	if !r.Refused || len(r.Problems) == 0 {
		return nil
	}
	return Errorf(CodeInvalid, "refused for %d problems, nothing changed; the first: %s", len(r.Problems)+r.More, r.Problems[0])
}
