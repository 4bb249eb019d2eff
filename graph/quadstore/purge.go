package quadstore

import (
	"context"
	"slices"
	"strings"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// A commit of graph.ActionPurge goes further than others: terms that no quad
// has any more leave the dictionary, journal entries lose what they say of
// batches that lost something, and the store is marked, so that whoever opens
// it next writes it anew (see scrub). Deleting rows alone would leave their
// bytes in tables, logs and manifests for as long as it pleases Pebble.

// purge stages what a purge forgets beyond its quads, and returns the journal
// entries as they stand from now on.
func (t *tx) purge(c *changes) ([]row, error) {
	if err := t.forget(c); err != nil {
		return nil, err
	}
	return t.forgetRecords(c)
}

// forget stages the removal of terms that the removed quads alone had, and of
// documents that only their locators named. Words of the vocabulary stay: they
// say nothing of anybody, and symbols remember them.
func (t *tx) forget(c *changes) error {
	after := newView(t.base, t.terms.last, c)
	f := forgetting{tx: t, after: after, seen: nodeSet{}, gone: nodeSet{}, documents: map[graph.Term]bool{}}
	for q := range c.removed {
		for _, node := range []graph.NodeID{q.subject(), q.object(), q.label()} {
			if err := f.term(node); err != nil {
				return join(err, after.close())
			}
		}
	}
	for d := range f.documents {
		if err := f.document(d); err != nil {
			return join(err, after.close())
		}
	}
	t.terms.forgotten = f.gone.sorted()
	return after.close()
}

// forgetting finds the terms that nothing has after a commit.
type forgetting struct {
	tx         *tx
	after      *view
	seen, gone nodeSet
	documents  map[graph.Term]bool // that removed locators named
}

func (f *forgetting) term(node graph.NodeID) error {
	if node == 0 || f.seen.has(node) {
		return nil
	}
	f.seen.add(node)
	term, err := f.tx.terms.term(node)
	if err != nil || f.tx.isWord(term) {
		return err
	}
	if o := f.tx.store.options.Ontology; o != nil {
		if l, err := graph.ParseLocator(o.Names, term); err == nil && l.Document != term {
			f.documents[l.Document] = true
		}
	}
	for _, x := range []*index{bySubject, byObject, byLabel} {
		if rows, err := f.after.quads(x, node); err != nil || len(rows) > 0 {
			return err
		}
	}
	if used, err := has(f.tx.base, idKey(nil, tablePredicates, node)); used || err != nil {
		return err
	}
	f.gone.add(node)
	return nil
}

// document forgets a document, which rows name though no quad may, once no
// locator in it is left.
func (f *forgetting) document(d graph.Term) error {
	node, err := f.tx.terms.find(d)
	if err != nil {
		return err
	}
	places := dictionaryKey(nil, graph.Term(strings.TrimSuffix(string(d), ">")+"/"))
	used := false
	err = scan(f.tx.base, places, func(_, id []byte) (bool, error) {
		used = !f.gone.has(readID(id))
		return !used, nil
	})
	if err != nil || used {
		return err
	}
	return f.term(node)
}

func (t *tx) isWord(term graph.Term) bool {
	o := t.store.options.Ontology
	return term == graph.RDFType || o != nil && strings.HasPrefix(string(term), "<"+o.Names.Vocabulary)
}

// forgetRecords returns the journal entries that told of batches which lost a
// reason, or everything, without what they told: file, its hash, the reason, and
// the batches that are no more.
func (t *tx) forgetRecords(c *changes) ([]row, error) {
	lost, err := t.losses(c)
	if err != nil || len(lost) == 0 {
		return nil, err
	}
	var rows []row
	err = scan(t.base, []byte{tableJournal}, func(key, value []byte) (bool, error) {
		entry, err := readEntry(value)
		if err != nil || !slices.ContainsFunc(entry.Batches, func(b graph.Term) bool { _, ok := lost[b]; return ok }) {
			return true, err
		}
		entry.File, entry.FileHash, entry.Files, entry.Reason = "", "", nil, ""
		entry.Batches = slices.DeleteFunc(entry.Batches, func(b graph.Term) bool { return lost[b] }) // true: nothing is left of it
		body, err := writeEntry(entry)
		rows = append(rows, row{key: slices.Clone(key), value: body})
		return true, err
	})
	return rows, err
}

// losses returns the batches that lost a reason, false, or their last quad, true.
func (t *tx) losses(c *changes) (map[graph.Term]bool, error) {
	var reason graph.NodeID
	if o := t.store.options.Ontology; o != nil {
		var err error
		if reason, err = t.terms.find(o.Names.Term(graph.WordReason)); err != nil {
			return nil, err
		}
	}
	gone := nodeSet{}
	for _, node := range t.terms.forgotten {
		gone.add(node)
	}
	lost := map[graph.Term]bool{}
	for q := range c.removed {
		if q.label() == 0 || !gone.has(q.label()) && (reason == 0 || q.predicate() != reason) {
			continue
		}
		label, err := t.terms.term(q.label())
		if err != nil {
			return nil, err
		}
		lost[label] = gone.has(q.label())
	}
	return lost, nil
}

// scrub writes a marked store anew: every live row into fresh tables, which
// take the place of all others in one step of the manifest. Opening it again
// drops the log that held the old rows; opening it once more the manifest that
// named keys of old tables. An interrupted scrub begins again at the next opening.
func (s *Store) scrub(url string) error {
	pending, err := has(s.db, metaKey(metaScrub))
	if err != nil || !pending {
		return err
	}
	if err := s.rewrite(context.Background()); err != nil {
		return err
	}
	for range 2 {
		if err := s.db.Close(); err != nil {
			return s.pathError("write anew", err)
		}
		if err := s.openDB(url); err != nil {
			return err
		}
	}
	if err := s.db.Delete(metaKey(metaScrub), pebble.Sync); err != nil {
		return s.pathError("write to", err)
	}
	return nil
}

// rewrite puts fresh tables in the place of everything.
func (s *Store) rewrite(ctx context.Context) (err error) {
	first, end := []byte{0}, []byte{0xff} // no table has this byte
	dir := s.stagingDir()
	defer func() { err = join(err, s.fs.RemoveAll(dir)) }()
	if err := s.fs.MkdirAll(dir, 0o755); err != nil {
		return s.pathError("write anew", err)
	}
	paths, err := (&stage{store: s, ctx: ctx}).write(func(put sink) error {
		return scanRange(s.db, first, end, func(key, value []byte) (bool, error) {
			return true, put(row{key: key, value: value})
		})
	})
	if err != nil {
		return s.pathError("write anew", err)
	}
	if err := join(syncDir(s.fs, dir), s.db.Flush()); err != nil {
		return s.pathError("write anew", err)
	}
	if _, err := s.db.IngestAndExcise(ctx, paths, nil, nil, pebble.KeyRange{Start: first, End: end}); err != nil {
		return s.pathError("write anew", err)
	}
	return nil
}
