package graph

import (
	"context"
	"slices"
)

// TouchQuery is what a commit must have to do with: members are joined by and.
type TouchQuery struct {
	Entities  []string        // ids; nil: any
	Relations []*RelationKind // nil: any
}

// Touches tells whether batches bring, withdraw or restore a claim of one of
// the relations, or one in which one of the entities takes part, or say
// something of such an entity itself.
func (r *Reader) Touches(ctx context.Context, batches []Term, q TouchQuery) (bool, error) {
	named := map[Term]bool{}
	for _, b := range batches {
		if err := r.mentioned(ctx, b, named); err != nil {
			return false, err
		}
	}
	terms := make([]Term, 0, len(named))
	for t := range named {
		terms = append(terms, t)
	}
	found, err := lookUpIDs(ctx, r.snapshot, terms)
	if err != nil {
		return false, err
	}
	wanted, err := r.nodes(ctx, q.Entities)
	if err != nil {
		return false, err
	}
	set := map[NodeID]bool{}
	for _, n := range wanted {
		r.addCluster(set, n)
	}
	nodes := make([]NodeID, 0, len(found))
	for _, n := range found {
		if q.Relations == nil && set[n] {
			return true, nil
		}
		nodes = append(nodes, n)
	}
	return r.anyTouches(ctx, nodes, set, q)
}

// mentioned collects the IRIs that a batch says something of, or of which it says
// something; where it withdraws a batch, those of that batch too.
func (r *Reader) mentioned(ctx context.Context, batch Term, into map[Term]bool) error {
	var withdrawn []Term
	retracts := r.ontology.Names.Term(WordRetracts)
	err := r.snapshot.Quads(ctx, "", batch, func(q Quad) error {
		into[q.Subject] = true
		if q.Object.IsIRI() {
			into[q.Object] = true
		}
		if q.Predicate == retracts {
			withdrawn = append(withdrawn, q.Object)
		}
		return nil
	})
	for _, b := range withdrawn {
		if err == nil && b != batch {
			err = r.mentioned(ctx, b, into)
		}
	}
	return err
}

// anyTouches tells whether one of the nodes is a claim that passes.
func (r *Reader) anyTouches(ctx context.Context, nodes []NodeID, entities map[NodeID]bool, q TouchQuery) (bool, error) {
	for chunk := range slices.Chunk(nodes, lookUpSize) {
		rows, err := r.snapshot.Claims(ctx, chunk)
		if err != nil {
			return false, err
		}
		for _, row := range rows {
			if row == nil || q.Relations != nil && !slices.Contains(q.Relations, row.Relation) {
				continue
			}
			hit := q.Entities == nil
			eachNode(row, func(n NodeID) { hit = hit || entities[n] })
			if hit {
				return true, nil
			}
		}
	}
	return false, nil
}
