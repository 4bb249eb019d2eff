package graph

import "slices"

// pieces is a list that grows without moving what it has: a slice of millions
// is copied again and again while it grows.
type pieces[T any] struct {
	full [][]T
	last []T
	n    int // items in all
}

// The lengths of the first piece and of the longest.
const (
	firstPiece = 1 << 8
	mostPiece  = 1 << 16
)

func (p *pieces[T]) add(item T) {
	if len(p.last) == cap(p.last) {
		if len(p.last) > 0 {
			p.full = append(p.full, p.last)
		}
		p.last = make([]T, 0, min(max(2*cap(p.last), firstPiece), mostPiece))
	}
	p.last = append(p.last, item)
	p.n++
}

// join appends all to a list, and leaves nothing in pieces.
func (p *pieces[T]) join(list []T) []T {
	list = slices.Grow(list, p.n)
	for i, piece := range p.full {
		list, p.full[i] = append(list, piece...), nil
	}
	list = append(list, p.last...)
	*p = pieces[T]{}
	return list
}
