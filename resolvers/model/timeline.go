package model

import "github.com/tripartite-graph/tripartite/graph"

// TimelineEntry is one happening of an entity.
type TimelineEntry struct {
	*graph.TimelineEntry
	request Request
}

// Event returns the happening, nil for a claim about none.
func (e *TimelineEntry) Event() Entity { return NewEntity(e.request, e.TimelineEntry.Event) }

// Claims returns what is said of it.
func (e *TimelineEntry) Claims() []*Claim { return NewClaims(e.request, e.TimelineEntry.Claims) }

// TimelineEdge is an entry in a list.
type TimelineEdge struct {
	Cursor string
	Node   *TimelineEntry
}

// TimelineConnection is a page of a timeline.
type TimelineConnection struct {
	*graph.TimelineConnection
	request Request
}

// NewTimeline returns the shell of a timeline.
func NewTimeline(r Request, c *graph.TimelineConnection) *TimelineConnection {
	return &TimelineConnection{c, r}
}

// Edges returns the edges of the page.
func (c *TimelineConnection) Edges() []*TimelineEdge {
	return convert(c.TimelineConnection.Edges, func(e *graph.TimelineEdge) *TimelineEdge {
		return &TimelineEdge{e.Cursor, &TimelineEntry{e.Node, c.request}}
	})
}

// Nodes returns the entries of the page.
func (c *TimelineConnection) Nodes() []*TimelineEntry {
	return convert(c.TimelineConnection.Nodes, func(n *graph.TimelineEntry) *TimelineEntry {
		return &TimelineEntry{n, c.request}
	})
}
