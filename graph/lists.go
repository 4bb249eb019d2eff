package graph

// lists holds for each number a list of places, one list after the other.
type lists struct {
	starts []uint32 // by number, and one more
	places []int32
}

// entry is a place of a number's list.
type entry struct {
	number uint32
	place  int32
}

// newLists makes the lists of the numbers below n; each keeps the order of the entries.
func newLists(entries []entry, n int) lists {
	starts := make([]uint32, n+2)
	for _, e := range entries {
		starts[e.number+2]++
	}
	for i := 2; i < len(starts); i++ {
		starts[i] += starts[i-1]
	}
	places := make([]int32, len(entries))
	for _, e := range entries {
		at := &starts[e.number+1]
		places[*at] = e.place
		*at++
	}
	return lists{starts, places}
}

// of returns the list of a number, nil where it has none.
func (l *lists) of(number uint32) []int32 {
	if int(number)+1 >= len(l.starts) {
		return nil
	}
	from, to := l.starts[number], l.starts[number+1]
	return l.places[from:to:to]
}
