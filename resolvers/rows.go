package resolvers

import (
	"context"
	"sync/atomic"

	"github.com/tripartite-graph/tripartite/api/limits"
	"github.com/tripartite-graph/tripartite/graph"
)

// metered is a store whose snapshots count the rows that they give to one
// request, and give no more beyond a bound.
type metered struct {
	graph.Store
	meter *rowMeter
}

// rowMeter counts rows.
type rowMeter struct {
	rows  atomic.Int64
	limit int64
}

func newRowMeter(ctx context.Context) *rowMeter {
	return &rowMeter{limit: int64(limits.From(ctx).Rows)}
}

// add counts rows, and fails beyond the bound.
func (m *rowMeter) add(n int) error {
	if m.rows.Add(int64(n)) > m.limit {
		return graph.Errorf(graph.CodeLimit, "the operation reads more than %d rows of the store: narrow its filters, or ask for less at a time", m.limit)
	}
	return nil
}

// At implements graph.Store.
func (s metered) At(ctx context.Context, seq graph.Seq) (graph.Snapshot, error) {
	snapshot, err := s.Store.At(ctx, seq)
	if err != nil {
		return nil, err
	}
	return meteredSnapshot{snapshot, s.meter}, nil
}

type meteredSnapshot struct {
	graph.Snapshot
	meter *rowMeter
}

// counted passes rows on, and counts them.
func counted[T any](m *rowMeter, rows []T, err error) ([]T, error) {
	if err == nil {
		err = m.add(len(rows))
	}
	return rows, err
}

func (s meteredSnapshot) Edges(ctx context.Context, nodes []graph.NodeID, q graph.EdgeQuery) ([][]graph.Edge, error) {
	found, err := s.Snapshot.Edges(ctx, nodes, q)
	n := len(found)
	for _, edges := range found {
		n += len(edges)
	}
	if err == nil {
		err = s.meter.add(n)
	}
	return found, err
}

func (s meteredSnapshot) Ties(ctx context.Context, nodes []graph.NodeID) ([][]graph.Tie, error) {
	found, err := s.Snapshot.Ties(ctx, nodes)
	n := len(found)
	for _, ties := range found {
		n += len(ties)
	}
	if err == nil {
		err = s.meter.add(n)
	}
	return found, err
}

func (s meteredSnapshot) Claims(ctx context.Context, ids []graph.NodeID) ([]*graph.ClaimRow, error) {
	rows, err := s.Snapshot.Claims(ctx, ids)
	return counted(s.meter, rows, err)
}

func (s meteredSnapshot) Entities(ctx context.Context, ids []graph.NodeID) ([]*graph.EntityRow, error) {
	rows, err := s.Snapshot.Entities(ctx, ids)
	return counted(s.meter, rows, err)
}

func (s meteredSnapshot) PageEntities(ctx context.Context, kind *graph.EntityKind, p graph.Page) ([]graph.KeyedNode, error) {
	rows, err := s.Snapshot.PageEntities(ctx, kind, p)
	return counted(s.meter, rows, err)
}

func (s meteredSnapshot) PageClaims(ctx context.Context, relation *graph.RelationKind, from, to graph.Day, p graph.Page) ([]graph.KeyedEdge, error) {
	rows, err := s.Snapshot.PageClaims(ctx, relation, from, to, p)
	return counted(s.meter, rows, err)
}

func (s meteredSnapshot) Names(ctx context.Context, match graph.NameMatch, folded string, after graph.Key, n int) ([]graph.NamePosting, error) {
	rows, err := s.Snapshot.Names(ctx, match, folded, after, n)
	return counted(s.meter, rows, err)
}

func (s meteredSnapshot) PageConflicts(ctx context.Context, after graph.Key, n int) ([]graph.ConflictRow, error) {
	rows, err := s.Snapshot.PageConflicts(ctx, after, n)
	return counted(s.meter, rows, err)
}

func (s meteredSnapshot) ConflictsOf(ctx context.Context, claims []graph.NodeID) ([][]graph.ConflictRow, error) {
	found, err := s.Snapshot.ConflictsOf(ctx, claims)
	return counted(s.meter, found, err)
}
