package resolvers

import (
	"context"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/schema"
)

// TestWhatIsCompiled tells the shapes that are compiled from those that are
// left to gqlgen; one that grows without end is among the latter.
func TestWhatIsCompiled(t *testing.T) {
	ontology, err := schema.Ontology(graph.DefaultNames())
	if err != nil {
		t.Fatal(err)
	}
	store, err := quadstore.Open("memory:", quadstore.Options{Ontology: ontology})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	es, err := New(Config{Store: store, Ontology: ontology})
	if err != nil {
		t.Fatal(err)
	}
	exec := executor.New(es)
	for query, compiled := range map[string]bool{
		`query($id: ID!) { entity(by: {id: $id}) { id claims(first: 200) { nodes { id subject { name } assertedBy { party { id } } evidence { document { id } } } } } }`: true,
		`{ subgraph(roots: ["a"], depth: 2) { nodes { id kind name } } }`:                                                                                                true,
		`{ paths(from: "a", to: "b") { length nodes { id } } }`:                                                                                                          true,
		`{ search(text: "a") { nodes { id } } }`:                                                                                                                         true,
		`{ claims { nodes { id } } }`:                                                                                                                                    true,
		`{ node(id: "a") { ... on Person { convictedBy { edges { node { name } } } } } }`:                                                                                true,
		`{ entity(by: {id: "a"}) { neighbors { nodes { neighbors { nodes { claims { totalCount } } } } } } }`:                                                            true,
		`{ claims { nodes { recordedAt } } }`:                                                                                                                            false,
		`{ stats { claims } }`:                                                                                                                                           false,
		`{ search(text: "a") { edges { score } } }`:                                                                                                                      false,
		`{ entity(by: {id: "a"}) { id @skip(if: false) } }`:                                                                                                              false,
		`{ __typename __schema { queryType { name } } }`:                                                                                                                 false,
		`{ entity(by: {id: "a"}) { ...f0 } } ` + nested(12):                                                                                                              false,
	} {
		ctx := graphql.StartOperationTrace(context.Background())
		operation, problems := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: map[string]any{"id": "a"}})
		if problems != nil {
			t.Fatal(query, problems)
		}
		if got := es.(*executable).compiler.Plan(operation) != nil; got != compiled {
			t.Errorf("%s: compiled: %v", query, got)
		}
	}
}

// nested writes fragments that each spread the next twice, below a field.
func nested(n int) string {
	out := ""
	for i := range n {
		out += fmt.Sprintf("fragment f%d on Entity { x: neighbors { nodes { ...f%d } } y: neighbors { nodes { ...f%d } } } ", i, i+1, i+1)
	}
	return out + fmt.Sprintf("fragment f%d on Entity { id }", n)
}
