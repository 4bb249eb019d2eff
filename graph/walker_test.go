package graph_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tripartite-graph/tripartite/graph"
)

// A walker meets the entities that a subgraph holds, in whatever lens.
func TestWalkerMeetsWhatASubgraphHolds(t *testing.T) {
	r, _ := benchReader(t, 400)
	ctx := context.Background()
	for _, v := range []*graph.View{nil, {Stances: []graph.Stance{graph.Denied}}, {AssertedBy: []string{"union/u1"}}, {AssertedBy: []string{}}} {
		w, err := r.Walker(ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 60 {
			id, hops := fmt.Sprintf("person/p%d", 7*i%400), i%4
			at, err := w.Find(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			places, err := w.Around(ctx, at, hops)
			if err != nil {
				t.Fatal(err)
			}
			got, err := w.IDs(ctx, places)
			if err != nil {
				t.Fatal(err)
			}
			found, err := r.Subgraph(ctx, graph.SubgraphQuery{Roots: []string{id}, Depth: hops, MaxNodes: graph.MaxSubgraphNodes, View: v, SkipEdges: true})
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, e := range found.Nodes[1:] {
				want = append(want, e.ID)
			}
			slices.Sort(got)
			slices.Sort(want)
			if diff := cmp.Diff(want, got, cmp.Transformer("empty", func(s []string) string { return fmt.Sprint(s) })); diff != "" {
				t.Errorf("%d hops around %s, in the lens %s: (-subgraph +walker)\n%s", hops, id, v.Text(), diff)
			}
		}
	}
}

// A walk that was walked before asks the store for nothing.
func TestWalkerReadsOnce(t *testing.T) {
	ctx := context.Background()
	store, ontology := benchStore(t, 400)
	var calls atomic.Int64
	r, err := graph.NewReader(ctx, counting{store, &calls}, ontology, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	w, err := r.Walker(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	at, err := w.Find(ctx, "person/p1")
	if err != nil {
		t.Fatal(err)
	}
	before := calls.Load()
	for round, want := range []int64{6, 0} { // ties and entities of each ring
		if _, err := w.Around(ctx, at, 3); err != nil {
			t.Fatal(err)
		}
		if got := calls.Load() - before; got != want {
			t.Errorf("round %d: %d look-ups, want %d", round, got, want)
		}
		before = calls.Load()
	}
	if _, err := w.Find(ctx, "person/none"); err == nil {
		t.Error("found nobody")
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}

// No walk goes on from a protected entity; one may begin there.
func TestWalkerStopsAtProtected(t *testing.T) {
	s := newShelf(t)
	w, err := s.Walker(s.ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"person/larisa-kharkova", "union/knprk", "person/protected-1", "company/oil"} {
		for hops := range 4 {
			at := get[graph.Place](t)(w.Find(s.ctx, id))
			got := get[[]string](t)(w.IDs(s.ctx, get[[]graph.Place](t)(w.Around(s.ctx, at, hops))))
			var held []string
			found := get[*graph.Subgraph](t)(s.Subgraph(s.ctx, graph.SubgraphQuery{Roots: []string{id}, Depth: hops, MaxNodes: 500, SkipEdges: true}))
			for _, e := range found.Nodes[1:] {
				held = append(held, e.ID)
			}
			slices.Sort(got)
			slices.Sort(held)
			if hops > 0 { // a subgraph of depth 0 is the root alone
				want(t, id, fmt.Sprint(got), fmt.Sprint(held))
			}
		}
	}
}
