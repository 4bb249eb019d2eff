package quadstore

import (
	"encoding/binary"
	"slices"
	"sort"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// quadRow is a quad and the sequence of the commit that stored it.
type quadRow struct {
	quad4
	seq graph.Seq
}

func (q quad4) subject() graph.NodeID   { return q[0] }
func (q quad4) predicate() graph.NodeID { return q[1] }
func (q quad4) object() graph.NodeID    { return q[2] }
func (q quad4) label() graph.NodeID     { return q[3] }

// changes are the quads that a commit adds and removes: none that the store
// held already, none that it did not hold.
type changes struct {
	added   []quad4 // sorted
	removed map[quad4]bool
	seq     graph.Seq
	sorted  map[*index][]tuple // the added ones in the order of each index
}

// view is the quads as they are before or after a commit.
type view struct {
	base    pebble.Reader
	last    uint64   // highest counter of a node that base can hold
	changes *changes // nil: the quads before
	cursors map[*index]*pebble.Iterator
}

func newView(base pebble.Reader, last uint64, c *changes) *view {
	return &view{base: base, last: last, changes: c, cursors: map[*index]*pebble.Iterator{}}
}

func (v *view) close() error {
	var first error
	for _, it := range v.cursors {
		if err := it.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// quads returns the quads whose tuple in an index begins with the given nodes,
// in the order of the index.
func (v *view) quads(x *index, nodes ...graph.NodeID) ([]quadRow, error) {
	rows, err := v.committed(x, nodes)
	if err != nil || v.changes == nil {
		return rows, err
	}
	if len(v.changes.removed) > 0 {
		rows = slices.DeleteFunc(rows, func(q quadRow) bool { return v.changes.removed[q.quad4] })
	}
	added := tuplesWith(v.changes.sorted[x], nodes)
	if len(added) == 0 {
		return rows, nil
	}
	return v.merge(x, rows, added), nil
}

// merge puts added tuples between committed rows.
func (v *view) merge(x *index, rows []quadRow, added []tuple) []quadRow {
	out := make([]quadRow, 0, len(rows)+len(added))
	for _, t := range added {
		for len(rows) > 0 && compareTuples(x.tuple(rows[0].quad4), t) < 0 {
			out, rows = append(out, rows[0]), rows[1:]
		}
		out = append(out, quadRow{x.quad(t), v.changes.seq})
	}
	return append(out, rows...)
}

// tuplesWith returns the run of sorted tuples that begin with some nodes.
func tuplesWith(sorted []tuple, nodes []graph.NodeID) []tuple {
	compare := func(t tuple) int {
		for i, n := range nodes {
			if t[i] != n {
				if t[i] < n {
					return -1
				}
				return 1
			}
		}
		return 0
	}
	from := sort.Search(len(sorted), func(i int) bool { return compare(sorted[i]) >= 0 })
	n := sort.Search(len(sorted)-from, func(i int) bool { return compare(sorted[from+i]) > 0 })
	return sorted[from : from+n]
}

// committed reads the rows of the base.
func (v *view) committed(x *index, nodes []graph.NodeID) ([]quadRow, error) {
	for _, n := range nodes {
		if counterOf(n) > v.last {
			return nil, nil
		}
	}
	it, err := v.cursor(x)
	if err != nil {
		return nil, err
	}
	var buf [1 + 4*idSize]byte
	prefix := x.key(buf[:0], nodes...)
	var rows []quadRow
	for ok := it.SeekGE(prefix); ok && hasPrefix(it.Key(), prefix); ok = it.Next() {
		seq, _ := binary.Uvarint(it.Value())
		rows = append(rows, quadRow{x.quad(x.parse(it.Key())), graph.Seq(seq)})
	}
	if err := it.Error(); err != nil {
		return nil, readError(err)
	}
	return rows, nil
}

func hasPrefix(key, prefix []byte) bool {
	return len(key) >= len(prefix) && string(key[:len(prefix)]) == string(prefix)
}

func (v *view) cursor(x *index) (*pebble.Iterator, error) {
	if it := v.cursors[x]; it != nil {
		return it, nil
	}
	it, err := v.base.NewIter(&pebble.IterOptions{LowerBound: []byte{x.table}, UpperBound: []byte{x.table + 1}})
	if err != nil {
		return nil, readError(err)
	}
	v.cursors[x] = it
	return it, nil
}
