package graph

import (
	"context"
	"slices"
)

// ExportQuery says what of the graph leaves it.
type ExportQuery struct {
	// Truthy leaves out everything but statements, each labelled with its
	// claim, and takes those alone that are in View.
	Truthy bool
	View   *View // of a truthy export; nil: TruthyView
	// Root and Depth restrict the export to what is met within so many steps
	// of an entity, through live claims; "" is the whole graph.
	Root  string
	Depth int
}

// TruthyView is what a truthy export takes where no view is named: what is
// asserted as a fact and contradicted by nobody.
func TruthyView() *View {
	return &View{Stances: []Stance{Asserted}, Modes: []Mode{Fact}, UndisputedOnly: true}
}

// Export is a part of a snapshot on its way out. It is read as quads, or as
// claims and entities.
type Export struct {
	r        *Reader
	lens     *lens
	truthy   bool
	claims   map[NodeID]bool // nil: every one
	entities map[NodeID]bool // representatives
}

// Export selects what leaves the graph.
func (r *Reader) Export(ctx context.Context, q ExportQuery) (*Export, error) {
	view := q.View
	if q.Truthy && view == nil {
		view = TruthyView()
	}
	if !q.Truthy {
		view = nil
	}
	at, l, err := r.through(ctx, view, nil)
	if err != nil {
		return nil, err
	}
	x := &Export{r: at, lens: l, truthy: q.Truthy}
	if q.Root == "" {
		return x, nil
	}
	if q.Depth < 0 || q.Depth > MaxDepth {
		return nil, Errorf(CodeInvalid, "the depth is %d; it lies between 0 and %d", q.Depth, MaxDepth)
	}
	return x, x.walk(ctx, q.Root, q.Depth)
}

// Ontology returns what may be said in the graph.
func (x *Export) Ontology() *Ontology { return x.r.ontology }

// Truthy tells whether statements alone leave.
func (x *Export) Truthy() bool { return x.truthy }

// walk selects the claims within so many steps of an entity. It does not walk
// on from a protected one.
func (x *Export) walk(ctx context.Context, root string, depth int) error {
	ring, err := x.r.roots(ctx, []string{root})
	if err != nil {
		return err
	}
	x.claims, x.entities = map[NodeID]bool{}, map[NodeID]bool{ring[0]: true}
	for range depth {
		around, err := x.r.around(ctx, ring, EdgeQuery{})
		if err != nil {
			return err
		}
		seen, _, err := x.r.seen(ctx, x.lens, slices.Concat(around...))
		if err != nil {
			return err
		}
		if ring, err = x.meet(ctx, seen); err != nil {
			return err
		}
	}
	if x.truthy {
		return nil
	}
	return x.close(ctx)
}

// meet selects claims, and returns the entities at their ends that are new.
func (x *Export) meet(ctx context.Context, seen []candidate) ([]NodeID, error) {
	if err := x.r.complete(ctx, seen); err != nil {
		return nil, err
	}
	var met []NodeID
	for _, c := range seen {
		x.claims[c.claim] = true
		for _, n := range []NodeID{x.r.rep(c.subject), x.r.rep(c.object)} {
			if n != 0 && !x.entities[n] {
				x.entities[n] = true
				met = append(met, n)
			}
		}
	}
	cards, err := x.r.load(ctx, met)
	return slices.DeleteFunc(met, func(n NodeID) bool { return cards.get(n).Protected }), err
}

// close adds what the selected claims refer to, without which they could not
// be loaded elsewhere: other claims, and every entity that is named.
func (x *Export) close(ctx context.Context) error {
	for fresh := nodesOf(x.claims); len(fresh) > 0; {
		rows, err := x.r.snapshot.Claims(ctx, fresh)
		if err != nil {
			return err
		}
		fresh = nil
		for _, row := range rows {
			if row == nil {
				continue
			}
			for _, n := range row.named(nil) {
				x.addEntity(n)
			}
			for _, n := range []NodeID{row.ObjectOf, row.RevisionOf, row.AlternativeOf} {
				if n != 0 && !x.claims[n] {
					x.claims[n] = true
					fresh = append(fresh, n)
				}
			}
		}
	}
	cards, err := x.r.load(ctx, nodesOf(x.entities))
	if err != nil {
		return err
	}
	cards.each(func(_ NodeID, e *Entity) {
		for _, n := range e.documents(nil) {
			x.addEntity(n)
		}
	})
	return nil
}

func (x *Export) addEntity(n NodeID) {
	if n != 0 {
		x.entities[x.r.rep(n)] = true
	}
}

func nodesOf(set map[NodeID]bool) []NodeID {
	out := make([]NodeID, 0, len(set))
	for n := range set {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// exportChunk is how many claims or entities are looked up at once.
const exportChunk = 500

// Claims hands over the claims that are live and selected, with the entities
// that they name.
func (x *Export) Claims(ctx context.Context, yield func(*Claim) error) error {
	return x.eachClaim(ctx, func(nodes []NodeID) error {
		claims, err := x.r.hydrate(ctx, nodes)
		for _, c := range claims {
			if err == nil && c != nil {
				err = yield(c)
			}
		}
		return err
	})
}

// ObjectClaim returns the id of the claim that a claim is about, "" for none.
func (x *Export) ObjectClaim(ctx context.Context, c *Claim) (string, error) {
	terms, err := x.r.snapshot.Terms(ctx, []NodeID{c.row.ObjectOf})
	if err != nil || c.row.ObjectOf == 0 {
		return "", err
	}
	return x.r.ontology.Names.ID(terms[0]), nil
}

// eachClaim hands over the nodes of live claims, some at a time.
func (x *Export) eachClaim(ctx context.Context, yield func([]NodeID) error) error {
	page := Page{Limit: exportChunk}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		edges, err := x.r.snapshot.PageClaims(ctx, nil, MinDay, MaxDay, page)
		if err != nil {
			return err
		}
		var in []candidate
		for i := range edges {
			if e := &edges[i]; x.claims == nil || x.claims[e.Claim] {
				in = append(in, candidate{claim: e.Claim, relation: e.Relation, columns: &e.Columns})
			}
		}
		seen, _, err := x.r.seen(ctx, x.lens, in)
		if err != nil {
			return err
		}
		if err := yield(claimNodes(seen)); err != nil || len(edges) < page.Limit {
			return err
		}
		page.After = edges[len(edges)-1].Key
	}
}

// Entities hands over the entities that are recorded and selected: those that
// others were merged into in place of all of them.
func (x *Export) Entities(ctx context.Context, yield func(*Entity) error) error {
	page := Page{Limit: exportChunk}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		found, err := x.r.snapshot.PageEntities(ctx, nil, page)
		if err != nil {
			return err
		}
		var nodes []NodeID
		for _, e := range found {
			if x.entities == nil || x.entities[e.Node] {
				nodes = append(nodes, e.Node)
			}
		}
		cards, err := x.r.load(ctx, nodes)
		if err != nil {
			return err
		}
		for _, n := range nodes {
			if err := yield(cards.get(n)); err != nil {
				return err
			}
		}
		if len(found) < page.Limit {
			return nil
		}
		page.After = found[len(found)-1].Key
	}
}
