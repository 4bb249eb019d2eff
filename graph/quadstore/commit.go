package quadstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// row is a key to write or to delete.
type row struct {
	key, value []byte
	deleted    bool
}

func compareRows(a, b row) int { return bytes.Compare(a.key, b.key) }

// sink takes rows in the order of their keys.
type sink func(row) error

// writeSet is all that one commit writes, table by table.
type writeSet struct {
	tables map[byte]func(put sink) error
	staged *staging // where some tables are being written already; nil for none
}

func newWriteSet() *writeSet { return &writeSet{tables: map[byte]func(sink) error{}} }

// rows sets the rows of a table, in any order. They are sorted when they are
// written, so that those of several tables are sorted side by side.
func (w *writeSet) rows(table byte, rows []row) {
	if len(rows) == 0 {
		return
	}
	w.tables[table] = func(put sink) error {
		slices.SortFunc(rows, compareRows)
		for _, r := range rows {
			if err := put(r); err != nil {
				return err
			}
		}
		return nil
	}
}

// between puts a stream of further rows, in the order of keys, between those of a table.
func (w *writeSet) between(table byte, stream func(put sink) error) {
	rows := w.tables[table]
	if rows == nil {
		w.tables[table] = stream
		return
	}
	w.tables[table] = func(put sink) error { return merge(rows, stream, put) }
}

// merge puts two streams as one, in the order of keys; the first is kept in memory.
func merge(few, many func(put sink) error, put sink) error {
	var kept []row
	if err := few(func(r row) error {
		kept = append(kept, r)
		return nil
	}); err != nil {
		return err
	}
	err := many(func(r row) error {
		for len(kept) > 0 && compareRows(kept[0], r) < 0 {
			if err := put(kept[0]); err != nil {
				return err
			}
			kept = kept[1:]
		}
		return put(r)
	})
	for _, r := range kept {
		err = join(err, put(r))
	}
	return err
}

// emit writes every table in the order of keys.
func (w *writeSet) emit(put sink) error {
	for table := range 256 {
		if rows := w.tables[byte(table)]; rows != nil {
			if err := rows(put); err != nil {
				return err
			}
		}
	}
	return nil
}

// record puts quads' terms, counters and the journal entry into the write set.
// forgotten are earlier entries as they stand from now on.
func (t *tx) record(w *writeSet, entry graph.JournalEntry, forgotten []row) error {
	value, err := writeEntry(entry)
	if err != nil {
		return err
	}
	w.rows(tableJournal, append(forgotten, row{key: journalKey(entry.Seq), value: value}))
	meta := []row{{key: metaKey(metaLastID), value: binary.AppendUvarint(nil, t.terms.highest())}}
	if t.store.deriver == nil {
		meta = append(meta, row{key: metaKey(metaFingerprint), value: []byte(staleFingerprint)})
	}
	if entry.Action == graph.ActionPurge {
		meta = append(meta, row{key: metaKey(metaScrub), value: []byte{1}})
	}
	w.rows(tableMeta, meta)
	t.terms.record(w)
	return nil
}

// record puts the added and the forgotten terms into the write set.
func (d *dictionary) record(w *writeSet) {
	var byTerm, byID []row
	for _, id := range d.forgotten {
		byTerm = append(byTerm, row{key: dictionaryKey(nil, d.terms[id]), deleted: true})
		byID = append(byID, row{key: idKey(nil, tableTerms, id), deleted: true})
	}
	w.rows(tableDictionary, byTerm)
	w.rows(tableTerms, byID)
	if len(d.added) == 0 {
		return
	}
	w.between(tableDictionary, d.putTerms)
	w.between(tableTerms, func(put sink) error {
		for _, syntax := range []graph.NodeID{syntaxIRI, syntaxBlank, syntaxLiteral} {
			if err := d.putNodes(syntax, put); err != nil {
				return err
			}
		}
		return nil
	})
}

// fetched is how much of what lies all over memory is looked at together.
const fetched = 256

// putTerms puts the added terms in the order of their keys.
func (d *dictionary) putTerms(put sink) error {
	var a []byte
	var value [idSize]byte
	for some := range slices.Chunk(d.inOrder(), fetched) {
		d.table.Fetch(some)
		for _, n := range some {
			a = dictionaryKey(a[:0], d.table.Term(n))
			if err := put(row{key: a, value: appendIDs(value[:0], d.nodes[n])}); err != nil {
				return err
			}
		}
	}
	return nil
}

// inOrder returns the added terms in the order of their keys: that of terms, but
// for long ones that begin alike.
func (d *dictionary) inOrder() []uint32 {
	order := make([]uint32, 0, len(d.added))
	for _, n := range d.table.Sorted() {
		if int(n) < len(d.nodes) && d.isNew(d.nodes[n]) {
			order = append(order, n)
		}
	}
	for from := 0; from < len(order); {
		to := from + 1
		if first := d.table.Term(order[from]); len(first) >= longPrefix {
			for to < len(order) && strings.HasPrefix(string(d.table.Term(order[to])), string(first[:longPrefix])) {
				to++
			}
			d.sortLong(order[from:to])
		}
		from = to
	}
	return order
}

