package quadstore

import (
	"context"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// Edges returns for each node the claims in which it plays a part.
func (s *snapshot) Edges(ctx context.Context, nodes []graph.NodeID, q graph.EdgeQuery) (out [][]graph.Edge, err error) {
	if q.Roles == nil {
		q.Roles = []graph.Role{graph.RoleSubject, graph.RoleObject}
	}
	r := &edgeReader{snapshot: s, query: q}
	if err := r.open(); err != nil {
		return nil, err
	}
	defer func() { err = join(err, r.close()) }()
	out = make([][]graph.Edge, len(nodes))
	for i, n := range nodes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if out[i], err = r.node(n); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// edgeReader reads the edges of nodes, one after the other.
type edgeReader struct {
	*snapshot
	query     graph.EdgeQuery
	relations []graph.NodeID
	it        *pebble.Iterator
	states    *states
	key       []byte
}

func (r *edgeReader) open() (err error) {
	if r.relations, err = r.relationIDs(r.query.Relations); err != nil {
		return err
	}
	if r.it, err = r.reader.NewIter(&pebble.IterOptions{LowerBound: []byte{tableEdges}, UpperBound: []byte{tableEdges + 1}}); err != nil {
		return readError(err)
	}
	if r.states, err = r.snapshot.states(); err != nil {
		return join(err, r.it.Close())
	}
	return nil
}

func (r *edgeReader) close() error { return join(r.it.Close(), r.states.close()) }

// node reads one node's edges, role by role and relation by relation.
func (r *edgeReader) node(n graph.NodeID) (out []graph.Edge, err error) {
	if r.query.Relations != nil && len(r.relations) == 0 {
		return nil, nil
	}
	for _, role := range r.query.Roles {
		prefix := append(idKey(r.key[:0], tableEdges, n), byte(role))
		r.key = prefix
		if r.query.Relations == nil {
			if out, err = r.run(prefix, role, out); err != nil {
				return nil, err
			}
			continue
		}
		for _, relation := range r.relations {
			if out, err = r.run(appendIDs(prefix[:2+idSize], relation), role, out); err != nil {
				return nil, err
			}
		}
	}
	return out, r.it.Error()
}

// edgeKeyStart is where Edge.Key begins in the key of a row: after table and node.
const edgeKeyStart = 1 + idSize

// run appends the live edges under a prefix, up to the limit.
func (r *edgeReader) run(prefix []byte, role graph.Role, out []graph.Edge) ([]graph.Edge, error) {
	from := prefix
	if after := string(r.query.After); after != "" {
		if at := append(append([]byte(nil), prefix[:edgeKeyStart]...), after...); string(at) >= string(prefix) {
			from = append(at, 0)
		}
	}
	for ok := r.it.SeekGE(from); ok && hasPrefix(r.it.Key(), prefix); ok = r.it.Next() {
		if r.query.Limit > 0 && len(out) >= r.query.Limit {
			return out, nil
		}
		e, ok, err := r.edge(role)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, e)
		}
	}
	return out, nil
}

// edge decodes the row under the iterator; false for one that is not wanted.
func (r *edgeReader) edge(role graph.Role) (e graph.Edge, ok bool, err error) {
	key := r.it.Key()
	place := key[edgeKeyStart:]
	relation := readID(place[1:])
	e.Other, e.Claim = readID(place[1+idSize:]), readID(place[1+2*idSize:])
	d := readRow(r.it.Value())
	c := d.columns()
	if err := d.err(key); err != nil || c.first > r.seq {
		return e, false, err
	}
	if err := r.states.fill(e.Claim, &c); err != nil || !graph.Live(c.Recorded, r.seq) {
		return e, false, err
	}
	e.Key, e.Role, e.Columns = graph.Key(place), role, c.Columns
	e.Relation, err = r.relation(relation)
	return e, e.Relation != nil, err
}
