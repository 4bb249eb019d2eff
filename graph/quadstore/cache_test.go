package quadstore

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/storetest"
)

// What the caches kept through a history of commits is what a store with empty
// ones reads; and ties are what edges tell.
func TestCachesHoldWhatIsStored(t *testing.T) {
	met := 0
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			s, err := Open("memory:", Options{Ontology: storetest.Ontology(), BulkThreshold: int(seed%3) * 20})
			require.NoError(t, err)
			for i, step := range storetest.History(seed, 20) {
				apply(t, s, step)
				warm := everything(t, s)
				s.caches.Store(newCaches(s.options.RowBytes))
				require.NoError(t, s.unshare())
				require.Equal(t, everything(t, s), warm, "after step %d", i)
				met += len(warm.ties)
			}
			require.NoError(t, s.Close())
		})
	}
	require.Greater(t, met, 1000)
}

// seen is all that the caches take part in.
type seen struct {
	ties     [][]graph.Tie
	claims   []*graph.ClaimRow
	entities []*graph.EntityRow
}

func everything(t *testing.T, s *Store) (out seen) {
	ctx := context.Background()
	snap, err := s.At(ctx, 0)
	require.NoError(t, err)
	var nodes []graph.NodeID
	for n := uint64(1); n <= s.lastID; n++ {
		nodes = append(nodes, graph.NodeID(syntaxIRI<<syntaxShift|n))
	}
	out.ties, err = snap.Ties(ctx, nodes)
	require.NoError(t, err)
	edges, err := snap.Edges(ctx, nodes, graph.EdgeQuery{})
	require.NoError(t, err)
	for i := range nodes {
		var told []graph.Tie
		for _, e := range edges[i] {
			told = append(told, graph.Tie{Claim: e.Claim, Relation: e.Relation, Other: e.Other, Low: e.Low, Role: e.Role, Stance: e.Stance, Mode: e.Mode})
		}
		require.Equal(t, told, out.ties[i])
	}
	out.claims, err = snap.Claims(ctx, nodes)
	require.NoError(t, err)
	out.entities, err = snap.Entities(ctx, nodes)
	require.NoError(t, err)
	require.NoError(t, snap.Close())
	return out
}
