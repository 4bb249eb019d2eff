package graph

import (
	"context"
	"slices"
	"strings"

	"github.com/tripartite-graph/tripartite/graph/edtf"
)

// EntityFilter says which entities; its members are joined by and. Null is no
// restriction, an empty list is none.
type EntityFilter struct {
	And       []*EntityFilter
	Or        []*EntityFilter
	Not       *EntityFilter
	IDs       []string
	Kinds     []*EntityKind
	Name      *StringFilter // holds of any of its names
	Unnamed   *bool
	Protected *bool
	Has       *RelationFilter
}

// StringFilter compares folded text; exactly one member is given.
type StringFilter struct {
	Equals     *string
	StartsWith *string
	Contains   *string
}

// RelationFilter is a claim that an entity takes part in.
type RelationFilter struct {
	Relation *RelationKind // nil: any
	Role     *Role         // nil: subject or object
	Claim    *ClaimFilter
	Entity   *EntityFilter // of the other end
}

// ClaimFilter says which claims; its members are joined by and. Null is no
// restriction, an empty list is none.
type ClaimFilter struct {
	And        []*ClaimFilter
	Or         []*ClaimFilter
	Not        *ClaimFilter
	IDs        []string
	Relations  []*RelationKind
	Subject    *EntityFilter
	Object     *EntityFilter
	Events     []string
	AssertedBy []string // parties or delegates
	ReportedBy []string
	Capacities []Capacity
	Documents  []string
	Paragraph  *int
	Stances    []Stance
	Modes      []Mode
	Direct     *bool
	Date       *DateFilter
	Qualifiers []*QualifierFilter // it carries each of these
	Disputed   *bool
}

// DateFilter holds of dates that lie, perhaps in part, between the first day
// of From and the last of To; null is open. The undated lie in no range.
type DateFilter struct {
	From *string // EDTF
	To   *string
}

// QualifierFilter is a detail; with its name alone, any value of it.
type QualifierFilter struct {
	Name     string
	Entity   *string // id
	Relation *RelationKind
	Value    *string // the literal as it was written
}

// Bounds of a filter.
const (
	maxFilterDepth = 10
	maxFilterParts = 200
)

// filters evaluates filters over many things at once: each part of a filter
// costs one look-up, however many things it is asked about.
type filters struct {
	r     *Reader
	lens  *lens // for claims that Has looks at
	view  *View
	nodes map[string]map[NodeID]bool // id → the node and all that are one with it
	spans map[*DateFilter][2]Day
}

// newFilters checks filters and finds the nodes of all ids in them.
func (r *Reader) newFilters(ctx context.Context, v *View, claim *ClaimFilter, entity *EntityFilter) (*filters, error) {
	f := &filters{r: r, view: v, nodes: map[string]map[NodeID]bool{}, spans: map[*DateFilter][2]Day{}}
	c := &filterCheck{spans: f.spans}
	c.claim(claim, 0)
	c.entity(entity, 0)
	if c.err != nil {
		return nil, c.err
	}
	nodes, err := r.nodes(ctx, c.ids)
	for i, n := range nodes {
		set := map[NodeID]bool{}
		r.addCluster(set, n)
		f.nodes[c.ids[i]] = set
	}
	return f, err
}

// filterCheck walks a filter before it is used.
type filterCheck struct {
	ids   []string
	parts int
	spans map[*DateFilter][2]Day
	err   error
}

func (c *filterCheck) enter(depth int) bool {
	if c.parts++; c.err == nil && depth > maxFilterDepth {
		c.err = Errorf(CodeLimit, "filter: nested deeper than %d", maxFilterDepth)
	}
	if c.err == nil && c.parts > maxFilterParts {
		c.err = Errorf(CodeLimit, "filter: more than %d parts", maxFilterParts)
	}
	return c.err == nil
}

func (c *filterCheck) claim(f *ClaimFilter, depth int) {
	if f == nil || !c.enter(depth) {
		return
	}
	c.ids = slices.Concat(c.ids, f.IDs, f.Events, f.AssertedBy, f.ReportedBy, f.Documents)
	for _, q := range f.Qualifiers {
		if q.Entity != nil {
			c.ids = append(c.ids, *q.Entity)
		}
	}
	if f.Date != nil {
		c.date(f.Date)
	}
	c.entity(f.Subject, depth+1)
	c.entity(f.Object, depth+1)
	c.claim(f.Not, depth+1)
	for _, sub := range slices.Concat(f.And, f.Or) {
		c.claim(sub, depth+1)
	}
}

