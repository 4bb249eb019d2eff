package graph

import (
	"cmp"
	"context"
	"slices"
)

// reach is a walk that asks for entities alone: it looks at ties, which are
// small and cached, and takes the entities that walk takes, in the same order.
type reach struct {
	r     *Reader
	lens  *lens
	query SubgraphQuery
	roles [RoleObject + 1]bool
	in    *nodeMap[struct{}]
	out   *nodeMap[struct{}] // met when the subgraph was full
	met   *nodeMap[Day]      // in this ring: the first day of what ties it
	order []NodeID
	left  int // met in the last ring alone, and left out
}

// reaches tells whether a query can be answered by reach: it wants no edges
// and no kinds, its lens needs no more than ties have, and nothing was merged.
func (q SubgraphQuery) reaches(r *Reader, l *lens) bool {
	return q.SkipEdges && q.Kinds == nil && len(r.representative) == 0 && l.plain() &&
		!slices.ContainsFunc(q.Roles, func(r Role) bool { return r > RoleObject })
}

// plain tells whether ties are all that the lens looks at.
func (l *lens) plain() bool {
	return !l.never && l.assertedBy == nil && l.reportedBy == nil && l.documents == nil && l.capacities == allBits &&
		l.direct == nil && !l.undisputed && l.asOf == nil
}

// sees tells whether a tie is in a plain lens.
func (l *lens) sees(t *Tie) bool { return l.stances&(1<<t.Stance) != 0 && l.modes&(1<<t.Mode) != 0 }

// reach walks ring by ring.
func (r *Reader) reach(ctx context.Context, l *lens, roots []NodeID, q SubgraphQuery) (*Subgraph, error) {
	w := &reach{r: r, lens: l, query: q, in: newNodeMap[struct{}](0), out: newNodeMap[struct{}](0), met: newNodeMap[Day](0)}
	for role := range w.roles {
		w.roles[role] = q.Roles == nil || slices.Contains(q.Roles, Role(role))
	}
	for _, n := range roots {
		w.add(n)
	}
	ring := slices.Clone(w.order)
	for depth := 0; depth < q.Depth && len(ring) > 0; depth++ {
		added, err := w.ring(ctx, ring, depth+1 == q.Depth)
		if err != nil {
			return nil, err
		}
		if ring = nil; depth+1 < q.Depth {
			if ring, err = w.open(ctx, added); err != nil {
				return nil, err
			}
		}
	}
	return w.subgraph(ctx)
}

// add takes an entity in, while there is room.
func (w *reach) add(n NodeID) {
	if len(w.order) >= w.query.MaxNodes {
		w.out.at(n)
		return
	}
	w.in.at(n)
	w.order = append(w.order, n)
}

// ring adds what a ring's ties meet, by the first day of what ties it.
func (w *reach) ring(ctx context.Context, ring []NodeID, last bool) (added []NodeID, err error) {
	ties, err := w.r.snapshot.Ties(ctx, ring)
	if err != nil {
		return nil, err
	}
	w.met.clear()
	for _, of := range ties {
		w.meet(of)
	}
	before, found := len(w.order), w.sorted()
	if room := w.query.MaxNodes - before; last && w.out.n == 0 && len(found) > room {
		found, w.left = found[:room], len(found)-room // nobody will ask who they are
	}
	for _, n := range found {
		w.add(n)
	}
	return w.order[before:], nil
}

// meet looks at the ties of one entity: those of one relation to one other
// stand together, and need an asserted one among them.
func (w *reach) meet(ties []Tie) {
	for from := 0; from < len(ties); {
		first := &ties[from]
		asserted, low := false, MaxDay
		for ; from < len(ties); from++ {
			t := &ties[from]
			if t.Other != first.Other || t.Relation != first.Relation || t.Role != first.Role {
				break
			}
			if w.lens.sees(t) {
				asserted, low = asserted || t.Stance == Asserted, min(low, t.Low)
			}
		}
		if asserted && first.Other != 0 && w.roles[first.Role] && !first.Relation.Claims && w.wants(first.Relation) && !w.in.has(first.Other) {
			if day, again := w.met.at(first.Other); !again || low < *day {
				*day = low
			}
		}
	}
}

func (w *reach) wants(k *RelationKind) bool {
	return w.query.Relations == nil || slices.Contains(w.query.Relations, k)
}

// meeting is an entity met in a ring.
type meeting struct {
	day  Day
	node NodeID
}

func (a meeting) compare(b meeting) int {
	return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.node, b.node))
}

// sorted returns what was met, in order as far as there is room for it.
func (w *reach) sorted() []NodeID {
	found := make([]meeting, 0, w.met.n)
	for i, n := range w.met.keys {
		if n != 0 {
			found = append(found, meeting{w.met.values[i], n})
		}
	}
	room := min(w.query.MaxNodes-len(w.order), len(found))
	first(found, room)
	slices.SortFunc(found[:room], meeting.compare)
	out := make([]NodeID, len(found))
	for i, m := range found {
		out[i] = m.node
	}
	return out
}

// first brings the k least to the front, in any order (C. A. R. Hoare,
// Algorithm 65: Find, 1961).
func first(in []meeting, k int) {
	for low, high := 0, len(in)-1; low < high; {
		pivot, i, j := in[(low+high)/2], low, high
		for i <= j {
			for in[i].compare(pivot) < 0 {
				i++
			}
			for in[j].compare(pivot) > 0 {
				j--
			}
			if i <= j {
				in[i], in[j] = in[j], in[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case k <= j:
			high = j
		case k >= i:
			low = i
		default:
			return
		}
	}
}

// open leaves out those from which the walk does not go on: the protected.
func (w *reach) open(ctx context.Context, added []NodeID) (ring []NodeID, err error) {
	cards, err := w.r.load(ctx, added)
	if err != nil {
		return nil, err
	}
	for _, n := range added {
		if !cards.get(n).Protected {
			ring = append(ring, n)
		}
	}
	return ring, nil
}

func (w *reach) subgraph(ctx context.Context) (*Subgraph, error) {
	cards, err := w.r.load(ctx, w.order)
	if err != nil {
		return nil, err
	}
	out := &Subgraph{Nodes: make([]*Entity, len(w.order)), Truncated: w.out.n+w.left > 0, Omitted: w.out.n + w.left}
	for i, n := range w.order {
		out.Nodes[i] = cards.get(n)
	}
	return out, nil
}
