package quadstore

import (
	"maps"
	"slices"

	"github.com/tripartite-graph/tripartite/graph"
)

type nodeSet map[graph.NodeID]struct{}

func (s nodeSet) add(n graph.NodeID) { s[n] = struct{}{} }

func (s nodeSet) has(n graph.NodeID) bool { _, ok := s[n]; return ok }

// sorted returns the nodes in the order of their ids, so that rows are derived
// in the order of keys.
func (s nodeSet) sorted() []graph.NodeID { return slices.Sorted(maps.Keys(s)) }

// touched is what a commit's quads are about: what must be derived anew.
type touched struct {
	claims, entities, batches, merges, curated nodeSet
	withheld                                   nodeSet // fresh claims that were not recorded ever since they came

	subjects nodeSet // of quads about claims, entities or their nodes, not yet told apart
	targets  nodeSet // of retractions made or undone
	undone   nodeSet // retractions and merges
}

func newTouched() *touched {
	return &touched{
		claims: nodeSet{}, entities: nodeSet{}, batches: nodeSet{}, merges: nodeSet{}, curated: nodeSet{}, withheld: nodeSet{},
		subjects: nodeSet{}, targets: nodeSet{}, undone: nodeSet{},
	}
}

// touch notes what one changed quad is about.
func (d *derivation) touch(q quad4) error {
	c, err := d.words.class(q.predicate())
	if err != nil || c == foreign {
		return err
	}
	if c == statement {
		d.touched.claims.add(q.label())
		return nil
	}
	d.touched.batches.add(q.label())
	switch q.predicate() {
	case d.words.retracts:
		d.touched.targets.add(q.object())
	case d.words.undoes:
		d.touched.undone.add(q.object())
	case d.words.merges, d.words.into:
		d.touched.merges.add(q.subject())
	case d.words.clashes, d.words.summary:
		d.touched.curated.add(q.subject())
	default:
		d.touched.subjects.add(q.subject())
	}
	return nil
}

// spread follows from what was touched to all that it changes: from an undoing
// to the retraction and its target, from a batch to what it holds, from a
// voice, a name or a group to its claim or entity.
func (d *derivation) spread() error {
	for _, side := range d.sides() {
		for r := range d.touched.undone {
			d.touched.merges.add(r)
			rows, err := side.quads(bySubject, r, d.words.retracts)
			if err != nil {
				return err
			}
			for _, q := range rows {
				d.touched.targets.add(q.object())
			}
		}
		for t := range d.touched.targets {
			d.touched.subjects.add(t)
			if err := d.spreadBatch(side, t); err != nil {
				return err
			}
		}
	}
	subjects := d.touched.subjects.sorted() // in the order of the quads
	for _, side := range d.sides() {
		for _, s := range subjects {
			if err := d.spreadSubject(side, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// spreadBatch touches what a batch says things about.
func (d *derivation) spreadBatch(side *side, batch graph.NodeID) error {
	rows, err := side.quads(byLabel, batch)
	if err != nil {
		return err
	}
	for _, q := range rows {
		c, err := d.words.class(q.predicate())
		if err != nil {
			return err
		}
		if c != about {
			continue
		}
		d.touched.batches.add(batch)
		switch q.predicate() {
		case d.words.clashes, d.words.summary:
			d.touched.curated.add(q.subject())
		default:
			d.touched.subjects.add(q.subject())
		}
	}
	return nil
}

// spreadSubject tells what a subject is, and touches it or what holds it.
func (d *derivation) spreadSubject(side *side, s graph.NodeID) error {
	if d.touched.claims.has(s) || d.touched.entities.has(s) {
		return nil
	}
	claim, err := d.isClaim(side, s)
	if err != nil {
		return err
	}
	if claim {
		d.touched.claims.add(s)
		return nil
	}
	kinds, err := side.quads(bySubject, s, d.words.kind)
	if err != nil {
		return err
	}
	if len(kinds) > 0 && d.words.kind != 0 {
		d.touched.entities.add(s)
		return nil
	}
	return d.spreadNode(side, s)
}

func (d *derivation) isClaim(side *side, s graph.NodeID) (bool, error) {
	rows, err := side.quads(byLabel, s)
	if err != nil {
		return false, err
	}
	for _, q := range rows {
		if c, err := d.words.class(q.predicate()); err != nil || c == statement {
			return c == statement, err
		}
	}
	return false, nil
}

// spreadNode touches the claims and entities that a voice, a group or a name belongs to.
func (d *derivation) spreadNode(side *side, s graph.NodeID) error {
	for predicate, set := range map[graph.NodeID]nodeSet{
		d.words.assertedBy: d.touched.claims,
		d.words.group:      d.touched.claims,
		d.words.name:       d.touched.entities,
	} {
		if predicate == 0 {
			continue
		}
		rows, err := side.quads(byObject, s, predicate)
		if err != nil {
			return err
		}
		for _, q := range rows {
			set.add(q.subject())
		}
	}
	return nil
}