// sortLong sorts terms by their keys.
func (d *dictionary) sortLong(order []uint32) {
	var a, b []byte
	slices.SortFunc(order, func(x, y uint32) int {
		a, b = dictionaryKey(a[:0], d.table.Term(x)), dictionaryKey(b[:0], d.table.Term(y))
		return bytes.Compare(a, b)
	})
}

// putNodes puts the added terms of one syntax in the order of their nodes.
func (d *dictionary) putNodes(syntax graph.NodeID, put sink) error {
	var key, value []byte
	for _, n := range d.added {
		if d.nodes[n]>>syntaxShift != syntax {
			continue
		}
		key, value = idKey(key[:0], tableTerms, d.nodes[n]), append(value[:0], d.table.Term(n)...)
		if err := put(row{key: key, value: value}); err != nil {
			return err
		}
	}
	return nil
}

// record puts the quads into tables, streaming those that are added.
func (c *changes) record(tables map[byte]func(put sink) error) {
	for x, added := range c.sorted {
		removed := make([]tuple, 0, len(c.removed))
		for q := range c.removed {
			removed = append(removed, x.tuple(q))
		}
		slices.SortFunc(removed, compareTuples)
		tables[x.table] = func(put sink) error { return c.putTuples(x, added, removed, put) }
	}
}

func (c *changes) putTuples(x *index, added []places, removed []tuple, put sink) error {
	value := binary.AppendUvarint(nil, uint64(c.seq))
	key := make([]byte, 0, 1+4*idSize)
	drop := func(before *tuple) error { // nil: all that is left
		for len(removed) > 0 && (before == nil || compareTuples(removed[0], *before) < 0) {
			key = x.key(key[:0], removed[0][:]...)
			if err := put(row{key: key, deleted: true}); err != nil {
				return err
			}
			removed = removed[1:]
		}
		return nil
	}
	var tuples [fetched]tuple
	for some := range slices.Chunk(added, fetched) {
		for i, p := range some {
			tuples[i] = c.tuple(p)
		}
		for i := range some {
			if err := drop(&tuples[i]); err != nil {
				return err
			}
			key = x.key(key[:0], tuples[i][:]...)
			if err := put(row{key: key, value: value}); err != nil {
				return err
			}
		}
	}
	return drop(nil)
}

// write makes a write set durable, whole or not at all; n is the number of its quads.
func (s *Store) write(ctx context.Context, w *writeSet, n int) error {
	if s.isBulk(n) {
		return s.ingest(ctx, w, n)
	}
	batch := s.db.NewBatch()
	err := w.emit(func(r row) error {
		if r.deleted {
			return batch.Delete(r.key, nil)
		}
		return batch.Set(r.key, r.value, nil)
	})
	if err == nil {
		err = batch.Commit(pebble.Sync)
	}
	if err != nil {
		return s.pathError("write to", err)
	}
	return nil
}

// isBulk tells whether a commit of n quads is staged as sorted tables.
func (s *Store) isBulk(n int) bool { return s.options.BulkThreshold < 0 || n > s.options.BulkThreshold }

// publish makes a commit the latest and wakes those who wait for it.
func (s *Store) publish(seq graph.Seq) error {
	s.latest.Store(uint64(seq))
	err := s.unshare()
	s.changeMu.Lock()
	defer s.changeMu.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
	return err
}

// Latest returns the sequence of the newest commit.
func (s *Store) Latest() graph.Seq { return graph.Seq(s.latest.Load()) }

// Changed returns a channel that is closed at the next commit.
func (s *Store) Changed() <-chan struct{} {
	s.changeMu.Lock()
	defer s.changeMu.Unlock()
	return s.changed
}

// arena hands out pieces of larger and larger allocations, since a bulk commit
// makes millions of keys.
type arena struct {
	free  []byte
	chunk int
}

// The sizes of an arena's first and largest allocations.
const (
	firstChunk   = 1 << 10
	largestChunk = 1 << 20
)

// room returns an empty slice with a capacity of at least n; take keeps what
// was appended to it.
func (a *arena) room(n int) []byte {
	if cap(a.free) < n {
		a.chunk = min(max(2*a.chunk, firstChunk), largestChunk)
		a.free = make([]byte, 0, max(a.chunk, n))
	}
	return a.free[:0]
}

// take claims what was appended to the last room.
func (a *arena) take(b []byte) []byte {
	a.free = a.free[len(b):cap(a.free)][:0]
	return b[:len(b):len(b)]
}

// keep copies what was appended to the last room, and may have outgrown it.
func (a *arena) keep(b []byte) []byte {
	return a.take(append(a.room(len(b)), b...))
}
