package graph

import (
	"cmp"
	"context"
	"slices"
)

// RelationCount tells how an entity is tied to others by one relation.
type RelationCount struct {
	Relation  *RelationKind
	Direction Role // the part that the entity plays: SUBJECT or OBJECT; SUBJECT for a symmetric relation
	Count     int  // neighbours, as the relation's field lists them; values and claims where it has those
	Claims    int  // claims of the lens, denials among them
}

// RelatedQuery is the neighbours by one relation.
type RelatedQuery struct {
	Relation *RelationKind
	Inverse  bool // read backwards: the entity is the object
	View     *View
	Order    NeighborOrder // claims that lead to no entity are ordered by date alone
	Page     Paging
}

// NeighborQuery is the neighbours by any relation.
type NeighborQuery struct {
	Roles     []Role          // nil: subject and object
	Relations []*RelationKind // nil: all
	Kinds     []*EntityKind   // nil: all
	View      *View
	Order     NeighborOrder
	Page      Paging
}

// tie is a neighbour and the claims that tie it.
type tie struct {
	other    NodeID
	first    Day // earliest day of an asserted claim
	asserted bool
	claims   []candidate
}

// ties groups claims by the entity at their other end. A tie needs an asserted
// claim; others accompany it.
func (r *Reader) ties(of NodeID, in []candidate) []*tie {
	byOther := map[NodeID]*tie{}
	var out []*tie
	for _, c := range in {
		other := r.rep(c.other)
		if other == 0 || other == r.rep(of) || c.relation.Claims && c.role == RoleSubject {
			continue
		}
		t := byOther[other]
		if t == nil {
			t = &tie{other: other, first: MaxDay}
			byOther[other] = t
			out = append(out, t)
		}
		t.claims = append(t.claims, c)
		if c.columns.Stance == Asserted {
			t.asserted, t.first = true, min(t.first, c.columns.Low)
		}
	}
	out = slices.DeleteFunc(out, func(t *tie) bool { return !t.asserted })
	slices.SortFunc(out, func(a, b *tie) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.other, b.other)) })
	for _, t := range out {
		ClaimsByDate.sort(t.claims)
	}
	return out
}

// Related pages for each entity its neighbours by one relation, by the first
// day of what ties them: one edge each, with its claims.
func (r *Reader) Related(ctx context.Context, entities []*Entity, q RelatedQuery) ([]*EntityConnection, error) {
	return r.Neighbors(ctx, entities, NeighborQuery{
		Roles: q.roles(), Relations: []*RelationKind{q.Relation}, View: q.View, Order: q.Order, Page: q.Page,
	})
}

func (q RelatedQuery) roles() []Role {
	switch {
	case q.Relation.Symmetric:
		return []Role{RoleSubject, RoleObject}
	case q.Inverse:
		return []Role{RoleObject}
	}
	return []Role{RoleSubject}
}

// RelatedClaims pages for each entity its claims of a relation whose object is
// a value or a claim, in the lens of a relation field.
func (r *Reader) RelatedClaims(ctx context.Context, entities []*Entity, q RelatedQuery) ([]*ClaimConnection, error) {
	view := View{}
	if q.View != nil {
		view = *q.View
	}
	if view.Modes == nil {
		view.Modes = truthful
	}
	return r.ClaimsOf(ctx, entities, EntityClaims{
		Roles: q.roles(), Relations: []*RelationKind{q.Relation}, View: &view, Order: ClaimOrder(q.Order), Page: q.Page,
	})
}

// Neighbors pages for each entity those that a claim ties it to, by the first
// day of what ties them: one edge each, with its claims.
func (r *Reader) Neighbors(ctx context.Context, entities []*Entity, q NeighborQuery) ([]*EntityConnection, error) {
	r, l, err := r.through(ctx, q.View, truthful)
	if err != nil {
		return nil, err
	}
	w, err := r.window(ctx, neighborList, q.Page)
	if err != nil {
		return nil, err
	}
	around, err := r.edgesOf(ctx, entities, q.Roles, q.Relations, l)
	if err != nil {
		return nil, err
	}
	all := make([][]*tie, len(entities))
	for i, e := range entities {
		seen, _, err := r.seen(ctx, l, around[i])
		if err != nil {
			return nil, err
		}
		all[i] = r.ties(e.node, seen)
	}
	if err := r.keepKinds(ctx, all, q.Kinds); err != nil {
		return nil, err
	}
	return r.tied(ctx, all, q.Order, w)
}

// arrange sorts neighbours, and returns how one of them stands to a mark.
func (r *Reader) arrange(ctx context.Context, all [][]*tie, o NeighborOrder, w window) (func([]*tie, int, *mark) int, error) {
	byDate := func(ties []*tie, i int, m *mark) int {
		return o.compare(ties[i], &tie{first: Day(m.key), other: r.rep(m.node)}, nil)
	}
	if o == NeighborsByDate {
		return byDate, nil // they come so
	}
	var names map[NodeID]string
	if o == NeighborsByName || o == NeighborsByNameDescending {
		var err error
		if names, err = r.tieNames(ctx, all, w); err != nil {
			return nil, err
		}
	}
	for _, ties := range all {
		slices.SortFunc(ties, func(a, b *tie) int { return o.compare(a, b, names) })
	}
	if o == NeighborsByDateDescending {
		return byDate, nil
	}
	return func(ties []*tie, i int, m *mark) int {
		at := &tie{first: Day(m.key), other: r.rep(m.node)}
		if j := slices.IndexFunc(ties, func(t *tie) bool { return t.other == at.other }); j >= 0 {
			at = ties[j]
		}
		return o.compare(ties[i], at, names)
	}, nil
}