func (c *filterCheck) entity(f *EntityFilter, depth int) {
	if f == nil || !c.enter(depth) {
		return
	}
	c.ids = append(c.ids, f.IDs...)
	if f.Has != nil {
		c.claim(f.Has.Claim, depth+1)
		c.entity(f.Has.Entity, depth+1)
	}
	c.entity(f.Not, depth+1)
	for _, sub := range slices.Concat(f.And, f.Or) {
		c.entity(sub, depth+1)
	}
}

func (c *filterCheck) date(f *DateFilter) {
	span := [2]Day{MinDay, MaxDay}
	for i, end := range []*string{f.From, f.To} {
		if end == nil {
			continue
		}
		d, err := edtf.Parse(*end)
		if err != nil {
			c.err = Errorf(CodeInvalid, "filter.date: %v", err)
			return
		}
		span[i] = [2]Day{Day(d.Low), Day(d.High)}[i]
	}
	c.spans[f] = span
}

// narrow asks test about the things that are still in, and takes out those that fail.
func narrow[T any](in []T, ok []bool, test func([]T) ([]bool, error)) error {
	var rest []T
	var at []int
	for i, yes := range ok {
		if yes {
			rest, at = append(rest, in[i]), append(at, i)
		}
	}
	if len(rest) == 0 {
		return nil
	}
	passed, err := test(rest)
	for i, yes := range passed {
		ok[at[i]] = yes
	}
	return err
}

// join narrows by and, or and not, which work alike for claims and entities.
func join[T, F any](in []T, ok []bool, and, or []*F, not *F, test func(*F, []T) ([]bool, error)) error {
	for _, sub := range and {
		if err := narrow(in, ok, func(rest []T) ([]bool, error) { return test(sub, rest) }); err != nil {
			return err
		}
	}
	if or != nil {
		if err := narrow(in, ok, func(rest []T) ([]bool, error) { return anyOf(rest, or, test) }); err != nil {
			return err
		}
	}
	if not == nil {
		return nil
	}
	return narrow(in, ok, func(rest []T) ([]bool, error) {
		passed, err := test(not, rest)
		for i := range passed {
			passed[i] = !passed[i]
		}
		return passed, err
	})
}

func anyOf[T, F any](in []T, or []*F, test func(*F, []T) ([]bool, error)) ([]bool, error) {
	out := make([]bool, len(in))
	for _, sub := range or {
		passed, err := test(sub, in)
		if err != nil {
			return nil, err
		}
		for i, yes := range passed {
			out[i] = out[i] || yes
		}
	}
	return out, nil
}

func allTrue(n int) []bool {
	ok := make([]bool, n)
	for i := range ok {
		ok[i] = true
	}
	return ok
}

// among tells whether a node is one of these ids, or one with one of them; nil ids are all.
func (f *filters) among(ids []string, nodes ...NodeID) bool {
	if ids == nil {
		return true
	}
	for _, id := range ids {
		if anyIn(f.nodes[id], nodes) {
			return true
		}
	}
	return false
}

// entities tells which entities, given by representative, pass a filter.
func (f *filters) entities(ctx context.Context, filter *EntityFilter, in []NodeID) ([]bool, error) {
	ok := allTrue(len(in))
	if filter == nil {
		return ok, nil
	}
	for i, n := range in {
		ok[i] = n != 0 && f.among(filter.IDs, n)
	}
	if filter.Kinds != nil || filter.Name != nil || filter.Unnamed != nil || filter.Protected != nil {
		if err := narrow(in, ok, func(rest []NodeID) ([]bool, error) { return f.described(ctx, filter, rest) }); err != nil {
			return nil, err
		}
	}
	if filter.Has != nil {
		if err := narrow(in, ok, func(rest []NodeID) ([]bool, error) { return f.has(ctx, filter.Has, rest) }); err != nil {
			return nil, err
		}
	}
	return ok, join(in, ok, filter.And, filter.Or, filter.Not, func(sub *EntityFilter, rest []NodeID) ([]bool, error) {
		return f.entities(ctx, sub, rest)
	})
}

