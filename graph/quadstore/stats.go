package quadstore

import (
	"context"
	"encoding/binary"
	"maps"
	"sync"

	"github.com/tripartite-graph/tripartite/graph"
)

// documentSlug is the first segment of a document's id, which evidence IRIs begin with.
const documentSlug = "document"

// statsCache keeps the counts of one sequence, since they cost a scan.
type statsCache struct {
	mu    sync.Mutex
	seq   graph.Seq
	known bool
	stats graph.StoreStats
}

// Stats counts what is live. The counts of the latest sequence asked for are kept.
func (s *snapshot) Stats(ctx context.Context) (graph.StoreStats, error) {
	c := &s.store.counts
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.known || c.seq != s.seq {
		stats, err := s.count(ctx)
		if err != nil {
			return graph.StoreStats{}, err
		}
		c.seq, c.known, c.stats = s.seq, true, stats
	}
	out := c.stats
	out.EntitiesByKind, out.ClaimsByRelation = maps.Clone(out.EntitiesByKind), maps.Clone(out.ClaimsByRelation)
	return out, nil
}

func (s *snapshot) count(ctx context.Context) (graph.StoreStats, error) {
	out := graph.StoreStats{EntitiesByKind: map[*graph.EntityKind]int{}, ClaimsByRelation: map[*graph.RelationKind]int{}}
	for _, step := range []func(*graph.StoreStats) error{s.countQuads, s.countEntities, s.countClaims, s.countBatches, s.countConflicts} {
		if err := join(ctx.Err(), step(&out)); err != nil {
			return out, err
		}
	}
	return out, nil
}

// countQuads adds up the predicates' counts, or for the past reads every quad.
func (s *snapshot) countQuads(out *graph.StoreStats) error {
	if s.seq == s.latest {
		return scan(s.reader, []byte{tablePredicates}, func(_, value []byte) (bool, error) {
			n, _ := binary.Uvarint(value)
			out.Quads += int(n)
			return true, nil
		})
	}
	return scan(s.reader, []byte{tableBySubject}, func(_, value []byte) (bool, error) {
		if s.recorded(value) {
			out.Quads++
		}
		return true, nil
	})
}

func (s *snapshot) countEntities(out *graph.StoreStats) error {
	merged, err := s.Merges(context.Background())
	if err != nil {
		return err
	}
	return scanRange(s.reader, idKey(nil, tableKinds, 1), []byte{tableKinds + 1}, func(key, value []byte) (bool, error) {
		d := readRow(value)
		live := graph.Live(d.intervals(), s.seq)
		if _, gone := merged[readID(key[len(key)-idSize:])]; !live || gone {
			return true, d.err(key)
		}
		kind, err := s.kind(readID(key[1:]))
		if kind != nil {
			out.Entities++
			out.EntitiesByKind[kind]++
			if kind.Slug == documentSlug {
				out.Documents++
			}
		}
		return true, err
	})
}

func (s *snapshot) countClaims(out *graph.StoreStats) error {
	states, err := s.states()
	if err != nil {
		return err
	}
	err = scan(s.reader, []byte{tableRelations}, func(key, value []byte) (bool, error) {
		kind, err := s.relation(readID(key[1:]))
		if err != nil || kind == nil {
			return true, err
		}
		e, err := s.keyedEdge(key, value, kind, states)
		if e != nil {
			out.Claims++
			out.ClaimsByRelation[kind]++
		}
		return true, err
	})
	return join(err, states.close())
}

func (s *snapshot) countBatches(out *graph.StoreStats) error {
	return scan(s.reader, []byte{tableBatches}, func(_, value []byte) (bool, error) {
		if graph.Live(readBatch(value).recorded, s.seq) {
			out.Batches++
		}
		return true, nil
	})
}

func (s *snapshot) countConflicts(out *graph.StoreStats) error {
	return scan(s.reader, []byte{tableConflicts}, func(key, value []byte) (bool, error) {
		state, err := readConflict(key, value)
		if err == nil {
			out.Conflicts += len(s.appendConflict(nil, state))
		}
		return true, err
	})
}
