package model

import (
	"context"

	"github.com/tripartite-graph/tripartite/graph"
)

// RelationCount is how many claims of a relation an entity takes part in.
type RelationCount struct {
	Relation  *graph.RelationKind
	Direction graph.Role // the entity's: subject or object
	Count     int
}

// NeighborQuery is a list of neighbours.
type NeighborQuery struct {
	Roles     []graph.Role
	Relations []*graph.RelationKind
	Kinds     []*graph.EntityKind
	View      *graph.View
	Page      graph.Paging
}

// Conflict is a set of claims that cannot all be right.
type Conflict struct {
	ID      string
	Kind    graph.ConflictKind
	Origin  graph.ConflictOrigin
	Summary string
	Claims  []*Claim
}

// IsNode marks the implementations of Node.
func (*Conflict) IsNode() {}

// ConflictEdge is a conflict in a list.
type ConflictEdge struct {
	Cursor string
	Node   *Conflict
}

// ConflictConnection is a list of conflicts.
type ConflictConnection struct {
	Edges    []*ConflictEdge
	PageInfo *graph.PageInfo
	Count    func(context.Context) (int, error)
}

// Nodes returns the conflicts of the page.
func (c *ConflictConnection) Nodes() []*Conflict {
	return convert(c.Edges, func(e *ConflictEdge) *Conflict { return e.Node })
}

// TotalCount counts the whole list.
func (c *ConflictConnection) TotalCount(ctx context.Context) (int, error) { return c.Count(ctx) }

// SearchEdge is an entity that was found, and why.
type SearchEdge struct {
	Cursor      string
	Node        Entity
	Score       float64
	MatchedName *Name
	Why         string
}

// SearchConnection is a list of what was found.
type SearchConnection struct {
	Edges    []*SearchEdge
	PageInfo *graph.PageInfo
}

// Nodes returns the entities of the page.
func (c *SearchConnection) Nodes() []Entity {
	return convert(c.Edges, func(e *SearchEdge) Entity { return e.Node })
}

// Position is what one party says of a statement.
type Position struct {
	Party      Entity
	Capacities []graph.Capacity
	Asserts    []*Claim
	Denies     []*Claim
	Withholds  []*Claim
	Silent     bool
}

// Subgraph is what lies around some entities.
type Subgraph struct {
	Nodes     []Entity
	Edges     []*SubgraphEdge
	Truncated bool
	Omitted   int
}

// SubgraphEdge is all claims of one relation from one entity to another.
type SubgraphEdge struct {
	Source   Entity
	Relation *graph.RelationKind
	Target   Entity
	Claims   []*Claim
}

// Path is a way from one entity to another.
type Path struct {
	Nodes []Entity
	Hops  []*Hop
}

// Length returns the number of hops.
func (p *Path) Length() int { return len(p.Hops) }

// Hop is one step of a path.
type Hop struct {
	Source Entity
	Target Entity
	Claims []*Claim
}
