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

// BenchmarkReindex makes the rows of 20,000 claims anew.
func BenchmarkReindex(b *testing.B) {
	s, _ := filled(b)
	for b.Loop() {
		require.NoError(b, s.Reindex(context.Background()))
	}
}

// filled is a store in memory with the rows of 20,000 claims, and a snapshot of it.
func filled(b *testing.B) (*quadstore.Store, graph.Snapshot) {
	s := open(b, "memory:", quadstore.Options{Ontology: storetest.Ontology()})
	load(b, s, generated(20_000))
	snap, err := s.At(context.Background(), 0)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, snap.Close()) })
	return s, snap
}

// unions returns the nodes of some unions, each with some sixty edges.
func unions(b *testing.B, snap graph.Snapshot, n int) []graph.NodeID {
	terms := make([]graph.Term, n)
	for i := range terms {
		terms[i] = graph.DefaultNames().IRI(fmt.Sprint("union/u", i))
	}
	ids, err := snap.IDs(context.Background(), terms)
	require.NoError(b, err)
	return ids
}

// BenchmarkEdges reads one node's edges.
func BenchmarkEdges(b *testing.B) {
	_, snap := filled(b)
	ids := unions(b, snap, 500)
	edges := 0
	b.ResetTimer()
	for i := range b.N {
		lists, err := snap.Edges(context.Background(), ids[i%500:i%500+1], graph.EdgeQuery{})
		require.NoError(b, err)
		edges += len(lists[0])
	}
	b.ReportMetric(float64(edges)/float64(b.N), "edges/op")
}

// BenchmarkTwoHops reads a node's edges and those of the nodes at their other ends.
func BenchmarkTwoHops(b *testing.B) {
	_, snap := filled(b)
	ids := unions(b, snap, 500)
	edges := 0
	b.ResetTimer()
	for i := range b.N {
		near, err := snap.Edges(context.Background(), ids[i%500:i%500+1], graph.EdgeQuery{})
		require.NoError(b, err)
		others := make([]graph.NodeID, len(near[0]))
		for j, e := range near[0] {
			others[j] = e.Other
		}
		far, err := snap.Edges(context.Background(), others, graph.EdgeQuery{})
		require.NoError(b, err)
		for _, l := range far {
			edges += len(l)
		}
	}
	b.ReportMetric(float64(edges)/float64(b.N), "edges/op")
}

// BenchmarkSnapshot opens and closes a snapshot.
func BenchmarkSnapshot(b *testing.B) {
	s, _ := filled(b)
	b.ResetTimer()
	for range b.N {
		snap, err := s.At(context.Background(), 0)
		require.NoError(b, err)
		require.NoError(b, snap.Close())
	}
}

// BenchmarkClaims reads pages of twenty whole claims.
func BenchmarkClaims(b *testing.B) {
	_, snap := filled(b)
	page, err := snap.PageClaims(context.Background(), nil, graph.MinDay, graph.MaxDay, graph.Page{Limit: 2000})
	require.NoError(b, err)
	ids := make([]graph.NodeID, len(page))
	for i, e := range page {
		ids[i] = e.Claim
	}
	b.ResetTimer()
	for i := range b.N {
		_, err := snap.Claims(context.Background(), ids[i%99*20:i%99*20+20])
		require.NoError(b, err)
	}
}

// BenchmarkSmallCommit commits one claim to a store on disk.
func BenchmarkSmallCommit(b *testing.B) {
	s := open(b, "file:"+b.TempDir(), quadstore.Options{Ontology: storetest.Ontology()})
	load(b, s, generated(2000))
	b.ResetTimer()
	for i := range b.N {
		var quads []graph.Quad
		storetest.Generate(1, fmt.Sprint("b", i), func(q []graph.Quad) { quads = append(quads, q...) })
		load(b, s, quads)
	}
}
