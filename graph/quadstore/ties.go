package quadstore

import (
	"context"
	"unsafe"

	"github.com/tripartite-graph/tripartite/graph"
)

// Ties returns for each node the claims in which it is subject or object, as
// Edges does, without what only some lenses ask. At the latest commit they come
// from the cache, as far as they are in it. Do not change them.
func (s *snapshot) Ties(ctx context.Context, nodes []graph.NodeID) ([][]graph.Tie, error) {
	out := make([][]graph.Tie, len(nodes))
	var missing []int
	for i, n := range nodes {
		if s.seq == s.latest {
			var ok bool
			if out[i], ok = s.caches.ties.get(n, s.latest, &s.caches.changed); ok {
				continue
			}
		}
		missing = append(missing, i)
	}
	if len(missing) == 0 {
		return out, nil
	}
	return out, s.readTies(ctx, nodes, missing, out)
}

// readTies reads the ties of the nodes at some places.
func (s *snapshot) readTies(ctx context.Context, nodes []graph.NodeID, places []int, out [][]graph.Tie) (err error) {
	r := &edgeReader{snapshot: s, query: graph.EdgeQuery{Roles: bothEnds}}
	if err := r.open(); err != nil {
		return err
	}
	defer func() { err = join(err, r.close()) }()
	for _, i := range places {
		if err := ctx.Err(); err != nil {
			return err
		}
		if out[i], err = r.ties(nodes[i]); err != nil {
			return err
		}
		if s.seq == s.latest {
			s.caches.ties.put(nodes[i], s.latest, out[i], cap(out[i])*int(unsafe.Sizeof(graph.Tie{})))
		}
	}
	return nil
}

// bothEnds are the roles of ties.
var bothEnds = []graph.Role{graph.RoleSubject, graph.RoleObject}

// ties reads the ties of one node.
func (r *edgeReader) ties(n graph.NodeID) (out []graph.Tie, err error) {
	var buffer [64]graph.Tie
	found := buffer[:0]
	for _, role := range bothEnds {
		r.key = append(idKey(r.key[:0], tableEdges, n), byte(role))
		for ok := r.it.SeekGE(r.key); ok && hasPrefix(r.it.Key(), r.key); ok = r.it.Next() {
			t, ok, err := r.tie(role)
			if err != nil {
				return nil, err
			}
			if ok {
				found = append(found, t)
			}
		}
	}
	return append([]graph.Tie(nil), found...), r.it.Error()
}

// tie decodes the row under the iterator; false for one that is not live.
func (r *edgeReader) tie(role graph.Role) (t graph.Tie, ok bool, err error) {
	key := r.it.Key()
	place := key[edgeKeyStart:]
	d := readRow(r.it.Value())
	var c columns
	d.days(&c)
	if err := d.err(key); err != nil || c.first > r.seq {
		return t, false, err
	}
	claim := readID(place[1+2*idSize:])
	if err := r.states.fill(claim, &c); err != nil || !graph.Live(c.Recorded, r.seq) {
		return t, false, err
	}
	relation, err := r.relation(readID(place[1:]))
	return graph.Tie{
		Claim: claim, Other: readID(place[1+idSize:]), Relation: relation, Low: c.Low,
		Role: role, Stance: c.Stance, Mode: c.Mode,
	}, relation != nil, err
}
