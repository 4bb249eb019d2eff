package graph

import (
	"cmp"
	"context"
	"slices"
)

// Bounds of walks.
const (
	MaxDepth         = 10   // of a subgraph
	MaxSubgraphNodes = 5000 // that a subgraph may ask for
	MaxRoots         = 200  // of a subgraph
)

// SubgraphQuery is what lies around some entities.
type SubgraphQuery struct {
	Roots      []string // ids
	Depth      int      // 0: what ties the roots alone
	Roles      []Role   // nil: subject and object
	Relations  []*RelationKind
	Kinds      []*EntityKind // of what is met; roots may be of any
	View       *View
	MaxNodes   int
	SkipClaims bool // leave SubgraphEdge.Claims unread
	SkipEdges  bool // leave Subgraph.Edges out
}

// Subgraph is entities, and what ties them: everything that was met on the
// way, and between two of the last ring what the ring before saw of it.
type Subgraph struct {
	Nodes     []*Entity // roots first, then ring by ring
	Edges     []*SubgraphEdge
	Truncated bool
	Omitted   int // entities that were met and left out
}

// SubgraphEdge is all claims of one relation from one entity to another.
type SubgraphEdge struct {
	Source   *Entity
	Relation *RelationKind
	Target   *Entity
	Claims   []*Claim
}

// Subgraph walks ring by ring around its roots; each ring costs one look-up of
// edges. It does not walk on from a protected entity.
func (r *Reader) Subgraph(ctx context.Context, q SubgraphQuery) (*Subgraph, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	r, l, err := r.through(ctx, q.View, truthful)
	if err != nil {
		return nil, err
	}
	roots, err := r.roots(ctx, q.Roots)
	if err != nil {
		return nil, err
	}
	if q.reaches(r, l) {
		return r.reach(ctx, l, roots, q)
	}
	w := &walk{r: r, lens: l, query: q, in: map[NodeID]bool{}, out: map[NodeID]bool{}, edges: map[arc][]candidate{}}
	if err := w.run(ctx, roots); err != nil {
		return nil, err
	}
	return w.subgraph(ctx)
}

func (q SubgraphQuery) check() error {
	for _, bound := range []struct {
		name         string
		n, low, high int
	}{{"roots", len(q.Roots), 1, MaxRoots}, {"depth", q.Depth, 0, MaxDepth}, {"maxNodes", q.MaxNodes, 1, MaxSubgraphNodes}} {
		if bound.n < bound.low {
			return Errorf(CodeInvalid, "%s is %d; it must be at least %d", bound.name, bound.n, bound.low)
		}
		if bound.n > bound.high {
			return Errorf(CodeLimit, "%s is %d; it can be at most %d", bound.name, bound.n, bound.high)
		}
	}
	return nil
}

// roots finds entities that must exist.
func (r *Reader) roots(ctx context.Context, ids []string) ([]NodeID, error) {
	found, err := r.EntitiesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []NodeID
	for i, e := range found {
		if e == nil {
			return nil, Errorf(CodeNotFound, "there is no entity %q; look it up by search", ids[i])
		}
		if !slices.Contains(out, e.node) {
			out = append(out, e.node)
		}
	}
	return out, nil
}

// arc is a directed tie between two representatives.
type arc struct {
	source   NodeID
	relation *RelationKind
	target   NodeID
}

// walk is a breadth-first walk under way.
type walk struct {
	r     *Reader
	lens  *lens
	query SubgraphQuery
	order []NodeID // in, in the order met
	in    map[NodeID]bool
	out   map[NodeID]bool // met when the subgraph was full
	edges map[arc][]candidate
}

func (w *walk) run(ctx context.Context, roots []NodeID) error {
	for _, n := range roots {
		w.add(n)
	}
	ring := w.order
	if w.query.Depth == 0 {
		_, err := w.ring(ctx, ring)
		return err
	}
	for depth := 0; depth < w.query.Depth && len(ring) > 0; depth++ {
		met, err := w.ring(ctx, ring)
		if err != nil {
			return err
		}
		ring = nil
		for _, n := range met {
			if w.add(n) && !w.r.card(n).Protected {
				ring = append(ring, n)
			}
		}
	}
	return nil
}

