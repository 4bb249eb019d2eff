package quadstore

import (
	"context"

	"github.com/tripartite-graph/tripartite/graph"
)

// Claims returns whole rows; nil where there is none that was recorded by the
// snapshot's sequence.
func (s *snapshot) Claims(_ context.Context, ids []graph.NodeID) (out []*graph.ClaimRow, err error) {
	states, err := s.states()
	if err != nil {
		return nil, err
	}
	defer func() { err = join(err, states.close()) }()
	out = make([]*graph.ClaimRow, len(ids))
	for i, id := range ids {
		if row, ok := s.caches.claims.get(id, s.latest, &s.caches.changed); ok && row.Recorded[0].From <= s.seq {
			out[i] = row
			continue
		}
		key := idKey(nil, tableClaims, id)
		value, err := get(s.reader, key)
		if err != nil {
			return nil, err
		}
		if value == nil {
			continue
		}
		if out[i], err = s.readClaim(id, key, value, states); err != nil {
			return nil, err
		}
		if r := out[i]; r != nil && len(r.Batches) == 1 && r.Disputed == nil && isWhole(r.Recorded) {
			s.caches.claims.put(id, s.latest, r, claimSize+5*len(value))
		}
	}
	return out, nil
}

// claimSize is about what a claim's row takes beside what it lists.
const claimSize = 384

// isWhole tells whether something was recorded once and for good.
func isWhole(in []graph.Interval) bool { return len(in) == 1 && in[0].To == graph.Forever }

func (s *snapshot) readClaim(id graph.NodeID, key, value []byte, states *states) (*graph.ClaimRow, error) {
	d := readRow(value)
	r := &graph.ClaimRow{Claim: id, ID: d.term(), Subject: d.id()}
	relation, object := d.id(), d.id()
	r.Value = d.term()
	c := d.columns()
	r.Date, r.DateBasis = d.term(), graph.DateBasis(d.uint())
	qualifiers := make([]storedQualifier, d.length())
	for i := range qualifiers {
		qualifiers[i] = storedQualifier{kind: d.id(), group: int(d.uint()), relation: d.bool(), node: d.id(), value: d.term()}
	}
	r.Evidence = readEvidence(d)
	r.RevisionOf, r.AlternativeOf, r.Batches = d.id(), d.id(), d.ids()
	if err := d.err(key); err != nil {
		return nil, err
	}
	if c.first > s.seq {
		return nil, nil
	}
	if err := join(states.fill(id, &c), s.resolveClaim(r, relation, object, qualifiers)); err != nil {
		return nil, err
	}
	r.Columns = c.Columns
	var err error
	if len(r.Batches) > 1 || !ordinary(c) {
		r.Retractions, err = s.retractionsOf(append([]graph.NodeID{id}, r.Batches...))
	}
	return r, err
}

// ordinary tells whether a claim that one batch brought was never withdrawn.
func ordinary(c columns) bool {
	return len(c.Recorded) == 1 && c.Recorded[0] == graph.Interval{From: c.first, To: graph.Forever}
}

type storedQualifier struct {
	kind, node graph.NodeID
	value      graph.Term
	group      int
	relation   bool // node names a relation kind
}

// resolveClaim finds the kinds that a claim's row names.
func (s *snapshot) resolveClaim(r *graph.ClaimRow, relation, object graph.NodeID, qualifiers []storedQualifier) (err error) {
	if r.Relation, err = s.relation(relation); err != nil {
		return err
	}
	if r.Relation != nil && r.Relation.Claims {
		r.ObjectOf = object
	} else {
		r.Object = object
	}
	for _, q := range qualifiers {
		row := graph.QualifierRow{Value: q.value, Group: q.group}
		if row.Kind, err = s.qualifier(q.kind); err != nil {
			return err
		}
		if !q.relation {
			row.Entity = q.node
		} else if row.Relation, err = s.relation(q.node); err != nil {
			return err
		}
		r.Qualifiers = append(r.Qualifiers, row)
	}
	return nil
}

func readEvidence(d *decoder) []graph.EvidenceRow {
	n := d.length()
	if n == 0 {
		return nil
	}
	out := make([]graph.EvidenceRow, n)
	for i := range out {
		out[i] = graph.EvidenceRow{Document: d.id(), Locator: d.term(), Context: d.bool(), Recorded: d.intervals()}
	}
	return out
}

// Entities returns the rows of entities; nil where there is none that was
// recorded by the snapshot's sequence.
func (s *snapshot) Entities(_ context.Context, ids []graph.NodeID) ([]*graph.EntityRow, error) {
	out := make([]*graph.EntityRow, len(ids))
	for i, id := range ids {
		if row, ok := s.caches.entities.get(id, s.latest, &s.caches.changed); ok {
			out[i] = s.recordedBy(row)
			continue
		}
		key := idKey(nil, tableEntities, id)
		value, err := get(s.reader, key)
		if err != nil {
			return nil, err
		}
		if value == nil {
			continue
		}
		row, err := s.readEntity(id, key, value)
		if err != nil {
			return nil, err
		}
		s.caches.entities.put(id, s.latest, row, entityRowSize+3*len(value))
		out[i] = s.recordedBy(row)
	}
	return out, nil
}

// entityRowSize is about what an entity's row takes beside what it lists.
const entityRowSize = 256

// recordedBy returns a row, nil where it was recorded after the snapshot's sequence.
func (s *snapshot) recordedBy(r *graph.EntityRow) *graph.EntityRow {
	if len(r.Recorded) > 0 && r.Recorded[0].From > s.seq {
		return nil
	}
	return r
}

