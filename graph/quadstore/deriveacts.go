package quadstore

import (
	"slices"

	"github.com/tripartite-graph/tripartite/graph"
)

// deriveMerges writes a row for each merge that was touched.
func (d *derivation) deriveMerges() error {
	for _, id := range d.touched.merges.sorted() {
		value, err := d.after.mergeRow(id)
		if err != nil {
			return err
		}
		if err := d.replaceStored(idKey(nil, tableMerges, id), value); err != nil {
			return err
		}
	}
	return nil
}

// mergeRow encodes which entities a merge stands for, by which it represents
// them, and when it was in force; nil for what is no whole merge.
func (s *side) mergeRow(id graph.NodeID) ([]byte, error) {
	if s.d.words.merges == 0 || s.d.words.into == 0 {
		return nil, nil
	}
	merged, err := s.quads(bySubject, id, s.d.words.merges)
	if err != nil {
		return nil, err
	}
	into, err := s.quads(bySubject, id, s.d.words.into)
	if err != nil || len(merged) == 0 || len(into) == 0 {
		return nil, err
	}
	end, err := s.undoing(id)
	if err != nil {
		return nil, err
	}
	from := max(firstSeq(merged, quad4{}), firstSeq(into, quad4{}))
	e := newRow()
	e.intervals(union(nil, []graph.Interval{{From: from, To: max(from, end)}}))
	e.id(into[0].object())
	list := nodeSet{}
	for _, q := range merged {
		list.add(q.object())
	}
	e.ids(list.sorted())
	return e.b, nil
}

// batchChange is what a commit adds to the counts of a batch.
type batchChange struct {
	quads, claims int64
	removed       bool // some quad was taken away: what is left must be read
}

func (d *derivation) batch(id graph.NodeID) *batchChange {
	b := d.batches[id]
	if b == nil {
		b = &batchChange{}
		d.batches[id] = b
	}
	return b
}

// countBatch counts a quad that a commit adds (1) or removes (-1).
func (d *derivation) countBatch(q quad4, n int64) error {
	c, err := d.words.class(q.predicate())
	if err != nil || c != about {
		return err
	}
	b := d.batch(q.label())
	b.quads += n
	b.removed = b.removed || n < 0
	return nil
}

// countClaims counts a claim for each batch that brings it.
func (d *derivation) countClaims(c *claimState, n int64) {
	if c == nil {
		return
	}
	for _, id := range c.batches {
		d.touched.batches.add(id)
		d.batch(id).claims += n
	}
}

// batchState is a batch's row before it is encoded.
type batchState struct {
	quads, claims int64
	journal       []graph.Seq // the commits that brought it, in order
	recorded      []graph.Interval
}

// deriveBatches writes the rows of the batches that were touched. The default
// graph is none.
func (d *derivation) deriveBatches() error {
	for _, id := range d.touched.batches.sorted() {
		if !isIRI(id) {
			continue
		}
		old, err := d.storedBatch(id)
		if err != nil {
			return err
		}
		next, err := d.nextBatch(id, old)
		if err != nil {
			return err
		}
		if err := d.putBatch(id, old, next); err != nil {
			return err
		}
	}
	return nil
}

// storedBatch returns the row before the commit, nil for none.
func (d *derivation) storedBatch(id graph.NodeID) (*batchState, error) {
	if d.stored == nil {
		return nil, nil
	}
	key := idKey(nil, tableBatches, id)
	value, err := get(d.stored, key)
	if value == nil || err != nil {
		return nil, err
	}
	b := readBatch(value)
	return b, nil
}

// nextBatch returns the batch after the commit; nil if nothing is left of it.
func (d *derivation) nextBatch(id graph.NodeID, old *batchState) (*batchState, error) {
	next := &batchState{}
	if old != nil {
		*next = *old
		next.journal = slices.Clone(old.journal)
	}
	change := d.batch(id)
	next.quads += change.quads
	next.claims += change.claims
	switch {
	case change.removed || d.stored == nil:
		if err := d.readJournal(id, next); err != nil {
			return nil, err
		}
	case change.quads > 0:
		next.journal = append(next.journal, d.after.changes.seq)
	}
	if next.quads == 0 || len(next.journal) == 0 {
		return nil, nil
	}
	holes, err := d.after.withdrawals(id)
	next.recorded = subtract(since(next.journal[0]), holes)
	return next, err
}

// readJournal finds the commits of a batch in its quads.
func (d *derivation) readJournal(id graph.NodeID, b *batchState) error {
	rows, err := d.after.quads(byLabel, id)
	if err != nil {
		return err
	}
	b.journal = nil
	for _, q := range rows {
		c, err := d.words.class(q.predicate())
		if err != nil {
			return err
		}
		if at, found := slices.BinarySearch(b.journal, q.seq); c == about && !found {
			b.journal = slices.Insert(b.journal, at, q.seq)
		}
	}
	return nil
}

func (d *derivation) putBatch(id graph.NodeID, old, next *batchState) error {
	var value []byte
	if next != nil {
		value = next.encode()
	}
	err := d.replaceStored(idKey(nil, tableBatches, id), value)
	if old != nil {
		d.putOrder(id, old, next)
	} else if next != nil {
		d.rows.put(row{key: orderKey(next.journal[0], id), value: []byte{}})
	}
	return err
}

// putOrder moves a batch to the place of its first commit.
func (d *derivation) putOrder(id graph.NodeID, old, next *batchState) {
	if next != nil && next.journal[0] == old.journal[0] {
		return
	}
	d.rows.put(row{key: orderKey(old.journal[0], id), deleted: true})
	if next != nil {
		d.rows.put(row{key: orderKey(next.journal[0], id), value: []byte{}})
	}
}

func orderKey(seq graph.Seq, batch graph.NodeID) []byte {
	return idKey(nil, tableOrder, graph.NodeID(seq), batch)
}

func (b *batchState) encode() []byte {
	e := newRow()
	e.uint(uint64(b.quads))
	e.uint(uint64(b.claims))
	e.uint(uint64(len(b.journal)))
	for _, s := range b.journal {
		e.uint(uint64(s))
	}
	e.intervals(b.recorded)
	return e.b
}

func readBatch(value []byte) *batchState {
	d := readRow(value)
	b := &batchState{quads: int64(d.uint()), claims: int64(d.uint())}
	b.journal = make([]graph.Seq, d.length())
	for i := range b.journal {
		b.journal[i] = graph.Seq(d.uint())
	}
	b.recorded = d.intervals()
	return b
}
