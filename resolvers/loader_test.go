package resolvers_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/tripartite-graph/tripartite/api/agent"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers"
)

// counting counts the look-ups of edges, and the nodes that they ask about.
type counting struct {
	graph.Store
	lookUps, nodes atomic.Int64
}

func (c *counting) At(ctx context.Context, seq graph.Seq) (graph.Snapshot, error) {
	s, err := c.Store.At(ctx, seq)
	return &countingSnapshot{s, c}, err
}

type countingSnapshot struct {
	graph.Snapshot
	count *counting
}

func (s *countingSnapshot) Edges(ctx context.Context, nodes []graph.NodeID, q graph.EdgeQuery) ([][]graph.Edge, error) {
	s.count.lookUps.Add(1)
	s.count.nodes.Add(int64(len(nodes)))
	return s.Snapshot.Edges(ctx, nodes, q)
}

// TestOneLookUpForALevel asks a nested list of every entity: the fields of one
// level are answered together. How many join a look-up depends on the
// scheduler; most must.
func TestOneLookUpForALevel(t *testing.T) {
	store, ontology := newStore(t)
	count := &counting{Store: store}
	es, err := resolvers.New(resolvers.Config{Store: count, Ontology: ontology})
	if err != nil {
		t.Fatal(err)
	}
	s := &session{t, executor.New(es)}
	got := s.run(agent.Nobody, `{ entities(first: 50) { nodes { neighbors { totalCount } } } }`, nil)
	s.want(got, `"totalCount"`)
	if lookUps, nodes := count.lookUps.Load(), count.nodes.Load(); nodes < 10 || lookUps*2 > nodes {
		t.Errorf("%d look-ups for %d entities", lookUps, nodes)
	}
}