func (s *snapshot) readEntity(id graph.NodeID, key, value []byte) (*graph.EntityRow, error) {
	d := readRow(value)
	r := &graph.EntityRow{Entity: id, ID: d.term()}
	kind := d.id()
	r.Recorded, r.Unnamed, r.Protected = d.intervals(), d.bool(), d.bool()
	r.Names = make([]graph.NameRow, d.length())
	for i := range r.Names {
		r.Names[i] = graph.NameRow{Text: d.term(), Role: graph.NameRole(d.uint()), Recorded: d.intervals(), Evidence: readEvidence(d)}
	}
	r.Description = make([]graph.Term, d.length())
	for i := range r.Description {
		r.Description[i] = d.term()
	}
	r.Batches = d.ids()
	r.Facts = make([]graph.FactRow, d.length())
	for i := range r.Facts {
		r.Facts[i] = graph.FactRow{Word: string(d.term()), Value: d.term(), Recorded: d.intervals()}
	}
	if err := d.err(key); err != nil {
		return nil, err
	}
	var err error
	r.Kind, err = s.kind(kind)
	return r, err
}

// Batches returns the rows of batches; nil where there is none.
func (s *snapshot) Batches(_ context.Context, ids []graph.NodeID) ([]*graph.BatchRow, error) {
	out := make([]*graph.BatchRow, len(ids))
	for i, id := range ids {
		key := idKey(nil, tableBatches, id)
		value, err := get(s.reader, key)
		if err != nil {
			return nil, err
		}
		if value == nil {
			continue
		}
		if out[i], err = s.readBatch(id, value); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *snapshot) readBatch(id graph.NodeID, value []byte) (*graph.BatchRow, error) {
	b := readBatch(value)
	if len(b.journal) == 0 || b.journal[0] > s.seq {
		return nil, nil
	}
	r := &graph.BatchRow{Batch: id, Quads: int(b.quads + b.claims), Claims: int(b.claims), Recorded: b.recorded}
	for _, seq := range b.journal {
		if seq <= s.seq {
			r.Journal = append(r.Journal, seq)
		}
	}
	var err error
	if r.ID, err = lookupTerm(s.reader, id); err != nil {
		return nil, err
	}
	r.Retractions, err = s.retractionsOf([]graph.NodeID{id})
	return r, err
}

// retractionsOf returns the retractions of some claims and batches that are in force.
func (s *snapshot) retractionsOf(targets []graph.NodeID) ([]graph.NodeID, error) {
	retracts, err := s.word(graph.WordRetracts)
	if err != nil || retracts == 0 {
		return nil, err
	}
	var out []graph.NodeID
	for _, t := range targets {
		rows, err := s.quadRows(byObject, t, retracts)
		if err != nil {
			return nil, err
		}
		for _, q := range rows {
			undone, err := s.undone(q.subject())
			if err != nil {
				return nil, err
			}
			if undone == 0 {
				out = append(out, q.subject())
			}
		}
	}
	return out, nil
}

// undone returns when a retraction or merge was undone by the snapshot's
// sequence, 0 if it was not.
func (s *snapshot) undone(act graph.NodeID) (graph.Seq, error) {
	undoes, err := s.word(graph.WordUndoes)
	if err != nil || undoes == 0 {
		return 0, err
	}
	rows, err := s.quadRows(byObject, act, undoes)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	return firstSeq(rows, quad4{}), nil
}

// quadRows returns the quads of an index that begin with some nodes, as far as
// they were recorded by the snapshot's sequence.
func (s *snapshot) quadRows(x *index, nodes ...graph.NodeID) ([]quadRow, error) {
	v := newView(s.reader, counterMask, nil)
	rows, err := v.quads(x, nodes...)
	if err := join(err, v.close()); err != nil {
		return nil, err
	}
	kept := rows[:0]
	for _, q := range rows {
		if q.seq <= s.seq {
			kept = append(kept, q)
		}
	}
	return kept, nil
}

// Retractions returns the rows of retractions; nil where there is none.
func (s *snapshot) Retractions(_ context.Context, ids []graph.NodeID) ([]*graph.RetractionRow, error) {
	out := make([]*graph.RetractionRow, len(ids))
	retracts, err := s.word(graph.WordRetracts)
	if err != nil || retracts == 0 {
		return out, err
	}
	for i, id := range ids {
		rows, err := s.quadRows(bySubject, id, retracts)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			continue
		}
		if out[i], err = s.retraction(id, rows[0]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *snapshot) retraction(id graph.NodeID, q quadRow) (*graph.RetractionRow, error) {
	r := &graph.RetractionRow{Retraction: id, Target: q.object(), Recorded: q.seq}
	var err error
	if r.ID, err = lookupTerm(s.reader, id); err != nil {
		return nil, err
	}
	if r.Reason, err = s.property(id, graph.WordReason); err != nil {
		return nil, err
	}
	if r.Agent, err = s.property(id, graph.WordAgent); err != nil {
		return nil, err
	}
	r.Undone, err = s.undone(id)
	return r, err
}

// property returns the object of a node's only quad with a word, "" for none.
func (s *snapshot) property(id graph.NodeID, word string) (graph.Term, error) {
	predicate, err := s.word(word)
	if err != nil || predicate == 0 {
		return "", err
	}
	rows, err := s.quadRows(bySubject, id, predicate)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return lookupTerm(s.reader, rows[0].object())
}
