package quadstore

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// conflicts are the conflicts that a commit changes; nil for one that is no more.
type conflicts struct {
	d       *derivation
	changed map[graph.Term]*conflictState
	claims  nodeSet          // that are or were in a changed conflict, or were touched
	stores  *pebble.Iterator // over the groups before the commit, nil for none
}

// deriveConflicts finds the conflicts of the groups that touched claims are or
// were in, and from them when each claim was disputed.
func (d *derivation) deriveConflicts() (err error) {
	c := &conflicts{d: d, changed: map[graph.Term]*conflictState{}, claims: maps.Clone(d.touched.withheld)}
	if d.stored != nil && d.terms.last > 0 {
		bounds := &pebble.IterOptions{LowerBound: []byte{tableGroups}, UpperBound: []byte{tableGroups + 1}}
		if c.stores, err = d.stored.NewIter(bounds); err != nil {
			return readError(err)
		}
		defer func() { err = join(err, c.stores.Close()) }()
	}
	groups, err := c.touchedGroups()
	if err != nil {
		return err
	}
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		if err := c.group(g, groups[g]); err != nil {
			return err
		}
	}
	for _, id := range d.touched.curated.sorted() {
		if err := c.curated(id); err != nil {
			return err
		}
	}
	return c.states()
}

// touchedGroups returns the groups in which a touched claim, before or after,
// may clash, and touches the curated conflicts that name them.
func (c *conflicts) touchedGroups() (groups, error) {
	d, found := c.d, groups{}
	for _, m := range d.plain.list {
		if err := c.touchCurated(m.id); err != nil {
			return nil, err
		}
	}
	for id := range d.touched.claims {
		if err := c.touchCurated(id); err != nil {
			return nil, err
		}
		if d.isFresh(id) {
			continue
		}
		c.claims.add(id)
		for _, side := range d.sides() {
			if state := side.claims[id]; state != nil {
				for _, g := range state.groups {
					found.add(g, id)
				}
			}
		}
	}
	return found, c.freshGroups(found)
}

// groups are conflict groups and those of their claims that were touched.
type groups map[string]nodeSet

func (g groups) add(group string, claim graph.NodeID) {
	if g[group] == nil {
		g[group] = nodeSet{}
	}
	g[group].add(claim)
}

// freshGroups adds the groups of fresh claims that have other members.
func (c *conflicts) freshGroups(found groups) error {
	hashes := map[[groupSize]byte]bool{}
	for g := range found {
		hashes[groupHash(g)] = true
	}
	f := c.d.fresh
	f.sortMembers()
	for rest := f.members; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].group == rest[0].group {
			n++
		}
		others := n > 1 || hashes[rest[0].group]
		if !others {
			var err error
			if others, err = c.hasMembers(rest[0].group); err != nil {
				return err
			}
		}
		for _, m := range rest[:n] {
			if !others {
				break
			}
			if err := c.addFresh(found, m); err != nil {
				return err
			}
		}
		rest = rest[n:]
	}
	return nil
}

// addFresh adds the group of a fresh claim by its whole name.
func (c *conflicts) addFresh(found groups, m freshMember) error {
	id := c.d.fresh.claims[m.claim].id
	state, err := c.d.after.claim(id)
	if state == nil || err != nil {
		return err
	}
	for _, g := range state.groups {
		if groupHash(g) == m.group {
			found.add(g, id)
		}
	}
	return nil
}

// hasMembers tells whether the store knows a group.
func (c *conflicts) hasMembers(group [groupSize]byte) (bool, error) {
	if c.stores == nil {
		return false, nil
	}
	prefix := append([]byte{tableGroups}, group[:]...)
	found := c.stores.SeekGE(prefix) && hasPrefix(c.stores.Key(), prefix)
	return found, c.stores.Error()
}

// touchCurated touches the curated conflicts that name a claim.
func (c *conflicts) touchCurated(claim graph.NodeID) error {
	if c.d.words.clashes == 0 {
		return nil
	}
	rows, err := c.d.after.quads(byObject, claim, c.d.words.clashes)
	for _, q := range rows {
		c.d.touched.curated.add(q.subject())
	}
	return err
}

