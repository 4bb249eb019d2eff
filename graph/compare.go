package graph

import (
	"cmp"
	"context"
	"slices"
)

// CompareQuery is two views of the same claims.
type CompareQuery struct {
	Left, Right *View
	Filter      *ClaimFilter
	Agreements  []Agreement // nil: all
	Page        Paging
}

// Agreement is how two views stand to one statement.
type Agreement uint8

// The agreements.
const (
	OnlyLeft  Agreement = iota // the right view says nothing of it
	OnlyRight                  // the left view says nothing of it
	Agreed                     // both say it, with the same stance
	Opposed                    // both speak of it, with different stances
)

// String returns the agreement's name in GraphQL: ONLY_LEFT.
func (a Agreement) String() string {
	return []string{"ONLY_LEFT", "ONLY_RIGHT", "AGREED", "OPPOSED"}[a]
}

// Statement is a subject, relation and object, and what two views say of it.
type Statement struct {
	Agreement Agreement
	Subject   *Entity
	Relation  *RelationKind
	Object    *Entity // or Value
	Value     *Value
	Left      []*Claim
	Right     []*Claim
}

// Comparison is a page of statements in the order of their first day, and how
// many there are of each agreement.
type Comparison struct {
	Edges      []*StatementEdge
	Nodes      []*Statement
	PageInfo   PageInfo
	TotalCount int
	OnlyLeft   int
	OnlyRight  int
	Agreed     int
	Opposed    int
}

// StatementEdge is a statement in a page.
type StatementEdge struct {
	Cursor string
	Node   *Statement
}

// triple is what makes two claims say the same.
type triple struct {
	subject  NodeID
	relation *RelationKind
	object   NodeID
	value    Term
}

// compared is a statement before its claims are read.
type compared struct {
	left, right []candidate
}

func (c *compared) all() []candidate { return slices.Concat(c.left, c.right) }

// first is the claim that gives a statement its place.
func (c *compared) first() candidate {
	return slices.MinFunc(c.all(), func(a, b candidate) int {
		return ClaimsByDate.compare(a.columns.Low, a.claim, b.columns.Low, b.claim)
	})
}

func (c *compared) agreement() Agreement {
	switch {
	case len(c.right) == 0:
		return OnlyLeft
	case len(c.left) == 0:
		return OnlyRight
	case stancesOf(c.left) == stancesOf(c.right):
		return Agreed
	}
	return Opposed
}

// stancesOf returns the set of stances of claims, as bits.
func stancesOf(in []candidate) (set uint8) {
	for _, c := range in {
		set |= 1 << c.columns.Stance
	}
	return set
}

// Compare lays two views side by side, statement by statement. Both look at
// the snapshot that each of them names.
func (r *Reader) Compare(ctx context.Context, q CompareQuery) (*Comparison, error) {
	w, err := r.window(ctx, statementList, q.Page)
	if err != nil {
		return nil, err
	}
	statements := map[triple]*compared{}
	right, err := r.side(ctx, q.Right, q.Filter, statements, func(c *compared) *[]candidate { return &c.right })
	if err != nil {
		return nil, err
	}
	left, err := r.side(ctx, q.Left, q.Filter, statements, func(c *compared) *[]candidate { return &c.left })
	if err != nil {
		return nil, err
	}
	return comparePage(ctx, left, right, statements, q.Agreements, w)
}

// side reads one view whole, and returns the reader of its snapshot.
func (r *Reader) side(ctx context.Context, v *View, filter *ClaimFilter, into map[triple]*compared, of func(*compared) *[]candidate) (*Reader, error) {
	var all []candidate
	at, err := r.scan(ctx, ClaimQuery{Filter: filter, View: v}, func(found []candidate) { all = append(all, found...) })
	if err != nil {
		return nil, err
	}
	values, err := at.valuesOf(ctx, all)
	if err != nil {
		return nil, err
	}
	for i, c := range all {
		t := triple{at.rep(c.subject), c.relation, at.rep(c.object), values[i]}
		if into[t] == nil {
			into[t] = &compared{}
		}
		list := of(into[t])
		*list = append(*list, c)
	}
	return at, nil
}

