package graph

import mathbits "math/bits"

// nodeMap maps nodes to values: an open-addressed table, since walks look at
// every neighbour of thousands of nodes.
type nodeMap[V any] struct {
	keys   []NodeID // 0: free
	values []V
	n      int
	shift  int
}

// leastNodes is the size of a new table.
const leastNodes = 16

// newNodeMap makes a table with room for n nodes.
func newNodeMap[V any](n int) *nodeMap[V] {
	m := &nodeMap[V]{}
	m.resize(max(leastNodes, 1<<mathbits.Len(uint(4*n/3))))
	return m
}

func (m *nodeMap[V]) resize(size int) {
	keys, values := m.keys, m.values
	m.keys, m.values = make([]NodeID, size), make([]V, size)
	m.shift = 64 - mathbits.Len(uint(size-1))
	for i, n := range keys {
		if n != 0 {
			at, _ := m.find(n)
			m.keys[at], m.values[at] = n, values[i]
		}
	}
}

// find returns the place of a node, or the free one where it belongs.
// The multiplier is that of D. Knuth, The Art of Computer Programming, 6.4.
func (m *nodeMap[V]) find(n NodeID) (at int, ok bool) {
	at = int(uint64(n) * 0x9E3779B97F4A7C15 >> m.shift)
	for m.keys[at] != n {
		if m.keys[at] == 0 {
			return at, false
		}
		at = (at + 1) & (len(m.keys) - 1)
	}
	return at, true
}

func (m *nodeMap[V]) has(n NodeID) bool {
	_, ok := m.find(n)
	return ok
}

// get returns the value of a node, the zero value for none, and of no table.
func (m *nodeMap[V]) get(n NodeID) (none V) {
	if m == nil {
		return none
	}
	at, _ := m.find(n)
	return m.values[at]
}

// at returns the place of a node's value, and whether the node was there
// before; it is valid until the next at.
func (m *nodeMap[V]) at(n NodeID) (value *V, again bool) {
	if 4*m.n >= 3*len(m.keys) {
		m.resize(2 * len(m.keys))
	}
	at, ok := m.find(n)
	if !ok {
		m.keys[at] = n
		m.n++
	}
	return &m.values[at], ok
}

// set gives a node a value.
func (m *nodeMap[V]) set(n NodeID, v V) {
	at, _ := m.at(n)
	*at = v
}

// each visits the nodes and their values.
func (m *nodeMap[V]) each(visit func(NodeID, V)) {
	for i, n := range m.keys {
		if n != 0 {
			visit(n, m.values[i])
		}
	}
}

// clear forgets all nodes and keeps the room.
func (m *nodeMap[V]) clear() {
	clear(m.keys)
	clear(m.values)
	m.n = 0
}
