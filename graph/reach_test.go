package graph_test

import (
	"context"
	"fmt"
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
