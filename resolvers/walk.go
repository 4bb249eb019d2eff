package resolvers

import (
	"context"
	"slices"

	"github.com/tripartite-graph/tripartite/api/limits"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// subgraph returns what lies around some entities.
func subgraph(ctx context.Context, q graph.SubgraphQuery) (*model.Subgraph, error) {
	r := requestOf(ctx)
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	r.used("Query.subgraph", q.View, true)
	q.SkipEdges = !asked(ctx, step{"Subgraph", "edges"})
	q.SkipClaims = !asked(ctx, step{"Subgraph", "edges"}, step{"SubgraphEdge", "claims"})
	found, err := reader.Subgraph(ctx, q)
	if err != nil {
		return nil, err
	}
	var claims []*graph.Claim
	for _, e := range found.Edges {
		claims = append(claims, e.Claims...)
	}
	return model.NewSubgraph(r.level(found.Nodes, claims), found), nil
}

// paths returns the shortest ways between two entities.
func paths(ctx context.Context, q graph.PathQuery) ([]*model.Path, error) {
	r := requestOf(ctx)
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	r.used("Query.paths", q.View, true)
	q.SkipClaims = !asked(ctx, step{"Path", "hops"}, step{"Hop", "claims"})
	found, err := reader.Paths(ctx, q)
	if err != nil {
		return nil, err
	}
	level := r.level(nil, nil)
	for _, p := range found {
		level.entities = append(level.entities, p.Nodes...)
		for _, h := range p.Hops {
			level.claims = append(level.claims, h.Claims...)
		}
	}
	return model.NewPaths(level, found), nil
}

// positions returns what each party says of a statement.
func positions(ctx context.Context, q graph.PositionQuery) ([]*model.Position, error) {
	r := requestOf(ctx)
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	r.used("Query.positions", directly(q.View), false)
	found, err := reader.Positions(ctx, q)
	if err != nil {
		return nil, err
	}
	level := r.level(nil, nil)
	for _, p := range found {
		level.entities = append(level.entities, p.Party)
		level.claims = slices.Concat(level.claims, p.Asserts, p.Denies, p.Withholds)
	}
	return model.NewPositions(level, found), nil
}

// directly is the lens of positions: direct speech alone, unless it says otherwise.
func directly(view *graph.View) *graph.View {
	v := graph.View{}
	if view != nil {
		v = *view
	}
	if direct := true; v.Direct == nil && v.ReportedBy == nil {
		v.Direct = &direct
	}
	return &v
}

// conflicts lists what clashes.
func conflicts(ctx context.Context, q graph.ConflictQuery) (*model.ConflictConnection, error) {
	r := requestOf(ctx)
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	r.used("Query.conflicts", q.View, false)
	found, err := reader.ListConflicts(ctx, q)
	if err != nil {
		return nil, err
	}
	return model.NewConflictConnection(r.level(clashes(found.Nodes)), found), nil
}

// compare lays two views side by side.
func compare(ctx context.Context, q graph.CompareQuery) (*model.StatementConnection, error) {
	r := requestOf(ctx)
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	r.used("Query.compare left", q.Left, false)
	r.used("Query.compare right", q.Right, false)
	found, err := reader.Compare(ctx, q)
	if err != nil {
		return nil, err
	}
	return model.NewComparison(r.level(statements(found)), found), nil
}

// facets counts how claims fall into groups.
func facets(ctx context.Context, filter *graph.ClaimFilter, view *graph.View) (*model.Facets, error) {
	r := requestOf(ctx)
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	r.used("Query.facets", view, false)
	found, err := reader.Facets(ctx, filter, view)
	if err != nil {
		return nil, err
	}
	level := r.level(nil, nil)
	for _, s := range found.Speakers {
		level.entities = append(level.entities, s.Speaker)
	}
	return model.NewFacets(level, found), nil
}

// bounds tells what one request may ask at most.
func bounds(ctx context.Context) *model.Limits {
	l := limits.From(ctx)
	return &model.Limits{
		Tokens: l.Tokens, QueryBytes: l.QueryBytes, BodyBytes: l.BodyBytes, Values: l.Values, Nesting: l.Nesting, Repeats: l.Repeats, Depth: l.Depth,
		IntrospectionDepth: limits.IntrospectionDepth, Fields: l.Fields, Cost: l.Cost, Rows: l.Rows, Seconds: int(l.Time.Seconds()),
		Page: graph.MaxPage, Ids: maxNodes, MaxNodes: graph.MaxSubgraphNodes, MaxLength: graph.MaxPathLength,
	}
}

// number returns an argument's value, 0 for null.
func number(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}
