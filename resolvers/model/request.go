package model

import (
	"context"
	"time"

	"github.com/tripartite-graph/tripartite/graph"
)

// Request is the state of one request at one level of its response: what
// entities and claims ask of the graph beyond what they hold. Questions of one
// level are answered together.
type Request interface {
	Ontology() *graph.Ontology
	// FromClaims returns the level of the entities to which a field of claims leads.
	FromClaims(field string, of func(*graph.Claim) []*graph.Entity) Request
	// FromEntities returns the level of the entities to which a field of entities leads.
	FromEntities(field string, of func(*graph.Entity) []*graph.Entity) Request
	// IRI returns the IRI of an id.
	IRI(id string) string

	RelationCounts(context.Context, *graph.Entity, *graph.View) ([]graph.RelationCount, error)
	EntityClaims(context.Context, *graph.Entity, graph.EntityClaims) (*ClaimConnection, error)
	Neighbors(context.Context, *graph.Entity, graph.NeighborQuery) (*NeighborConnection, error)
	Timeline(context.Context, *graph.Entity, graph.TimelineQuery) (*TimelineConnection, error)
	// Related answers the typed relation field with this name, which says the
	// relation and the direction of the query.
	Related(ctx context.Context, e *graph.Entity, field string, q graph.RelatedQuery) (Related, error)

	Conflicts(context.Context, *graph.Claim, *graph.View) ([]*Conflict, error)
	ObjectClaim(context.Context, *graph.Claim) (*Claim, error)
	RevisionOf(context.Context, *graph.Claim) (*Claim, error)
	AlternativeOf(context.Context, *graph.Claim) (*Claim, error)
	Retraction(context.Context, *graph.Claim) (*graph.Retraction, error)
	BatchesOf(context.Context, *graph.Claim) ([]*graph.Batch, error)
	RecordedAt(context.Context, *graph.Claim) (time.Time, error)
	Loads(context.Context, *graph.Batch) ([]graph.JournalEntry, error)
	BatchesByID(context.Context, []string) ([]*graph.Batch, error)
	BatchRetraction(context.Context, *graph.Batch) (*graph.Retraction, error)
}

type requestKey struct{}

// WithRequest returns a context that carries the state of a request.
func WithRequest(ctx context.Context, r Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// FromContext returns the state of the request that a context belongs to.
func FromContext(ctx context.Context) Request {
	r, _ := ctx.Value(requestKey{}).(Request)
	return r
}
