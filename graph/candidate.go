package graph

import (
	"context"
	"slices"
)

// candidate is a claim on its way into a list: what an index tells of it.
type candidate struct {
	claim    NodeID
	relation *RelationKind
	subject  NodeID
	object   NodeID // 0: a value, a claim, or not known: see whole
	other    NodeID // from the node that it was reached from: the other end
	role     Role   // of that node
	whole    bool   // object is known
	columns  *Columns
}

// fromEdge makes a candidate of an edge of a node.
func fromEdge(node NodeID, e *Edge) candidate {
	c := candidate{claim: e.Claim, relation: e.Relation, other: e.Other, role: e.Role, columns: &e.Columns}
	switch e.Role {
	case RoleSubject:
		c.subject, c.object, c.whole = node, e.Other, true
	case RoleObject:
		c.subject, c.object, c.whole = e.Other, node, true
	default:
		c.subject = e.Other
	}
	return c
}

// around returns the live claims in which entities take part, those of all
// that were merged into each, in one look-up.
func (r *Reader) around(ctx context.Context, entities []NodeID, q EdgeQuery) ([][]candidate, error) {
	var all []NodeID
	for _, n := range entities {
		all = append(all, r.cluster(n)...)
	}
	found, err := r.snapshot.Edges(ctx, all, q)
	if err != nil {
		return nil, err
	}
	out := make([][]candidate, len(entities))
	at := 0
	for i, n := range entities {
		for range r.cluster(n) {
			out[i] = slices.Grow(out[i], len(found[at]))
			for e := range found[at] {
				out[i] = append(out[i], fromEdge(all[at], &found[at][e]))
			}
			at++
		}
	}
	return out, nil
}

// fromTies returns the live claims of which entities are subject or object,
// with those columns alone that ties have.
func (r *Reader) fromTies(ctx context.Context, nodes []NodeID, wanted func(*Tie) bool) ([][]candidate, error) {
	found, err := r.snapshot.Ties(ctx, nodes)
	if err != nil {
		return nil, err
	}
	out := make([][]candidate, len(nodes))
	for i, ties := range found {
		out[i] = make([]candidate, 0, len(ties))
		columns := make([]Columns, 0, len(ties))
		for t := range ties {
			if t := &ties[t]; wanted(t) {
				columns = append(columns, Columns{Low: t.Low, Stance: t.Stance, Mode: t.Mode})
				out[i] = append(out[i], fromEdge(nodes[i], &Edge{Claim: t.Claim, Relation: t.Relation, Role: t.Role, Other: t.Other}))
				out[i][len(out[i])-1].columns = &columns[len(columns)-1]
			}
		}
	}
	return out, nil
}

// complete fills in the objects that an index did not tell, in one look-up.
func (r *Reader) complete(ctx context.Context, in []candidate) error {
	var missing []*candidate
	var nodes []NodeID
	for i := range in {
		if !in[i].whole {
			missing, nodes = append(missing, &in[i]), append(nodes, in[i].claim)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	rows, err := r.snapshot.Claims(ctx, nodes)
	for i, row := range rows {
		if row != nil {
			missing[i].object, missing[i].whole = row.Object, true
		}
	}
	return err
}

// sift tells which claims are in a lens, and counts those that asOf met without a date.
func (r *Reader) sift(ctx context.Context, l *lens, in []candidate) (ok []bool, undated int, err error) {
	ok = make([]bool, len(in))
	var asked []int
	for i, c := range in {
		v := l.judge(c.relation, c.columns)
		ok[i] = v == keep || v == keepUndated
		if v == keepUndated || v == dropUndated {
			undated++
		}
		if v == ask {
			asked = append(asked, i)
		}
	}
	if len(asked) == 0 {
		return ok, undated, nil
	}
	nodes := make([]NodeID, len(asked))
	for i, at := range asked {
		nodes[i] = in[at].claim
	}
	rows, err := r.snapshot.Claims(ctx, nodes)
	for i, row := range rows {
		ok[asked[i]] = row != nil && l.surely(row.Date)
	}
	return ok, undated, err
}

// sift tells which claims are in a lens.
func (f *filters) sift(ctx context.Context, l *lens, in []candidate) ([]bool, error) {
	ok, _, err := f.r.sift(ctx, l, in)
	return ok, err
}

// seen returns the claims that are in a lens.
func (r *Reader) seen(ctx context.Context, l *lens, in []candidate) (out []candidate, undated int, err error) {
	ok, undated, err := r.sift(ctx, l, in)
	if err != nil {
		return nil, 0, err
	}
	for i, yes := range ok {
		if yes {
			out = append(out, in[i])
		}
	}
	return out, undated, nil
}

// eachOnce keeps the first of the candidates for each claim.
func eachOnce(in []candidate) []candidate {
	seen := make(map[NodeID]bool, len(in))
	return slices.DeleteFunc(in, func(c candidate) bool {
		again := seen[c.claim]
		seen[c.claim] = true
		return again
	})
}

func claimNodes(in []candidate) []NodeID {
	out := make([]NodeID, len(in))
	for i, c := range in {
		out[i] = c.claim
	}
	return out
}
