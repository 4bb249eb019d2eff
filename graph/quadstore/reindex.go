package quadstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// refresh rebuilds derived rows that another ontology or deriver made. A store
// opened without an ontology leaves them alone.
func (s *Store) refresh() error {
	if s.deriver == nil {
		return nil
	}
	stored, err := get(s.db, metaKey(metaFingerprint))
	if err != nil || string(stored) == s.deriver.Fingerprint() {
		return err
	}
	return s.Reindex(context.Background())
}

// Reindex rebuilds every derived row from the quads and writes what differs
// from the rows that are there, as one commit without a sequence of its own.
func (s *Store) Reindex(ctx context.Context) error {
	if s.deriver == nil {
		return graph.Errorf(graph.CodeInvalid, "reindex needs an ontology: the store was opened without one")
	}
	if err := s.unshare(); err != nil { // rows may have been mended behind it
		return err
	}
	t, err := s.begin(ctx)
	if err != nil {
		return err
	}
	return join(t.reindex(ctx), t.end())
}

func (t *tx) reindex(ctx context.Context) error {
	d := newDerivation(t, nil)
	all := newView(t.base, t.terms.last, nil)
	d.after = newSide(d, all)
	err := d.rebuild(ctx, t.store.options.Ontology)
	if err := join(err, all.close()); err != nil {
		return err
	}
	w, n, err := d.difference(t.base)
	if err != nil {
		return err
	}
	t.terms.record(w)
	w.rows(tableMeta, []row{
		{key: metaKey(metaFingerprint), value: []byte(t.store.deriver.Fingerprint())},
		{key: metaKey(metaLastID), value: binary.AppendUvarint(nil, t.terms.highest())},
	})
	if err := join(t.store.write(ctx, w, n), t.store.dropRetired()); err != nil {
		return err
	}
	t.store.lastID = t.terms.highest()
	t.store.counts.forget()
	t.store.caches.Store(newCaches(t.store.options.RowBytes)) // rows changed, their sequences did not
	return t.store.unshare()
}

// dropRetired empties tables that nobody reads: by themselves, since no row of
// the others depends on them.
func (s *Store) dropRetired() error {
	for _, table := range retiredTables {
		if err := s.db.DeleteRange([]byte{table}, []byte{table + 1}, pebble.Sync); err != nil {
			return s.pathError("write to", err)
		}
	}
	return nil
}

// forget drops the counts, which another ontology may change.
func (c *statsCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known = false
}

// rebuild derives everything.
func (d *derivation) rebuild(ctx context.Context, o *graph.Ontology) (err error) {
	if d.words, err = newVocabulary(o, d.terms); err != nil {
		return err
	}
	counts := map[graph.NodeID]uint64{}
	err = scan(d.after.base, []byte{tableBySubject}, func(key, _ []byte) (bool, error) {
		q := bySubject.quad(bySubject.parse(key))
		counts[q.predicate()]++
		return true, join(ctx.Err(), d.touch(q), d.countBatch(q, 1))
	})
	if err != nil {
		return err
	}
	for p, n := range counts {
		d.rows.put(row{key: idKey(nil, tablePredicates, p), value: binary.AppendUvarint(nil, n)})
	}
	return d.run()
}

// difference compares the rows that were derived with those that are stored,
// and returns what to write and how many rows that is.
func (d *derivation) difference(stored pebble.Reader) (*writeSet, int, error) {
	derived, w, n := newWriteSet(), newWriteSet(), 0
	d.record(derived)
	for _, table := range derivedTables {
		changed, err := differenceOf(stored, table, derived.tables[table])
		if err != nil {
			return nil, 0, err
		}
		n += len(changed)
		w.rows(table, changed)
	}
	return w, n, nil
}

// differenceOf returns what to change in a table so that it holds some rows alone.
func differenceOf(stored pebble.Reader, table byte, rows func(put sink) error) (changed []row, err error) {
	it, err := stored.NewIter(&pebble.IterOptions{LowerBound: []byte{table}, UpperBound: []byte{table + 1}})
	if err != nil {
		return nil, readError(err)
	}
	it.First()
	drop := func(until []byte) { // nil: to the end
		for ; it.Valid() && (until == nil || bytes.Compare(it.Key(), until) < 0); it.Next() {
			changed = append(changed, row{key: slices.Clone(it.Key()), deleted: true})
		}
	}
	if rows != nil {
		err = rows(func(r row) error {
			drop(r.key)
			there := it.Valid() && bytes.Equal(it.Key(), r.key)
			if !there || !bytes.Equal(it.Value(), r.value) {
				changed = append(changed, row{key: slices.Clone(r.key), value: append([]byte{}, r.value...)})
			}
			if there {
				it.Next()
			}
			return nil
		})
	}
	drop(nil)
	return changed, join(err, it.Error(), it.Close())
}
