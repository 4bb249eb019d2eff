package graph

import (
	"context"
	"slices"
)

// Merge makes one entity stand for others on reading: their claims and names
// answer to it. It refuses a protected entity, entities of two kinds, an
// entity that is merged already, and a circle.
func (c *Curator) Merge(ctx context.Context, ids []Term, into Term, reason string) (Act, error) {
	if err := c.need(reason); err != nil {
		return Act{}, err
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if len(ids) == 0 {
		return Act{}, Errorf(CodeInvalid, "a merge names at least one entity to merge into %s", c.Ontology.Names.ID(into))
	}
	return c.act(ctx, ActionMerge, reason, func(s Snapshot) ([]Quad, error) {
		if err := c.checkMerge(ctx, s, ids, into); err != nil {
			return nil, err
		}
		quads := []Quad{
			{Predicate: c.term(WordInto), Object: into},
			{Predicate: c.term(WordReason), Object: NewLiteral(reason, "", "")},
			{Predicate: c.term(WordAgent), Object: NewLiteral(c.Agent, "", "")},
		}
		for _, id := range ids {
			quads = append(quads, Quad{Predicate: c.term(WordMerges), Object: id})
		}
		return c.anew(ctx, s, WordMerges, quads)
	})
}

func (c *Curator) checkMerge(ctx context.Context, s Snapshot, ids []Term, into Term) error {
	terms := append([]Term{into}, ids...)
	nodes, err := s.IDs(ctx, terms)
	if err != nil {
		return err
	}
	rows, err := s.Entities(ctx, nodes)
	if err != nil {
		return err
	}
	names := c.Ontology.Names
	for i, row := range rows {
		switch id := names.ID(terms[i]); {
		case row == nil || row.Kind == nil:
			return Errorf(CodeNotFound, "%s is no entity of this store", id)
		case row.Protected:
			return Errorf(CodeInvalid, "%s is protected: it is merged with nothing", id)
		case row.Kind != rows[0].Kind:
			return Errorf(CodeInvalid, "%s is a %s and %s a %s: entities of one kind are merged", id, row.Kind.Name, names.ID(into), rows[0].Kind.Name)
		}
	}
	edges, err := mergeEdges(ctx, s)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if edges[id] != "" {
			return Errorf(CodeConflict, "%s is merged into %s already: undo that first", names.ID(id), names.ID(edges[id]))
		}
		if why := addEdge(edges, id, into); why != "" {
			return Errorf(CodeConflict, "%s cannot be merged into %s: %s", names.ID(id), names.ID(into), why)
		}
	}
	return nil
}
