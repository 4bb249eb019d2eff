package graph

import (
	"slices"
	"testing"
)

func TestPiecesJoinInOrder(t *testing.T) {
	for _, n := range []int{0, 1, firstPiece, firstPiece + 1, 3*mostPiece + 5} {
		var p pieces[int]
		want := []int{-1}
		for i := range n {
			p.add(i)
			want = append(want, i)
		}
		if p.n != n {
			t.Errorf("%d items are counted as %d", n, p.n)
		}
		if got := p.join([]int{-1}); !slices.Equal(got, want) {
			t.Errorf("%d items are joined to %d, or in another order", n+1, len(got))
		}
		if p.n != 0 || len(p.join(nil)) != 0 {
			t.Errorf("after %d items were joined, some are left", n)
		}
	}
}
