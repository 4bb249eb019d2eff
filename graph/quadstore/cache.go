package quadstore

import (
	"math/bits"
	"sync/atomic"

	"github.com/tripartite-graph/tripartite/graph"
)

// cache keeps decoded rows by node, for as long as nothing changed them. It is
// read and filled without a lock: a slot for each low part of a node's
// counter, in which a later node takes the place of an earlier one. A bound on
// bytes is kept by a hand that empties slots in their order.
//
// An entry was read at some commit, asOf. A reader at the commit latest may use
// it if nothing of the node changed after the older of the two: the committer
// notes changes before it writes them (see changes), so that a reader can miss
// the cache needlessly but never take what is no longer so.
type cache[V any] struct {
	slots []atomic.Pointer[cached[V]]
	bound int64
	bytes atomic.Int64
	hand  atomic.Uint64
}

// cached is an entry of a cache; what it holds is never changed.
type cached[V any] struct {
	node  graph.NodeID
	asOf  graph.Seq
	value V
	size  int64
}

func newCache[V any](slots int, bound int64) *cache[V] {
	return &cache[V]{slots: make([]atomic.Pointer[cached[V]], slots), bound: bound}
}

func (c *cache[V]) slot(n graph.NodeID) *atomic.Pointer[cached[V]] {
	return &c.slots[counterOf(n)&uint64(len(c.slots)-1)]
}

// get returns the entry of a node, as long as it holds at the commit latest.
func (c *cache[V]) get(n graph.NodeID, latest graph.Seq, changed *changed) (value V, ok bool) {
	e := c.slot(n).Load()
	if e == nil || e.node != n || changed.since(n, min(e.asOf, latest)) {
		return value, false
	}
	return e.value, true
}

// put keeps a value that was read at the commit latest; size is in bytes.
func (c *cache[V]) put(n graph.NodeID, latest graph.Seq, value V, size int) {
	e := &cached[V]{node: n, asOf: latest, value: value, size: int64(size) + entrySize}
	if e.size > c.bound/2 {
		return
	}
	total := e.size
	if old := c.slot(n).Swap(e); old != nil {
		total -= old.size
	}
	for c.bytes.Add(total) > c.bound {
		total = 0
		at := c.hand.Add(1) & uint64(len(c.slots)-1)
		if old := c.slots[at].Swap(nil); old != nil {
			total = -old.size
		}
	}
}

// entrySize is about what an entry takes beside its value.
const entrySize = 64

// changed tells when nodes changed last, by low parts of their counters: of
// two that share one, the later change counts for both.
type changed struct {
	floor atomic.Uint64 // everything may have changed in this commit
	slots []atomic.Uint64
}

// since tells whether a node may have changed after a commit.
func (c *changed) since(n graph.NodeID, seq graph.Seq) bool {
	return c.floor.Load() > uint64(seq) || c.slots[counterOf(n)&uint64(len(c.slots)-1)].Load() > uint64(seq)
}

// note notes that a node changes in a commit that is about to be written.
func (c *changed) note(n graph.NodeID, seq graph.Seq) {
	c.slots[counterOf(n)&uint64(len(c.slots)-1)].Store(uint64(seq))
}

// caches are a store's caches, and what keeps them true.
type caches struct {
	changed  changed
	ties     *cache[[]graph.Tie]
	claims   *cache[*graph.ClaimRow]
	entities *cache[*graph.EntityRow]
	widest   *cache[graph.Day] // by relation
}

// newCaches divides a bound in bytes among the caches: three eighths for
// ties and for entities, which walks take the most from, a quarter for claims.
func newCaches(bound int64) *caches {
	slots := 1 << min(max(bits.Len64(uint64(bound/1024)), minSlotBits), maxSlotBits)
	return &caches{
		changed:  changed{slots: make([]atomic.Uint64, slots)},
		ties:     newCache[[]graph.Tie](slots, 3*bound/8),
		claims:   newCache[*graph.ClaimRow](slots, bound/4),
		entities: newCache[*graph.EntityRow](slots, 3*bound/8),
		widest:   newCache[graph.Day](1<<minSlotBits, 1<<20),
	}
}

// The least and the greatest number of slots, as powers of two.
const (
	minSlotBits = 10
	maxSlotBits = 20
)

// noteChanges notes what a write set changes, before it is written.
func (t *tx) noteChanges(w *writeSet, n int, seq graph.Seq) error {
	c := &t.store.caches.Load().changed
	if t.store.isBulk(n) {
		c.floor.Store(uint64(seq))
		return nil
	}
	for _, table := range []byte{tableEdges, tableEntities, tableClaims} {
		if rows := w.tables[table]; rows != nil {
			if err := rows(func(r row) error { c.note(readID(r.key[1:]), seq); return nil }); err != nil {
				return err
			}
		}
	}
	if err := t.noteDates(w, seq); err != nil {
		return err
	}
	if states := w.tables[tableState]; states != nil {
		return states(func(r row) error { return t.noteState(c, readID(r.key[1:]), seq) })
	}
	return nil
}

// noteState notes that a claim begins or ceases to hold: the ties of its ends
// change with it, though no row of theirs does.
func (t *tx) noteState(c *changed, claim graph.NodeID, seq graph.Seq) error {
	c.note(claim, seq)
	value, err := get(t.base, idKey(nil, tableClaims, claim))
	if value == nil || err != nil {
		return err
	}
	d := readRow(value)
	d.term()
	subject := d.id()
	d.id()
	c.note(subject, seq)
	c.note(d.id(), seq)
	return nil
}

// noteDates notes the relations of which a date is wider than those before.
func (t *tx) noteDates(w *writeSet, seq graph.Seq) error {
	rows, caches := w.tables[tableRelations], t.store.caches.Load()
	if rows == nil {
		return nil
	}
	return rows(func(r row) error {
		relation := readID(r.key[1:])
		widest, known := caches.widest.get(relation, seq-1, &caches.changed)
		if r.deleted || known && readWidth(r.value) <= widest {
			return nil
		}
		caches.changed.note(relation, seq)
		return nil
	})
}
