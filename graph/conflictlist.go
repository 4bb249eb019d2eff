package graph

import (
	"context"
	"slices"
	"strings"
)

// Conflict is a set of claims that cannot all be right, as people see it.
type Conflict struct {
	ID      string
	Kind    ConflictKind
	Origin  ConflictOrigin
	Summary string // one sentence: who says what against whom
	Claims  []*Claim
}

// ConflictFilter says which conflicts; its members are joined by and.
type ConflictFilter struct {
	Kinds   []ConflictKind
	Origins []ConflictOrigin
	Claim   *ClaimFilter // one of its claims passes
}

// ConflictQuery is a list of conflicts.
type ConflictQuery struct {
	Filter *ConflictFilter
	View   *View
	Page   Paging
}

// ConflictConnection is a page of conflicts.
type ConflictConnection struct {
	Edges      []*ConflictEdge
	Nodes      []*Conflict
	PageInfo   PageInfo
	TotalCount int
}

// ConflictEdge is a conflict in a page.
type ConflictEdge struct {
	Cursor string
	Node   *Conflict
}

// ListConflicts pages the conflicts by id. In a lens a conflict stands where
// at least two of its claims are in it, and shows those.
func (r *Reader) ListConflicts(ctx context.Context, q ConflictQuery) (*ConflictConnection, error) {
	var claim *ClaimFilter
	if q.Filter != nil {
		claim = q.Filter.Claim
	}
	r, f, err := r.filtering(ctx, q.View, claim, nil)
	if err != nil {
		return nil, err
	}
	w, err := r.window(ctx, conflictList, q.Page)
	if err != nil {
		return nil, err
	}
	rows, err := r.allConflicts(ctx, q.Filter)
	if err != nil {
		return nil, err
	}
	if claim != nil || q.View != nil {
		if rows, err = f.conflicts(ctx, claim, rows); err != nil {
			return nil, err
		}
	}
	from, to, info := w.cut(len(rows), func(i int, m *mark) int {
		return strings.Compare(string(rows[i].ID), string(r.ontology.Names.IRI(m.id)))
	})
	conflicts, err := r.conflicts(ctx, rows[from:to])
	if err != nil {
		return nil, err
	}
	c := &ConflictConnection{Nodes: conflicts, PageInfo: info, TotalCount: len(rows)}
	for _, one := range conflicts {
		c.Edges = append(c.Edges, &ConflictEdge{Cursor: r.cursor(conflictList, 0, one.ID), Node: one})
	}
	c.PageInfo.ends(len(conflicts), func(i int) string { return c.Edges[i].Cursor })
	return c, nil
}

