package main

// array is the plain array of neighbours that the store is measured against,
// with room for one walk at a time.
type array struct {
	near  [][]int32
	mark  []int32 // the walk in which a node was last met
	walk  int32
	rings [2][]int32
}

func newArray(near [][]int32) *array {
	return &array{near: near, mark: make([]int32, len(near))}
}

// hood counts the nodes within some hops of one, itself left out.
func (a *array) hood(of int32, hops int) int {
	a.walk++
	a.mark[of] = a.walk
	ring, met := append(a.rings[0][:0], of), 0
	next := a.rings[1][:0]
	for range hops {
		next = next[:0]
		for _, n := range ring {
			for _, to := range a.near[n] {
				if a.mark[to] != a.walk {
					a.mark[to] = a.walk
					next = append(next, to)
				}
			}
		}
		met += len(next)
		ring, next = next, ring
	}
	a.rings = [2][]int32{ring, next}
	return met
}

// distance returns the hops of a shortest path between two nodes, -1 where
// there is none of at most longest. It searches the whole graph from one end.
func (a *array) distance(from, to int32, longest int) int {
	a.walk++
	a.mark[from] = a.walk
	ring := append(a.rings[0][:0], from)
	next := a.rings[1][:0]
	for hop := 1; hop <= longest; hop++ {
		next = next[:0]
		for _, n := range ring {
			for _, other := range a.near[n] {
				if other == to {
					return hop
				}
				if a.mark[other] != a.walk {
					a.mark[other] = a.walk
					next = append(next, other)
				}
			}
		}
		ring, next = next, ring
	}
	return -1
}
