package quadstore_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/graph/storetest"
)

func open(t testing.TB, url string, o quadstore.Options) *quadstore.Store {
	s, err := quadstore.Open(url, o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func generated(claims int) (quads []graph.Quad) {
	storetest.Generate(claims, "bench", func(q []graph.Quad) { quads = append(quads, q...) })
	return quads
}

func load(t testing.TB, s graph.Store, quads []graph.Quad) graph.Seq {
	tx, err := s.Begin(context.Background())
	require.NoError(t, err)
	require.NoError(t, tx.Add(quads...))
	seq, err := tx.Commit(context.Background(), graph.JournalEntry{Action: graph.ActionLoad})
	require.NoError(t, err)
	return seq
}

// BenchmarkLoad loads claims into an empty store on disk: with the rows that
// are derived from them, and as bare quads.
func BenchmarkLoad(b *testing.B) {
	for _, c := range []struct {
		name     string
		ontology *graph.Ontology
	}{{"claims", storetest.Ontology()}, {"bare", nil}} {
		for _, claims := range []int{20_000, 200_000} {
			quads := generated(claims)
			b.Run(fmt.Sprintf("%s/%d-quads", c.name, len(quads)), func(b *testing.B) {
				for range b.N {
					s, err := quadstore.Open("file:"+b.TempDir(), quadstore.Options{Ontology: c.ontology})
					require.NoError(b, err)
					load(b, s, quads)
					require.NoError(b, s.Close())
				}
				b.ReportMetric(float64(len(quads)*b.N)/b.Elapsed().Seconds(), "quads/s")
			})
		}
	}
}
