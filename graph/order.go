package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// ClaimOrder is an order of claims. Those that are equal in it stand by the
// first day of their date, then as the store met them.
type ClaimOrder uint8

// The orders of claims; each is followed by its reverse.
const (
	ClaimsByDate ClaimOrder = iota // by the first day of the date, the undated first
	ClaimsByDateDescending
	ClaimsByRecorded // by the commit that first recorded the claim
	ClaimsByRecordedDescending
	ClaimsByRelation // as the ontology lists relations
	ClaimsByRelationDescending
	ClaimsBySubject // by the subject's preferred name, folded
	ClaimsBySubjectDescending
)

// String returns the order's name in GraphQL: DATE_ASC.
func (o ClaimOrder) String() string {
	return []string{"DATE", "RECORDED", "RELATION", "SUBJECT"}[o/2] + []string{"_ASC", "_DESC"}[o%2]
}

// byDate tells whether the store has an index in this order.
func (o ClaimOrder) byDate() bool { return o <= ClaimsByDateDescending }

// byRecord tells whether the order looks at when claims were recorded.
func (o ClaimOrder) byRecord() bool { return o == ClaimsByRecorded || o == ClaimsByRecordedDescending }

// compare orders two claims by first day and node.
func (o ClaimOrder) compare(day Day, node NodeID, otherDay Day, otherNode NodeID) int {
	return o.direct(cmp.Or(cmp.Compare(day, otherDay), cmp.Compare(node, otherNode)))
}

// direct turns a comparison round for a descending order.
func (o ClaimOrder) direct(c int) int {
	if o%2 == 1 {
		return -c
	}
	return c
}

// sort sorts by date.
func (o ClaimOrder) sort(in []candidate) {
	slices.SortFunc(in, func(a, b candidate) int { return o.compare(a.columns.Low, a.claim, b.columns.Low, b.claim) })
}

// place compares a candidate with a mark, by date.
func (o ClaimOrder) place(c candidate, m *mark) int {
	return o.compare(c.columns.Low, c.claim, Day(m.key), m.node)
}

// sorter sorts claims by what the order asks of each: a number or a name.
type sorter struct {
	order ClaimOrder
	rank  map[*RelationKind]int
	names map[NodeID]string    // of subjects, folded
	marks map[NodeID]candidate // the claims that cursors name
	rep   func(NodeID) NodeID
}

// sorter reads what an order needs to know of claims: the names of their
// subjects in one look-up, and the claims that a window's cursors name in another.
func (r *Reader) sorter(ctx context.Context, o ClaimOrder, w window, in []candidate) (*sorter, error) {
	s := &sorter{order: o, marks: map[NodeID]candidate{}, rep: r.rep}
	if o.byDate() {
		return s, nil
	}
	marks, err := r.marked(ctx, w)
	if err != nil {
		return nil, err
	}
	for _, c := range marks {
		s.marks[c.claim] = c
	}
	switch o {
	case ClaimsByRelation, ClaimsByRelationDescending:
		s.rank = map[*RelationKind]int{}
		for i, relation := range r.ontology.Relations {
			s.rank[relation] = i
		}
	case ClaimsBySubject, ClaimsBySubjectDescending:
		s.names, err = r.subjectNames(ctx, slices.Concat(in, marks))
	}
	return s, err
}

// marked returns the claims that a window's cursors name, in one look-up.
func (r *Reader) marked(ctx context.Context, w window) ([]candidate, error) {
	var nodes []NodeID
	for _, m := range []*mark{w.after, w.before} {
		if m != nil && m.node != 0 {
			nodes = append(nodes, m.node)
		}
	}
	if len(nodes) == 0 {
		return nil, nil
	}
	rows, err := r.snapshot.Claims(ctx, nodes)
	var out []candidate
	for _, row := range rows {
		if row != nil {
			out = append(out, candidate{claim: row.Claim, relation: row.Relation, subject: row.Subject, columns: &row.Columns})
		}
	}
	return out, err
}

