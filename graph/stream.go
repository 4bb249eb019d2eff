package graph

import (
	"context"
	"slices"
)

// stream reads the claims of one relation in order of date, a chunk at a time.
type stream struct {
	r         *Reader
	relation  *RelationKind
	from, to  Day
	since     Day // the least last day of a claim that is looked for; MinDay: any
	page      Page
	buffer    []candidate
	exhausted bool
}

// narrow leaves out what begins so early that it is over before since: a date
// spans no more days than the widest of its relation.
func (s *stream) narrow(ctx context.Context) error {
	if s.since == MinDay {
		return nil
	}
	widest, err := s.r.snapshot.WidestDate(ctx, s.relation)
	if from := int64(s.since) - int64(widest); from > int64(s.from) {
		s.from = Day(from)
	}
	s.since = MinDay
	return err
}

// fill reads the next chunk where the buffer is empty.
func (s *stream) fill(ctx context.Context) error {
	if len(s.buffer) > 0 || s.exhausted {
		return nil
	}
	if err := s.narrow(ctx); err != nil {
		return err
	}
	edges, err := s.r.snapshot.PageClaims(ctx, s.relation, s.from, s.to, s.page)
	if err != nil {
		return err
	}
	s.exhausted = len(edges) < s.page.Limit
	s.page.AfterNode, s.page.BeforeNode = 0, 0
	s.page.Limit = max(s.page.Limit, streamChunk)
	for i := range edges {
		e := &edges[i]
		s.buffer = append(s.buffer, candidate{
			claim: e.Claim, relation: e.Relation, subject: e.Subject, object: e.Other,
			other: e.Other, whole: true, columns: &e.Columns,
		})
		if s.page.Backwards {
			s.page.Before = e.Key
		} else {
			s.page.After = e.Key
		}
	}
	return nil
}

// merge reads several streams as one, in one order.
type merge struct {
	streams []*stream
	order   ClaimOrder
}

// next returns up to n claims; fewer at the end.
func (m *merge) next(ctx context.Context, n int) ([]candidate, error) {
	var out []candidate
	for len(out) < n {
		var first *stream
		for _, s := range m.streams {
			if err := s.fill(ctx); err != nil {
				return nil, err
			}
			if len(s.buffer) > 0 && (first == nil || m.before(s.buffer[0], first.buffer[0])) {
				first = s
			}
		}
		if first == nil {
			return out, nil
		}
		out = append(out, first.buffer[0])
		first.buffer = first.buffer[1:]
	}
	return out, nil
}

func (m *merge) before(a, b candidate) bool {
	return m.order.compare(a.columns.Low, a.claim, b.columns.Low, b.claim) < 0
}

// streams opens the relations that a filter leaves, between the days that it leaves.
func (f *filters) streams(q ClaimQuery, backwards bool, limit int) *merge {
	relations, since, to := f.r.ontology.Relations, MinDay, MaxDay
	if q.Filter != nil {
		if q.Filter.Relations != nil {
			relations = q.Filter.Relations
		}
		if q.Filter.Date != nil {
			since, to = f.spans[q.Filter.Date][0], f.spans[q.Filter.Date][1]
		}
	}
	m := &merge{order: q.Order}
	if backwards {
		m.order = 1 - q.Order
	}
	for _, relation := range relations {
		m.streams = append(m.streams, &stream{
			r: f.r, relation: relation, from: MinDay, to: to, since: since,
			page: Page{Limit: limit, Backwards: m.order == ClaimsByDateDescending},
		})
	}
	return m
}

// start narrows the streams to what lies behind a mark in their order. One
// stream goes on right behind it; several on its day, and what lies before it
// on that day is passed over.
func (m *merge) start(after *mark) {
	if after == nil {
		return
	}
	for _, s := range m.streams {
		switch descending := m.order == ClaimsByDateDescending; {
		case len(m.streams) == 1 && descending:
			s.page.BeforeNode = after.node
		case len(m.streams) == 1:
			s.page.AfterNode = after.node
		case descending:
			s.to = min(s.to, Day(after.key))
		default:
			s.from = Day(after.key)
		}
	}
}

// streamChunk is how many claims of each relation are read at a time: more
// than a page, so that a page costs the same look-ups whatever its length.
const streamChunk = MaxPage + 56

// leastChunk is how many are read at first for a small page.
const leastChunk = 64

// streamed pages a list without reading all of it.
func (f *filters) streamed(ctx context.Context, q ClaimQuery, w window) (*ClaimConnection, error) {
	start, stop := w.after, w.before
	if w.backwards {
		start, stop = stop, start
	}
	m := f.streams(q, w.backwards, max(leastChunk, w.limit+1))
	m.start(start)
	found, more, err := f.gather(ctx, q.Filter, m, w.limit, start, stop)
	if err != nil {
		return nil, err
	}
	info := PageInfo{HasNextPage: more, HasPreviousPage: start != nil}
	if w.backwards {
		slices.Reverse(found)
		info = PageInfo{HasNextPage: start != nil, HasPreviousPage: more}
	}
	claims, err := f.r.hydrate(ctx, claimNodes(found))
	if err != nil {
		return nil, err
	}
	return f.r.claimConnection(claims, info, f.claimTotals(q)), nil
}

