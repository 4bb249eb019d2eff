package quadstore

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/tripartite-graph/tripartite/graph"
)

// fresh is the rows of claims of which nothing is stored yet. They are kept as
// numbers, and made into rows one after the other when they are written: a
// load of millions of claims has some twelve rows for each.
type fresh struct {
	claims  []freshClaim // in the order of ids
	parts   []freshPart
	members []freshMember
	sorted  bool // the members are
	text    arena
}

// freshClaim is what the rows of a claim have in common.
type freshClaim struct {
	id, subject, object, relation graph.NodeID
	low                           graph.Day
	from, to                      uint32 // where in whole the columns stand
	whole                         []byte // the claim's own row
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
	f.claims = append(f.claims, freshClaim{
		id: c.id, subject: subject, object: object, relation: relation, low: c.columns.Low,
		from: uint32(from), to: uint32(to), whole: f.text.keep(e.b),
	})
	return in.err
}

// tables returns the rows of each table, in the order of keys. What is sorted
// is sorted when it is asked for, so that tables can be written side by side.
func (f *fresh) tables() map[byte]func(put sink) error {
	if len(f.claims) == 0 {
		return nil
	}
	f.sortParts()
	f.sortMembers()
	return map[byte]func(put sink) error{
		tableClaims: f.putClaims, tableRelations: f.putRelations, tableGroups: f.putMembers,
		tableEdges: f.putEdges, tableDates: f.putDates,
	}
}

func (f *fresh) putClaims(put sink) error {
	var key []byte
	for i := range f.claims {
		key = idKey(key[:0], tableClaims, f.claims[i].id)
		if err := put(row{key: key, value: f.claims[i].whole}); err != nil {
			return err
		}
	}
	return nil
}

func (f *fresh) putRelations(put sink) error {
	order := make([]uint32, len(f.claims))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		x, y := &f.claims[a], &f.claims[b]
		return cmp.Or(cmp.Compare(x.relation, y.relation), cmp.Compare(x.low, y.low), cmp.Compare(a, b))
	})
	var key, value []byte
	for _, i := range order {
		c := &f.claims[i]
		key = appendIDs(appendDay(idKey(key[:0], tableRelations, c.relation), c.low), c.id)
		value = c.valueWith(value[:0], c.subject, c.object)
		if err := put(row{key: key, value: value}); err != nil {
			return err
		}
	}
	return nil
}

func (f *fresh) putMembers(put sink) error {
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
	slices.SortFunc(f.members, func(a, b freshMember) int {
		return cmp.Or(bytes.Compare(a.group[:], b.group[:]), cmp.Compare(a.claim, b.claim))
	})
	f.sorted = true
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

// eachGroup calls yield with the parts of each node in each role, which it may sort.
func (f *fresh) eachGroup(yield func(parts []freshPart) error) error {
	var group []freshPart
	for rest := f.parts; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].node == rest[0].node && rest[n].role == rest[0].role {
			n++
		}
		group, rest = append(group[:0], rest[:n]...), rest[n:]
		if err := yield(group); err != nil {
			return err
		}
	}
	return nil
}

func (f *fresh) putEdges(put sink) error {
	var key, value []byte
	return f.eachGroup(func(parts []freshPart) error {
		slices.SortFunc(parts, func(a, b freshPart) int {
			x, y := &f.claims[a.claim], &f.claims[b.claim]
			return cmp.Or(cmp.Compare(x.relation, y.relation), cmp.Compare(x.other(a.role), y.other(b.role)), cmp.Compare(a.claim, b.claim))
		})
		for _, p := range parts {
			c := &f.claims[p.claim]
			key = append(idKey(key[:0], tableEdges, p.node), byte(p.role))
			key = appendIDs(key, c.relation, c.other(p.role), c.id)
			value = c.valueWith(value[:0])
			if err := put(row{key: key, value: value}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (f *fresh) putDates(put sink) error {
	var key, value []byte
	return f.eachGroup(func(parts []freshPart) error {
		slices.SortFunc(parts, func(a, b freshPart) int {
			return cmp.Or(cmp.Compare(f.claims[a.claim].low, f.claims[b.claim].low), cmp.Compare(a.claim, b.claim))
		})
		for _, p := range parts {
			c := &f.claims[p.claim]
			key = append(idKey(key[:0], tableDates, p.node), byte(p.role))
			key = appendIDs(appendDay(key, c.low), c.id)
			value = c.valueWith(value[:0], c.relation, c.other(p.role))
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

// valueWith appends a row of some nodes and what stands beside every edge.
func (c *freshClaim) valueWith(dst []byte, nodes ...graph.NodeID) []byte {
	e := encoder{b: append(dst, rowVersion)}
	for _, n := range nodes {
		e.id(n)
	}
	return append(e.b, c.whole[c.from:c.to]...)
}