// subjectNames returns the folded names of the subjects of claims.
func (r *Reader) subjectNames(ctx context.Context, in []candidate) (map[NodeID]string, error) {
	nodes := make([]NodeID, len(in))
	for i, c := range in {
		nodes[i] = r.rep(c.subject)
	}
	slices.Sort(nodes)
	cards, err := r.load(ctx, slices.Compact(nodes))
	return foldedNames(cards), err
}

func (s *sorter) compare(a, b candidate) int {
	c := 0
	switch s.order {
	case ClaimsByRecorded, ClaimsByRecordedDescending:
		c = cmp.Compare(firstRecorded(a.columns.Recorded), firstRecorded(b.columns.Recorded))
	case ClaimsByRelation, ClaimsByRelationDescending:
		c = cmp.Compare(s.rank[a.relation], s.rank[b.relation])
	case ClaimsBySubject, ClaimsBySubjectDescending:
		c = strings.Compare(s.names[s.rep(a.subject)], s.names[s.rep(b.subject)])
	}
	return cmp.Or(s.order.direct(c), s.order.compare(a.columns.Low, a.claim, b.columns.Low, b.claim))
}

// firstRecorded returns the commit that first recorded something, 0 for none.
func firstRecorded(in []Interval) Seq {
	if len(in) == 0 {
		return 0
	}
	return in[0].From
}

func (s *sorter) sort(in []candidate) { slices.SortFunc(in, s.compare) }

// place compares a candidate with a mark. A claim that is gone from the store
// gives its day alone.
func (s *sorter) place(c candidate, m *mark) int {
	if at, ok := s.marks[m.node]; ok {
		return s.compare(c, at)
	}
	return s.order.place(c, m)
}

// EntityOrder is an order of entities. Those that are equal in it stand by name.
type EntityOrder uint8

// The orders of entities; each is followed by its reverse.
const (
	EntitiesByName EntityOrder = iota // by preferred name, folded
	EntitiesByNameDescending
	EntitiesByRecorded // by the commit that first recorded the entity
	EntitiesByRecordedDescending
)

// String returns the order's name in GraphQL: NAME_ASC.
func (o EntityOrder) String() string {
	return []string{"NAME", "RECORDED"}[o/2] + []string{"_ASC", "_DESC"}[o%2]
}

// byName tells whether the store has an index in this order.
func (o EntityOrder) byName() bool { return o <= EntitiesByNameDescending }

// compare orders entities; by name as the store's index of kinds does.
func (o EntityOrder) compare(a, b *Entity) int {
	c := cmp.Or(strings.Compare(Fold(a.Name), Fold(b.Name)), cmp.Compare(a.node, b.node))
	if !o.byName() {
		c = cmp.Or(cmp.Compare(a.firstRecorded(), b.firstRecorded()), c)
	}
	if o%2 == 1 {
		return -c
	}
	return c
}

// firstRecorded returns the commit that first recorded the entity.
func (e *Entity) firstRecorded() Seq {
	first := Forever
	for _, row := range e.rows {
		first = min(first, firstRecorded(row.Recorded))
	}
	return first
}

// NeighborOrder is an order of neighbours.
type NeighborOrder uint8

// The orders of neighbours; each is followed by its reverse.
const (
	NeighborsByDate NeighborOrder = iota // by the first day of what ties them
	NeighborsByDateDescending
	NeighborsByName // by preferred name, folded
	NeighborsByNameDescending
	NeighborsByClaims // by how many claims tie them
	NeighborsByClaimsDescending
)

// String returns the order's name in GraphQL: DATE_ASC.
func (o NeighborOrder) String() string {
	return []string{"DATE", "NAME", "CLAIMS"}[o/2] + []string{"_ASC", "_DESC"}[o%2]
}

// compare orders ties; names are folded, of those whom the order needs.
func (o NeighborOrder) compare(a, b *tie, names map[NodeID]string) int {
	c := cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.other, b.other))
	switch o {
	case NeighborsByName, NeighborsByNameDescending:
		c = cmp.Or(strings.Compare(names[a.other], names[b.other]), c)
	case NeighborsByClaims, NeighborsByClaimsDescending:
		c = cmp.Or(cmp.Compare(len(a.claims), len(b.claims)), c)
	}
	if o%2 == 1 {
		return -c
	}
	return c
}
