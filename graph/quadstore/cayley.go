package quadstore

import (
	"context"
	"fmt"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/tripartite-graph/tripartite/graph"
)

// CayleyName is the name under which cayley finds the backend.
const CayleyName = "tripartite"

func init() {
	cayley.RegisterQuadStore(CayleyName, cayley.QuadStoreRegistration{
		NewFunc:      openCayley,
		InitFunc:     initCayley,
		IsPersistent: true,
	})
}

// storeURL reads an address as cayley passes it on: a URL, a folder, or nothing
// for a store in memory.
func storeURL(address string) string {
	switch {
	case address == "":
		return "memory:"
	case address == "memory:" || strings.HasPrefix(address, "file:"):
		return address
	}
	return "file:" + address
}

// openCayley opens the store at an address. The option bulk_threshold is that
// of Options.
func openCayley(address string, options cayley.Options) (cayley.QuadStore, error) {
	threshold, err := options.IntKey("bulk_threshold", 0)
	if err != nil {
		return nil, err
	}
	s, err := Open(storeURL(address), Options{BulkThreshold: threshold})
	if err != nil {
		return nil, err
	}
	return &cayleyStore{store: s, owned: true}, nil
}

// initCayley makes the store, which opening does; one that is there is left alone.
func initCayley(address string, options cayley.Options) error {
	qs, err := openCayley(address, options)
	if err != nil {
		return err
	}
	return qs.Close()
}

// Cayley returns cayley's view of the same quads: its path language, query
// languages and formats work on it, and what it writes goes through the same
// commits. Closing it leaves the store open.
func (s *Store) Cayley() cayley.QuadStore { return &cayleyStore{store: s} }

// cayleyStore reads the latest quads: each call, and each page of an iterator,
// sees those that are committed when it is made.
type cayleyStore struct {
	store *Store
	owned bool // opened by cayley, and closed with this
}

var (
	_ cayley.QuadStore      = (*cayleyStore)(nil)
	_ cayley.BatchQuadStore = (*cayleyStore)(nil)
)

// nodeRef is a node of the store.
type nodeRef graph.NodeID

// Key makes the node comparable.
func (n nodeRef) Key() interface{} { return n }

// quadRef is a quad of the store.
type quadRef quad4

// Key makes the quad comparable.
func (q quadRef) Key() interface{} { return q }

// directions are the places of a quad4, in cayley's words.
var directions = [4]quad.Direction{quad.Subject, quad.Predicate, quad.Object, quad.Label}

func place(d quad.Direction) int { return int(d - quad.Subject) }

// Close closes the store if cayley opened it.
func (c *cayleyStore) Close() error {
	if !c.owned {
		return nil
	}
	return c.store.Close()
}

// ValueOf returns the node of a value, nil if no quad has it.
func (c *cayleyStore) ValueOf(v quad.Value) cayley.Ref {
	id, err := c.lookup(v)
	if err != nil || id == 0 {
		return nil
	}
	return nodeRef(id)
}

func (c *cayleyStore) lookup(v quad.Value) (graph.NodeID, error) {
	id, err := lookupID(c.store.db, termOf(v))
	if err != nil || id == 0 {
		return 0, err
	}
	used, err := c.inUse(id)
	if !used {
		return 0, err
	}
	return id, nil
}

// inUse tells whether some quad has a node: terms are never deleted, so that a
// node is what a quad is found with.
func (c *cayleyStore) inUse(id graph.NodeID) (bool, error) {
	for _, x := range []*index{bySubject, byObject, byLabel} {
		if found, err := anyKey(c.store.db, x.key(nil, id)); found || err != nil {
			return found, err
		}
	}
	return has(c.store.db, idKey(nil, tablePredicates, id))
}

// RefsOf returns the nodes of values; it fails if no quad has one of them.
func (c *cayleyStore) RefsOf(_ context.Context, values []quad.Value) ([]cayley.Ref, error) {
	out := make([]cayley.Ref, len(values))
	for i, v := range values {
		id, err := c.lookup(v)
		if err != nil {
			return nil, err
		}
		if id == 0 {
			return nil, fmt.Errorf("not found: %v", v)
		}
		out[i] = nodeRef(id)
	}
	return out, nil
}

// NameOf returns the value of a node.
func (c *cayleyStore) NameOf(ref cayley.Ref) quad.Value {
	v, err := c.nameOf(ref)
	if err != nil {
		return nil
	}
	return v
}

func (c *cayleyStore) nameOf(ref cayley.Ref) (quad.Value, error) {
	switch r := ref.(type) {
	case cayley.PreFetchedValue:
		return r.NameOf(), nil
	case nodeRef:
		t, err := lookupTerm(c.store.db, graph.NodeID(r))
		return valueOf(t), err
	}
	return nil, nil
}

