package resolvers

import (
	"context"
	"slices"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// finder finds one sort of thing by id: nil where there is none.
type finder func(ctx context.Context, r *request, reader *graph.Reader, ids []string) ([]model.Node, error)

// finders are those of every sort of Node.
var finders = []finder{findEntities, findClaims, findBatches, findConflicts, findRetractions}

func findEntities(ctx context.Context, r *request, reader *graph.Reader, ids []string) ([]model.Node, error) {
	found, err := reader.EntitiesByID(ctx, ids)
	level := r.level(present(found), nil)
	return asNodes(found, err, func(e *graph.Entity) model.Node { return model.NewEntity(level, e) })
}

func findClaims(ctx context.Context, r *request, reader *graph.Reader, ids []string) ([]model.Node, error) {
	found, err := reader.ClaimsByID(ctx, ids)
	level := r.level(nil, present(found))
	return asNodes(found, err, func(c *graph.Claim) model.Node { return model.NewClaim(level, c) })
}

func findBatches(ctx context.Context, r *request, reader *graph.Reader, ids []string) ([]model.Node, error) {
	found, err := reader.BatchesByID(ctx, ids)
	return asNodes(found, err, func(b *graph.Batch) model.Node { return model.NewBatch(r.top, b) })
}

func findConflicts(ctx context.Context, r *request, reader *graph.Reader, ids []string) ([]model.Node, error) {
	found, err := reader.ConflictsByID(ctx, ids)
	level := r.level(clashes(present(found)))
	return asNodes(found, err, func(c *graph.Conflict) model.Node { return model.NewConflict(level, c) })
}

func findRetractions(ctx context.Context, _ *request, reader *graph.Reader, ids []string) ([]model.Node, error) {
	found, err := reader.RetractionsByID(ctx, ids)
	return asNodes(found, err, func(r *graph.Retraction) model.Node { return model.NewRetraction(r) })
}

// asNodes wraps what was found; nothing stays nil.
func asNodes[T any](found []*T, err error, wrap func(*T) model.Node) ([]model.Node, error) {
	out := make([]model.Node, len(found))
	for i, f := range found {
		if f != nil {
			out[i] = wrap(f)
		}
	}
	return out, err
}

// present returns what was found.
func present[T any](found []*T) []*T {
	return slices.DeleteFunc(slices.Clone(found), func(f *T) bool { return f == nil })
}
