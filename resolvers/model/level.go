package model

import "github.com/tripartite-graph/tripartite/graph"

// Where the fields of claims and entities lead, for all of a level at once.

// one is a list of an entity, empty for nil.
func one(e *graph.Entity) []*graph.Entity {
	if e == nil {
		return nil
	}
	return []*graph.Entity{e}
}

func subjectOf(c *graph.Claim) []*graph.Entity { return one(c.Subject) }
func objectOf(c *graph.Claim) []*graph.Entity  { return one(c.Object) }
func eventOf(c *graph.Claim) []*graph.Entity   { return one(c.Event) }

func partiesOf(c *graph.Claim) (out []*graph.Entity) {
	for _, v := range c.AssertedBy() {
		out = append(out, one(v.Party)...)
	}
	return out
}

func delegatesOf(c *graph.Claim) (out []*graph.Entity) {
	for _, v := range c.AssertedBy() {
		out = append(out, one(v.SpokenBy)...)
	}
	return out
}

func detailsOf(c *graph.Claim) (out []*graph.Entity) {
	for _, q := range c.Qualifiers() {
		out = append(out, one(q.Entity)...)
	}
	return out
}

func documentsOf(c *graph.Claim) (out []*graph.Entity) {
	for _, e := range c.Evidence() {
		out = append(out, one(e.Document)...)
	}
	return out
}

func nameDocumentsOf(e *graph.Entity) (out []*graph.Entity) {
	for _, n := range e.Names() {
		for _, w := range n.Evidence() {
			out = append(out, one(w.Document)...)
		}
	}
	return out
}