// ValuesOf returns the values of nodes.
func (c *cayleyStore) ValuesOf(_ context.Context, refs []cayley.Ref) ([]quad.Value, error) {
	out := make([]quad.Value, len(refs))
	for i, r := range refs {
		var err error
		if out[i], err = c.nameOf(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Quad returns the quad of a reference.
func (c *cayleyStore) Quad(ref cayley.Ref) (q quad.Quad) {
	r, ok := ref.(quadRef)
	if !ok {
		return q
	}
	for i, d := range directions {
		if r[i] != 0 {
			q.Set(d, c.NameOf(nodeRef(r[i])))
		}
	}
	return q
}

// QuadDirection returns a node of a quad, nil for a label that it has not.
func (c *cayleyStore) QuadDirection(ref cayley.Ref, d quad.Direction) cayley.Ref {
	if r, ok := ref.(quadRef); ok && r[place(d)] != 0 {
		return nodeRef(r[place(d)])
	}
	return nil
}

// Stats returns how many nodes and quads there are. Quads are counted in each
// commit; nodes are counted, if the number must be exact, by looking each up.
func (c *cayleyStore) Stats(_ context.Context, exact bool) (cayley.Stats, error) {
	var out cayley.Stats
	err := scan(c.store.db, []byte{tablePredicates}, func(_, value []byte) (bool, error) {
		out.Quads.Size += int64(uvarint(value))
		return true, nil
	})
	out.Quads.Exact, out.Nodes.Exact = true, exact
	if err != nil {
		return out, err
	}
	if !exact {
		last, err := getUint(c.store.db, metaKey(metaLastID))
		out.Nodes.Size = int64(last)
		return out, err
	}
	err = scan(c.store.db, []byte{tableTerms}, func(key, _ []byte) (bool, error) {
		used, err := c.inUse(readID(key[1:]))
		if used {
			out.Nodes.Size++
		}
		return true, err
	})
	return out, err
}

// ApplyDeltas makes changes in their order, all of them or none.
func (c *cayleyStore) ApplyDeltas(deltas []cayley.Delta, ignore cayley.IgnoreOpts) (err error) {
	t, err := c.store.begin(context.Background())
	if err != nil {
		return err
	}
	defer func() { err = join(err, t.Abort()) }()
	a := &applier{tx: t, ignore: ignore, present: map[quad4]bool{}, stored: newView(t.base, t.terms.last, nil)}
	for _, d := range deltas {
		if err := a.apply(d); err != nil {
			return join(err, a.stored.close())
		}
	}
	if err := a.stored.close(); err != nil {
		return err
	}
	_, err = t.Commit(context.Background(), graph.JournalEntry{Action: graph.ActionDelta})
	return err
}

// applier stages deltas and knows what is there after each.
type applier struct {
	tx      *tx
	ignore  cayley.IgnoreOpts
	present map[quad4]bool // quads that deltas before this one were about
	stored  *view
}

func (a *applier) apply(d cayley.Delta) error {
	q := quadOf(d.Quad)
	switch d.Action {
	case cayley.Add:
		return a.add(d, q)
	case cayley.Delete:
		return a.remove(d, q)
	}
	return &cayley.DeltaError{Delta: d, Err: cayley.ErrInvalidAction}
}

func (a *applier) add(d cayley.Delta, q graph.Quad) error {
	ids, err := a.tx.nodes(q, a.tx.terms.intern)
	if err != nil {
		return err
	}
	there, err := a.there(ids)
	if err != nil || there && a.ignore.IgnoreDup {
		return err
	}
	if there {
		return &cayley.DeltaError{Delta: d, Err: cayley.ErrQuadExists}
	}
	a.present[ids] = true
	return a.tx.Add(q)
}

func (a *applier) remove(d cayley.Delta, q graph.Quad) error {
	ids, err := a.tx.nodes(q, a.tx.terms.find)
	if err != nil {
		return err
	}
	known := ids[0] != 0 && ids[1] != 0 && ids[2] != 0 && (ids[3] != 0 || q.Label == "")
	there := false
	if known {
		if there, err = a.there(ids); err != nil {
			return err
		}
	}
	if !there {
		if a.ignore.IgnoreMissing {
			return nil
		}
		return &cayley.DeltaError{Delta: d, Err: cayley.ErrQuadNotExist}
	}
	a.present[ids] = false
	return a.tx.Remove(q)
}

func (a *applier) there(ids quad4) (bool, error) {
	if there, ok := a.present[ids]; ok {
		return there, nil
	}
	rows, err := a.stored.quads(bySubject, ids[:]...)
	return len(rows) > 0, err
}

func quadOf(q quad.Quad) graph.Quad {
	return graph.Quad{Subject: termOf(q.Subject), Predicate: termOf(q.Predicate), Object: termOf(q.Object), Label: termOf(q.Label)}
}

// NewQuadWriter returns a writer whose every WriteQuads is one commit; single
// quads are gathered until there are quad.DefaultBatch of them, and by Close.
func (c *cayleyStore) NewQuadWriter() (quad.WriteCloser, error) { return &quadWriter{store: c}, nil }

type quadWriter struct {
	store  *cayleyStore
	buffer []quad.Quad
}

// WriteQuad gathers a quad.
func (w *quadWriter) WriteQuad(q quad.Quad) error {
	w.buffer = append(w.buffer, q)
	if len(w.buffer) < quad.DefaultBatch {
		return nil
	}
	return w.flush()
}

// WriteQuads commits quads, after those that were gathered.
func (w *quadWriter) WriteQuads(quads []quad.Quad) (int, error) {
	if err := w.flush(); err != nil {
		return 0, err
	}
	w.buffer = append(w.buffer, quads...)
	if err := w.flush(); err != nil {
		return 0, err
	}
	return len(quads), nil
}

// Close commits what was gathered.
func (w *quadWriter) Close() error { return w.flush() }

func (w *quadWriter) flush() error {
	if len(w.buffer) == 0 {
		return nil
	}
	quads := w.buffer
	w.buffer = w.buffer[:0]
	t, err := w.store.store.begin(context.Background())
	if err != nil {
		return err
	}
	for _, q := range quads {
		if err := t.Add(quadOf(q)); err != nil {
			return join(err, t.Abort())
		}
	}
	_, err = t.Commit(context.Background(), graph.JournalEntry{Action: graph.ActionDelta})
	return err
}