// gather takes from the streams until a page is full, and tells whether there is more.
func (f *filters) gather(ctx context.Context, filter *ClaimFilter, m *merge, limit int, start, stop *mark) (found []candidate, more bool, err error) {
	for size := max(leastChunk, limit+1); ; size = streamChunk {
		chunk, err := m.next(ctx, size)
		if err != nil {
			return nil, false, err
		}
		end := len(chunk) < size
		chunk = slices.DeleteFunc(chunk, func(c candidate) bool {
			return start != nil && m.order.place(c, start) <= 0 || stop != nil && m.order.place(c, stop) >= 0
		})
		passed, _, err := f.pass(ctx, filter, chunk)
		if err != nil {
			return nil, false, err
		}
		found = append(found, passed...)
		if len(found) > limit {
			return found[:limit], true, nil
		}
		if end {
			return found, false, nil
		}
	}
}

// claimTotals counts a streamed list when asked: from the store's statistics
// where nothing restricts it, else by reading it whole.
func (f *filters) claimTotals(q ClaimQuery) *totals {
	return &totals{count: func(ctx context.Context) (counts, error) {
		if q.Filter == nil && q.View == nil {
			s, err := f.r.Stats(ctx)
			return counts{all: s.Claims}, err
		}
		var t counts
		err := f.each(ctx, q, func(passed []candidate, undated int) {
			t.all += len(passed)
			t.undated += undated
		})
		return t, err
	}}
}

// each reads a streamed list whole, relation by relation.
func (f *filters) each(ctx context.Context, q ClaimQuery, yield func(passed []candidate, undated int)) error {
	for _, s := range f.streams(q, false, scanChunk).streams {
		for !s.exhausted {
			if err := s.fill(ctx); err != nil {
				return err
			}
			passed, undated, err := f.pass(ctx, q.Filter, s.buffer)
			if err != nil {
				return err
			}
			yield(passed, undated)
			s.buffer = nil
		}
	}
	return nil
}

// entityKind returns the one kind whose index holds all that a filter lets through.
func (f *EntityFilter) entityKind() *EntityKind {
	if f != nil && len(f.Kinds) == 1 {
		return f.Kinds[0]
	}
	return nil
}

// streamedEntities pages the index of kinds.
func (f *filters) streamedEntities(ctx context.Context, q EntityQuery, w window) (*EntityConnection, error) {
	start, stop := w.after, w.before
	if w.backwards {
		start, stop = stop, start
	}
	found, more, err := f.gatherEntities(ctx, q, w, start, stop)
	if err != nil {
		return nil, err
	}
	info := PageInfo{HasNextPage: more, HasPreviousPage: start != nil}
	if w.backwards {
		slices.Reverse(found)
		info = PageInfo{HasNextPage: start != nil, HasPreviousPage: more}
	}
	cards, err := f.r.load(ctx, found)
	if err != nil {
		return nil, err
	}
	entities := make([]*Entity, len(found))
	for i, n := range found {
		entities[i] = cards.get(n)
	}
	return f.r.entityConnection(entities, info, f.entityTotals(q)), nil
}

// gatherEntities reads the index until a page is full, and tells whether there is more.
func (f *filters) gatherEntities(ctx context.Context, q EntityQuery, w window, start, stop *mark) (found []NodeID, more bool, err error) {
	p := Page{Limit: streamChunk, Backwards: w.backwards != (q.Order == EntitiesByNameDescending)}
	set := func(after, before *mark) {
		if after != nil {
			p.AfterNode = after.node
		}
		if before != nil {
			p.BeforeNode = before.node
		}
	}
	if p.Backwards {
		set(stop, start)
	} else {
		set(start, stop)
	}
	for {
		nodes, end, err := f.entityChunk(ctx, q.Filter, &p)
		if err != nil {
			return nil, false, err
		}
		found = append(found, nodes...)
		if len(found) > w.limit {
			return found[:w.limit], true, nil
		}
		if end {
			return found, false, nil
		}
	}
}

// entityChunk reads the next part of the index, and moves the page behind it.
func (f *filters) entityChunk(ctx context.Context, filter *EntityFilter, p *Page) (passed []NodeID, end bool, err error) {
	keyed, err := f.r.snapshot.PageEntities(ctx, filter.entityKind(), *p)
	if err != nil {
		return nil, false, err
	}
	nodes := make([]NodeID, len(keyed))
	for i, k := range keyed {
		nodes[i] = k.Node
		if p.Backwards {
			p.Before, p.BeforeNode = k.Key, 0
		} else {
			p.After, p.AfterNode = k.Key, 0
		}
	}
	ok, err := f.entities(ctx, filter.beyondKind(), nodes)
	if err != nil {
		return nil, false, err
	}
	for i, yes := range ok {
		if yes {
			passed = append(passed, nodes[i])
		}
	}
	return passed, len(keyed) < p.Limit, nil
}

// beyondKind is what is left to test of a filter of whose one kind the index was read.
func (f *EntityFilter) beyondKind() *EntityFilter {
	if f.entityKind() == nil {
		return f
	}
	rest := *f
	rest.Kinds = nil
	if rest.And == nil && rest.Or == nil && rest.Not == nil && rest.Name == nil && rest.Has == nil &&
		rest.Unnamed == nil && rest.Protected == nil && rest.IDs == nil {
		return nil
	}
	return &rest
}

// entityTotals counts a list of entities by reading the index whole, when asked.
func (f *filters) entityTotals(q EntityQuery) *totals {
	return &totals{count: func(ctx context.Context) (counts, error) {
		var t counts
		p := Page{Limit: scanChunk}
		for {
			passed, end, err := f.entityChunk(ctx, q.Filter, &p)
			t.all += len(passed)
			if err != nil || end {
				return t, err
			}
		}
	}}
}
