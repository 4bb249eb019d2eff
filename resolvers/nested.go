package resolvers

import (
	"context"
	"slices"
	"time"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// EntityClaims pages the claims of an entity.
func (r *request) EntityClaims(ctx context.Context, e *graph.Entity, q graph.EntityClaims) (*model.ClaimConnection, error) {
	r.used("Entity.claims", q.View, false)
	key := question("claims", q.Roles, relationNames(q.Relations), q.View, q.Order, q.Page)
	found, err := ask(ctx, r, key, e, func(ctx context.Context, reader *graph.Reader, of []*graph.Entity) ([]*graph.ClaimConnection, error) {
		return reader.ClaimsOf(ctx, of, q)
	})
	if err != nil {
		return nil, err
	}
	return model.NewClaimConnection(r, found), nil
}

// ObjectClaim returns the claim that is a claim's object.
func (r *request) ObjectClaim(ctx context.Context, c *graph.Claim) (*graph.Claim, error) {
	return ask(ctx, r, "objectClaim", c, of((*graph.Reader).ObjectClaims))
}

// RevisionOf returns the claim that a claim corrects.
func (r *request) RevisionOf(ctx context.Context, c *graph.Claim) (*graph.Claim, error) {
	return ask(ctx, r, "revisionOf", c, of((*graph.Reader).RevisionsOf))
}

// AlternativeOf returns the claim of which a claim is another reading.
func (r *request) AlternativeOf(ctx context.Context, c *graph.Claim) (*graph.Claim, error) {
	return ask(ctx, r, "alternativeOf", c, of((*graph.Reader).AlternativesOf))
}

// Retraction returns the withdrawal of a claim that is in force.
func (r *request) Retraction(ctx context.Context, c *graph.Claim) (*graph.Retraction, error) {
	return ask(ctx, r, "retraction", c, of((*graph.Reader).RetractionsOf))
}

// BatchesOf returns the batches that brought a claim.
func (r *request) BatchesOf(ctx context.Context, c *graph.Claim) ([]*graph.Batch, error) {
	return ask(ctx, r, "batches", c, of((*graph.Reader).BatchesOf))
}

// RecordedAt returns when a claim was first recorded.
func (r *request) RecordedAt(ctx context.Context, c *graph.Claim) (time.Time, error) {
	return ask(ctx, r, "recordedAt", c, of((*graph.Reader).RecordedAt))
}

// Loads returns the journal's entries of a batch.
func (r *request) Loads(ctx context.Context, b *graph.Batch) ([]graph.JournalEntry, error) {
	return ask(ctx, r, "loads", b, of((*graph.Reader).Loads))
}

// BatchesByID returns the batches of ids that the store has.
func (r *request) BatchesByID(ctx context.Context, ids []string) ([]*graph.Batch, error) {
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	found, err := reader.BatchesByID(ctx, ids)
	return slices.DeleteFunc(found, func(b *graph.Batch) bool { return b == nil }), err
}

// BatchRetraction returns the withdrawal of a batch that is in force.
func (r *request) BatchRetraction(ctx context.Context, b *graph.Batch) (*graph.Retraction, error) {
	return ask(ctx, r, "batchRetraction", b, of((*graph.Reader).RetractionsOfBatches))
}

// Conflicts returns what a claim clashes with.
func (r *request) Conflicts(ctx context.Context, c *graph.Claim, view *graph.View) ([]*graph.Conflict, error) {
	r.used("Claim.conflicts", view, false)
	return ask(ctx, r, question("conflicts", view), c, func(ctx context.Context, reader *graph.Reader, of []*graph.Claim) ([][]*graph.Conflict, error) {
		return reader.ConflictsOf(ctx, of, view)
	})
}

// of makes a look-up of a reader's method that takes no arguments.
func of[K comparable, V any](method func(*graph.Reader, context.Context, []K) ([]V, error)) lookUp[K, V] {
	return func(ctx context.Context, reader *graph.Reader, keys []K) ([]V, error) {
		return method(reader, ctx, keys)
	}
}
