package quadstore

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/tripartite-graph/tripartite/graph"
)

// fresh is the rows of claims of which nothing is stored yet. They are kept as
// numbers, and made into rows one after the other when they are written: a
// load of millions of claims has seven rows for each.
type fresh struct {
	claims  []freshClaim // in the order of ids
	whole   [][]byte     // beside them: their own rows
	parts   []freshPart
	members []freshMember
	sorted  bool // the members are
	text    arena
}

// freshClaim is what the rows of a claim have in common. It fills one line of
// a processor's cache, since rows ask for claims in an order that is not theirs.
type freshClaim struct {
	id, subject, object, relation graph.NodeID
	low                           graph.Day
	n                             uint8 // length of the columns; longColumns: they stand in the row of the claim
	columns                       [shortColumns]byte
}

// Columns of up to shortColumns bytes stand in the claim itself. Of longer
// ones, it says between which bytes of the claim's row they stand.
const (
	shortColumns = 27
	longColumns  = 255
)

// setColumns keeps the columns, which stand between two bytes of the claim's row.
func (c *freshClaim) setColumns(row []byte, from, to int) {
	if to-from <= shortColumns {
		c.n = uint8(copy(c.columns[:], row[from:to]))
		return
	}
	c.n = longColumns
	binary.LittleEndian.PutUint32(c.columns[:], uint32(from))
	binary.LittleEndian.PutUint32(c.columns[4:], uint32(to))
}

// valueOf appends a row of some nodes and what stands beside every edge of a claim.
func (f *fresh) valueOf(dst []byte, claim uint32, nodes ...graph.NodeID) []byte {
	e := encoder{b: append(dst, rowVersion)}
	for _, n := range nodes {
		e.id(n)
	}
	c := &f.claims[claim]
	if c.n != longColumns {
		return append(e.b, c.columns[:c.n]...)
	}
	from, to := binary.LittleEndian.Uint32(c.columns[:]), binary.LittleEndian.Uint32(c.columns[4:])
	return append(e.b, f.whole[claim][from:to]...)
}

// freshPart is what a node does in a claim.
type freshPart struct {
	node  graph.NodeID
	claim uint32 // its place in fresh.claims
	role  graph.Role
}

// freshMember says that a claim is in a group in which it may clash.
type freshMember struct {
	group [groupSize]byte
	claim uint32
}

// add takes a claim. Claims come in the order of their ids.
func (f *fresh) add(s *side, c *claimState, in *interner) error {
	subject, relation, object := in.id(c.record.Subject), in.id(c.record.Relation.IRI), c.object(in)
	room := f.text.room(512)
	e := &encoder{b: append(room, rowVersion)}
	from, to := s.claimRow(e, c, in)
	claim := uint32(len(f.claims))
	for _, p := range c.parts(s.d.words.ontology, in, subject, object) {
		f.parts = append(f.parts, freshPart{p.node, claim, p.role})
	}
	for _, g := range c.groups {
		f.members = append(f.members, freshMember{groupHash(g), claim})
	}
	row := f.text.keep(e.b)
	made := freshClaim{id: c.id, subject: subject, object: object, relation: relation, low: c.columns.Low}
	made.setColumns(row, from, to)
	f.claims, f.whole = append(f.claims, made), append(f.whole, row)
	return in.err
}

// tables returns the rows of each table, in the order of keys. What is sorted
// is sorted when it is asked for, so that tables can be written side by side.
func (f *fresh) tables() map[byte]func(put sink) error {
	if len(f.claims) == 0 {
		return nil
	}
	return map[byte]func(put sink) error{
		tableClaims: f.putClaims, tableRelations: f.putRelations, tableGroups: f.putMembers,
		tableEdges: f.putEdges,
	}
}

func (f *fresh) putClaims(put sink) error {
	var key []byte
	for i := range f.claims {
		key = idKey(key[:0], tableClaims, f.claims[i].id)
		if err := put(row{key: key, value: f.whole[i]}); err != nil {
			return err
		}
	}
	return nil
}

func (f *fresh) putRelations(put sink) error {
	byRelation := map[graph.NodeID][]uint64{}
	for i := range f.claims {
		c := &f.claims[i]
		byRelation[c.relation] = append(byRelation[c.relation], dayKey(c.low, uint32(i)))
	}
	var key, value []byte
	for _, relation := range slices.Sorted(maps.Keys(byRelation)) {
		order := byRelation[relation]
		slices.Sort(order)
		for _, k := range order {
			i := claimOf(k)
			c := &f.claims[i]
			key = appendIDs(appendDay(idKey(key[:0], tableRelations, relation), c.low), c.id)
			value = f.valueOf(value[:0], i, c.subject, c.object)
			if err := put(row{key: key, value: value}); err != nil {
				return err
			}
		}
	}
	return nil
}