// scan reads the claims of a list whole, from the narrowest index that its
// filter or its view names, and returns the reader of its snapshot.
func (r *Reader) scan(ctx context.Context, q ClaimQuery, yield func([]candidate)) (*Reader, error) {
	at, f, err := r.filtering(ctx, q.View, q.Filter, nil)
	if err != nil {
		return nil, err
	}
	found, narrow, err := f.candidates(ctx, q)
	switch {
	case err != nil:
		return nil, err
	case !narrow:
		return at, f.each(ctx, q, func(passed []candidate, _ int) { yield(passed) })
	}
	passed, _, err := f.pass(ctx, q.Filter, eachOnce(found))
	if err != nil {
		return nil, err
	}
	if err := at.complete(ctx, passed); err != nil {
		return nil, err
	}
	yield(passed)
	return at, nil
}

// valuesOf returns the literals that are objects of claims, in one look-up.
func (r *Reader) valuesOf(ctx context.Context, in []candidate) ([]Term, error) {
	out := make([]Term, len(in))
	var nodes []NodeID
	var at []int
	for i, c := range in {
		if c.object == 0 {
			nodes, at = append(nodes, c.claim), append(at, i)
		}
	}
	rows, err := r.snapshot.Claims(ctx, nodes)
	for i, row := range rows {
		if row != nil {
			out[at[i]] = row.Value
		}
	}
	return out, err
}

// comparePage orders statements, cuts a page and reads its claims.
func comparePage(ctx context.Context, left, right *Reader, statements map[triple]*compared, wanted []Agreement, w window) (*Comparison, error) {
	all := make([]*compared, 0, len(statements))
	out := &Comparison{}
	places := map[*compared]candidate{}
	for _, s := range statements {
		agreement := s.agreement()
		*[]*int{&out.OnlyLeft, &out.OnlyRight, &out.Agreed, &out.Opposed}[agreement]++
		if wanted == nil || slices.Contains(wanted, agreement) {
			all = append(all, s)
			places[s] = s.first()
		}
	}
	out.TotalCount = len(all)
	order := func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.columns.Low, b.columns.Low), cmp.Compare(a.claim, b.claim))
	}
	slices.SortFunc(all, func(a, b *compared) int { return order(places[a], places[b]) })
	from, to, info := w.cut(len(all), func(i int, m *mark) int { return ClaimsByDate.place(places[all[i]], m) })
	page := all[from:to]
	lefts, rights := make([][]candidate, len(page)), make([][]candidate, len(page))
	for i, s := range page {
		lefts[i], rights[i] = s.left, s.right
	}
	leftClaims, err := left.hydratePages(ctx, lefts)
	if err != nil {
		return nil, err
	}
	rightClaims, err := right.hydratePages(ctx, rights)
	if err != nil {
		return nil, err
	}
	for i, s := range page {
		out.add(left, statementOf(s, leftClaims[i], rightClaims[i]), places[s])
	}
	info.ends(len(out.Edges), func(i int) string { return out.Edges[i].Cursor })
	out.PageInfo = info
	return out, nil
}

// statementOf makes a statement of its claims.
func statementOf(s *compared, left, right []*Claim) *Statement {
	one := slices.Concat(left, right)[0]
	return &Statement{
		Agreement: s.agreement(), Subject: one.Subject, Relation: one.Relation,
		Object: one.Object, Value: one.Value, Left: left, Right: right,
	}
}

func (c *Comparison) add(r *Reader, s *Statement, at candidate) {
	id := ""
	for _, claim := range slices.Concat(s.Left, s.Right) {
		if claim.row.Claim == at.claim {
			id = claim.ID
		}
	}
	c.Edges = append(c.Edges, &StatementEdge{Cursor: r.cursor(statementList, int64(at.columns.Low), id), Node: s})
	c.Nodes = append(c.Nodes, s)
}
