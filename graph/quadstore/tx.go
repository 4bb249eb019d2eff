package quadstore

import (
	"context"
	"slices"
	"time"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// tx is a transaction. It holds the writer's place until it ends.
type tx struct {
	store    *Store
	base     *pebble.Snapshot
	snapshot *snapshot
	terms    *dictionary
	added    []graph.NumberedQuad // by the numbers of terms
	plain    []graph.PlainClaim   // what is known of claims that they make
	// final tells, once something is removed, whether a quad is there at the
	// end; until then added alone counts.
	final map[graph.NumberedQuad]bool
	ended bool
}

// Begin waits for the writer's place and starts a transaction.
func (s *Store) Begin(ctx context.Context) (graph.Tx, error) { return s.begin(ctx) }

func (s *Store) begin(ctx context.Context) (*tx, error) {
	if err := s.takeWriter(ctx); err != nil {
		return nil, err
	}
	p, err := s.pin()
	if err != nil {
		s.writer <- struct{}{}
		return nil, err
	}
	snap, base := &snapshot{pinned: p, seq: p.latest, time: p.entry.Time}, p.reader
	return &tx{store: s, base: base, snapshot: snap, terms: newDictionary(base, s.lastID)}, nil
}

// Snapshot shows the store as it was when the transaction began.
func (t *tx) Snapshot() graph.Snapshot { return t.snapshot }

// Add stages quads.
func (t *tx) Add(quads ...graph.Quad) error {
	if t.ended {
		return errEnded
	}
	t.added = slices.Grow(t.added, len(quads))
	for _, q := range quads {
		if err := t.stage(t.number(q)); err != nil {
			return err
		}
	}
	return nil
}

// AddNumbered stages quads by the numbers of their terms.
func (t *tx) AddNumbered(terms *graph.TermTable, list graph.Numbered) error {
	if t.ended {
		return errEnded
	}
	if !t.terms.adopt(terms) {
		for _, q := range list.Quads {
			if err := t.Add(terms.Quad(q)); err != nil {
				return err
			}
		}
		return nil
	}
	t.added = list.Quads[:0]
	for _, q := range list.Quads {
		if err := t.stage(q); err != nil {
			return err
		}
	}
	return t.stagePlain(list.Plain)
}

// number gives the terms of a quad their numbers.
func (t *tx) number(q graph.Quad) graph.NumberedQuad {
	table := t.terms.table
	return graph.NumberedQuad{
		table.Number(q.Subject), table.Number(q.Predicate), table.Number(q.Object), table.Number(q.Label),
	}
}

// stage adds a quad whose terms have numbers, and gives them nodes.
func (t *tx) stage(q graph.NumberedQuad) error {
	if q[0] == 0 || q[1] == 0 || q[2] == 0 {
		return graph.Errorf(graph.CodeInvalid, "a quad needs a subject, a predicate and an object: got %q", t.terms.table.Quad(q))
	}
	for _, n := range q {
		if _, err := t.terms.node(n); err != nil {
			return err
		}
	}
	t.added = append(t.added, q)
	if t.final != nil {
		t.final[q] = true
	}
	return nil
}

// Remove stages removals; a quad that the store does not hold is passed over.
func (t *tx) Remove(quads ...graph.Quad) error {
	if t.ended {
		return errEnded
	}
	t.plain = nil // the quads alone tell what is left
	if t.final == nil {
		t.final = make(map[graph.NumberedQuad]bool, len(t.added)+len(quads))
		for _, q := range t.added {
			t.final[q] = true
		}
	}
	for _, q := range quads {
		ids, err := t.nodes(q, t.terms.find)
		if err != nil {
			return err
		}
		if ids[0] != 0 && ids[1] != 0 && ids[2] != 0 && (ids[3] != 0 || q.Label == "") {
			t.final[t.number(q)] = false
		}
	}
	return nil
}

var errEnded = graph.Errorf(graph.CodeInternal, "the transaction has ended")

func (t *tx) nodes(q graph.Quad, node func(graph.Term) (graph.NodeID, error)) (ids quad4, err error) {
	for i, term := range [4]graph.Term{q.Subject, q.Predicate, q.Object, q.Label} {
		if ids[i], err = node(term); err != nil {
			return ids, err
		}
	}
	return ids, nil
}

// Abort drops the transaction.
func (t *tx) Abort() error {
	if t.ended {
		return nil
	}
	return t.end()
}

// end gives the writer's place back.
func (t *tx) end() error {
	t.ended = true
	err := join(t.terms.close(), t.snapshot.Close()) // which closes the base with it
	t.store.writer <- struct{}{}
	return err
}

// Commit writes the staged changes and the journal entry.
func (t *tx) Commit(ctx context.Context, entry graph.JournalEntry) (seq graph.Seq, err error) {
	if t.ended {
		return 0, errEnded
	}
	defer func() { err = join(err, t.end()) }()
	c, err := t.changes()
	if err != nil || c.len()+len(c.removed) == 0 {
		return t.store.Latest(), err
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	entry.Seq, entry.Time = c.seq, t.nextTime()
	entry.Added, entry.Removed = c.len(), len(c.removed)
	n, w := c.len()+len(c.removed), newWriteSet()
	defer func() { err = join(err, w.abandon()) }()
	if err := t.store.stageQuads(ctx, w, c, n); err != nil {
		return 0, err
	}
	if err := t.derive(c, w); err != nil {
		return 0, err
	}
	var forgotten []row
	if entry.Action == graph.ActionPurge {
		if forgotten, err = t.purge(c); err != nil {
			return 0, err
		}
	}
	if err := t.record(w, entry, forgotten); err != nil {
		return 0, err
	}
	if err := t.noteChanges(w, n, c.seq); err != nil {
		return 0, err
	}
	if err := t.store.write(ctx, w, n); err != nil {
		return 0, err
	}
	t.store.lastID = t.terms.highest()
	return c.seq, t.store.publish(c.seq)
}

// nextTime returns the time of the commit: never before that of the last one.
func (t *tx) nextTime() time.Time {
	now := time.Now().UTC().Truncate(time.Microsecond)
	if last := t.snapshot.Time(); now.Before(last) {
		return last
	}
	return now
}