// dayKey sorts claims by day, then by their place.
func dayKey(day graph.Day, claim uint32) uint64 {
	return uint64(uint32(day)^1<<31)<<32 | uint64(claim)
}

func claimOf(dayKey uint64) uint32 { return uint32(dayKey) }

func (f *fresh) putMembers(put sink) error {
	f.sortMembers()
	var key []byte
	for _, m := range f.members {
		key = memberKey(key[:0], m.group, f.claims[m.claim].id)
		if err := put(row{key: key, value: []byte{}}); err != nil {
			return err
		}
	}
	return nil
}

// sortMembers sorts the members by group and claim, once.
func (f *fresh) sortMembers() {
	if f.sorted {
		return
	}
	slices.SortFunc(f.members, compareMembers)
	f.sorted = true
}

func compareMembers(a, b freshMember) int {
	// Hashes mostly differ in their first bytes.
	if x, y := binary.BigEndian.Uint64(a.group[:]), binary.BigEndian.Uint64(b.group[:]); x != y {
		return cmp.Compare(x, y)
	}
	return cmp.Or(bytes.Compare(a.group[:], b.group[:]), cmp.Compare(a.claim, b.claim))
}

// sortParts sorts the parts by node and role, byte by byte from the last one
// on, as claims stand in order already.
func (f *fresh) sortParts() {
	key := func(p freshPart) uint64 { return uint64(p.node) }
	list, scratch := f.parts, make([]freshPart, len(f.parts))
	list, scratch = radixPass(list, scratch, func(p freshPart) byte { return byte(p.role) })
	for shift := 0; shift < 64; shift += 8 {
		list, scratch = radixPass(list, scratch, func(p freshPart) byte { return byte(key(p) >> shift) })
	}
	f.parts = list
}

// radixPass sorts by one byte and keeps the order of what is equal in it. It
// returns the sorted list and the one that it left.
func radixPass(list, scratch []freshPart, digit func(freshPart) byte) (sorted, left []freshPart) {
	var starts [257]int
	for _, p := range list {
		starts[int(digit(p))+1]++
	}
	if slices.Max(starts[:]) == len(list) {
		return list, scratch
	}
	for i := range 256 {
		starts[i+1] += starts[i]
	}
	for _, p := range list {
		d := digit(p)
		scratch[starts[d]] = p
		starts[d]++
	}
	return scratch, list
}

// eachGroup calls yield with the parts of each node in each role.
func (f *fresh) eachGroup(yield func(parts []freshPart) error) error {
	for rest := f.parts; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].node == rest[0].node && rest[n].role == rest[0].role {
			n++
		}
		if err := yield(rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

// freshEdge is by what the edges of a node in a role are sorted.
type freshEdge struct {
	relation, other graph.NodeID
	claim           uint32
}

func compareEdges(a, b freshEdge) int {
	switch {
	case a.relation != b.relation:
		return compareNodes(a.relation, b.relation)
	case a.other != b.other:
		return compareNodes(a.other, b.other)
	}
	return int(a.claim) - int(b.claim)
}

func (f *fresh) putEdges(put sink) error {
	var key, value []byte
	var edges []freshEdge
	f.sortParts()
	return f.eachGroup(func(parts []freshPart) error {
		edges = edges[:0]
		for _, p := range parts {
			c := &f.claims[p.claim]
			edges = append(edges, freshEdge{c.relation, c.other(p.role), p.claim})
		}
		slices.SortFunc(edges, compareEdges)
		for _, e := range edges {
			key = append(idKey(key[:0], tableEdges, parts[0].node), byte(parts[0].role))
			key = appendIDs(key, e.relation, e.other, f.claims[e.claim].id)
			value = f.valueOf(value[:0], e.claim)
			if err := put(row{key: key, value: value}); err != nil {
				return err
			}
		}
		return nil
	})
}

// other is the other end of a claim, seen from a node in a role.
func (c *freshClaim) other(role graph.Role) graph.NodeID {
	if role == graph.RoleSubject {
		return c.object
	}
	return c.subject
}
