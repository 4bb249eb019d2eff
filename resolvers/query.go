package resolvers

import (
	"context"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// claims lists claims.
func claims(ctx context.Context, filter *graph.ClaimFilter, view *graph.View, order *graph.ClaimOrder, page graph.Paging) (*model.ClaimConnection, error) {
	r := requestOf(ctx)
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	q := graph.ClaimQuery{Filter: filter, View: view, Page: page}
	if order != nil {
		q.Order = *order
	}
	r.used("Query.claims", view, false)
	found, err := reader.ListClaims(ctx, q)
	if err != nil {
		return nil, err
	}
	return model.NewClaimConnection(r.level(nil, found.Nodes), found), nil
}

// entities lists entities.
func entities(ctx context.Context, filter *graph.EntityFilter, order *graph.EntityOrder, view *graph.View, page graph.Paging) (*model.Connection, error) {
	r := requestOf(ctx)
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	q := graph.EntityQuery{Filter: filter, View: view, Page: page}
	if order != nil {
		q.Order = *order
	}
	if view != nil {
		r.used("Query.entities", view, true)
	}
	found, err := reader.ListEntities(ctx, q)
	if err != nil {
		return nil, err
	}
	return model.NewPage(r.level(found.Nodes, nil), found), nil
}

// listed lists the entities of one kind, named by its enum value.
func listed[C model.Related](ctx context.Context, kind string, filter *graph.EntityFilter, order *graph.EntityOrder, view *graph.View, page graph.Paging) (C, error) {
	var none C
	k, err := model.UnmarshalEntityKind(ctx, kind)
	if err != nil {
		return none, err
	}
	found, err := entities(ctx, ofKind(k, filter), order, view, page)
	if err != nil {
		return none, err
	}
	return model.NewConnection(k.Name, found).(C), nil
}

// ofKind narrows a filter to one kind.
func ofKind(k *graph.EntityKind, filter *graph.EntityFilter) *graph.EntityFilter {
	narrowed := &graph.EntityFilter{Kinds: []*graph.EntityKind{k}}
	if filter != nil {
		narrowed.And = []*graph.EntityFilter{filter}
	}
	return narrowed
}

// entityBy finds one entity.
func entityBy(ctx context.Context, by graph.EntityLookup) (model.Entity, error) {
	r := requestOf(ctx)
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	found, err := reader.FindEntity(ctx, by)
	return model.NewEntity(r.level([]*graph.Entity{found}, nil), found), err
}

// search finds entities by words of their names.
func search(ctx context.Context, q graph.SearchQuery) (*model.SearchConnection, error) {
	r := requestOf(ctx)
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	found, err := reader.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	return model.NewSearchConnection(r.level(found.Nodes, nil), found), nil
}

// maxNodes is the most ids that one field takes.
const maxNodes = graph.MaxPage

// nodesByID returns anything by its id, in the order asked for, nil where
// there is nothing. Each sort of thing is one look-up.
func nodesByID(ctx context.Context, ids []string) ([]model.Node, error) {
	if len(ids) > maxNodes {
		return nil, graph.Errorf(graph.CodeLimit, "ids has %d; at most %d can be asked for at once", len(ids), maxNodes)
	}
	r := requestOf(ctx)
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]model.Node, len(ids))
	for _, find := range finders {
		rest, at := missing(ids, out)
		found, err := find(ctx, r, reader, rest)
		if err != nil {
			return nil, err
		}
		for i, n := range found {
			out[at[i]] = n
		}
	}
	return out, nil
}

// missing returns the ids that nothing was found for yet, and their places.
func missing(ids []string, found []model.Node) (rest []string, at []int) {
	for i, id := range ids {
		if found[i] == nil {
			rest, at = append(rest, id), append(at, i)
		}
	}
	return rest, at
}

// batches lists what was loaded.
func batches(ctx context.Context, page graph.Paging) (*model.BatchConnection, error) {
	r := requestOf(ctx)
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	found, err := reader.ListBatches(ctx, page)
	if err != nil {
		return nil, err
	}
	return model.NewBatchConnection(r.top, found), nil
}

// stats counts what the store holds.
func stats(ctx context.Context) (*model.Stats, error) {
	r := requestOf(ctx)
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	s, err := reader.Stats(ctx)
	if err != nil {
		return nil, err
	}
	out := &model.Stats{
		Entities: s.Entities, Claims: s.Claims, Quads: s.Quads, Documents: s.Documents,
		Conflicts: s.Conflicts, Batches: s.Batches, Sequence: int(reader.Seq()),
	}
	if t := reader.Time(); reader.Seq() > 0 {
		out.RecordedAt = &t
	}
	for _, k := range r.Ontology().Kinds {
		out.ByKind = append(out.ByKind, &model.KindCount{Kind: k, Count: s.EntitiesByKind[k]})
	}
	for _, k := range r.Ontology().Relations {
		out.ByRelation = append(out.ByRelation, &model.RelationTotal{Relation: k, Count: s.ClaimsByRelation[k]})
	}
	return out, nil
}
