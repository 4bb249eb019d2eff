package quadstore

import (
	"context"
	"encoding/binary"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// cayley's iterators are left open by many who use them, and written beside by
// others. So none of ours holds anything of the database between two calls:
// each reads a page, remembers its last key, and goes on from there. A quad or
// node that is stored after an iteration began is not part of it, so that a
// loop that writes what it reads comes to an end.

// listing is what an iterator lists.
type listing struct {
	store  *cayleyStore
	prefix []byte // of the keys to read
	quads  *index // the index that the keys are of; nil: terms
	// predicate restricts a listing of quads by subject, by seeking from one
	// subject's to the next; 0 for none.
	predicate graph.NodeID
	direction quad.Direction // of the fixed node; Any: all
	node      graph.NodeID
}

// NodesAllIterator lists every node.
func (c *cayleyStore) NodesAllIterator() cayley.Iterator {
	return newIterator(&listing{store: c, prefix: []byte{tableTerms}})
}

// QuadsAllIterator lists every quad.
func (c *cayleyStore) QuadsAllIterator() cayley.Iterator {
	return newIterator(&listing{store: c, prefix: []byte{tableBySubject}, quads: bySubject})
}

// QuadIterator lists the quads that have a node in a direction.
func (c *cayleyStore) QuadIterator(d quad.Direction, ref cayley.Ref) cayley.Iterator {
	n, ok := ref.(nodeRef)
	if !ok {
		return iterator.NewNull()
	}
	return newIterator(c.listing(d, graph.NodeID(n)))
}

func (c *cayleyStore) listing(d quad.Direction, n graph.NodeID) *listing {
	l := &listing{store: c, direction: d, node: n}
	switch d {
	case quad.Subject:
		l.quads = bySubject
	case quad.Object:
		l.quads = byObject
	case quad.Label:
		l.quads = byLabel
	default:
		l.quads, l.predicate = bySubject, n
		l.prefix = []byte{tableBySubject}
		return l
	}
	l.prefix = l.quads.key(nil, n)
	return l
}

// sizeBound is up to where quads are counted to tell how many there are.
const sizeBound = 1000

// QuadIteratorSize returns how many quads have a node in a direction: exactly,
// unless there are very many.
func (c *cayleyStore) QuadIteratorSize(_ context.Context, d quad.Direction, ref cayley.Ref) (cayley.Size, error) {
	n, ok := ref.(nodeRef)
	if !ok {
		return cayley.Size{Exact: true}, nil
	}
	return c.listing(d, graph.NodeID(n)).size()
}

func (l *listing) size() (cayley.Size, error) {
	db := l.store.store.db
	switch {
	case l.predicate != 0:
		n, err := getUint(db, idKey(nil, tablePredicates, l.predicate))
		return cayley.Size{Size: int64(n), Exact: true}, err
	case l.node == 0:
		stats, err := l.store.Stats(context.Background(), false)
		if l.quads == nil {
			return stats.Nodes, err
		}
		return stats.Quads, err
	}
	size := cayley.Size{Exact: true}
	err := scan(db, l.prefix, func(_, _ []byte) (bool, error) {
		size.Size++
		size.Exact = size.Size < sizeBound
		return size.Exact, nil
	})
	if !size.Exact {
		size.Size, err = l.estimate()
	}
	return size, err
}

// estimate guesses the number of keys from their size on disk.
func (l *listing) estimate() (int64, error) {
	const bytesOfKey = 8 // what a key takes beside its neighbours, compressed
	bytes, err := l.store.store.db.EstimateDiskUsage(l.prefix, prefixEnd(l.prefix))
	return max(int64(bytes/bytesOfKey), sizeBound), err
}

// String names the listing in query plans.
func (l *listing) String() string {
	if l.quads == nil {
		return "TripartiteNodes"
	}
	return fmt.Sprintf("TripartiteQuads(%v)", l.direction)
}

// shape is a listing as cayley plans with it.
type shape struct{ *listing }

// legacy is a listing as cayley's older interface takes it.
type legacy struct {
	shape *shape
	cayley.Iterator
}

var (
	_ cayley.IteratorShapeCompat = (*shape)(nil)
	_ cayley.IteratorFuture      = (*legacy)(nil)
)

func newIterator(l *listing) cayley.Iterator { return (&shape{l}).AsLegacy() }

// AsLegacy returns the older interface.
func (s *shape) AsLegacy() cayley.Iterator {
	it := &legacy{shape: s}
	it.Iterator = cayley.NewLegacy(s, it)
	return it
}

// AsShape returns the newer interface.
func (it *legacy) AsShape() cayley.IteratorShape { return it.shape }

// Iterate begins to list.
func (s *shape) Iterate() cayley.Scanner { return &scanner{listing: s.listing} }

// Lookup tells which references belong to the listing.
func (s *shape) Lookup() cayley.Index { return &lookup{listing: s.listing} }

// SubIterators returns none.
func (s *shape) SubIterators() []cayley.IteratorShape { return nil }

// Optimize leaves the listing as it is.
func (s *shape) Optimize(context.Context) (cayley.IteratorShape, bool) { return s, false }

// Stats tells what listing costs: a step forwards is far cheaper than a look-up.
func (s *shape) Stats(context.Context) (cayley.IteratorCosts, error) {
	size, err := s.size()
	return cayley.IteratorCosts{NextCost: 2, ContainsCost: 1, Size: size}, err
}

// leaf is what scanners and look-ups share: one result, nothing below it.
type leaf struct {
	result cayley.Ref
	err    error
}

// TagResults tags nothing.
func (l *leaf) TagResults(map[string]cayley.Ref) {}

// Result returns the current reference.
func (l *leaf) Result() cayley.Ref { return l.result }

// NextPath returns false: there is one way to each result.
func (l *leaf) NextPath(context.Context) bool { return false }

// Err returns what went wrong.
func (l *leaf) Err() error { return l.err }

// Pages grow from smallPage to largePage, since many iterations take a few results.
const (
	smallPage = 16
	largePage = 1024
)

// scanner lists, page by page.
type scanner struct {
	*listing
	leaf
	begun bool
	last  graph.Seq // the newest commit when the iteration began
	limit uint64    // the highest counter then
	from  []byte    // where the next page begins, or ends if it is read backwards; nil after the last
	page  []cayley.Ref
	size  int
}

// Close forgets the rest.
func (s *scanner) Close() error {
	s.page, s.from, s.begun = nil, nil, true
	return nil
}

// Next goes to the next result.
func (s *scanner) Next(ctx context.Context) bool {
	if !s.begun {
		s.begin()
	}
	for len(s.page) == 0 {
		if s.from == nil || s.err != nil {
			s.result = nil
			return false
		}
		if s.err = ctx.Err(); s.err == nil {
			s.err = s.read()
		}
	}
	s.result, s.page = s.page[0], s.page[1:]
	return true
}

func (s *scanner) begin() {
	s.begun, s.from, s.size = true, s.prefix, smallPage
	if s.backwards() {
		s.from = prefixEnd(s.prefix)
	}
	s.last = s.store.store.Latest()
	s.limit, s.err = getUint(s.store.store.db, metaKey(metaLastID))
}

// backwards tells whether the listing runs from the newest terms to the oldest.
// Any order is right; but cayley's recursive iterator, when it is asked for
// what it has not reached after what it has, answers with the tags of the
// former answer, and this order of one node's quads keeps out of its way.
func (s *scanner) backwards() bool { return s.node != 0 && s.predicate == 0 }

// read fills the next page.
func (s *scanner) read() (err error) {
	bounds := &pebble.IterOptions{LowerBound: s.from, UpperBound: prefixEnd(s.prefix)}
	if s.backwards() {
		bounds = &pebble.IterOptions{LowerBound: s.prefix, UpperBound: s.from}
	}
	it, err := s.store.store.db.NewIter(bounds)
	if err != nil {
		return readError(err)
	}
	defer func() {
		if closeErr := it.Close(); err == nil && closeErr != nil {
			err = readError(closeErr)
		}
	}()
	s.page = make([]cayley.Ref, 0, s.size)
	first, next := it.First, it.Next
	if s.backwards() {
		first, next = it.Last, it.Prev
	}
	ok := first()
	for ; ok && len(s.page) < s.size; ok = next() {
		if s.predicate != 0 {
			if ok = s.skip(it); !ok {
				break
			}
		}
		if err := s.add(it); err != nil {
			return err
		}
	}
	s.from = nil
	if ok {
		s.from = append([]byte(nil), it.Key()...)
		if s.backwards() {
			s.from = append(s.from, 0) // bounds from above exclude
		}
	}
	s.size = min(2*s.size, largePage)
	return nil
}

// skip moves to the next quad of the wanted predicate.
func (s *scanner) skip(it *pebble.Iterator) bool {
	for ok := it.Valid(); ok; {
		q := bySubject.quad(bySubject.parse(it.Key()))
		switch {
		case q.predicate() == s.predicate:
			return true
		case q.predicate() < s.predicate:
			ok = it.SeekGE(bySubject.key(nil, q.subject(), s.predicate))
		default:
			ok = it.SeekGE(bySubject.key(nil, q.subject()+1))
		}
	}
	return false
}

// add puts the row under the iterator into the page, unless it is younger than
// the iteration or a node that no quad has.
func (s *scanner) add(it *pebble.Iterator) error {
	if s.quads != nil {
		if graph.Seq(uvarint(it.Value())) <= s.last {
			s.page = append(s.page, quadRef(s.quads.quad(s.quads.parse(it.Key()))))
		}
		return nil
	}
	id := readID(it.Key()[1:])
	if counterOf(id) > s.limit {
		return nil
	}
	used, err := s.store.inUse(id)
	if used {
		s.page = append(s.page, nodeRef(id))
	}
	return err
}

func uvarint(b []byte) uint64 {
	n, _ := binary.Uvarint(b)
	return n
}

// lookup tells which references belong to a listing.
type lookup struct {
	*listing
	leaf
}

// Close does nothing.
func (l *lookup) Close() error { return nil }

// Contains tells whether a reference belongs to the listing.
func (l *lookup) Contains(_ context.Context, ref cayley.Ref) bool {
	l.result = nil
	found := false
	switch r := ref.(type) {
	case nodeRef:
		if l.quads == nil {
			found, l.err = l.store.inUse(graph.NodeID(r))
		}
	case quadRef:
		if l.quads != nil && (l.node == 0 || r[place(l.direction)] == l.node) {
			found, l.err = has(l.store.store.db, bySubject.key(nil, r[:]...))
		}
	}
	if found {
		l.result = ref
	}
	return found
}
