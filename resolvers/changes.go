package resolvers

import (
	"context"

	"github.com/tripartite-graph/tripartite/resolvers/exec"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

func (r *mutationResolver) ImportQuads(ctx context.Context, input model.ImportInput) (*model.ImportPayload, error) {
	return importQuads(ctx, input)
}

func (r *mutationResolver) Retract(ctx context.Context, input model.RetractInput) (*model.RetractPayload, error) {
	return retract(ctx, input)
}

func (r *mutationResolver) UndoRetraction(ctx context.Context, input model.UndoRetractionInput) (*model.UndoPayload, error) {
	return undo(ctx, input.Target, input.Reason, "target")
}

func (r *mutationResolver) MergeEntities(ctx context.Context, input model.MergeInput) (*model.MergePayload, error) {
	return mergeEntities(ctx, input)
}

func (r *mutationResolver) UndoMerge(ctx context.Context, input model.UndoMergeInput) (*model.UndoPayload, error) {
	return undo(ctx, input.Merge, input.Reason, "merge")
}

func (r *subscriptionResolver) Changes(ctx context.Context, after *string, filter *model.ChangeFilter) (<-chan *model.Change, error) {
	return changes(ctx, after, filter)
}

func (r *Resolver) Mutation() exec.MutationResolver { return &mutationResolver{r} }

func (r *Resolver) Subscription() exec.SubscriptionResolver { return &subscriptionResolver{r} }

type (
	mutationResolver     struct{ *Resolver }
	subscriptionResolver struct{ *Resolver }
)
