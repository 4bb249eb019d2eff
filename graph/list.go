package graph

import (
	"context"
	"slices"
)

// ClaimQuery is a list of claims.
type ClaimQuery struct {
	Filter *ClaimFilter
	View   *View
	Order  ClaimOrder
	Page   Paging
}

// ListClaims pages the claims that pass a filter in a lens. It reads the
// narrowest index that the filter names: claims, ends, events, documents or
// speakers by id; else the relations by date.
func (r *Reader) ListClaims(ctx context.Context, q ClaimQuery) (*ClaimConnection, error) {
	r, f, err := r.filtering(ctx, q.View, q.Filter, nil)
	if err != nil {
		return nil, err
	}
	w, err := r.window(ctx, claimList, q.Page)
	if err != nil {
		return nil, err
	}
	found, narrow, err := f.candidates(ctx, q)
	if err != nil {
		return nil, err
	}
	if !narrow && q.Order.byDate() {
		return f.streamed(ctx, q, w)
	}
	if !narrow {
		if err := f.each(ctx, q, func(passed []candidate, _ int) { found = append(found, passed...) }); err != nil {
			return nil, err
		}
	}
	return f.listed(ctx, q, w, found)
}

// filtering makes the filters of a list, in the snapshot at which its view looks.
func (r *Reader) filtering(ctx context.Context, v *View, claim *ClaimFilter, entity *EntityFilter) (*Reader, *filters, error) {
	at, l, err := r.through(ctx, v, nil)
	if err != nil {
		return nil, nil, err
	}
	f, err := at.newFilters(ctx, v, claim, entity)
	if err != nil {
		return nil, nil, err
	}
	f.lens = l
	return at, f, nil
}

// listed pages a list that is at hand whole.
func (f *filters) listed(ctx context.Context, q ClaimQuery, w window, found []candidate) (*ClaimConnection, error) {
	found, undated, err := f.pass(ctx, q.Filter, eachOnce(found))
	if err != nil {
		return nil, err
	}
	sorter, err := f.r.sorter(ctx, q.Order, w, found)
	if err != nil {
		return nil, err
	}
	sorter.sort(found)
	from, to, info := w.cut(len(found), func(i int, m *mark) int { return sorter.place(found[i], m) })
	claims, err := f.r.hydrate(ctx, claimNodes(found[from:to]))
	if err != nil {
		return nil, err
	}
	return f.r.claimConnection(claims, info, knownTotals(len(found), undated)), nil
}

// pass keeps what is in the lens and passes the filter, and counts what of it
// asOf met without a date: kept, or dropped for that alone.
func (f *filters) pass(ctx context.Context, filter *ClaimFilter, in []candidate) (out []candidate, undated int, err error) {
	ok, err := f.claims(ctx, filter, in)
	if err != nil {
		return nil, 0, err
	}
	for i, yes := range ok {
		if yes {
			out = append(out, in[i])
		}
	}
	return f.r.seen(ctx, f.lens, out)
}

// candidates returns the claims that the filter's ids lead to; narrow is false
// where it names none.
func (f *filters) candidates(ctx context.Context, q ClaimQuery) (found []candidate, narrow bool, err error) {
	ids, role := q.Filter.leads()
	switch {
	case f.lens.never:
		return nil, true, nil
	case role == roleItself:
		found, err = f.byID(ctx, ids)
		return found, true, err
	}
	nodes := f.representatives(ids)
	if ids == nil {
		if nodes, role = f.lens.leads(f.r); nodes == nil {
			return nil, false, nil
		}
	}
	query := EdgeQuery{Roles: []Role{role}}
	if q.Filter != nil && q.Filter.Relations != nil {
		if query.Relations = q.Filter.Relations; len(query.Relations) == 0 {
			return nil, true, nil
		}
	}
	around, err := f.r.around(ctx, nodes, query)
	return slices.Concat(around...), true, err
}

// leads returns the documents or speakers of which the lens lets nothing else through.
func (l *lens) leads(r *Reader) ([]NodeID, Role) {
	for _, lead := range []struct {
		set  map[NodeID]bool
		role Role
	}{{l.documents, RoleDocument}, {l.assertedBy, RoleSpeaker}} {
		if lead.set != nil {
			return r.representatives(lead.set), lead.role
		}
	}
	return nil, 0
}