// group finds the conflicts of one group.
func (c *conflicts) group(group string, touched nodeSet) error {
	hash := groupHash(group)
	members, old, err := c.stored(hash[:])
	if err != nil {
		return err
	}
	for id := range touched {
		delete(members, id)
		if s := c.d.after.claims[id]; s != nil && slices.Contains(s.groups, group) {
			members.add(id)
		}
	}
	var found []*conflictState
	if len(members) > 1 {
		past, err := c.past(old, c.from(touched))
		if err != nil {
			return err
		}
		if found, err = c.find(group, members, past); err != nil {
			return err
		}
	}
	return c.replace(hash[:], old, found)
}

// from returns the sequence before which a group's conflicts stay as they are:
// that of the commit, unless it changes what a claim of the group says, since
// the past is shown with the claim as it is now, or when it said it.
func (c *conflicts) from(touched nodeSet) graph.Seq {
	if c.d.before == nil {
		return 0
	}
	seq := c.d.after.changes.seq
	for id := range touched {
		before, after := c.d.before.claims[id], c.d.after.claims[id]
		if before != nil && after != nil && !reflect.DeepEqual(before.record, after.record) ||
			!slices.Equal(before.recordedBefore(seq), after.recordedBefore(seq)) {
			return 0
		}
	}
	return seq
}

// recordedBefore returns when a claim was live before a sequence; nil has none.
func (c *claimState) recordedBefore(seq graph.Seq) []graph.Interval {
	if c == nil {
		return nil
	}
	return intersect(c.recorded, []graph.Interval{{To: seq}})
}

// past is a group's conflicts before a sequence.
type past struct {
	until graph.Seq
	found map[graph.Term]*conflictState
}

// past cuts the stored conflicts of a group at a sequence.
func (c *conflicts) past(old []graph.Term, until graph.Seq) (past, error) {
	p := past{until, map[graph.Term]*conflictState{}}
	if until == 0 {
		return p, nil
	}
	for _, id := range old {
		s, err := c.read(id)
		if err != nil {
			return p, err
		}
		kept := s.versions[:0]
		for _, v := range s.versions {
			if v.during.To = min(v.during.To, until); v.during.From < v.during.To {
				kept = append(kept, v)
			}
		}
		s.versions = kept
		p.found[id] = s
	}
	return p, nil
}

// stored returns the members and the conflicts of a group before the commit.
func (c *conflicts) stored(hash []byte) (members nodeSet, old []graph.Term, err error) {
	members = nodeSet{}
	if c.stores == nil {
		return members, nil, nil
	}
	prefix := append([]byte{tableGroups}, hash...)
	for ok := c.stores.SeekGE(prefix); ok && hasPrefix(c.stores.Key(), prefix); ok = c.stores.Next() {
		switch rest := c.stores.Key()[len(prefix):]; rest[0] {
		case 'm':
			members.add(readID(rest[1:]))
		case 'c':
			old = append(old, graph.Term(rest[1:]))
		}
	}
	return members, old, c.stores.Error()
}

// find asks the deriver, for each span of sequences over which the same members
// were live, which of them clash. What is known of the past stays.
func (c *conflicts) find(group string, members nodeSet, p past) ([]*conflictState, error) {
	var states []*claimState
	sets := [][]graph.Interval{{{From: p.until, To: graph.Forever}}}
	for _, id := range members.sorted() {
		s, err := c.d.after.claim(id)
		if err != nil {
			return nil, err
		}
		if s != nil {
			states, sets = append(states, s), append(sets, s.recorded)
		}
	}
	ends := bounds(sets...)
	for i := 0; i+1 < len(ends); i++ {
		during := graph.Interval{From: ends[i], To: ends[i+1]}
		if during.To <= p.until {
			continue
		}
		if err := c.findDuring(group, during, states, p.found); err != nil {
			return nil, err
		}
	}
	return slices.SortedFunc(maps.Values(p.found), func(a, b *conflictState) int { return strings.Compare(string(a.id), string(b.id)) }), nil
}

