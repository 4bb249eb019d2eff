package quadstore

import (
	"encoding/binary"
	"sync"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// lookupID returns the node of a term, 0 where the store has never seen it.
func lookupID(r pebble.Reader, t graph.Term) (graph.NodeID, error) {
	if t == "" {
		return 0, nil
	}
	var buf [longKey + 1]byte
	value, err := get(r, dictionaryKey(buf[:0], t))
	if value == nil || err != nil {
		return 0, err
	}
	return graph.NodeID(binary.BigEndian.Uint64(value)), nil
}

// lookupTerm returns the term of a node, "" for the node 0.
func lookupTerm(r pebble.Reader, id graph.NodeID) (graph.Term, error) {
	if id == 0 {
		return "", nil
	}
	var buf [idSize + 1]byte
	key := idKey(buf[:0], tableTerms, id)
	value, err := get(r, key)
	if err == nil && value == nil {
		err = badRow(key)
	}
	return graph.Term(value), err
}

// dictionary gives terms their nodes within one transaction. What it adds is
// lost unless the transaction commits. While a commit derives its rows, several
// goroutines find and intern terms; before and after, there is one.
type dictionary struct {
	mu    sync.RWMutex  // of all that changes, while rows are derived
	base  pebble.Reader // the committed terms
	last  uint64        // highest counter of a committed term
	table *graph.TermTable
	nodes []graph.NodeID              // by number in the table; 0: not asked for yet, or none
	terms map[graph.NodeID]graph.Term // committed terms, as far as they were asked for by node
	added []uint32                    // the number of the term with counter last+1 and of those after it
	// forgotten are committed terms that leave the store: of a purge alone.
	forgotten []graph.NodeID
	it        *pebble.Iterator // over the committed terms, nil until one is asked for
}

func newDictionary(base pebble.Reader, last uint64) *dictionary {
	return &dictionary{base: base, last: last, table: graph.NewTermTable(), terms: map[graph.NodeID]graph.Term{}}
}

// adopt takes a table of terms over, where there is none of its own yet.
func (d *dictionary) adopt(table *graph.TermTable) bool {
	if d.table.Len() > 0 {
		return false
	}
	d.table = table
	return true
}

// isNew tells whether a node was added by this transaction, so that no
// committed quad can have it.
func (d *dictionary) isNew(id graph.NodeID) bool { return counterOf(id) > d.last }

// highest returns the counter of the last term, committed or added.
func (d *dictionary) highest() uint64 { return d.last + uint64(len(d.added)) }

// slot returns where the node of a number stands.
func (d *dictionary) slot(number uint32) *graph.NodeID {
	if n := int(number); n >= len(d.nodes) {
		d.nodes = append(d.nodes, make([]graph.NodeID, max(n, d.table.Len())+1-len(d.nodes))...)
	}
	return &d.nodes[number]
}

// find returns the node of a term, 0 where there is none.
func (d *dictionary) find(t graph.Term) (graph.NodeID, error) {
	if id := d.noted(t); id != 0 || d.last == 0 || t == "" {
		return id, nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	id, err := d.committed(t)
	if id != 0 {
		*d.slot(d.table.Number(t)) = id
	}
	return id, err
}

// noted returns the node of a term that was asked for before, or added; 0 of others.
func (d *dictionary) noted(t graph.Term) graph.NodeID {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if n := d.table.Find(t); n != 0 && int(n) < len(d.nodes) {
		return d.nodes[n]
	}
	return 0
}

// committed looks a term up with one iterator for the whole transaction, since
// making one for each look-up costs more than the look-up.
func (d *dictionary) committed(t graph.Term) (graph.NodeID, error) {
	if d.it == nil {
		var err error
		if d.it, err = d.base.NewIter(&pebble.IterOptions{LowerBound: []byte{tableDictionary}, UpperBound: []byte{tableDictionary + 1}}); err != nil {
			return 0, readError(err)
		}
	}
	var buf [longKey + 1]byte
	key := dictionaryKey(buf[:0], t)
	if d.it.SeekGE(key) && string(d.it.Key()) == string(key) {
		return readID(d.it.Value()), nil
	}
	if err := d.it.Error(); err != nil {
		return 0, readError(err)
	}
	return 0, nil
}

// close releases what looking up needed.
func (d *dictionary) close() error {
	if d.it == nil {
		return nil
	}
	return d.it.Close()
}

// intern returns the node of a term, and makes one where there is none.
func (d *dictionary) intern(t graph.Term) (graph.NodeID, error) {
	if id := d.noted(t); id != 0 {
		return id, nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.node(d.table.Number(t))
}

// node returns the node of a numbered term, and makes one where there is none.
func (d *dictionary) node(number uint32) (graph.NodeID, error) {
	if number == 0 {
		return 0, nil
	}
	slot := d.slot(number)
	if *slot != 0 {
		return *slot, nil
	}
	t := d.table.Term(number)
	if d.last > 0 {
		id, err := d.committed(t)
		if id != 0 || err != nil {
			*slot = id
			return id, err
		}
	}
	d.added = append(d.added, number)
	*slot = makeID(t, d.highest())
	return *slot, nil
}

// term returns the term of a node.
func (d *dictionary) term(id graph.NodeID) (graph.Term, error) {
	d.mu.RLock()
	t, ok := d.known(id)
	d.mu.RUnlock()
	if ok {
		return t, nil
	}
	t, err := lookupTerm(d.base, id)
	if err == nil {
		d.mu.Lock()
		d.terms[id] = t
		d.mu.Unlock()
	}
	return t, err
}

// known returns the term of a node that needs no look into the store.
func (d *dictionary) known(id graph.NodeID) (t graph.Term, ok bool) {
	switch {
	case id == 0:
		return "", true
	case d.isNew(id):
		return d.table.Term(d.added[counterOf(id)-d.last-1]), true
	}
	t, ok = d.terms[id]
	return t, ok
}

// quads appends rows as quads of terms.
func (d *dictionary) quads(dst []graph.Quad, rows []quadRow) ([]graph.Quad, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	for _, r := range rows {
		var terms [4]graph.Term
		for i, id := range r.quad4 {
			t, ok := d.known(id)
			if !ok {
				var err error
				d.mu.RUnlock()
				t, err = d.term(id)
				d.mu.RLock()
				if err != nil {
					return nil, err
				}
			}
			terms[i] = t
		}
		dst = append(dst, graph.Quad{Subject: terms[0], Predicate: terms[1], Object: terms[2], Label: terms[3]})
	}
	return dst, nil
}
