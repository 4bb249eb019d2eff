package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/tripartite-graph/tripartite/api"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/resolvers"
	"github.com/tripartite-graph/tripartite/schema"
)

// smallSize is the size of the graph that benchmarks make in memory.
const smallSize = 2000

// smallStore holds a small workload in memory.
func smallStore(tb testing.TB, w *workload) (*quadstore.Store, *graph.Ontology) {
	tb.Helper()
	o, err := schema.Ontology(graph.DefaultNames())
	if err != nil {
		tb.Fatal(err)
	}
	store, err := quadstore.Open("memory:", quadstore.Options{Ontology: o})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := store.Close(); err != nil {
			tb.Error(err)
		}
	})
	file := tb.TempDir() + "/data.nq"
	if _, err := w.writeQuads(file); err != nil {
		tb.Fatal(err)
	}
	in := loaders.Input("data.nq", "nquads", loaders.Options{Names: o.Names}, func() (io.ReadCloser, error) { return os.Open(file) })
	report, err := (&graph.Importer{Store: store, Ontology: o}).Import(context.Background(), []graph.Input{in}, graph.ImportOptions{})
	if err != nil || report.Err() != nil {
		tb.Fatal(err, report.Err())
	}
	return store, o
}

// BenchmarkAnswer asks the six queries of the service, without the network.
func BenchmarkAnswer(b *testing.B) {
	w := generate(smallSize, 1)
	store, o := smallStore(b, w)
	es, err := resolvers.New(resolvers.Config{Store: store, Ontology: o})
	if err != nil {
		b.Fatal(err)
	}
	service := api.New(api.Config{Schema: es, Store: store, Ontology: o, Loopback: true})
	c := newClient("http://localhost", w)
	for n := 1; n < len(queries); n++ {
		b.Run(fmt.Sprintf("Q%d", n), func(b *testing.B) {
			bodies, err := c.bodies(n)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(bodies[i%len(bodies)]))
				r.Host = "localhost"
				r.Header.Set("Content-Type", "application/json")
				answer := httptest.NewRecorder()
				service.ServeHTTP(answer, r)
				content, _ := io.ReadAll(answer.Body)
				if got, q := queries[n].count(w, w.questions[n][i%len(bodies)], content), w.questions[n][i%len(bodies)]; got != q.Want {
					b.Fatalf("%+v: %d in %.300s", q, got, content)
				}
				i++
			}
		})
	}
}
