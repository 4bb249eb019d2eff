package graph_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tripartite-graph/tripartite/graph"
)

// A walk that asks for entities alone meets the same ones, in the same order,
// as one that reads edges.
func TestReachMeetsWhatAWalkMeets(t *testing.T) {
	r, ontology := benchReader(t, 400)
	leads := ontology.Relation(ontology.Names.Term("leads"))
	for _, q := range []graph.SubgraphQuery{
		{Depth: 1, MaxNodes: 500},
		{Depth: 3, MaxNodes: 500},
		{Depth: 3, MaxNodes: 40},
		{Depth: 2, MaxNodes: 5, Roles: []graph.Role{graph.RoleSubject}},
		{Depth: 4, MaxNodes: 60, Relations: []*graph.RelationKind{leads}},
		{Depth: 4, MaxNodes: 60, View: &graph.View{Stances: []graph.Stance{graph.Denied}}},
		{Depth: 0, MaxNodes: 60},
	} {
		for i := range 20 {
			q.Roots = []string{fmt.Sprintf("person/p%d", 17*i)}
			if diff := cmp.Diff(walked(t, r, q, false), walked(t, r, q, true)); diff != "" {
				t.Errorf("%+v: walk and reach differ:\n%s", q, diff)
			}
		}
	}
}

func walked(t *testing.T, r *graph.Reader, q graph.SubgraphQuery, skip bool) []string {
	t.Helper()
	q.SkipClaims, q.SkipEdges = true, skip
	found, err := r.Subgraph(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{fmt.Sprint(found.Truncated, found.Omitted)}
	for _, n := range found.Nodes {
		out = append(out, n.ID)
	}
	return out
}

// The number of look-ups of a query does not depend on how much it meets.
func TestLookUpsOfTheWorkload(t *testing.T) {
	ctx := context.Background()
	store, ontology := benchStore(t, 400)
	convicted := ontology.Relation(ontology.Names.Term("convicted-by"))
	for name, c := range map[string]struct {
		most int64
		run  func(r *graph.Reader) error
	}{
		"claims of an entity": {5, func(r *graph.Reader) error {
			found, err := r.EntitiesByID(ctx, []string{"court/c1"})
			if err != nil {
				return err
			}
			_, err = r.ClaimsOf(ctx, found, graph.EntityClaims{})
			return err
		}},
		"three rings": {8, func(r *graph.Reader) error {
			_, err := r.Subgraph(ctx, graph.SubgraphQuery{Roots: []string{"person/p1"}, Depth: 3, MaxNodes: 500, SkipEdges: true, SkipClaims: true})
			return err
		}},
		"a path": {10, func(r *graph.Reader) error {
			_, err := r.Paths(ctx, graph.PathQuery{From: "person/p1", To: "person/p41", MaxLength: 6, First: 1, SkipClaims: true})
			return err
		}},
		"claims between dates": {5, func(r *graph.Reader) error {
			from, to := "2010-01-01", "2010-06-30"
			_, err := r.ListClaims(ctx, graph.ClaimQuery{Filter: &graph.ClaimFilter{
				Relations: []*graph.RelationKind{convicted}, Date: &graph.DateFilter{From: &from, To: &to},
			}})
			return err
		}},
	} {
		var calls atomic.Int64
		r, err := graph.NewReader(ctx, counting{store, &calls}, ontology, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(c.run(r), r.Close()); err != nil {
			t.Fatal(name, err)
		}
		if n := calls.Load(); n == 0 || n > c.most {
			t.Errorf("%s: %d look-ups, at most %d", name, n, c.most)
		}
	}
}
