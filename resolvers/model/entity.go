package model

import (
	"context"

	"github.com/tripartite-graph/tripartite/graph"
)

// Node is anything with an id.
type Node interface{ IsNode() }

// Entity is an entity of whatever kind: one of the shells that are generated for each.
type Entity interface {
	Node
	IsEntity()
}

// Base is what entities of every kind have.
type Base struct {
	*graph.Entity
	request Request
}

// IsNode marks the implementations of Node.
func (Base) IsNode() {}

// IsEntity marks the implementations of Entity.
func (Base) IsEntity() {}

// NewEntity returns the shell of the entity's kind, nil for nil.
func NewEntity(r Request, e *graph.Entity) Entity {
	if e == nil {
		return nil
	}
	b := Base{e, r}
	return shells[b.Kind().Name](b)
}

// NewBase returns what entities of every kind have of one.
func NewBase(r Request, e *graph.Entity) Base { return Base{e, r} }

// Plain returns the entity without the shell of its kind.
func (b Base) Plain() Base { return b }

// Kind returns the entity's kind. One that the graph does not know any more,
// since what described the entity was retracted, is the last and most general.
func (b Base) Kind() *graph.EntityKind {
	if b.Entity.Kind != nil {
		return b.Entity.Kind
	}
	kinds := b.request.Ontology().Kinds
	return kinds[len(kinds)-1]
}

// NewDocument returns the shell of a document, nil for nil.
func NewDocument(r Request, e *graph.Entity) *Document {
	if e == nil {
		return nil
	}
	return &Document{Base{e, r}}
}

// Names returns every spelling, the preferred one first.
func (b Base) Names() []*Name {
	return convert(b.Entity.Names(), func(n *graph.Name) *Name { return &Name{n, b.request} })
}

// RelationCounts counts the claims of each relation.
func (b Base) RelationCounts(ctx context.Context, view *graph.View) ([]graph.RelationCount, error) {
	return b.request.RelationCounts(ctx, b.Entity, view)
}

// Claims pages the claims in which the entity plays one of the roles.
func (b Base) Claims(ctx context.Context, roles []graph.Role, relations []*graph.RelationKind, view *graph.View,
	orderBy *graph.ClaimOrder, first *int, after *string, last *int, before *string,
) (*ClaimConnection, error) {
	return b.request.EntityClaims(ctx, b.Entity, graph.EntityClaims{
		Roles: roles, Relations: relations, View: view, Order: ordered(orderBy), Page: Paging(first, after, last, before),
	})
}

// Neighbors pages the entities that a claim ties this one to.
func (b Base) Neighbors(ctx context.Context, roles []graph.Role, relations []*graph.RelationKind, kinds []*graph.EntityKind,
	view *graph.View, orderBy *graph.NeighborOrder, first *int, after *string, last *int, before *string,
) (*NeighborConnection, error) {
	return b.request.Neighbors(ctx, b.Entity, graph.NeighborQuery{
		Roles: roles, Relations: relations, Kinds: kinds, View: view, Order: ordered(orderBy), Page: Paging(first, after, last, before),
	})
}

// Timeline pages what happened to the entity.
func (b Base) Timeline(ctx context.Context, view *graph.View, first *int, after *string, last *int, before *string) (*TimelineConnection, error) {
	return b.request.Timeline(ctx, b.Entity, graph.TimelineQuery{View: view, Page: Paging(first, after, last, before)})
}

// Related answers every typed relation field, by the field's name.
func (b Base) Related(ctx context.Context, field string, view *graph.View, orderBy *graph.NeighborOrder,
	first *int, after *string, last *int, before *string,
) (Related, error) {
	return b.request.Related(ctx, b.Entity, field, graph.RelatedQuery{
		View: view, Order: ordered(orderBy), Page: Paging(first, after, last, before),
	})
}

// ordered returns an order, the standard one for nil.
func ordered[O ~uint8](o *O) O {
	if o == nil {
		return 0
	}
	return *o
}

// Name is one spelling of an entity.
type Name struct {
	*graph.Name
	request Request
}

// Evidence returns where sources use the name.
func (n *Name) Evidence() []*Evidence {
	documents := func() Request { return n.request.FromEntities("nameDocument", nameDocumentsOf) }
	return newEvidence(documents, n.Name.Evidence())
}

// The facts of a document, nil where they are not known.

// Title returns the document's title.
func (d *Document) Title() *string { return d.Fact(graph.WordTitle) }

// Publisher returns who published the document.
func (d *Document) Publisher() *string { return d.Fact(graph.WordPublisher) }

// Date returns when the document was published, as EDTF.
func (d *Document) Date() *string { return d.Fact(graph.WordIssued) }

// URL returns where the document is on the web.
func (d *Document) URL() *string { return d.Fact(graph.WordURL) }

// Retrieved returns when the document was fetched, as EDTF.
func (d *Document) Retrieved() *string { return d.Fact(graph.WordRetrieved) }

// FileName returns the name of the document's file.
func (d *Document) FileName() *string { return d.Fact(graph.WordFileName) }

// Sha256 returns the hash of the file's bytes, in lower-case hex.
func (d *Document) Sha256() *string { return d.Fact(graph.WordSHA256) }

// convert maps a list; nil stays an empty list.
func convert[T, U any](in []T, f func(T) U) []U {
	out := make([]U, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}