// representatives returns who stands for a set of nodes, sorted; never nil.
func (r *Reader) representatives(set map[NodeID]bool) []NodeID {
	out := make([]NodeID, 0, len(set))
	for n := range set {
		out = append(out, r.rep(n))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// representatives returns the entities of ids that the store knows, each once.
func (f *filters) representatives(ids []string) []NodeID {
	set := map[NodeID]bool{}
	for _, id := range ids {
		for n := range f.nodes[id] {
			set[n] = true
		}
	}
	return f.r.representatives(set)
}

// roleItself marks ids of claims among those of entities in a role.
const roleItself = Role(255)

// leads returns the ids by which a filter is looked up: nil for none.
func (f *ClaimFilter) leads() (ids []string, role Role) {
	if f == nil {
		return nil, 0
	}
	for _, lead := range []struct {
		ids  []string
		role Role
	}{
		{f.IDs, roleItself}, {f.Subject.leads(), RoleSubject}, {f.Object.leads(), RoleObject},
		{f.Events, RoleEvent}, {f.Documents, RoleDocument}, {f.AssertedBy, RoleSpeaker},
	} {
		if lead.ids != nil {
			return lead.ids, lead.role
		}
	}
	for _, sub := range f.And {
		if ids, role := sub.leads(); ids != nil {
			return ids, role
		}
	}
	return nil, 0
}

// leads returns the ids of which the filter lets nothing else through.
func (f *EntityFilter) leads() []string {
	if f == nil {
		return nil
	}
	if f.IDs != nil {
		return f.IDs
	}
	for _, sub := range f.And {
		if ids := sub.leads(); ids != nil {
			return ids
		}
	}
	return nil
}

// byID returns the live claims of ids.
func (f *filters) byID(ctx context.Context, ids []string) ([]candidate, error) {
	nodes, err := f.r.nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	rows, err := f.r.snapshot.Claims(ctx, nodes)
	if err != nil {
		return nil, err
	}
	var out []candidate
	for _, row := range rows {
		if row != nil && f.r.live(row.Recorded) {
			out = append(out, candidate{
				claim: row.Claim, relation: row.Relation, subject: row.Subject, object: row.Object,
				other: row.Object, whole: true, columns: &row.Columns,
			})
		}
	}
	return out, nil
}

// EntityClaims is a list of the claims of an entity.
type EntityClaims struct {
	Roles     []Role          // nil: subject and object
	Relations []*RelationKind // nil: all
	View      *View
	Order     ClaimOrder
	Page      Paging
}

// ClaimsOf pages for each entity the claims in which it plays one of the roles.
func (r *Reader) ClaimsOf(ctx context.Context, entities []*Entity, q EntityClaims) ([]*ClaimConnection, error) {
	r, l, err := r.through(ctx, q.View, nil)
	if err != nil {
		return nil, err
	}
	w, err := r.window(ctx, claimList, q.Page)
	if err != nil {
		return nil, err
	}
	all, undated, err := r.claimsAround(ctx, entities, q, l)
	if err != nil {
		return nil, err
	}
	sorter, err := r.sorter(ctx, q.Order, w, slices.Concat(all...))
	if err != nil {
		return nil, err
	}
	pages := make([][]candidate, len(entities))
	out := make([]*ClaimConnection, len(entities))
	for i, seen := range all {
		sorter.sort(seen)
		from, to, info := w.cut(len(seen), func(j int, m *mark) int { return sorter.place(seen[j], m) })
		pages[i] = seen[from:to]
		out[i] = r.claimConnection(nil, info, knownTotals(len(seen), undated[i]))
	}
	claims, err := r.hydratePages(ctx, pages)
	if err != nil {
		return nil, err
	}
	for i, c := range out {
		out[i] = r.claimConnection(claims[i], c.PageInfo, c.totals)
	}
	return out, nil
}

// claimsAround returns for each entity the claims of a list that are in its
// lens, each once, and counts those that asOf met without a date. Ties are
// enough where neither the lens nor the order looks at more.
func (r *Reader) claimsAround(ctx context.Context, entities []*Entity, q EntityClaims, l *lens) (all [][]candidate, undated []int, err error) {
	undated = make([]int, len(entities))
	if l.plain() && len(r.representative) == 0 && !q.Order.byRecord() && !slices.ContainsFunc(q.Roles, func(r Role) bool { return r > RoleObject }) {
		all, err = r.fromTies(ctx, nodesOfEntities(entities), func(t *Tie) bool {
			return l.sees(t) && (q.Roles == nil || slices.Contains(q.Roles, t.Role)) && (q.Relations == nil || slices.Contains(q.Relations, t.Relation))
		})
		for i := range all {
			all[i] = eachOnce(all[i])
		}
		return all, undated, err
	}
	around, err := r.edgesOf(ctx, entities, q.Roles, q.Relations, l)
	if err != nil {
		return nil, nil, err
	}
	all = make([][]candidate, len(entities))
	for i := range entities {
		if all[i], undated[i], err = r.seen(ctx, l, eachOnce(around[i])); err != nil {
			return nil, nil, err
		}
	}
	return all, undated, nil
}

func nodesOfEntities(entities []*Entity) []NodeID {
	out := make([]NodeID, len(entities))
	for i, e := range entities {
		out[i] = e.node
	}
	return out
}

// edgesOf returns the claims of entities in roles; empty lists select nothing.
func (r *Reader) edgesOf(ctx context.Context, entities []*Entity, roles []Role, relations []*RelationKind, l *lens) ([][]candidate, error) {
	if roles != nil && len(roles) == 0 || relations != nil && len(relations) == 0 || l.never {
		return make([][]candidate, len(entities)), nil
	}
	return r.around(ctx, nodesOfEntities(entities), EdgeQuery{Roles: roles, Relations: relations})
}

// hydratePages hydrates the claims of several pages in one go.
func (r *Reader) hydratePages(ctx context.Context, pages [][]candidate) ([][]*Claim, error) {
	claims, err := r.hydrate(ctx, claimNodes(slices.Concat(pages...)))
	if err != nil {
		return nil, err
	}
	out := make([][]*Claim, len(pages))
	for i, p := range pages {
		out[i], claims = claims[:len(p):len(p)], claims[len(p):]
	}
	return out, nil
}

// EntityQuery is a list of entities. Its view is that of the claims that the
// filter looks at.
type EntityQuery struct {
	Filter *EntityFilter
	View   *View
	Order  EntityOrder
	Page   Paging
}

// ListEntities pages the entities that pass a filter. Representatives stand
// for what was merged into them.
func (r *Reader) ListEntities(ctx context.Context, q EntityQuery) (*EntityConnection, error) {
	r, f, err := r.filtering(ctx, q.View, nil, q.Filter)
	if err != nil {
		return nil, err
	}
	w, err := r.window(ctx, entityList, q.Page)
	if err != nil {
		return nil, err
	}
	nodes, narrow, err := f.entityCandidates(ctx, q.Filter)
	if err != nil {
		return nil, err
	}
	if !narrow && q.Order.byName() {
		return f.streamedEntities(ctx, q, w)
	}
	if !narrow {
		if nodes, err = f.allEntities(ctx, q.Filter); err != nil {
			return nil, err
		}
	}
	return f.listedEntities(ctx, q, w, nodes)
}

// allEntities reads the index of kinds whole.
func (f *filters) allEntities(ctx context.Context, filter *EntityFilter) ([]NodeID, error) {
	var nodes []NodeID
	p := Page{Limit: scanChunk}
	for {
		passed, end, err := f.entityChunk(ctx, filter, &p)
		nodes = append(nodes, passed...)
		if err != nil || end {
			return nodes, err
		}
	}
}

// entityCandidates returns the entities that ids or a whole name lead to.
func (f *filters) entityCandidates(ctx context.Context, filter *EntityFilter) (nodes []NodeID, narrow bool, err error) {
	if f.lens.never {
		return nil, true, nil
	}
	if ids := filter.leads(); ids != nil {
		return f.representatives(ids), true, nil
	}
	if filter == nil || filter.Name == nil || filter.Name.Equals == nil {
		return nil, false, nil
	}
	nodes, err = f.r.named(ctx, ExactName, Fold(*filter.Name.Equals))
	return nodes, true, err
}

// named returns the entities found under a folded name or token, by representative, each once.
func (r *Reader) named(ctx context.Context, match NameMatch, folded string) ([]NodeID, error) {
	var out []NodeID
	seen := map[NodeID]bool{}
	var after Key
	for {
		page, err := r.snapshot.Names(ctx, match, folded, after, scanChunk)
		if err != nil {
			return nil, err
		}
		for _, p := range page {
			after = p.Key
			if n := r.rep(p.Entity); !seen[n] {
				seen[n] = true
				out = append(out, n)
			}
		}
		if len(page) < scanChunk {
			return out, nil
		}
	}
}

// listedEntities pages a list that is at hand whole.
func (f *filters) listedEntities(ctx context.Context, q EntityQuery, w window, nodes []NodeID) (*EntityConnection, error) {
	ok, err := f.entities(ctx, q.Filter, nodes)
	if err != nil {
		return nil, err
	}
	var marks []NodeID
	for _, m := range []*mark{w.after, w.before} {
		if m != nil {
			marks = append(marks, m.node)
		}
	}
	cards, err := f.r.load(ctx, append(marks, nodes...))
	if err != nil {
		return nil, err
	}
	var found []*Entity
	for i, yes := range ok {
		if e := cards.get(nodes[i]); yes && e.recorded() {
			found = append(found, e)
		}
	}
	slices.SortFunc(found, q.Order.compare)
	from, to, info := w.cut(len(found), func(i int, m *mark) int {
		if at := cards.get(f.r.rep(m.node)); at != nil {
			return q.Order.compare(found[i], at)
		}
		return 1
	})
	return f.r.entityConnection(found[from:to], info, knownTotals(len(found), 0)), nil
}
