package quadstore

import (
	"encoding/binary"
	"slices"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// derivation makes the derived rows of one commit: it derives what the changed
// quads touch from the quads before and from those after, and keeps the
// difference. Reindex is a derivation that has nothing before.
type derivation struct {
	deriver *graph.Deriver
	terms   *dictionary
	words   *vocabulary
	touched *touched
	before  *side // nil for Reindex
	after   *side
	stored  pebble.Reader // the derived rows before; nil for Reindex
	rows    derivedRows
	fresh   *fresh
	plain   *plain
	batches map[graph.NodeID]*batchChange
}

func newDerivation(t *tx, stored pebble.Reader) *derivation {
	return &derivation{
		deriver: t.store.deriver, terms: t.terms, touched: newTouched(), stored: stored,
		rows: derivedRows{}, fresh: &fresh{}, plain: t.plainOf(), batches: map[graph.NodeID]*batchChange{},
	}
}

// side is the quads before or after, and what was found out about them.
type side struct {
	*view
	d         *derivation
	withdrawn map[graph.NodeID][]graph.Interval
	claims    map[graph.NodeID]*claimState

	rows  []quadRow    // room for those of one claim or entity
	terms []graph.Quad // and their terms
	made  []row        // room for the derived rows of one entity
	text  arena        // of what is kept
}

func newSide(d *derivation, v *view) *side {
	return &side{view: v, d: d, withdrawn: map[graph.NodeID][]graph.Interval{}, claims: map[graph.NodeID]*claimState{}}
}

// again makes a side of the same quads for another goroutine; nil of none.
func (s *side) again() *side {
	if s == nil {
		return nil
	}
	return newSide(s.d, newView(s.base, s.last, s.changes))
}

func (s *side) close() error {
	if s == nil {
		return nil
	}
	return s.view.close()
}

// sides returns the views that there are, before first.
func (d *derivation) sides() []*side {
	if d.before == nil {
		return []*side{d.after}
	}
	return []*side{d.before, d.after}
}

// derive puts all rows that follow from the quads of a commit into its write set.
func (t *tx) derive(c *changes, w *writeSet) error {
	d := newDerivation(t, t.base)
	before, after := newView(t.base, t.terms.last, nil), newView(t.base, t.terms.last, c)
	d.before, d.after = newSide(d, before), newSide(d, after)
	err := d.commit(t.store.options.Ontology, c)
	if err := join(err, before.close(), after.close()); err != nil {
		return err
	}
	d.record(w)
	return nil
}

// record puts all that was derived into a write set.
func (d *derivation) record(w *writeSet) {
	for table, rows := range d.rows {
		w.rows(table, rows)
	}
	for table, stream := range d.fresh.tables() {
		w.between(table, stream)
	}
}

func (d *derivation) commit(o *graph.Ontology, c *changes) error {
	if err := d.countPredicates(c); err != nil || d.deriver == nil {
		return err
	}
	var err error
	if d.words, err = newVocabulary(o, d.terms); err != nil {
		return err
	}
	err = c.each(func(q quad4) error {
		if err := d.countBatch(q, 1); err != nil || d.plain.has(q.subject()) || d.plain.has(q.label()) {
			return err
		}
		return d.touch(q)
	})
	if err != nil {
		return err
	}
	for q := range c.removed {
		if err := join(d.touch(q), d.countBatch(q, -1)); err != nil {
			return err
		}
	}
	return d.run()
}

// run derives all that is touched.
func (d *derivation) run() error {
	for _, step := range []func() error{
		d.spread, d.leavePlain, d.deriveClaims, d.deriveEntities, d.deriveMerges, d.deriveConflicts, d.deriveBatches,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// derivedRows are rows by table, in any order.
type derivedRows map[byte][]row

// replace notes the difference between the rows of one thing before and after.
func (d derivedRows) replace(before, after []row) {
	for _, r := range before {
		if !slices.ContainsFunc(after, func(a row) bool { return string(a.key) == string(r.key) }) {
			d.put(row{key: r.key, deleted: true})
		}
	}
	for _, r := range after {
		if !slices.ContainsFunc(before, func(b row) bool { return string(b.key) == string(r.key) && string(b.value) == string(r.value) }) {
			d.put(r)
		}
	}
}

func (d derivedRows) put(r row) { d[r.key[0]] = append(d[r.key[0]], r) }

// join takes all rows of others.
func (d derivedRows) join(others derivedRows) {
	for table, rows := range others {
		d[table] = append(d[table], rows...)
	}
}

// replaceStored writes a row, or deletes it where the value is nil, unless it
// is stored so already.
func (d *derivation) replaceStored(key, value []byte) error {
	var old []byte
	if d.stored != nil {
		var err error
		if old, err = get(d.stored, key); err != nil {
			return err
		}
	}
	switch {
	case value == nil && old != nil:
		d.rows.put(row{key: key, deleted: true})
	case value != nil && string(old) != string(value):
		d.rows.put(row{key: key, value: value})
	}
	return nil
}

// countPredicates keeps the number of quads of each predicate. Only quads that
// the commit really adds or removes are counted.
func (d *derivation) countPredicates(c *changes) error {
	counts := map[graph.NodeID]int64{}
	for _, p := range c.sorted[bySubject] {
		counts[c.nodes[p[1]]]++
	}
	for q := range c.removed {
		counts[q.predicate()]--
	}
	for p, n := range counts {
		key := idKey(nil, tablePredicates, p)
		if d.stored != nil {
			old, err := getUint(d.stored, key)
			if err != nil {
				return err
			}
			n += int64(old)
		}
		var value []byte
		if n > 0 {
			value = binary.AppendUvarint(nil, uint64(n))
		}
		if err := d.replaceStored(key, value); err != nil {
			return err
		}
	}
	return nil
}

// known tells whether the committed quads can say anything about a node.
func (s *side) known(n graph.NodeID) bool { return s.changes != nil || counterOf(n) <= s.last }

// quadsOf turns rows into quads of terms.
func (s *side) quadsOf(rows []quadRow) ([]graph.Quad, error) { return s.d.terms.quads(nil, rows) }

// nodeReader returns the quads of voices, groups and names for the deriver, and
// keeps the rows for the sequences that stand in them.
type nodeReader struct {
	side *side
	rows []quadRow
	err  error
}

func (n *nodeReader) read(t graph.Term) []graph.Quad {
	id, err := n.side.d.terms.find(t)
	if err != nil || id == 0 {
		n.err = join(n.err, err)
		return nil
	}
	rows, err := n.side.quads(bySubject, id)
	if err != nil {
		n.err = join(n.err, err)
		return nil
	}
	n.rows = append(n.rows, rows...)
	quads, err := n.side.quadsOf(rows)
	n.err = join(n.err, err)
	return quads
}

// firstSeq returns the first sequence at which a quad was stored that matches
// a pattern, in which 0 stands for any node; Forever for none.
func firstSeq(rows []quadRow, pattern quad4) graph.Seq {
	first := graph.Forever
rows:
	for _, r := range rows {
		for i, n := range pattern {
			if n != 0 && r.quad4[i] != n {
				continue rows
			}
		}
		first = min(first, r.seq)
	}
	return first
}

// withdrawals returns when a claim or batch was under a retraction in force:
// from the commit that stored the retraction until the one that stored its undoing.
func (s *side) withdrawals(target graph.NodeID) ([]graph.Interval, error) {
	if s.d.words.retracts == 0 {
		return nil, nil
	}
	if found, ok := s.withdrawn[target]; ok {
		return found, nil
	}
	rows, err := s.quads(byObject, target, s.d.words.retracts)
	if err != nil {
		return nil, err
	}
	var out []graph.Interval
	for _, q := range rows {
		end, err := s.undoing(q.subject())
		if err != nil {
			return nil, err
		}
		if q.seq < end {
			out = union(out, []graph.Interval{{From: q.seq, To: end}})
		}
	}
	s.withdrawn[target] = out
	return out, nil
}

// undoing returns when a retraction or merge was undone, Forever if it never was.
func (s *side) undoing(act graph.NodeID) (graph.Seq, error) {
	if s.d.words.undoes == 0 {
		return graph.Forever, nil
	}
	rows, err := s.quads(byObject, act, s.d.words.undoes)
	return firstSeq(rows, quad4{}), err
}

// liveBy returns when something that a batch brought at a sequence was recorded.
func (s *side) liveBy(batch graph.NodeID, seq graph.Seq) ([]graph.Interval, error) {
	holes, err := s.withdrawals(batch)
	return subtract(since(seq), holes), err
}