// allConflicts reads the rows of the kinds and origins that a filter names, in the order of ids.
func (r *Reader) allConflicts(ctx context.Context, filter *ConflictFilter) ([]ConflictRow, error) {
	var out []ConflictRow
	var after Key
	for {
		page, err := r.snapshot.PageConflicts(ctx, after, scanChunk)
		if err != nil {
			return nil, err
		}
		for _, row := range page {
			after = row.Key
			if filter == nil || (filter.Kinds == nil || slices.Contains(filter.Kinds, row.Kind)) &&
				(filter.Origins == nil || slices.Contains(filter.Origins, row.Origin)) {
				out = append(out, row)
			}
		}
		if len(page) < scanChunk {
			break
		}
	}
	slices.SortFunc(out, func(a, b ConflictRow) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out, nil
}

// conflicts keeps of each conflict the claims in the lens, where there are two
// and one of them passes the filter.
func (f *filters) conflicts(ctx context.Context, filter *ClaimFilter, rows []ConflictRow) ([]ConflictRow, error) {
	byClaim, err := f.r.rowCandidates(ctx, rows)
	if err != nil {
		return nil, err
	}
	all := make([]candidate, 0, len(byClaim))
	for _, c := range byClaim {
		all = append(all, c)
	}
	seen, _, err := f.r.seen(ctx, f.lens, all)
	if err != nil {
		return nil, err
	}
	passed, err := f.claims(ctx, filter, seen)
	if err != nil {
		return nil, err
	}
	in := map[NodeID]bool{} // in the lens → passes
	for i, c := range seen {
		in[c.claim] = passed[i]
	}
	var out []ConflictRow
	for _, row := range rows {
		var claims []NodeID
		passes := false
		for _, n := range row.Claims {
			if p, inLens := in[n]; inLens {
				claims, passes = append(claims, n), passes || p
			}
		}
		if row.Claims = claims; len(claims) > 1 && passes {
			out = append(out, row)
		}
	}
	return out, nil
}

// rowCandidates reads the claims of conflicts in one look-up.
func (r *Reader) rowCandidates(ctx context.Context, rows []ConflictRow) (map[NodeID]candidate, error) {
	var nodes []NodeID
	for _, row := range rows {
		nodes = append(nodes, row.Claims...)
	}
	slices.Sort(nodes)
	claims, err := r.snapshot.Claims(ctx, slices.Compact(nodes))
	out := map[NodeID]candidate{}
	for _, row := range claims {
		if row != nil {
			out[row.Claim] = candidate{
				claim: row.Claim, relation: row.Relation, subject: row.Subject, object: row.Object,
				other: row.Object, whole: true, columns: &row.Columns,
			}
		}
	}
	return out, err
}

// conflicts reads the claims of conflicts and says in words how they clash.
func (r *Reader) conflicts(ctx context.Context, rows []ConflictRow) ([]*Conflict, error) {
	var nodes []NodeID
	for _, row := range rows {
		nodes = append(nodes, row.Claims...)
	}
	claims, err := r.hydrate(ctx, nodes)
	if err != nil {
		return nil, err
	}
	out := make([]*Conflict, len(rows))
	for i, row := range rows {
		c := &Conflict{ID: r.ontology.Names.ID(row.ID), Kind: row.Kind, Origin: row.Origin, Summary: row.Text}
		for _, claim := range claims[:len(row.Claims)] {
			if claim != nil {
				c.Claims = append(c.Claims, claim)
			}
		}
		claims = claims[len(row.Claims):]
		slices.SortFunc(c.Claims, func(a, b *Claim) int { return strings.Compare(a.ID, b.ID) })
		if c.Summary == "" {
			c.Summary = c.summarize()
		}
		out[i] = c
	}
	return out, nil
}

// ConflictsByID returns the conflict of each id, nil where there is none.
func (r *Reader) ConflictsByID(ctx context.Context, ids []string) ([]*Conflict, error) {
	rows, err := r.allConflicts(ctx, nil)
	if err != nil {
		return nil, err
	}
	var found []ConflictRow
	at := map[string]int{}
	for _, row := range rows {
		if id := r.ontology.Names.ID(row.ID); slices.Contains(ids, id) {
			at[id] = len(found)
			found = append(found, row)
		}
	}
	conflicts, err := r.conflicts(ctx, found)
	if err != nil {
		return nil, err
	}
	out := make([]*Conflict, len(ids))
	for i, id := range ids {
		if n, ok := at[id]; ok {
			out[i] = conflicts[n]
		}
	}
	return out, nil
}

// ConflictsOf returns for each claim the conflicts in which it takes part;
// in a lens, those of which another claim is in it.
func (r *Reader) ConflictsOf(ctx context.Context, claims []*Claim, view *View) ([][]*Conflict, error) {
	r, f, err := r.filtering(ctx, view, nil, nil)
	if err != nil || f.lens.never {
		return make([][]*Conflict, len(claims)), err
	}
	nodes := make([]NodeID, len(claims))
	for i, c := range claims {
		nodes[i] = c.row.Claim
	}
	found, err := r.snapshot.ConflictsOf(ctx, nodes)
	if err != nil {
		return nil, err
	}
	if view != nil {
		if found, err = f.conflictsBeside(ctx, nodes, found); err != nil {
			return nil, err
		}
	}
	all, err := r.conflicts(ctx, slices.Concat(found...))
	out := make([][]*Conflict, len(claims))
	for i, rows := range found {
		if err == nil {
			out[i], all = all[:len(rows):len(rows)], all[len(rows):]
		}
	}
	return out, err
}

// conflictsBeside keeps of each claim's conflicts the claim itself and those in the lens.
func (f *filters) conflictsBeside(ctx context.Context, nodes []NodeID, found [][]ConflictRow) ([][]ConflictRow, error) {
	byClaim, err := f.r.rowCandidates(ctx, slices.Concat(found...))
	if err != nil {
		return nil, err
	}
	all := make([]candidate, 0, len(byClaim))
	for _, c := range byClaim {
		all = append(all, c)
	}
	seen, _, err := f.r.seen(ctx, f.lens, all)
	if err != nil {
		return nil, err
	}
	in := map[NodeID]bool{}
	for _, c := range seen {
		in[c.claim] = true
	}
	out := make([][]ConflictRow, len(found))
	for i, rows := range found {
		for _, row := range rows {
			row.Claims = slices.DeleteFunc(slices.Clone(row.Claims), func(n NodeID) bool { return n != nodes[i] && !in[n] })
			if len(row.Claims) > 1 {
				out[i] = append(out[i], row)
			}
		}
	}
	return out, nil
}