func (c *conflicts) findDuring(group string, during graph.Interval, states []*claimState, found map[graph.Term]*conflictState) error {
	var live []*graph.ClaimRecord
	for _, s := range states {
		if graph.Live(s.recorded, during.From) {
			live = append(live, s.record)
		}
	}
	if len(live) < 2 {
		return nil
	}
	for _, r := range c.d.deriver.Conflicts(group, live) {
		claims, err := c.d.nodes(r.Claims)
		if err != nil {
			return err
		}
		if found[r.ID] == nil {
			found[r.ID] = &conflictState{id: r.ID, kind: r.Kind, origin: graph.OriginRule}
		}
		found[r.ID].add(during, claims)
	}
	return nil
}

// replace writes the conflicts of a group in place of the old ones.
func (c *conflicts) replace(hash []byte, old []graph.Term, found []*conflictState) error {
	for _, id := range old {
		if !slices.ContainsFunc(found, func(f *conflictState) bool { return f.id == id }) {
			if err := c.put(hash, id, nil); err != nil {
				return err
			}
		}
	}
	for _, f := range found {
		if err := c.put(hash, f.id, f); err != nil {
			return err
		}
	}
	return nil
}

// put writes a conflict's rows; nil deletes them.
func (c *conflicts) put(hash []byte, id graph.Term, next *conflictState) error {
	old, err := c.read(id)
	if err != nil {
		return err
	}
	var before, after []row
	if old != nil {
		before = c.rows(hash, old)
	}
	if next != nil {
		after = c.rows(hash, next)
	}
	c.d.rows.replace(before, after)
	c.changed[id] = next
	return nil
}

func (c *conflicts) rows(hash []byte, s *conflictState) []row {
	rows := []row{
		{key: conflictKey(s.id), value: s.encode()},
		{key: append(append(append([]byte{tableGroups}, hash...), 'c'), s.id...), value: []byte{}},
	}
	for id := range s.claims() {
		rows = append(rows, row{key: append(idKey(nil, tableClashes, id), s.id...), value: []byte{}})
		c.claims.add(id)
	}
	return rows
}

// read returns a conflict as it was before the commit, nil for none.
func (c *conflicts) read(id graph.Term) (*conflictState, error) {
	if c.d.stored == nil {
		return nil, nil
	}
	key := conflictKey(id)
	value, err := get(c.d.stored, key)
	if value == nil || err != nil {
		return nil, err
	}
	return readConflict(key, value)
}

// states writes, for each claim that can have changed, when it was recorded and
// disputed, unless it is an ordinary claim: recorded ever since, never disputed.
func (c *conflicts) states() error {
	changed := c.byClaim()
	for _, id := range c.claims.sorted() {
		state, err := c.d.after.claim(id)
		if err != nil {
			return err
		}
		var value []byte
		if state != nil {
			disputed, err := c.disputed(id, changed[id])
			if err != nil {
				return err
			}
			if len(disputed) > 0 || !slices.Equal(state.recorded, since(state.columns.first)) {
				e := newRow()
				e.intervals(state.recorded)
				e.intervals(disputed)
				value = e.b
			}
		}
		if err := c.d.replaceStored(idKey(nil, tableState, id), value); err != nil {
			return err
		}
	}
	return nil
}

// disputed returns when a claim took part in any conflict.
func (c *conflicts) disputed(claim graph.NodeID, changed []*conflictState) (out []graph.Interval, err error) {
	if c.d.stored != nil && !c.d.terms.isNew(claim) {
		prefix := idKey(nil, tableClashes, claim)
		err = scan(c.d.stored, prefix, func(key, _ []byte) (bool, error) {
			id := graph.Term(key[len(prefix):])
			if _, ok := c.changed[id]; ok {
				return true, nil
			}
			state, err := c.read(id)
			if state != nil {
				out = union(out, state.disputed(claim))
			}
			return true, err
		})
	}
	for _, state := range changed {
		out = union(out, state.disputed(claim))
	}
	return out, err
}

// byClaim returns the changed conflicts of each claim.
func (c *conflicts) byClaim() map[graph.NodeID][]*conflictState {
	out := map[graph.NodeID][]*conflictState{}
	for _, state := range c.changed {
		if state == nil {
			continue
		}
		for id := range state.claims() {
			out[id] = append(out[id], state)
		}
	}
	return out
}
