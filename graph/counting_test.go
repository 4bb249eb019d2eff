package graph_test

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/tripartite-graph/tripartite/graph"
)

// counting is a store whose snapshots count their look-ups.
type counting struct {
	graph.Store
	calls *atomic.Int64
}

func (c counting) At(ctx context.Context, seq graph.Seq) (graph.Snapshot, error) {
	s, err := c.Store.At(ctx, seq)
	return counted{s, c.calls}, err
}

type counted struct {
	graph.Snapshot
	calls *atomic.Int64
}

func (c counted) IDs(ctx context.Context, terms []graph.Term) ([]graph.NodeID, error) {
	c.calls.Add(1)
	return c.Snapshot.IDs(ctx, terms)
}

func (c counted) Terms(ctx context.Context, ids []graph.NodeID) ([]graph.Term, error) {
	c.calls.Add(1)
	return c.Snapshot.Terms(ctx, ids)
}

func (c counted) Edges(ctx context.Context, nodes []graph.NodeID, q graph.EdgeQuery) ([][]graph.Edge, error) {
	c.calls.Add(1)
	return c.Snapshot.Edges(ctx, nodes, q)
}

func (c counted) Claims(ctx context.Context, ids []graph.NodeID) ([]*graph.ClaimRow, error) {
	c.calls.Add(1)
	return c.Snapshot.Claims(ctx, ids)
}

func (c counted) Entities(ctx context.Context, ids []graph.NodeID) ([]*graph.EntityRow, error) {
	c.calls.Add(1)
	return c.Snapshot.Entities(ctx, ids)
}

func (c counted) Entries(ctx context.Context, seqs []graph.Seq) ([]graph.JournalEntry, error) {
	c.calls.Add(1)
	return c.Snapshot.Entries(ctx, seqs)
}

func (c counted) PageEntities(ctx context.Context, kind *graph.EntityKind, p graph.Page) ([]graph.KeyedNode, error) {
	c.calls.Add(1)
	return c.Snapshot.PageEntities(ctx, kind, p)
}

func (c counted) PageClaims(ctx context.Context, relation *graph.RelationKind, from, to graph.Day, p graph.Page) ([]graph.KeyedEdge, error) {
	c.calls.Add(1)
	return c.Snapshot.PageClaims(ctx, relation, from, to, p)
}

func (c counted) Names(ctx context.Context, match graph.NameMatch, folded string, after graph.Key, n int) ([]graph.NamePosting, error) {
	c.calls.Add(1)
	return c.Snapshot.Names(ctx, match, folded, after, n)
}

func (c counted) ConflictsOf(ctx context.Context, claims []graph.NodeID) ([][]graph.ConflictRow, error) {
	c.calls.Add(1)
	return c.Snapshot.ConflictsOf(ctx, claims)
}

// times writes times as text, "" for the zero time.
func times(all []time.Time, err error) ([]string, error) {
	out := make([]string, len(all))
	for i, at := range all {
		if !at.IsZero() {
			out[i] = at.String()
		}
	}
	return out, err
}

func (c counted) Ties(ctx context.Context, nodes []graph.NodeID) ([][]graph.Tie, error) {
	c.calls.Add(1)
	return c.Snapshot.Ties(ctx, nodes)
}

func (c counted) WidestDate(ctx context.Context, relation *graph.RelationKind) (graph.Day, error) {
	c.calls.Add(1)
	return c.Snapshot.WidestDate(ctx, relation)
}
