package quadstore

import (
	"sync"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// pinned is a Pebble snapshot that many readers share: opening one, and reading
// which commit is the last in it, takes longer than a small query. The store
// holds the one of its latest commit until the next.
type pinned struct {
	store  *Store
	reader *pebble.Snapshot
	latest graph.Seq // the newest commit inside reader
	entry  graph.JournalEntry
	caches *caches
	refs   atomic.Int64

	mergeOnce sync.Once
	merges    map[graph.NodeID]graph.NodeID // at latest
	mergeErr  error
}

// pin returns the latest commit, held for the caller until release.
func (s *Store) pin() (*pinned, error) {
	if p := s.shared.Load(); p != nil && p.hold() {
		if p.latest == s.Latest() {
			return p, nil
		}
		if err := p.release(); err != nil {
			return nil, err
		}
	}
	return s.share()
}

// share takes a snapshot of the latest commit, held for the caller and, if no
// other was faster, for the store.
func (s *Store) share() (*pinned, error) {
	s.opening.Lock()
	defer s.opening.Unlock()
	if s.closed {
		return nil, errClosed
	}
	p, err := s.newPinned(s.db.NewSnapshot())
	if err != nil {
		return nil, err
	}
	p.hold() // for the store
	if !s.shared.CompareAndSwap(nil, p) {
		return p, p.release()
	}
	if p.latest != s.Latest() { // a commit came between, and dropped the one before
		return p, s.unshare()
	}
	return p, nil
}

// newPinned holds a snapshot for its caller.
func (s *Store) newPinned(reader *pebble.Snapshot) (*pinned, error) {
	entry, err := lastEntry(reader)
	if err != nil {
		return nil, join(err, reader.Close())
	}
	p := &pinned{store: s, reader: reader, latest: entry.Seq, entry: entry, caches: s.caches.Load()}
	p.refs.Store(1)
	s.pins.Add(1)
	return p, nil
}

// hold takes part in the snapshot; false where it was closed already.
func (p *pinned) hold() bool {
	for {
		n := p.refs.Load()
		if n == 0 {
			return false
		}
		if p.refs.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// release gives the part back; the last one closes the snapshot.
func (p *pinned) release() error {
	if p.refs.Add(-1) > 0 {
		return nil
	}
	defer p.store.pins.Done()
	return p.reader.Close()
}

// unshare drops the shared snapshot, which is no longer the latest.
func (s *Store) unshare() error {
	if p := s.shared.Swap(nil); p != nil {
		return p.release()
	}
	return nil
}
