package graph

import (
	"cmp"
	"context"
	"slices"
)

// Bounds of paths.
const (
	MaxPathLength = 10
	MaxPaths      = 200
	// maxPathNodes bounds the entities whose neighbours one search reads.
	maxPathNodes = 500_000
)

// PathQuery is the shortest ways between two entities.
type PathQuery struct {
	From, To  string // ids
	MaxLength int    // hops
	First     int    // paths
	Relations []*RelationKind
	Exclude   []string // ids that no path may pass
	View      *View
	// SkipClaims leaves Hop.Claims unread.
	SkipClaims bool
}

// Path is a way from one entity to another.
type Path struct {
	Length int // hops
	Nodes  []*Entity
	Hops   []*Hop
}

// Hop is one step of a path, with all claims that tie its ends.
type Hop struct {
	Source *Entity
	Target *Entity
	Claims []*Claim
}

// Paths returns up to First loopless ways between two entities, shortest
// first, read in either direction of each relation. No path runs through a
// protected entity, though one may begin or end there.
//
// Shortest paths are found by breadth-first search from both ends; the next
// ones by J. Y. Yen, Finding the k shortest loopless paths in a network (1971).
func (r *Reader) Paths(ctx context.Context, q PathQuery) ([]*Path, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	r, l, err := r.through(ctx, q.View, truthful)
	if err != nil {
		return nil, err
	}
	ends, err := r.roots(ctx, []string{q.From, q.To})
	if err != nil || l.never || q.Relations != nil && len(q.Relations) == 0 {
		return nil, err
	}
	if len(ends) < 2 {
		return nil, Errorf(CodeInvalid, "paths: from and to are one entity, %s", q.From)
	}
	excluded, err := r.nodes(ctx, q.Exclude)
	if err != nil {
		return nil, err
	}
	f := &finder{r: r, lens: l, relations: q.Relations, skipClaims: q.SkipClaims, near: newNodeMap[[]NodeID](0), banned: map[NodeID]bool{}}
	for _, n := range excluded {
		f.banned[r.rep(n)] = true
	}
	if f.banned[ends[0]] || f.banned[ends[1]] {
		return nil, nil
	}
	found, err := f.shortestPaths(ctx, ends[0], ends[1], q.First, q.MaxLength)
	if err != nil {
		return nil, err
	}
	return f.paths(ctx, found)
}

func (q PathQuery) check() error {
	for _, bound := range []struct {
		name    string
		n, high int
	}{{"maxLength", q.MaxLength, MaxPathLength}, {"first", q.First, MaxPaths}} {
		if bound.n < 1 {
			return Errorf(CodeInvalid, "%s is %d; it must be at least 1", bound.name, bound.n)
		}
		if bound.n > bound.high {
			return Errorf(CodeLimit, "%s is %d; it can be at most %d", bound.name, bound.n, bound.high)
		}
	}
	return nil
}

// finder searches paths; it reads the neighbours of an entity once.
type finder struct {
	r         *Reader
	lens      *lens
	relations []*RelationKind
	near      *nodeMap[[]NodeID]
	banned    map[NodeID]bool // excluded or protected

	skipClaims bool
}

