package quadstore

import (
	"context"
	"encoding/binary"
	"sort"
	"sync"
	"time"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// snapshot is the store at one sequence: a Pebble snapshot, and for the past
// the rows of it that were recorded then. It may be used by many at once.
type snapshot struct {
	*pinned
	seq  graph.Seq
	time time.Time

	quads     quadReaders
	closeOnce sync.Once
	closeErr  error
	mergeOnce sync.Once
	merges    map[graph.NodeID]graph.NodeID
	mergeErr  error
}

// At returns a snapshot of the graph as it was recorded at seq; 0 means the latest.
func (s *Store) At(ctx context.Context, seq graph.Seq) (graph.Snapshot, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p, err := s.pin()
	if err != nil {
		return nil, err
	}
	snap, err := p.at(seq)
	if err != nil {
		return nil, join(err, p.release())
	}
	return snap, nil
}

// at makes a snapshot that holds p until it is closed.
func (p *pinned) at(seq graph.Seq) (*snapshot, error) {
	snap := &snapshot{pinned: p, seq: p.latest, time: p.entry.Time}
	if seq == 0 || seq == p.latest {
		return snap, nil
	}
	if seq > p.latest {
		return nil, graph.Errorf(graph.CodeInvalid, "the store has no commit %d: its latest is %d", seq, p.latest)
	}
	entries, err := snap.Entries(context.Background(), []graph.Seq{seq})
	if err != nil {
		return nil, err
	}
	snap.seq, snap.time = seq, entries[0].Time
	return snap, nil
}

// Seq is the sequence of the snapshot.
func (s *snapshot) Seq() graph.Seq { return s.seq }

// Time is when the snapshot's last commit was made.
func (s *snapshot) Time() time.Time { return s.time }

// Close releases the snapshot; closing it again does nothing.
func (s *snapshot) Close() error {
	s.closeOnce.Do(func() { s.closeErr = join(s.quads.close(), s.release()) })
	return s.closeErr
}

// Entries returns the journal entry of each commit.
func (s *snapshot) Entries(_ context.Context, seqs []graph.Seq) ([]graph.JournalEntry, error) {
	out := make([]graph.JournalEntry, len(seqs))
	for i, seq := range seqs {
		value, err := get(s.reader, journalKey(seq))
		if err != nil {
			return nil, err
		}
		if value == nil || seq > s.latest {
			continue
		}
		if out[i], err = readEntry(value); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Journal returns up to n entries with a sequence greater than after, in order.
func (s *Store) Journal(_ context.Context, after graph.Seq, n int) ([]graph.JournalEntry, error) {
	var out []graph.JournalEntry
	if n <= 0 {
		return out, nil
	}
	p, err := s.pin()
	if err != nil {
		return nil, err
	}
	err = scanRange(p.reader, journalKey(after+1), []byte{tableJournal + 1}, func(_, value []byte) (bool, error) {
		e, err := readEntry(value)
		out = append(out, e)
		return len(out) < n, err
	})
	return out, join(err, p.release())
}

// SeqAt returns the sequence of the newest commit not after t. Sequences have
// no gaps and their times never fall, so it searches by halves.
func (s *Store) SeqAt(ctx context.Context, t time.Time) (graph.Seq, error) {
	snap, err := s.At(ctx, 0)
	if err != nil {
		return 0, err
	}
	var failed error
	n := sort.Search(int(snap.Seq()), func(i int) bool {
		e, err := snap.Entries(ctx, []graph.Seq{graph.Seq(i + 1)})
		failed = join(failed, err)
		return err != nil || e[0].Time.After(t)
	})
	return graph.Seq(n), join(failed, snap.Close())
}

// IDs returns the node of each term, 0 where the store has never seen it.
func (s *snapshot) IDs(_ context.Context, terms []graph.Term) ([]graph.NodeID, error) {
	out := make([]graph.NodeID, len(terms))
	for i, t := range terms {
		var err error
		if out[i], err = lookupID(s.reader, t); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Terms returns the term of each node.
func (s *snapshot) Terms(_ context.Context, ids []graph.NodeID) ([]graph.Term, error) {
	out := make([]graph.Term, len(ids))
	for i, id := range ids {
		var err error
		if out[i], err = lookupTerm(s.reader, id); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Quads with a sequence after the snapshot's were stored later.
func (s *snapshot) recorded(value []byte) bool {
	seq, _ := binary.Uvarint(value)
	return graph.Seq(seq) <= s.seq
}

// states reads the sparse table of what changes about claims. It remembers the
// gap between two of its rows, since most claims have none.
type states struct {
	it       *pebble.Iterator
	from, to graph.NodeID // no claim with from ≤ id < to has a row
}

func (s *snapshot) states() (*states, error) {
	it, err := s.reader.NewIter(&pebble.IterOptions{LowerBound: []byte{tableState}, UpperBound: []byte{tableState + 1}})
	if err != nil {
		return nil, readError(err)
	}
	return &states{it: it}, nil
}

func (t *states) close() error { return t.it.Close() }

// fill sets a claim's recorded and disputed intervals.
func (t *states) fill(claim graph.NodeID, c *columns) error {
	c.Recorded = since(c.first)
	if t.from <= claim && claim < t.to {
		return nil
	}
	var buf [1 + idSize]byte
	key := idKey(buf[:0], tableState, claim)
	if !t.it.SeekGE(key) {
		t.from, t.to = claim, ^graph.NodeID(0)
		return t.it.Error()
	}
	if found := readID(t.it.Key()[1:]); found != claim {
		t.from, t.to = claim, found
		return nil
	}
	d := readRow(t.it.Value())
	c.Recorded, c.Disputed = d.intervals(), d.intervals()
	return d.err(key)
}
