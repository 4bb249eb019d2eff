package model

import (
	"context"

	"github.com/tripartite-graph/tripartite/graph"
)

// ImportPayload is what an import found and did.
type ImportPayload struct {
	Report     *ImportReport
	Batches    []*Batch
	UserErrors []*UserError
}

// ImportReport is an import's report.
type ImportReport struct{ *graph.Report }

// Sequence returns the newest commit, nil where nothing entered.
func (r *ImportReport) Sequence() *int {
	if r.Refused || r.DryRun {
		return nil
	}
	n := int(r.Seq)
	return &n
}

// Quads returns how many quads the content holds.
func (r *ImportReport) Quads() int { return r.Counts.Quads }

// Claims returns how many claims the content holds.
func (r *ImportReport) Claims() int { return r.Counts.Claims }

// Entities returns how many entities the content holds.
func (r *ImportReport) Entities() int { return r.Counts.Entities }

// MoreProblems returns how many problems are not listed.
func (r *ImportReport) MoreProblems() int { return r.More }

// Problems returns the faults of the content.
func (r *ImportReport) Problems() []*ImportProblem {
	return convert(r.Report.Problems, func(p graph.Problem) *ImportProblem { return &ImportProblem{p} })
}

// ImportProblem is a fault of a file.
type ImportProblem struct{ graph.Problem }

// Rule returns the name of the rule that is broken.
func (p *ImportProblem) Rule() string { return string(p.Problem.Rule) }

// File returns the file's name, nil where the fault is in none.
func (p *ImportProblem) File() *string { return optional(p.Problem.File) }

// Line returns the line, nil where it is not known.
func (p *ImportProblem) Line() *int { return positive(p.Problem.Line) }

// Column returns the column, nil where it is not known.
func (p *ImportProblem) Column() *int { return positive(p.Problem.Column) }

// Suggestions returns the nearest that is known.
func (p *ImportProblem) Suggestions() []string { return append([]string{}, p.Problem.Suggestions...) }

// positive returns nil for 0.
func positive(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// Change is one commit.
type Change struct {
	graph.JournalEntry
	Cursor string
	Missed int // commits before this one that the journal does not have
}

// Batches returns the batches that the commit brought.
func (c *Change) Batches(ctx context.Context) ([]*Batch, error) {
	ids := make([]string, len(c.JournalEntry.Batches))
	r := FromContext(ctx)
	for i, b := range c.JournalEntry.Batches {
		ids[i] = r.Ontology().Names.ID(b)
	}
	found, err := r.BatchesByID(ctx, ids)
	return newBatches(r, found), err
}

// Sequence returns the number of the commit.
func (c *Change) Sequence() int { return int(c.Seq) }

// File returns the name of the file that was loaded, nil for none.
func (c *Change) File() *string { return optional(c.JournalEntry.File) }

// Reason returns why a retraction or merge was made, nil for none.
func (c *Change) Reason() *string { return optional(c.JournalEntry.Reason) }