// described tells which entities are of the filter's kinds and names.
func (f *filters) described(ctx context.Context, filter *EntityFilter, in []NodeID) ([]bool, error) {
	var all []NodeID
	for _, n := range in {
		all = append(all, f.r.cluster(n)...)
	}
	rows, err := f.r.snapshot.Entities(ctx, all)
	if err != nil {
		return nil, err
	}
	ok := make([]bool, len(in))
	for i, n := range in {
		count := len(f.r.cluster(n))
		ok[i] = f.describes(filter, rows[:count])
		rows = rows[count:]
	}
	return ok, nil
}

// describes tests the rows of one entity, the representative's first.
func (f *filters) describes(filter *EntityFilter, rows []*EntityRow) bool {
	own := rows[0]
	if own == nil || filter.Kinds != nil && !slices.Contains(filter.Kinds, own.Kind) ||
		filter.Unnamed != nil && own.Unnamed != *filter.Unnamed || filter.Protected != nil && own.Protected != *filter.Protected {
		return false
	}
	if filter.Name == nil {
		return true
	}
	for _, row := range rows {
		if row != nil && slices.ContainsFunc(row.Names, func(n NameRow) bool {
			return f.r.live(n.Recorded) && filter.Name.matches(n.Text.Lexical(), own.Protected)
		}) {
			return true
		}
	}
	return false
}

// matches compares a name; a protected entity answers to its exact pseudonym only.
func (s *StringFilter) matches(name string, protected bool) bool {
	if protected {
		return s.Equals != nil && *s.Equals == name
	}
	folded := Fold(name)
	return (s.Equals == nil || Fold(*s.Equals) == folded) &&
		(s.StartsWith == nil || strings.HasPrefix(folded, Fold(*s.StartsWith))) &&
		(s.Contains == nil || strings.Contains(folded, Fold(*s.Contains)))
}

// has tells which entities take part in a claim that passes. Unless the view
// or the filter speaks of stances or modes, what is asserted as fact counts.
func (f *filters) has(ctx context.Context, filter *RelationFilter, in []NodeID) ([]bool, error) {
	q := EdgeQuery{}
	if filter.Role != nil {
		q.Roles = []Role{*filter.Role}
	}
	if filter.Relation != nil {
		q.Relations = []*RelationKind{filter.Relation}
	}
	found, err := f.r.around(ctx, in, q)
	if err != nil {
		return nil, err
	}
	l, assertedOnly := f.hasLens(filter.Claim)
	var all []candidate
	var owner []int
	for i, edges := range found {
		for _, c := range edges {
			if !assertedOnly || c.columns.Stance == Asserted {
				all, owner = append(all, c), append(owner, i)
			}
		}
	}
	passed, err := f.sift(ctx, l, all)
	if err != nil {
		return nil, err
	}
	if err := narrow(all, passed, func(rest []candidate) ([]bool, error) { return f.claims(ctx, filter.Claim, rest) }); err != nil {
		return nil, err
	}
	if filter.Entity != nil {
		if err := narrow(all, passed, func(rest []candidate) ([]bool, error) { return f.others(ctx, filter.Entity, rest) }); err != nil {
			return nil, err
		}
	}
	out := make([]bool, len(in))
	for i, yes := range passed {
		out[owner[i]] = out[owner[i]] || yes
	}
	return out, nil
}

// hasLens is the view's lens, narrowed to what is meant as fact where neither
// view nor filter speaks of modes.
func (f *filters) hasLens(filter *ClaimFilter) (l *lens, assertedOnly bool) {
	narrowed := *f.lens
	if (f.view == nil || f.view.Modes == nil) && (filter == nil || filter.Modes == nil) {
		narrowed.modes = bits(truthful)
	}
	return &narrowed, (f.view == nil || f.view.Stances == nil) && (filter == nil || filter.Stances == nil)
}

func (f *filters) others(ctx context.Context, filter *EntityFilter, in []candidate) ([]bool, error) {
	nodes := make([]NodeID, len(in))
	for i, c := range in {
		nodes[i] = f.r.rep(c.other)
	}
	return f.entities(ctx, filter, nodes)
}

// claims tells which claims pass a filter.
func (f *filters) claims(ctx context.Context, filter *ClaimFilter, in []candidate) ([]bool, error) {
	ok := allTrue(len(in))
	if filter == nil {
		return ok, nil
	}
	for i := range in {
		ok[i] = f.passes(filter, &in[i])
	}
	if filter.Paragraph != nil || filter.Qualifiers != nil {
		if err := narrow(in, ok, func(rest []candidate) ([]bool, error) { return f.detailed(ctx, filter, rest) }); err != nil {
			return nil, err
		}
	}
	if filter.Subject != nil || filter.Object != nil {
		if err := narrow(in, ok, func(rest []candidate) ([]bool, error) { return f.between(ctx, filter, rest) }); err != nil {
			return nil, err
		}
	}
	return ok, join(in, ok, filter.And, filter.Or, filter.Not, func(sub *ClaimFilter, rest []candidate) ([]bool, error) {
		return f.claims(ctx, sub, rest)
	})
}