// add takes an entity in, while there is room.
func (w *walk) add(n NodeID) bool {
	if w.in[n] {
		return false
	}
	if len(w.order) >= w.query.MaxNodes {
		w.out[n] = true
		return false
	}
	w.in[n] = true
	w.order = append(w.order, n)
	return true
}

// ring reads the edges of a ring, and returns what it meets, by the first day
// of what ties it.
func (w *walk) ring(ctx context.Context, ring []NodeID) ([]NodeID, error) {
	if w.query.Roles != nil && len(w.query.Roles) == 0 || w.query.Relations != nil && len(w.query.Relations) == 0 || w.lens.never {
		return nil, nil
	}
	around, err := w.r.around(ctx, ring, EdgeQuery{Roles: w.query.Roles, Relations: w.query.Relations})
	if err != nil {
		return nil, err
	}
	seen, _, err := w.r.seen(ctx, w.lens, slices.Concat(around...))
	if err != nil {
		return nil, err
	}
	if err := w.r.complete(ctx, seen); err != nil {
		return nil, err
	}
	return w.meet(ctx, w.arcs(seen))
}

// arcs groups claims by what they tie; an arc needs an asserted claim.
func (w *walk) arcs(in []candidate) map[arc][]candidate {
	found := map[arc][]candidate{}
	asserted := map[arc]bool{}
	for _, c := range in {
		a := arc{w.r.rep(c.subject), c.relation, w.r.rep(c.object)}
		if a.source == 0 || a.target == 0 || c.relation.Claims {
			continue
		}
		found[a] = append(found[a], c)
		asserted[a] = asserted[a] || c.columns.Stance == Asserted
	}
	for a := range found {
		if !asserted[a] {
			delete(found, a)
		}
	}
	return found
}

// meet notes arcs, and returns the entities at their ends, of the kinds that
// were asked for, in the order of the first day.
func (w *walk) meet(ctx context.Context, arcs map[arc][]candidate) ([]NodeID, error) {
	first := map[NodeID]Day{}
	var met []NodeID
	for a, claims := range arcs {
		w.edges[a] = append(w.edges[a], claims...)
		for _, n := range []NodeID{a.source, a.target} {
			if _, again := first[n]; !again {
				first[n] = MaxDay
				met = append(met, n)
			}
			for _, c := range claims {
				first[n] = min(first[n], c.columns.Low)
			}
		}
	}
	cards, err := w.r.load(ctx, met)
	if err != nil {
		return nil, err
	}
	met = slices.DeleteFunc(met, func(n NodeID) bool {
		return w.query.Kinds != nil && !slices.Contains(w.query.Kinds, cards.get(n).Kind)
	})
	slices.SortFunc(met, func(a, b NodeID) int { return cmp.Or(cmp.Compare(first[a], first[b]), cmp.Compare(a, b)) })
	return met, nil
}

// subgraph reads what the walk found.
func (w *walk) subgraph(ctx context.Context) (*Subgraph, error) {
	out := &Subgraph{Truncated: len(w.out) > 0, Omitted: len(w.out)}
	cards, err := w.r.load(ctx, w.order)
	if err != nil {
		return nil, err
	}
	for _, n := range w.order {
		out.Nodes = append(out.Nodes, cards.get(n))
	}
	if w.query.SkipEdges {
		return out, nil
	}
	var arcs []arc
	for a := range w.edges {
		if w.in[a.source] && w.in[a.target] {
			arcs = append(arcs, a)
		}
	}
	slices.SortFunc(arcs, func(a, b arc) int {
		return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.relation.Name, b.relation.Name), cmp.Compare(a.target, b.target))
	})
	pages := make([][]candidate, len(arcs))
	for i, a := range arcs {
		out.Edges = append(out.Edges, &SubgraphEdge{Source: cards.get(a.source), Relation: a.relation, Target: cards.get(a.target)})
		pages[i] = eachOnce(w.edges[a])
		ClaimsByDate.sort(pages[i])
	}
	if w.query.SkipClaims {
		return out, nil
	}
	claims, err := w.r.hydratePages(ctx, pages)
	for i := range claims {
		out.Edges[i].Claims = claims[i]
	}
	return out, err
}
