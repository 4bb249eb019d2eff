package graph

import (
	"context"
)

// Walker looks at who lies around whom, by numbers alone: it makes no entity
// of what it meets. Entities get places in the order in which they are met; the
// neighbours of each are read once, as far as there is room. It belongs to one
// reader, in one lens, and is not safe for concurrent use.
type Walker struct {
	r      *Reader
	lens   *lens
	places *nodeMap[Place]
	nodes  []NodeID  // by place
	near   [][]Place // by place; nil: not read, or let go
	closed []bool    // protected: no walk goes on from them
	kept   int       // neighbours in near

	mark  []uint32 // by place: the walk that met it last
	walk  uint32
	order []Place // of the last walk
}

// Place is an entity's number in one Walker.
type Place uint32

// maxNear bounds how many neighbours a walker keeps: 64 MiB of them.
const maxNear = 16 << 20

// Walker makes a walker in a lens; nil stands for the lens of subgraphs.
func (r *Reader) Walker(ctx context.Context, v *View) (*Walker, error) {
	at, l, err := r.through(ctx, v, truthful)
	if err != nil {
		return nil, err
	}
	return &Walker{r: at, lens: l, places: newNodeMap[Place](0)}, nil
}

// Find returns the place of the entity with an id; CodeNotFound where there is none.
func (w *Walker) Find(ctx context.Context, id string) (Place, error) {
	found, err := w.r.roots(ctx, []string{id})
	if err != nil {
		return 0, err
	}
	return w.place(found[0]), nil
}

// IDs returns the ids of places.
func (w *Walker) IDs(ctx context.Context, places []Place) ([]string, error) {
	nodes := make([]NodeID, len(places))
	for i, p := range places {
		nodes[i] = w.nodes[p]
	}
	terms, err := w.r.snapshot.Terms(ctx, nodes)
	out := make([]string, len(terms))
	for i, t := range terms {
		out[i] = w.r.ontology.Names.ID(t)
	}
	return out, err
}

// Around returns the entities within some hops of one, itself left out, ring by
// ring. They are those that Subgraph meets, and valid until the next call.
func (w *Walker) Around(ctx context.Context, of Place, hops int) ([]Place, error) {
	if w.walk++; w.walk == 0 { // the count came round
		clear(w.mark)
		w.walk = 1
	}
	w.order = append(w.order[:0], of)
	w.mark[of] = w.walk
	from := 0
	for range hops {
		ring := w.order[from:]
		if len(ring) == 0 {
			break
		}
		from = len(w.order)
		if err := w.read(ctx, ring); err != nil {
			return nil, err
		}
		for _, p := range ring {
			if !w.closed[p] || p == of {
				w.meet(w.near[p])
			}
		}
	}
	return w.order[1:], nil
}

// meet takes in those that this walk has not met.
func (w *Walker) meet(near []Place) {
	mark, walk, order := w.mark, w.walk, w.order
	for _, p := range near {
		if mark[p] != walk {
			mark[p] = walk
			order = append(order, p)
		}
	}
	w.order = order
}

// place returns the place of an entity, a new one where it has none.
func (w *Walker) place(n NodeID) Place {
	p, again := w.places.at(n)
	if !again {
		*p = Place(len(w.nodes))
		w.nodes, w.near = append(w.nodes, n), append(w.near, nil)
		w.closed, w.mark = append(w.closed, false), append(w.mark, 0)
	}
	return *p
}

// read reads the neighbours of those places that lack them, in one look-up.
func (w *Walker) read(ctx context.Context, places []Place) error {
	var missing []NodeID
	for _, p := range places {
		if w.near[p] == nil {
			missing = append(missing, w.nodes[p])
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if w.kept > maxNear {
		clear(w.near)
		w.kept = 0
		return w.read(ctx, places)
	}
	f := &finder{r: w.r, lens: w.lens, near: newNodeMap[[]NodeID](len(missing))}
	if err := f.read(ctx, missing); err != nil {
		return err
	}
	for _, n := range missing {
		found := f.near.get(n)
		near := make([]Place, len(found))
		for i, other := range found {
			near[i] = w.place(other)
		}
		w.near[w.place(n)] = near
		w.kept += len(near)
	}
	return w.close(ctx, missing)
}

// close notes which entities are protected, or have one that is merged into them.
func (w *Walker) close(ctx context.Context, nodes []NodeID) error {
	all := make([]NodeID, 0, len(nodes))
	for _, n := range nodes {
		all = append(all, w.r.cluster(n)...)
	}
	rows, err := w.r.snapshot.Entities(ctx, all)
	for i, row := range rows {
		if row != nil && row.Protected {
			w.closed[w.place(w.r.rep(all[i]))] = true
		}
	}
	return err
}
