package quadstore

import (
	"slices"
	"sort"

	"github.com/tripartite-graph/tripartite/graph"
)

// changes are the quads that a commit adds and removes: none that the store
// held already, none that it did not hold.
type changes struct {
	nodes   []graph.NodeID // of the added quads, sorted; the first is 0
	sorted  map[*index][]places
	removed map[quad4]bool
	seq     graph.Seq
}

// places is a tuple of an index by the places of its nodes in changes.nodes:
// half as long, and in the same order.
type places = graph.NumberedQuad

// changes drops what changes nothing, and sorts the rest.
func (t *tx) changes() (*changes, error) {
	c := &changes{seq: t.store.Latest() + 1, removed: map[quad4]bool{}}
	staged := t.added
	if t.final != nil {
		staged = staged[:0]
		for q := range t.final {
			staged = append(staged, q)
		}
	}
	t.added = nil
	list, scratch := c.place(t.terms, staged), make([]places, len(staged))
	for column := 3; column >= 0; column-- {
		list, scratch = graph.SortNumbered(column, list, scratch, len(c.nodes))
	}
	list = slices.Compact(list)
	if t.terms.last > 0 || t.final != nil {
		var err error
		if list, err = c.difference(t, list); err != nil {
			return nil, err
		}
	}
	c.sort(list, scratch)
	return c, nil
}

// place collects the nodes of quads in order, and tells each quad's places.
func (c *changes) place(terms *dictionary, quads []graph.NumberedQuad) []places {
	used := make([]bool, terms.table.Len()+1)
	for _, q := range quads {
		used[q[0]], used[q[1]], used[q[2]], used[q[3]] = true, true, true, true
	}
	var numbers []uint32
	for n, yes := range used {
		if yes && n != 0 {
			numbers = append(numbers, uint32(n))
		}
	}
	slices.SortFunc(numbers, func(a, b uint32) int { return compareNodes(terms.nodes[a], terms.nodes[b]) })
	c.nodes = make([]graph.NodeID, len(numbers)+1)
	at := make([]uint32, len(used))
	for i, n := range numbers {
		c.nodes[i+1], at[n] = terms.nodes[n], uint32(i+1)
	}
	list := make([]places, len(quads))
	for i, q := range quads {
		list[i] = places{at[q[0]], at[q[1]], at[q[2]], at[q[3]]}
	}
	return list
}

func compareNodes(a, b graph.NodeID) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// sort puts the added quads, in the order of subjects, into that of each index.
func (c *changes) sort(list, scratch []places) {
	turn := func(x *index) []places {
		turned := make([]places, len(list))
		for i, q := range list {
			for j, at := range x.order {
				turned[i][j] = q[at]
			}
		}
		return turned
	}
	labels, scratch := graph.SortNumbered(0, turn(byLabel), scratch, len(c.nodes))
	objects, scratch := graph.SortNumbered(1, turn(byObject), scratch, len(c.nodes))
	objects, _ = graph.SortNumbered(0, objects, scratch, len(c.nodes))
	c.sorted = map[*index][]places{bySubject: list, byObject: objects, byLabel: labels}
}

// difference keeps the quads that are added to those that are stored, and
// notes the removed ones.
func (c *changes) difference(t *tx, list []places) ([]places, error) {
	stored := newView(t.base, t.terms.last, nil)
	kept := list[:0]
	var rows []quadRow
	for _, p := range list {
		q := quad4(c.tuple(p))
		var err error
		if rows, err = stored.appendCommitted(rows[:0], bySubject, q[:]); err != nil {
			return nil, join(err, stored.close())
		}
		wanted := true
		if t.final != nil {
			if wanted, err = t.wanted(q); err != nil {
				return nil, join(err, stored.close())
			}
		}
		switch {
		case wanted && len(rows) == 0:
			kept = append(kept, p)
		case !wanted && len(rows) > 0:
			c.removed[q] = true
		}
	}
	return kept, stored.close()
}

// wanted tells whether a staged quad is there at the end.
func (t *tx) wanted(q quad4) (bool, error) {
	var terms [4]graph.Term
	for i, id := range q {
		var err error
		if terms[i], err = t.terms.term(id); err != nil {
			return false, err
		}
	}
	return t.final[t.number(graph.Quad{Subject: terms[0], Predicate: terms[1], Object: terms[2], Label: terms[3]})], nil
}

// len returns how many quads are added.
func (c *changes) len() int { return len(c.sorted[bySubject]) }

// tuple returns the nodes of places.
func (c *changes) tuple(p places) tuple {
	return tuple{c.nodes[p[0]], c.nodes[p[1]], c.nodes[p[2]], c.nodes[p[3]]}
}

// each calls yield with each added quad, in the order of subjects.
func (c *changes) each(yield func(quad4) error) error {
	for _, p := range c.sorted[bySubject] {
		if err := yield(quad4(c.tuple(p))); err != nil {
			return err
		}
	}
	return nil
}

// find returns the run of added tuples that begin with some nodes. It looks
// from near, the place of the run before, since runs are mostly asked for in order.
func (c *changes) find(x *index, nodes []graph.NodeID, near *int) []places {
	var prefix places
	for i, n := range nodes {
		at, found := slices.BinarySearch(c.nodes, n)
		if !found {
			return nil
		}
		prefix[i] = uint32(at)
	}
	sorted := c.sorted[x]
	compare := func(i int) int {
		for j := range nodes {
			if sorted[i][j] != prefix[j] {
				if sorted[i][j] < prefix[j] {
					return -1
				}
				return 1
			}
		}
		return 0
	}
	from := gallop(len(sorted), *near, func(i int) bool { return compare(i) >= 0 })
	*near = from
	to := gallop(len(sorted), from, func(i int) bool { return compare(i) > 0 })
	return sorted[from:to]
}

// gallop returns the first place at which reached holds, n for none; from near
// on it looks in growing steps.
func gallop(n, near int, reached func(int) bool) int {
	if near >= n || near > 0 && reached(near-1) {
		return sort.Search(min(near, n), reached)
	}
	from, step := near, 1
	for from+step <= n && !reached(from+step-1) {
		from, step = from+step, 2*step
	}
	return from + sort.Search(min(step, n-from), func(i int) bool { return reached(from + i) })
}
