package graph_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/schema"
)

// benchReader loads a graph of people convicted by courts and leading unions:
// two claims a person, each tenth court a hub.
func benchReader(b testing.TB, people int) (*graph.Reader, *graph.Ontology) {
	b.Helper()
	store, ontology := benchStore(b, people)
	r, err := graph.NewReader(context.Background(), store, ontology, nil, 0)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = r.Close() })
	return r, ontology
}

// benchStore loads that graph.
func benchStore(b testing.TB, people int) (graph.Store, *graph.Ontology) {
	b.Helper()
	ctx := context.Background()
	ontology, err := schema.Ontology(graph.DefaultNames())
	if err != nil {
		b.Fatal(err)
	}
	store, err := quadstore.Open("memory:", quadstore.Options{Ontology: ontology})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	var text strings.Builder
	text.WriteString(head + "- {\"@id\": document/d, \"@type\": Document, name: D, file-name: d.txt}\n")
	for i := range people / 10 {
		fmt.Fprintf(&text, "- {\"@id\": court/c%d, \"@type\": Court, name: Court %d}\n- {\"@id\": union/u%d, \"@type\": Union, name: Union %d}\n", i, i, i, i)
	}
	for i := range people {
		fmt.Fprintf(&text, "- {\"@id\": person/p%d, \"@type\": Person, name: Larisa%d Kharkova%d}\n", i, i%97, i)
		fmt.Fprintf(&text, "- \"@graph\": {\"@id\": person/p%d, convicted-by: court/c%d}\n  asserted-by: union/u1\n  date: \"%d-%02d-%02d\"\n  evidence: document/d/p1\n",
			i, i%(people/10), 1990+i%30, 1+i%12, 1+i%28)
		fmt.Fprintf(&text, "- \"@graph\": {\"@id\": person/p%d, leads: union/u%d}\n  asserted-by: union/u1\n  evidence: document/d/p2\n", i, (i*7)%(people/10))
	}
	importer := &graph.Importer{Store: store, Ontology: ontology}
	report, err := importer.Import(ctx, []graph.Input{input("bench.yaml", text.String())}, graph.ImportOptions{})
	if err != nil || report.Refused {
		b.Fatal(err, report.Refused)
	}
	return store, ontology
}

func BenchmarkReader(b *testing.B) {
	r, ontology := benchReader(b, 5000)
	ctx := context.Background()
	convicted := ontology.Relation(ontology.Names.Term("convicted-by"))
	for name, run := range map[string]func() error{
		"search": func() error {
			_, err := r.Search(ctx, graph.SearchQuery{Text: "kharkova4711"})
			return err
		},
		"misspelled": func() error {
			_, err := r.Search(ctx, graph.SearchQuery{Text: "Harkovva4711"})
			return err
		},
		"dates": func() error {
			_, err := r.ListClaims(ctx, graph.ClaimQuery{Filter: &graph.ClaimFilter{
				Relations: []*graph.RelationKind{convicted}, Date: &graph.DateFilter{From: ptr("2010-02"), To: ptr("2010-05")},
			}})
			return err
		},
		"path": func() error {
			_, err := r.Paths(ctx, graph.PathQuery{From: "person/p1", To: "person/p4002", MaxLength: 10, First: 1})
			return err
		},
		"subgraph": func() error {
			_, err := r.Subgraph(ctx, graph.SubgraphQuery{Roots: []string{"person/p1"}, Depth: 2, MaxNodes: 500})
			return err
		},
		"related": func() error {
			found, err := r.EntitiesByID(ctx, []string{"court/c1"})
			if err != nil {
				return err
			}
			_, err = r.Related(ctx, found, graph.RelatedQuery{Relation: convicted, Inverse: true})
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
