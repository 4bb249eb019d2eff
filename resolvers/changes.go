package resolvers

import (
	"context"

	"github.com/tripartite-graph/tripartite/resolvers/exec"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// ImportQuads is the resolver for the importQuads field.
func (r *mutationResolver) ImportQuads(ctx context.Context, input model.ImportInput) (*model.ImportPayload, error) {
	return importQuads(ctx, input)
}

// Retract is the resolver for the retract field.
func (r *mutationResolver) Retract(ctx context.Context, input model.RetractInput) (*model.RetractPayload, error) {
	return retract(ctx, input)
}

// UndoRetraction is the resolver for the undoRetraction field.
func (r *mutationResolver) UndoRetraction(ctx context.Context, input model.UndoRetractionInput) (*model.UndoPayload, error) {
	return undo(ctx, input.Target, input.Reason, "target")
}

// MergeEntities is the resolver for the mergeEntities field.
func (r *mutationResolver) MergeEntities(ctx context.Context, input model.MergeInput) (*model.MergePayload, error) {
	return mergeEntities(ctx, input)
}

// UndoMerge is the resolver for the undoMerge field.
func (r *mutationResolver) UndoMerge(ctx context.Context, input model.UndoMergeInput) (*model.UndoPayload, error) {
	return undo(ctx, input.Merge, input.Reason, "merge")
}

// Changes is the resolver for the changes field.
func (r *subscriptionResolver) Changes(ctx context.Context, after *string, filter *model.ChangeFilter) (<-chan *model.Change, error) {
	return changes(ctx, after, filter)
}

// Mutation returns exec.MutationResolver implementation.
func (r *Resolver) Mutation() exec.MutationResolver { return &mutationResolver{r} }

// Subscription returns exec.SubscriptionResolver implementation.
func (r *Resolver) Subscription() exec.SubscriptionResolver { return &subscriptionResolver{r} }

type (
	mutationResolver     struct{ *Resolver }
	subscriptionResolver struct{ *Resolver }
)
