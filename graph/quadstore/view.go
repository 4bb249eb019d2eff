package quadstore

import (
	"encoding/binary"
	"slices"

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

// view is the quads as they are before or after a commit.
type view struct {
	base    pebble.Reader
	last    uint64   // highest counter of a node that base can hold
	changes *changes // nil: the quads before
	cursors map[*index]*pebble.Iterator
	near    map[byte]int // by table: where the last run of changes was
}

func newView(base pebble.Reader, last uint64, c *changes) *view {
	v := &view{base: base, last: last, changes: c, cursors: map[*index]*pebble.Iterator{}}
	if c != nil {
		v.near = map[byte]int{}
	}
	return v
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
	return v.appendQuads(nil, x, nodes...)
}

// appendQuads is quads for a caller that has room.
func (v *view) appendQuads(dst []quadRow, x *index, nodes ...graph.NodeID) ([]quadRow, error) {
	start := len(dst)
	rows, err := v.appendCommitted(dst, x, nodes)
	if err != nil || v.changes == nil {
		return rows, err
	}
	if len(v.changes.removed) > 0 && len(rows) > start {
		kept := slices.DeleteFunc(rows[start:], func(q quadRow) bool { return v.changes.removed[q.quad4] })
		rows = rows[:start+len(kept)]
	}
	near := v.near[x.table]
	added := v.changes.find(x, nodes, &near)
	v.near[x.table] = near
	if len(rows) > start && len(added) > 0 {
		stored := slices.Clone(rows[start:])
		return v.merge(rows[:start], x, stored, added), nil
	}
	return v.merge(rows, x, nil, added), nil
}

// merge appends committed rows and added tuples in order.
func (v *view) merge(dst []quadRow, x *index, rows []quadRow, added []places) []quadRow {
	for _, p := range added {
		t := v.changes.tuple(p)
		for len(rows) > 0 && compareTuples(x.tuple(rows[0].quad4), t) < 0 {
			dst, rows = append(dst, rows[0]), rows[1:]
		}
		dst = append(dst, quadRow{x.quad(t), v.changes.seq})
	}
	return append(dst, rows...)
}

// appendCommitted reads the rows of the base.
func (v *view) appendCommitted(dst []quadRow, x *index, nodes []graph.NodeID) ([]quadRow, error) {
	for _, n := range nodes {
		if counterOf(n) > v.last {
			return dst, nil
		}
	}
	it, err := v.cursor(x)
	if err != nil {
		return dst, err
	}
	var buf [1 + 4*idSize]byte
	prefix := x.key(buf[:0], nodes...)
	for ok := it.SeekGE(prefix); ok && hasPrefix(it.Key(), prefix); ok = it.Next() {
		seq, _ := binary.Uvarint(it.Value())
		dst = append(dst, quadRow{x.quad(x.parse(it.Key())), graph.Seq(seq)})
	}
	if err := it.Error(); err != nil {
		return dst, readError(err)
	}
	return dst, nil
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