// passes tests what the columns tell.
func (f *filters) passes(filter *ClaimFilter, c *candidate) bool {
	cols := c.columns
	return f.among(filter.IDs, c.claim) && f.among(filter.Events, cols.Event) &&
		f.among(filter.ReportedBy, cols.Reporters...) && f.among(filter.Documents, cols.Documents...) &&
		(filter.Relations == nil || slices.Contains(filter.Relations, c.relation)) &&
		bits(filter.Stances)&(1<<cols.Stance) != 0 && bits(filter.Modes)&(1<<cols.Mode) != 0 &&
		(filter.Direct == nil || *filter.Direct == (len(cols.Reporters) == 0)) &&
		(filter.Disputed == nil || *filter.Disputed == f.r.live(cols.Disputed)) &&
		f.voiced(filter, cols) && f.dated(filter.Date, cols)
}

func (f *filters) voiced(filter *ClaimFilter, cols *Columns) bool {
	capacities := bits(filter.Capacities)
	if filter.AssertedBy == nil && capacities == allBits {
		return true
	}
	return slices.ContainsFunc(cols.Voices, func(v VoiceRef) bool {
		return capacities&(1<<v.Capacity) != 0 && f.among(filter.AssertedBy, v.Party, v.SpokenBy)
	})
}

func (f *filters) dated(filter *DateFilter, cols *Columns) bool {
	if filter == nil {
		return true
	}
	span := f.spans[filter]
	return cols.Dated && cols.Low <= span[1] && cols.High >= span[0]
}

// detailed tests what only the whole claim tells.
func (f *filters) detailed(ctx context.Context, filter *ClaimFilter, in []candidate) ([]bool, error) {
	rows, err := f.r.snapshot.Claims(ctx, claimNodes(in))
	if err != nil {
		return nil, err
	}
	ok := make([]bool, len(in))
	for i, row := range rows {
		ok[i] = row != nil && (filter.Paragraph == nil || f.r.standsIn(row, *filter.Paragraph)) &&
			!slices.ContainsFunc(filter.Qualifiers, func(q *QualifierFilter) bool { return !f.carries(row, q) })
	}
	return ok, nil
}

// standsIn tells whether a paragraph is among a claim's evidence.
func (r *Reader) standsIn(row *ClaimRow, paragraph int) bool {
	return slices.ContainsFunc(row.Evidence, func(e EvidenceRow) bool {
		l, err := ParseLocator(r.ontology.Names, e.Locator)
		return err == nil && l.Paragraph == paragraph && r.live(e.Recorded)
	})
}

// carries tells whether a claim has a qualifier.
func (f *filters) carries(row *ClaimRow, filter *QualifierFilter) bool {
	return slices.ContainsFunc(row.Qualifiers, func(q QualifierRow) bool {
		return q.Kind.Name == filter.Name &&
			(filter.Entity == nil || f.nodes[*filter.Entity][q.Entity]) &&
			(filter.Relation == nil || q.Relation == filter.Relation) &&
			(filter.Value == nil || q.Value != "" && q.Value.Lexical() == *filter.Value)
	})
}

// between tests the entities at the ends.
func (f *filters) between(ctx context.Context, filter *ClaimFilter, in []candidate) ([]bool, error) {
	if err := f.r.complete(ctx, in); err != nil {
		return nil, err
	}
	ok := allTrue(len(in))
	for _, end := range []struct {
		filter *EntityFilter
		of     func(candidate) NodeID
	}{{filter.Subject, func(c candidate) NodeID { return c.subject }}, {filter.Object, func(c candidate) NodeID { return c.object }}} {
		if end.filter == nil {
			continue
		}
		if err := narrow(in, ok, func(rest []candidate) ([]bool, error) {
			nodes := make([]NodeID, len(rest))
			for i, c := range rest {
				nodes[i] = f.r.rep(end.of(c))
			}
			return f.entities(ctx, end.filter, nodes)
		}); err != nil {
			return nil, err
		}
	}
	return ok, nil
}
