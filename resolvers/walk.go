package resolvers

import (
	"context"

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
	q.SkipClaims = !asked(ctx, step{"Subgraph", "edges"}, step{"SubgraphEdge", "claims"})
	found, err := reader.Subgraph(ctx, q)
	if err != nil {
		return nil, err
	}
	return model.NewSubgraph(r, found), nil
}

// paths returns the shortest ways between two entities.
func paths(ctx context.Context, q graph.PathQuery) ([]*model.Path, error) {
	r := requestOf(ctx)
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	r.used("Query.paths", q.View, true)
	found, err := reader.Paths(ctx, q)
	if err != nil {
		return nil, err
	}
	return model.NewPaths(r, found), nil
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
	return model.NewPositions(r, found), nil
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
	return model.NewConflictConnection(r, found), nil
}

// number returns an argument's value, 0 for null.
func number(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}
