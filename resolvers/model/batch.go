package model

import (
	"context"
	"time"

	"github.com/tripartite-graph/tripartite/graph"
)

// Batch is the content of one file.
type Batch struct {
	*graph.Batch
	request Request
}

// NewBatch returns the shell of a batch, nil for nil.
func NewBatch(r Request, b *graph.Batch) *Batch {
	if b == nil {
		return nil
	}
	return &Batch{b, r}
}

func newBatches(r Request, in []*graph.Batch) []*Batch {
	return convert(in, func(b *graph.Batch) *Batch { return NewBatch(r, b) })
}

// IsNode marks the implementations of Node.
func (*Batch) IsNode() {}

// Loads returns the journal's entries of the batch.
func (b *Batch) Loads(ctx context.Context) ([]*Load, error) {
	entries, err := b.request.Loads(ctx, b.Batch)
	return convert(entries, func(e graph.JournalEntry) *Load { return &Load{e} }), err
}

// RecordedAt returns when the batch was first loaded.
func (b *Batch) RecordedAt(ctx context.Context) (time.Time, error) {
	entries, err := b.request.Loads(ctx, b.Batch)
	if err != nil || len(entries) == 0 {
		return time.Time{}, err
	}
	return entries[0].Time, nil
}

// Retraction returns the withdrawal in force, nil for none.
func (b *Batch) Retraction(ctx context.Context) (*Retraction, error) {
	r, err := b.request.BatchRetraction(ctx, b.Batch)
	return NewRetraction(r), err
}

// Load is one entry of the journal.
type Load struct{ graph.JournalEntry }

// Sequence returns the number of the commit.
func (l *Load) Sequence() int { return int(l.Seq) }

// File returns the name of the file, nil where there was none.
func (l *Load) File() *string { return optional(l.JournalEntry.File) }

// FileSha256 returns the hash of the file's bytes, nil where there was none.
func (l *Load) FileSha256() *string { return optional(l.FileHash) }

// Retraction is the withdrawal of a claim or a batch.
type Retraction struct{ *graph.Retraction }

// NewRetraction returns the shell of a retraction, nil for nil.
func NewRetraction(r *graph.Retraction) *Retraction {
	if r == nil {
		return nil
	}
	return &Retraction{r}
}

// IsNode marks the implementations of Node.
func (*Retraction) IsNode() {}

// RecordedAt returns when it was recorded.
func (r *Retraction) RecordedAt() time.Time { return r.At }

// optional returns nil for the empty string.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
