package resolvers

import (
	"context"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/exec"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

func (r *queryResolver) Node(ctx context.Context, id string) (model.Node, error) {
	panic("not implemented")
}

func (r *queryResolver) Nodes(ctx context.Context, ids []string) ([]model.Node, error) {
	panic("not implemented")
}

func (r *queryResolver) Entity(ctx context.Context, by model.EntityLookup) (model.Entity, error) {
	panic("not implemented")
}

func (r *queryResolver) Entities(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	panic("not implemented")
}

func (r *queryResolver) Search(ctx context.Context, text string, kinds []*graph.EntityKind, first *int, after *string) (*model.SearchConnection, error) {
	panic("not implemented")
}

func (r *queryResolver) Claims(ctx context.Context, filter *graph.ClaimFilter, view *graph.View, orderBy *graph.ClaimOrder, first *int, after *string, last *int, before *string) (*model.ClaimConnection, error) {
	panic("not implemented")
}

func (r *queryResolver) Conflicts(ctx context.Context, filter *model.ConflictFilter, view *graph.View, first *int, after *string) (*model.ConflictConnection, error) {
	panic("not implemented")
}

func (r *queryResolver) Positions(ctx context.Context, subject string, relation *graph.RelationKind, object *string, view *graph.View) ([]*model.Position, error) {
	panic("not implemented")
}

func (r *queryResolver) Subgraph(ctx context.Context, roots []string, depth *int, roles []graph.Role, relations []*graph.RelationKind, kinds []*graph.EntityKind, view *graph.View, maxNodes *int) (*model.Subgraph, error) {
	panic("not implemented")
}

func (r *queryResolver) Paths(ctx context.Context, from string, to string, maxLength *int, first *int, relations []*graph.RelationKind, exclude []string, view *graph.View) ([]*model.Path, error) {
	panic("not implemented")
}

func (r *queryResolver) Batches(ctx context.Context, first *int, after *string) (*model.BatchConnection, error) {
	panic("not implemented")
}

func (r *queryResolver) RelationKinds(ctx context.Context) ([]*model.RelationKindInfo, error) {
	panic("not implemented")
}

func (r *queryResolver) EntityKinds(ctx context.Context) ([]*model.EntityKindInfo, error) {
	panic("not implemented")
}

func (r *queryResolver) QualifierKinds(ctx context.Context) ([]*model.QualifierKindInfo, error) {
	panic("not implemented")
}

func (r *queryResolver) Stats(ctx context.Context) (*model.Stats, error) {
	panic("not implemented")
}

func (r *Resolver) Query() exec.QueryResolver { return &queryResolver{r} }

type queryResolver struct{ *Resolver }
