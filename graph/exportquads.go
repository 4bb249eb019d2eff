package graph

import (
	"context"
	"slices"
	"strings"
)

// Quads hands over the selected quads in the canonical order of N-Quads lines.
// All of the graph comes with what was retracted.
func (x *Export) Quads(ctx context.Context, yield func(Quad) error) error {
	switch {
	case x.lens.never:
		return nil
	case x.claims != nil:
		return x.collected(ctx, yield)
	case x.truthy:
		return x.statements(ctx, yield)
	}
	return x.r.snapshot.Quads(ctx, "", "", yield)
}

// Labelled hands over the quads that have a label: of a claim, its statement.
func (x *Export) Labelled(ctx context.Context, label Term, yield func(Quad) error) error {
	return x.r.snapshot.Quads(ctx, "", label, yield)
}

// About hands over the quads that have a subject.
func (x *Export) About(ctx context.Context, subject Term, yield func(Quad) error) error {
	return x.r.snapshot.Quads(ctx, subject, "", yield)
}

// statements hands over the statements of the claims in the lens, looking the
// claims up some at a time.
func (x *Export) statements(ctx context.Context, yield func(Quad) error) error {
	var waiting []Quad
	flush := func() error {
		seen, err := x.inLens(ctx, waiting)
		for i, q := range waiting {
			if err == nil && seen[i] {
				err = yield(q)
			}
		}
		waiting = waiting[:0]
		return err
	}
	err := x.r.snapshot.Quads(ctx, "", "", func(q Quad) error {
		if x.r.ontology.Relation(q.Predicate) == nil {
			return nil
		}
		if waiting = append(waiting, q); len(waiting) < exportChunk {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// inLens tells which statements are those of claims in the lens.
func (x *Export) inLens(ctx context.Context, statements []Quad) ([]bool, error) {
	labels := make([]Term, len(statements))
	for i, q := range statements {
		labels[i] = q.Label
	}
	nodes, err := x.r.snapshot.IDs(ctx, labels)
	if err != nil {
		return nil, err
	}
	rows, err := x.r.snapshot.Claims(ctx, nodes)
	if err != nil {
		return nil, err
	}
	in := make([]bool, len(rows))
	for i, row := range rows {
		if row == nil {
			continue
		}
		v := x.lens.judge(row.Relation, &row.Columns)
		in[i] = v == keep || v == keepUndated || v == ask && x.lens.surely(row.Date)
	}
	return in, nil
}

// collected hands over the quads of a walk: those of its claims, of their
// voices and groups, and of its entities and their names.
func (x *Export) collected(ctx context.Context, yield func(Quad) error) error {
	claims, err := x.r.snapshot.Terms(ctx, nodesOf(x.claims))
	if err != nil {
		return err
	}
	c := &collector{x: x, asked: map[Term]bool{}}
	for _, claim := range claims {
		if err := c.claim(ctx, claim); err != nil {
			return err
		}
	}
	var members []NodeID
	for _, n := range nodesOf(x.entities) {
		members = append(members, x.r.cluster(n)...)
	}
	entities, err := x.r.snapshot.Terms(ctx, members)
	if err != nil {
		return err
	}
	for _, e := range entities {
		if err := c.about(ctx, e); err != nil {
			return err
		}
	}
	slices.SortFunc(c.quads, func(a, b Quad) int { return strings.Compare(a.Line(), b.Line()) })
	for _, q := range slices.Compact(c.quads) {
		if err := yield(q); err != nil {
			return err
		}
	}
	return nil
}

// collector gathers the quads of a walk.
type collector struct {
	x     *Export
	asked map[Term]bool
	quads []Quad
}

func (c *collector) claim(ctx context.Context, claim Term) error {
	err := c.x.r.snapshot.Quads(ctx, "", claim, func(q Quad) error {
		c.quads = append(c.quads, q)
		return nil
	})
	if err != nil {
		return err
	}
	return c.about(ctx, claim)
}

// about gathers what is said about a node, and about the nodes that are a part
// of it: its voices, groups and names. What it states is its claims'.
func (c *collector) about(ctx context.Context, node Term) error {
	if c.asked[node] || c.x.truthy {
		return nil
	}
	c.asked[node] = true
	var parts []Term
	words := c.x.r.ontology.Names
	err := c.x.r.snapshot.Quads(ctx, node, "", func(q Quad) error {
		if c.x.r.ontology.Relation(q.Predicate) != nil {
			return nil
		}
		c.quads = append(c.quads, q)
		switch q.Predicate {
		case words.Term(WordAssertedBy), words.Term(WordGroup), words.Term(WordName):
			if q.Object.IsIRI() {
				parts = append(parts, q.Object)
			}
		}
		return nil
	})
	for _, p := range parts {
		if err == nil {
			err = c.about(ctx, p)
		}
	}
	return err
}