// read reads the neighbours of entities in one look-up.
func (f *finder) read(ctx context.Context, nodes []NodeID) error {
	var missing []NodeID
	for _, n := range nodes {
		if !f.near.has(n) {
			missing = append(missing, n)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if f.near.n+len(missing) > maxPathNodes {
		return Errorf(CodeLimit, "paths: the search met more than %d entities; name relations, or lower maxLength", maxPathNodes)
	}
	if f.lens.plain() && len(f.r.representative) == 0 {
		return f.readTies(ctx, missing)
	}
	around, err := f.r.around(ctx, missing, EdgeQuery{Relations: f.relations})
	if err != nil {
		return err
	}
	for i, n := range missing {
		seen, _, err := f.r.seen(ctx, f.lens, around[i])
		if err != nil {
			return err
		}
		near, _ := f.near.at(n)
		*near = f.neighbours(n, seen)
	}
	return nil
}

// readTies reads neighbours where ties tell enough of the claims.
func (f *finder) readTies(ctx context.Context, nodes []NodeID) error {
	ties, err := f.r.snapshot.Ties(ctx, nodes)
	if err != nil {
		return err
	}
	total := 0
	for _, of := range ties {
		total += len(of)
	}
	room := make([]NodeID, 0, total)
	for i, n := range nodes {
		from := len(room)
		for j := range ties[i] {
			if t := &ties[i][j]; f.follows(n, t) && (len(room) == from || room[len(room)-1] != t.Other) {
				room = append(room, t.Other)
			}
		}
		near, _ := f.near.at(n)
		*near = room[from:len(room):len(room)]
	}
	return nil
}

// follows tells whether a path may take a tie.
func (f *finder) follows(n NodeID, t *Tie) bool {
	return t.Stance == Asserted && t.Other != 0 && t.Other != n && !t.Relation.Claims && f.lens.sees(t) &&
		(f.relations == nil || slices.Contains(f.relations, t.Relation))
}

// neighbours returns the entities that asserted claims tie to one.
func (f *finder) neighbours(of NodeID, in []candidate) []NodeID {
	out := make([]NodeID, 0, len(in))
	for _, c := range in {
		n := f.r.rep(c.other)
		if c.columns.Stance == Asserted && n != 0 && n != of && !c.relation.Claims {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// side is one half of a search from both ends.
type side struct {
	from  *nodeMap[NodeID] // met → the one before it
	ring  []NodeID
	depth int
}

func newSide(n NodeID) *side {
	s := &side{from: newNodeMap[NodeID](0), ring: []NodeID{n}}
	s.from.at(n)
	return s
}

// spur is where a search for a next path leaves the ones found before.
type spur struct {
	closed map[NodeID]bool // entities that the path holds already
	next   map[NodeID]bool // steps that paths found before take from the start
}

// shortest returns a shortest path of at most max hops, nil for none.
func (f *finder) shortest(ctx context.Context, from, to NodeID, s spur, max int) ([]NodeID, error) {
	a, b := newSide(from), newSide(to)
	for a.depth+b.depth < max && len(a.ring) > 0 && len(b.ring) > 0 {
		near, far := a, b
		if len(b.ring) < len(a.ring) {
			near, far = b, a
		}
		meeting, err := f.expand(ctx, near, far, func(n, to NodeID) bool {
			if f.banned[to] || s.closed[to] {
				return false
			}
			return (n != from || !s.next[to]) && (to != from || !s.next[n])
		})
		if err != nil {
			return nil, err
		}
		if meeting != 0 {
			return trace(a, b, meeting), nil
		}
	}
	return nil, nil
}

// expand takes one side a step further, and returns the first entity that the
// other side met before, 0 for none.
func (f *finder) expand(ctx context.Context, near, far *side, open func(n, to NodeID) bool) (meeting NodeID, err error) {
	if err := f.read(ctx, near.ring); err != nil {
		return 0, err
	}
	var ring []NodeID
	for _, n := range near.ring {
		for _, to := range f.near.get(n) {
			if near.from.has(to) || !open(n, to) {
				continue
			}
			before, _ := near.from.at(to)
			*before = n
			ring = append(ring, to)
			if far.from.has(to) && (meeting == 0 || to < meeting) {
				meeting = to
			}
		}
	}
	if meeting == 0 {
		slices.Sort(ring)
	}
	near.ring, near.depth = ring, near.depth+1
	return meeting, nil
}

// trace joins the two halves of a path.
func trace(a, b *side, meeting NodeID) []NodeID {
	var path []NodeID
	for n := meeting; n != 0; n = a.from.get(n) {
		path = append(path, n)
	}
	slices.Reverse(path)
	for n := b.from.get(meeting); n != 0; n = b.from.get(n) {
		path = append(path, n)
	}
	return path
}

// lawful returns a shortest path through no protected entity: whether one is
// protected is asked of the entities of a found path alone.
func (f *finder) lawful(ctx context.Context, from, to NodeID, s spur, max int) ([]NodeID, error) {
	for {
		path, err := f.shortest(ctx, from, to, s, max)
		if err != nil || len(path) <= 2 {
			return path, err
		}
		cards, err := f.r.load(ctx, path)
		if err != nil {
			return nil, err
		}
		clean := true
		for _, n := range path[1 : len(path)-1] {
			if cards.get(n).Protected {
				f.banned[n], clean = true, false
			}
		}
		if clean {
			return path, nil
		}
	}
}

// shortestPaths is Yen's algorithm: each next path leaves one found before at
// some entity, its spur, by a step that none of them took from there.
func (f *finder) shortestPaths(ctx context.Context, from, to NodeID, k, max int) ([][]NodeID, error) {
	first, err := f.lawful(ctx, from, to, spur{}, max)
	if err != nil || first == nil {
		return nil, err
	}
	found := [][]NodeID{first}
	var waiting [][]NodeID
	for len(found) < k {
		last := found[len(found)-1]
		for i := range len(last) - 1 {
			path, err := f.deviate(ctx, found, last[:i+1], to, max)
			if err != nil {
				return nil, err
			}
			if path != nil && !slices.ContainsFunc(waiting, func(w []NodeID) bool { return slices.Equal(w, path) }) {
				waiting = append(waiting, path)
			}
		}
		if len(waiting) == 0 {
			return found, nil
		}
		slices.SortFunc(waiting, func(a, b []NodeID) int { return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b)) })
		found, waiting = append(found, waiting[0]), waiting[1:]
	}
	return found, nil
}

// deviate returns the shortest path that begins with root and goes on as no path found before does.
func (f *finder) deviate(ctx context.Context, found [][]NodeID, root []NodeID, to NodeID, max int) ([]NodeID, error) {
	s := spur{closed: map[NodeID]bool{}, next: map[NodeID]bool{}}
	for _, n := range root[:len(root)-1] {
		s.closed[n] = true
	}
	for _, p := range found {
		if len(p) > len(root) && slices.Equal(p[:len(root)], root) {
			s.next[p[len(root)]] = true
		}
	}
	at := root[len(root)-1]
	rest, err := f.lawful(ctx, at, to, s, max-len(root)+1)
	if err != nil || rest == nil {
		return nil, err
	}
	return slices.Concat(root[:len(root)-1], rest), nil
}

// paths reads the entities of paths and the claims of their hops, in one go.
func (f *finder) paths(ctx context.Context, found [][]NodeID) ([]*Path, error) {
	nodes := slices.Concat(found...)
	slices.Sort(nodes)
	nodes = slices.Compact(nodes)
	cards, err := f.r.load(ctx, nodes)
	if err != nil {
		return nil, err
	}
	var between map[[2]NodeID][]candidate
	if !f.skipClaims {
		if between, err = f.between(ctx, nodes); err != nil {
			return nil, err
		}
	}
	var pages [][]candidate
	var out []*Path
	var hops []*Hop
	for _, path := range found {
		p := &Path{Length: len(path) - 1}
		for i, n := range path {
			p.Nodes = append(p.Nodes, cards.get(n))
			if i > 0 {
				p.Hops = append(p.Hops, &Hop{Source: cards.get(path[i-1]), Target: cards.get(n)})
				pages = append(pages, between[[2]NodeID{path[i-1], n}])
			}
		}
		hops, out = append(hops, p.Hops...), append(out, p)
	}
	claims, err := f.r.hydratePages(ctx, pages)
	for i := range claims {
		hops[i].Claims = claims[i]
	}
	return out, err
}

// between returns the claims that tie each two of some entities, by date.
func (f *finder) between(ctx context.Context, nodes []NodeID) (map[[2]NodeID][]candidate, error) {
	around, err := f.r.around(ctx, nodes, EdgeQuery{Relations: f.relations})
	if err != nil {
		return nil, err
	}
	out := map[[2]NodeID][]candidate{}
	for i, n := range nodes {
		seen, _, err := f.r.seen(ctx, f.lens, around[i])
		if err != nil {
			return nil, err
		}
		for _, c := range seen {
			if _, in := slices.BinarySearch(nodes, f.r.rep(c.other)); in {
				pair := [2]NodeID{n, f.r.rep(c.other)}
				out[pair] = append(out[pair], c)
			}
		}
	}
	for pair := range out {
		out[pair] = eachOnce(out[pair])
		ClaimsByDate.sort(out[pair])
	}
	return out, nil
}
