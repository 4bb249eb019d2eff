package model

import (
	"context"

	"github.com/tripartite-graph/tripartite/graph"
)

// Paging puts the arguments of a list together.
func Paging(first *int, after *string, last *int, before *string) graph.Paging {
	return graph.Paging{First: first, After: after, Last: last, Before: before}
}

// Related is a connection that a typed relation field returns.
type Related interface{ IsRelated() }

// Edge is an entity in a list, and the claims that tie it to where the list hangs.
type Edge struct {
	Cursor string
	Entity Base
	Claims []*Claim
}

// Connection is a page of entities of whatever kind.
type Connection struct {
	Page     []*Edge
	PageInfo *graph.PageInfo
	Count    func(context.Context) (int, error)
}

// IsRelated marks the implementations of Related.
func (*Connection) IsRelated() {}

// Plain returns the list without the shell of its kind.
func (c *Connection) Plain() *Connection { return c }

// TotalCount counts the whole list.
func (c *Connection) TotalCount(ctx context.Context) (int, error) { return c.Count(ctx) }

// NewConnection returns the shell of a list of the kind with this name;
// of mixed kinds where it is "Entity".
func NewConnection(kind string, c *Connection) Related {
	if shell := connections[kind]; shell != nil {
		return shell(c)
	}
	return &EntityConnection{c}
}

// NewNeighbors returns the shell of a list of neighbours.
func NewNeighbors(r Request, c *graph.EntityConnection) *NeighborConnection {
	return &NeighborConnection{EntityConnection{NewPage(r, c)}}
}

// NewPage returns the shell of a page of entities.
func NewPage(r Request, c *graph.EntityConnection) *Connection {
	return &Connection{
		Page: convert(c.Edges, func(e *graph.EntityEdge) *Edge {
			return &Edge{Cursor: e.Cursor, Entity: Base{e.Node, r}, Claims: NewClaims(r, e.Claims)}
		}),
		PageInfo: &c.PageInfo, Count: c.TotalCount,
	}
}

// EntityEdge is an edge to an entity of whatever kind.
type EntityEdge struct{ *Edge }

// Node returns the entity at the edge's end.
func (e *EntityEdge) Node() Entity { return NewEntity(e.Entity.request, e.Entity.Entity) }

// EntityConnection is a list of entities of mixed kinds.
type EntityConnection struct{ *Connection }

// Edges returns the edges of the page.
func (c *EntityConnection) Edges() []*EntityEdge {
	return convert(c.Page, func(e *Edge) *EntityEdge { return &EntityEdge{e} })
}

// Nodes returns the entities of the page.
func (c *EntityConnection) Nodes() []Entity {
	return convert(c.Page, func(e *Edge) Entity { return NewEntity(e.Entity.request, e.Entity.Entity) })
}

// NeighborEdge is an edge to a neighbour.
type NeighborEdge struct{ EntityEdge }

// NeighborConnection is a list of neighbours.
type NeighborConnection struct{ EntityConnection }

// Edges returns the edges of the page.
func (c *NeighborConnection) Edges() []*NeighborEdge {
	return convert(c.Page, func(e *Edge) *NeighborEdge { return &NeighborEdge{EntityEdge{e}} })
}

// ClaimEdge is a claim in a list.
type ClaimEdge struct {
	Cursor string
	Node   *Claim
}

// ClaimConnection is a list of claims.
type ClaimConnection struct {
	*graph.ClaimConnection
	request Request
}

// NewClaimConnection returns the shell of a list of claims.
func NewClaimConnection(r Request, c *graph.ClaimConnection) *ClaimConnection {
	return &ClaimConnection{c, r}
}

// IsRelated marks the implementations of Related.
func (*ClaimConnection) IsRelated() {}

// Edges returns the edges of the page.
func (c *ClaimConnection) Edges() []*ClaimEdge {
	return convert(c.ClaimConnection.Edges, func(e *graph.ClaimEdge) *ClaimEdge {
		return &ClaimEdge{e.Cursor, NewClaim(c.request, e.Node)}
	})
}

// Nodes returns the claims of the page.
func (c *ClaimConnection) Nodes() []*Claim { return NewClaims(c.request, c.ClaimConnection.Nodes) }

// BatchEdge is a batch in a list.
type BatchEdge struct {
	Cursor string
	Node   *Batch
}

// BatchConnection is a list of batches.
type BatchConnection struct {
	*graph.BatchConnection
	request Request
}

// NewBatchConnection returns the shell of a list of batches.
func NewBatchConnection(r Request, c *graph.BatchConnection) *BatchConnection {
	return &BatchConnection{c, r}
}

// Edges returns the edges of the page.
func (c *BatchConnection) Edges() []*BatchEdge {
	return convert(c.BatchConnection.Edges, func(e *graph.BatchEdge) *BatchEdge {
		return &BatchEdge{e.Cursor, NewBatch(c.request, e.Node)}
	})
}

// Nodes returns the batches of the page.
func (c *BatchConnection) Nodes() []*Batch { return newBatches(c.request, c.BatchConnection.Nodes) }
