package model

import (
	"github.com/tripartite-graph/tripartite/graph"
)

// Conflict is a set of claims that cannot all be right.
type Conflict struct {
	*graph.Conflict
	request Request
}

// NewConflict returns the shell of a conflict, nil for nil.
func NewConflict(r Request, c *graph.Conflict) *Conflict {
	if c == nil {
		return nil
	}
	return &Conflict{c, r}
}

// NewConflicts returns the shells of conflicts.
func NewConflicts(r Request, in []*graph.Conflict) []*Conflict {
	return convert(in, func(c *graph.Conflict) *Conflict { return NewConflict(r, c) })
}

// IsNode marks the implementations of Node.
func (*Conflict) IsNode() {}

// Claims returns the claims that clash.
func (c *Conflict) Claims() []*Claim { return NewClaims(c.request, c.Conflict.Claims) }

// ConflictEdge is a conflict in a list.
type ConflictEdge struct {
	Cursor string
	Node   *Conflict
}

// ConflictConnection is a list of conflicts.
type ConflictConnection struct {
	*graph.ConflictConnection
	request Request
}

// NewConflictConnection returns the shell of a list of conflicts.
func NewConflictConnection(r Request, c *graph.ConflictConnection) *ConflictConnection {
	return &ConflictConnection{c, r}
}

// Edges returns the edges of the page.
func (c *ConflictConnection) Edges() []*ConflictEdge {
	return convert(c.ConflictConnection.Edges, func(e *graph.ConflictEdge) *ConflictEdge {
		return &ConflictEdge{e.Cursor, NewConflict(c.request, e.Node)}
	})
}

// Nodes returns the conflicts of the page.
func (c *ConflictConnection) Nodes() []*Conflict {
	return convert(c.ConflictConnection.Nodes, func(n *graph.Conflict) *Conflict { return NewConflict(c.request, n) })
}

// SearchEdge is an entity that was found, and why.
type SearchEdge struct {
	*graph.SearchEdge
	request Request
}

// Node returns the entity.
func (e *SearchEdge) Node() Entity { return NewEntity(e.request, e.SearchEdge.Node) }

// MatchedName returns the name that was found.
func (e *SearchEdge) MatchedName() *Name { return &Name{e.SearchEdge.MatchedName, e.request} }

// Why tells how the name was found.
func (e *SearchEdge) Why() string { return string(e.SearchEdge.Why) }

// SearchConnection is a list of what was found.
type SearchConnection struct {
	*graph.SearchConnection
	request Request
}

// NewSearchConnection returns the shell of a list of what was found.
func NewSearchConnection(r Request, c *graph.SearchConnection) *SearchConnection {
	return &SearchConnection{c, r}
}

// Edges returns the edges of the page.
func (c *SearchConnection) Edges() []*SearchEdge {
	return convert(c.SearchConnection.Edges, func(e *graph.SearchEdge) *SearchEdge { return &SearchEdge{e, c.request} })
}

// Nodes returns the entities of the page.
func (c *SearchConnection) Nodes() []Entity { return NewEntities(c.request, c.SearchConnection.Nodes) }

// Position is what one party says of a statement.
type Position struct {
	*graph.PartyPosition
	request Request
}

// NewPositions returns the shells of positions.
func NewPositions(r Request, in []*graph.PartyPosition) []*Position {
	return convert(in, func(p *graph.PartyPosition) *Position { return &Position{p, r} })
}

// Party returns whose position it is.
func (p *Position) Party() Entity { return NewEntity(p.request, p.PartyPosition.Party) }

// Asserts returns the claims in which the party says so.
func (p *Position) Asserts() []*Claim { return NewClaims(p.request, p.PartyPosition.Asserts) }

// Denies returns the claims in which the party says that it is untrue.
func (p *Position) Denies() []*Claim { return NewClaims(p.request, p.PartyPosition.Denies) }

// Withholds returns the claims in which the party declines to say or commit.
func (p *Position) Withholds() []*Claim { return NewClaims(p.request, p.PartyPosition.Withholds) }

// Subgraph is what lies around some entities.
type Subgraph struct {
	*graph.Subgraph
	request Request
}

// NewSubgraph returns the shell of a subgraph.
func NewSubgraph(r Request, s *graph.Subgraph) *Subgraph { return &Subgraph{s, r} }

// Nodes returns the entities, the roots first.
func (s *Subgraph) Nodes() []Entity { return NewEntities(s.request, s.Subgraph.Nodes) }

// Edges returns what ties them.
func (s *Subgraph) Edges() []*SubgraphEdge {
	return convert(s.Subgraph.Edges, func(e *graph.SubgraphEdge) *SubgraphEdge { return &SubgraphEdge{e, s.request} })
}

// SubgraphEdge is all claims of one relation from one entity to another.
type SubgraphEdge struct {
	*graph.SubgraphEdge
	request Request
}

// Source returns the subject.
func (e *SubgraphEdge) Source() Entity { return NewEntity(e.request, e.SubgraphEdge.Source) }

// Target returns the object.
func (e *SubgraphEdge) Target() Entity { return NewEntity(e.request, e.SubgraphEdge.Target) }

// Claims returns the claims.
func (e *SubgraphEdge) Claims() []*Claim { return NewClaims(e.request, e.SubgraphEdge.Claims) }

// Path is a way from one entity to another.
type Path struct {
	*graph.Path
	request Request
}

// NewPaths returns the shells of paths.
func NewPaths(r Request, in []*graph.Path) []*Path {
	return convert(in, func(p *graph.Path) *Path { return &Path{p, r} })
}

// Nodes returns the entities from the first to the last.
func (p *Path) Nodes() []Entity { return NewEntities(p.request, p.Path.Nodes) }

// Hops returns the steps.
func (p *Path) Hops() []*Hop {
	return convert(p.Path.Hops, func(h *graph.Hop) *Hop { return &Hop{h, p.request} })
}

// Hop is one step of a path.
type Hop struct {
	*graph.Hop
	request Request
}

// Source returns where the step begins.
func (h *Hop) Source() Entity { return NewEntity(h.request, h.Hop.Source) }

// Target returns where the step ends.
func (h *Hop) Target() Entity { return NewEntity(h.request, h.Hop.Target) }

// Claims returns all claims that tie the two.
func (h *Hop) Claims() []*Claim { return NewClaims(h.request, h.Hop.Claims) }
