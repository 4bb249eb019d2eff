package main

import (
	"context"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
)

// BenchmarkTwoHops walks two hops from places, and from numbers of the plain array.
func BenchmarkTwoHops(b *testing.B) {
	w := generate(smallSize, 1)
	store, o := smallStore(b, w)
	ctx := context.Background()
	r, err := graph.NewReader(ctx, store, o, nil, 0)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	walker, err := r.Walker(ctx, nil)
	if err != nil {
		b.Fatal(err)
	}
	set := w.questions[2]
	var places []graph.Place
	var numbers []int32
	for _, q := range set {
		at, err := walker.Find(ctx, w.id(q.ID))
		if err != nil {
			b.Fatal(err)
		}
		places, numbers = append(places, at), append(numbers, int32(number(q.ID)))
	}
	b.Run("walker", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			met, err := walker.Around(ctx, places[i%len(places)], 2)
			if err != nil || len(met) != set[i%len(set)].Want {
				b.Fatal(len(met), err)
			}
		}
	})
	a := newArray(w.adjacency())
	b.Run("array", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if met := a.hood(numbers[i%len(numbers)], 2); met != set[i%len(set)].Want {
				b.Fatal(met)
			}
		}
	})
}
