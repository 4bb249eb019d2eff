package model

import "github.com/tripartite-graph/tripartite/graph"

// Statement is what two views say of one statement.
type Statement struct {
	*graph.Statement
	request Request
}

// Subject returns what the statement is about.
func (s *Statement) Subject() Entity { return NewEntity(s.request, s.Statement.Subject) }

// Object returns the object, nil where it is a value.
func (s *Statement) Object() Entity { return NewEntity(s.request, s.Statement.Object) }

// Left returns the claims of the left view.
func (s *Statement) Left() []*Claim { return NewClaims(s.request, s.Statement.Left) }

// Right returns the claims of the right view.
func (s *Statement) Right() []*Claim { return NewClaims(s.request, s.Statement.Right) }

// StatementEdge is a statement in a list.
type StatementEdge struct {
	Cursor string
	Node   *Statement
}

// StatementConnection is a list of statements.
type StatementConnection struct {
	*graph.Comparison
	request Request
}

// NewComparison returns the shell of a comparison.
func NewComparison(r Request, c *graph.Comparison) *StatementConnection {
	return &StatementConnection{c, r}
}

// Edges returns the edges of the page.
func (c *StatementConnection) Edges() []*StatementEdge {
	return convert(c.Comparison.Edges, func(e *graph.StatementEdge) *StatementEdge {
		return &StatementEdge{e.Cursor, &Statement{e.Node, c.request}}
	})
}

// Nodes returns the statements of the page.
func (c *StatementConnection) Nodes() []*Statement {
	return convert(c.Comparison.Nodes, func(n *graph.Statement) *Statement { return &Statement{n, c.request} })
}
