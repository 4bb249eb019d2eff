package resolvers

import (
	"context"
	"slices"
	"time"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// EntityClaims pages the claims of an entity.
func (l *level) EntityClaims(ctx context.Context, e *graph.Entity, q graph.EntityClaims) (*model.ClaimConnection, error) {
	l.used("Entity.claims", q.View, false)
	key := question("claims", q.Roles, relationNames(q.Relations), q.View, q.Order, q.Page)
	found, below, err := askLevel(ctx, l, key, l.entities, e, func(ctx context.Context, reader *graph.Reader, of []*graph.Entity) ([]*graph.ClaimConnection, error) {
		return reader.ClaimsOf(ctx, of, q)
	}, someClaims)
	if err != nil {
		return nil, err
	}
	return model.NewClaimConnection(below, found), nil
}

// Timeline pages what happened to an entity.
func (l *level) Timeline(ctx context.Context, e *graph.Entity, q graph.TimelineQuery) (*model.TimelineConnection, error) {
	l.used("Entity.timeline", q.View, true)
	found, below, err := askLevel(ctx, l, question("timeline", q.View, q.Page), l.entities, e, func(ctx context.Context, reader *graph.Reader, of []*graph.Entity) ([]*graph.TimelineConnection, error) {
		return reader.Timelines(ctx, of, q)
	}, happenings)
	if err != nil {
		return nil, err
	}
	return model.NewTimeline(below, found), nil
}

// otherClaim returns the claim to which another leads.
func (l *level) otherClaim(ctx context.Context, what string, c *graph.Claim, answer lookUp[*graph.Claim, *graph.Claim]) (*model.Claim, error) {
	found, below, err := askLevel(ctx, l, what, l.claims, c, answer, aClaim)
	return model.NewClaim(below, found), err
}

// ObjectClaim returns the claim that is a claim's object.
func (l *level) ObjectClaim(ctx context.Context, c *graph.Claim) (*model.Claim, error) {
	return l.otherClaim(ctx, "objectClaim", c, of((*graph.Reader).ObjectClaims))
}

// RevisionOf returns the claim that a claim corrects.
func (l *level) RevisionOf(ctx context.Context, c *graph.Claim) (*model.Claim, error) {
	return l.otherClaim(ctx, "revisionOf", c, of((*graph.Reader).RevisionsOf))
}

// AlternativeOf returns the claim of which a claim is another reading.
func (l *level) AlternativeOf(ctx context.Context, c *graph.Claim) (*model.Claim, error) {
	return l.otherClaim(ctx, "alternativeOf", c, of((*graph.Reader).AlternativesOf))
}

// Retraction returns the withdrawal of a claim that is in force.
func (l *level) Retraction(ctx context.Context, c *graph.Claim) (*graph.Retraction, error) {
	found, _, err := askLevel(ctx, l, "retraction", l.claims, c, of((*graph.Reader).RetractionsOf), nothing)
	return found, err
}

// BatchesOf returns the batches that brought a claim.
func (l *level) BatchesOf(ctx context.Context, c *graph.Claim) ([]*graph.Batch, error) {
	found, _, err := askLevel(ctx, l, "batches", l.claims, c, of((*graph.Reader).BatchesOf), nothing)
	return found, err
}

// RecordedAt returns when a claim was first recorded.
func (l *level) RecordedAt(ctx context.Context, c *graph.Claim) (time.Time, error) {
	found, _, err := askLevel(ctx, l, "recordedAt", l.claims, c, of((*graph.Reader).RecordedAt), nothing)
	return found, err
}

// Conflicts returns what a claim clashes with.
func (l *level) Conflicts(ctx context.Context, c *graph.Claim, view *graph.View) ([]*model.Conflict, error) {
	l.used("Claim.conflicts", view, false)
	found, below, err := askLevel(ctx, l, question("conflicts", view), l.claims, c, func(ctx context.Context, reader *graph.Reader, of []*graph.Claim) ([][]*graph.Conflict, error) {
		return reader.ConflictsOf(ctx, of, view)
	}, clashes)
	return model.NewConflicts(below, found), err
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

// of makes a look-up of a reader's method that takes no arguments.
func of[K comparable, V any](method func(*graph.Reader, context.Context, []K) ([]V, error)) lookUp[K, V] {
	return func(ctx context.Context, reader *graph.Reader, keys []K) ([]V, error) {
		return method(reader, ctx, keys)
	}
}
