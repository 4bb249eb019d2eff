package graph

import "context"

// checkNewlyProtected refuses to protect an entity of the store that a claim
// or a merge ties to another as one thing: the tie would stay.
func (v *validator) checkNewlyProtected(ctx context.Context) error {
	var found []*draftEntity
	var nodes []NodeID
	for _, e := range v.entities {
		if row := v.entityRows[e.ID]; e.Protected && row != nil && !row.Protected {
			found, nodes = append(found, e), append(nodes, row.Entity)
		}
	}
	if len(found) == 0 {
		return nil
	}
	var identity []*RelationKind
	for _, r := range v.deriver.ontology.Relations {
		if r.Identity {
			identity = append(identity, r)
		}
	}
	edges, err := v.snapshot.Edges(ctx, nodes, EdgeQuery{Relations: identity, Limit: 1})
	if err != nil {
		return err
	}
	merges, err := v.snapshot.Merges(ctx)
	if err != nil {
		return err
	}
	represents := map[NodeID]bool{}
	for _, to := range merges {
		represents[to] = true
	}
	for i, e := range found {
		_, merged := merges[nodes[i]]
		if len(edges[i]) > 0 || merged || represents[nodes[i]] {
			v.fault(RuleProtected, e.ID, Quad{Subject: e.ID, Predicate: v.names.Term(WordProtected)}, nil,
				"%s cannot be protected: the store ties it to another entity as one thing; retract that claim or undo that merge first", v.names.ID(e.ID))
		}
	}
	return nil
}