// tieNames returns the folded names of neighbours and of those that cursors name.
func (r *Reader) tieNames(ctx context.Context, all [][]*tie, w window) (map[NodeID]string, error) {
	var nodes []NodeID
	for _, m := range []*mark{w.after, w.before} {
		if m != nil {
			nodes = append(nodes, r.rep(m.node))
		}
	}
	for _, t := range slices.Concat(all...) {
		nodes = append(nodes, t.other)
	}
	cards, err := r.load(ctx, nodes)
	return foldedNames(cards), err
}

// foldedNames are the preferred names of entities, folded; nil for nil.
func foldedNames(cards cards) map[NodeID]string {
	if cards == nil {
		return nil
	}
	names := make(map[NodeID]string, cards.n)
	cards.each(func(n NodeID, e *Entity) {
		if e != nil {
			names[n] = Fold(e.Name)
		}
	})
	return names
}

// keepKinds drops the neighbours of other kinds, in one look-up.
func (r *Reader) keepKinds(ctx context.Context, all [][]*tie, kinds []*EntityKind) error {
	if kinds == nil {
		return nil
	}
	var nodes []NodeID
	for _, t := range slices.Concat(all...) {
		nodes = append(nodes, t.other)
	}
	cards, err := r.load(ctx, nodes)
	for i := range all {
		all[i] = slices.DeleteFunc(all[i], func(t *tie) bool {
			return cards.get(t.other) == nil || !slices.Contains(kinds, cards.get(t.other).Kind)
		})
	}
	return err
}

// tied cuts the pages and reads their claims, all in one go.
func (r *Reader) tied(ctx context.Context, all [][]*tie, o NeighborOrder, w window) ([]*EntityConnection, error) {
	out := make([]*EntityConnection, len(all))
	pages := make([][]*tie, len(all))
	var claims [][]candidate
	place, err := r.arrange(ctx, all, o, w)
	if err != nil {
		return nil, err
	}
	for i, ties := range all {
		from, to, info := w.cut(len(ties), func(j int, m *mark) int { return place(ties, j, m) })
		pages[i] = ties[from:to]
		out[i] = &EntityConnection{PageInfo: info, totals: knownTotals(len(ties), 0)}
		for _, t := range pages[i] {
			t.claims = eachOnce(t.claims)
			claims = append(claims, t.claims)
		}
	}
	read, err := r.hydratePages(ctx, claims)
	if err != nil {
		return nil, err
	}
	for i, c := range out {
		for _, t := range pages[i] {
			e := r.card(t.other)
			c.Nodes = append(c.Nodes, e)
			c.Edges = append(c.Edges, &EntityEdge{Cursor: r.cursor(neighborList, int64(t.first), e.ID), Node: e, Claims: read[0]})
			read = read[1:]
		}
		c.PageInfo.ends(len(c.Edges), func(i int) string { return c.Edges[i].Cursor })
	}
	return out, nil
}

// RelationCounts counts for each entity its neighbours by relation and
// direction, before any is loaded.
func (r *Reader) RelationCounts(ctx context.Context, entities []*Entity, view *View) ([][]RelationCount, error) {
	r, l, err := r.through(ctx, view, truthful)
	if err != nil {
		return nil, err
	}
	around, err := r.edgesOf(ctx, entities, nil, nil, l)
	if err != nil {
		return nil, err
	}
	out := make([][]RelationCount, len(entities))
	for i, e := range entities {
		seen, _, err := r.seen(ctx, l, around[i])
		if err != nil {
			return nil, err
		}
		out[i] = r.countTies(e.node, seen)
	}
	return out, nil
}

// direction is a relation and the part that an entity plays in it.
type direction struct {
	relation *RelationKind
	role     Role
}

// countTies counts by direction, in the order of the ontology.
func (r *Reader) countTies(of NodeID, in []candidate) []RelationCount {
	groups := map[direction][]candidate{}
	for _, c := range in {
		d := direction{c.relation, c.role}
		if c.relation.Symmetric {
			d.role = RoleSubject
		}
		groups[d] = append(groups[d], c)
	}
	var out []RelationCount
	for _, relation := range r.ontology.Relations {
		for _, role := range []Role{RoleSubject, RoleObject} {
			group := eachOnce(groups[direction{relation, role}])
			n := len(r.ties(of, group))
			if relation.Value != NoValue || relation.Claims {
				n = len(group)
			}
			if n > 0 {
				out = append(out, RelationCount{Relation: relation, Direction: role, Count: n, Claims: len(group)})
			}
		}
	}
	return out
}
