package graph

import (
	"cmp"
	"context"
	"slices"
)

// TimelineQuery is what happened to an entity, in order.
type TimelineQuery struct {
	View *View
	Page Paging
}

// TimelineEntry is one happening, or one state, and what is said of it.
type TimelineEntry struct {
	Event  *Entity // nil: a claim without event stands alone
	Date   *string // EDTF, of the first dated claim; nil: no claim is dated
	Claims []*Claim
}

// TimelineConnection is a page of a timeline: by first day, the undated last.
type TimelineConnection struct {
	Edges      []*TimelineEdge
	Nodes      []*TimelineEntry
	PageInfo   PageInfo
	TotalCount int
}

// TimelineEdge is an entry in a page.
type TimelineEdge struct {
	Cursor string
	Node   *TimelineEntry
}

// moment is an entry before its claims are read.
type moment struct {
	event  NodeID // 0: none
	day    Day    // MaxDay without a date
	claims []candidate
}

// place orders moments by day and what happened.
func (m *moment) place() (Day, NodeID) {
	if m.event != 0 {
		return m.day, m.event
	}
	return m.day, m.claims[0].claim
}

// Timelines returns for each entity what happened to it: its claims grouped by
// the event that they are about, and all that is said of the events that it is
// tied to: for a case, its steps.
func (r *Reader) Timelines(ctx context.Context, entities []*Entity, q TimelineQuery) ([]*TimelineConnection, error) {
	r, l, err := r.through(ctx, q.View, truthful)
	if err != nil {
		return nil, err
	}
	w, err := r.window(ctx, timelineList, q.Page)
	if err != nil {
		return nil, err
	}
	around, err := r.edgesOf(ctx, entities, []Role{RoleSubject, RoleObject, RoleQualifier, RoleEvent}, nil, l)
	if err != nil {
		return nil, err
	}
	all, err := r.withEvents(ctx, around)
	if err != nil {
		return nil, err
	}
	out := make([]*TimelineConnection, len(entities))
	pages := make([][]*moment, len(entities))
	for i := range entities {
		seen, _, err := r.seen(ctx, l, eachOnce(all[i]))
		if err != nil {
			return nil, err
		}
		pages[i], out[i] = r.timelinePage(seen, w)
	}
	return out, r.fillTimelines(ctx, out, pages)
}

// timelinePage cuts the page out of one timeline.
func (r *Reader) timelinePage(seen []candidate, w window) ([]*moment, *TimelineConnection) {
	moments := r.moments(seen)
	from, to, info := w.cut(len(moments), func(i int, m *mark) int {
		day, node := moments[i].place()
		return cmp.Or(cmp.Compare(int64(day), m.key), cmp.Compare(node, m.node))
	})
	return moments[from:to], &TimelineConnection{PageInfo: info, TotalCount: len(moments)}
}

// fillTimelines reads the claims of all pages in one go.
func (r *Reader) fillTimelines(ctx context.Context, out []*TimelineConnection, pages [][]*moment) error {
	var claims [][]candidate
	for _, m := range slices.Concat(pages...) {
		claims = append(claims, m.claims)
	}
	read, err := r.hydratePages(ctx, claims)
	if err != nil {
		return err
	}
	for i, c := range out {
		for _, m := range pages[i] {
			c.add(r.entry(m, read[0]))
			read = read[1:]
		}
		c.PageInfo.ends(len(c.Edges), func(i int) string { return c.Edges[i].Cursor })
	}
	return nil
}

func (c *TimelineConnection) add(e *TimelineEdge) {
	c.Edges, c.Nodes = append(c.Edges, e), append(c.Nodes, e.Node)
}

// withEvents adds to the claims of each entity those about the events that they tie it to.
func (r *Reader) withEvents(ctx context.Context, around [][]candidate) ([][]candidate, error) {
	var others []NodeID
	for _, c := range slices.Concat(around...) {
		if n := r.rep(c.other); n != 0 && !c.relation.Claims {
			others = append(others, n)
		}
	}
	slices.Sort(others)
	others = slices.Compact(others)
	about, err := r.around(ctx, others, EdgeQuery{Roles: []Role{RoleEvent}})
	if err != nil {
		return nil, err
	}
	for i, own := range around {
		for _, c := range own {
			if at, ok := slices.BinarySearch(others, r.rep(c.other)); ok {
				around[i] = append(around[i], about[at]...)
			}
		}
	}
	return around, nil
}

// moments groups claims by event; one that says something of an event itself
// (that it is a step of a case) belongs to that event.
func (r *Reader) moments(in []candidate) []*moment {
	events := map[NodeID]*moment{}
	for _, c := range in {
		if n := r.rep(c.columns.Event); n != 0 {
			events[n] = &moment{event: n, day: MaxDay}
		}
	}
	var out []*moment
	for _, c := range in {
		m := events[r.rep(c.columns.Event)]
		if m == nil {
			m = events[r.rep(c.subject)]
		}
		if m == nil {
			m = &moment{day: MaxDay}
		}
		if len(m.claims) == 0 {
			out = append(out, m)
		}
		m.claims = append(m.claims, c)
		if c.columns.Dated {
			m.day = min(m.day, c.columns.Low)
		}
	}
	for _, m := range out {
		ClaimsByDate.sort(m.claims)
	}
	slices.SortFunc(out, func(a, b *moment) int {
		dayA, nodeA := a.place()
		dayB, nodeB := b.place()
		return cmp.Or(cmp.Compare(dayA, dayB), cmp.Compare(nodeA, nodeB))
	})
	return out
}

// entry makes an entry of a moment and its claims.
func (r *Reader) entry(m *moment, claims []*Claim) *TimelineEdge {
	e := &TimelineEntry{Claims: claims}
	id := claims[0].ID
	for _, c := range claims {
		if e.Date == nil {
			e.Date = c.Date
		}
		if m.event != 0 && c.Event != nil {
			e.Event, id = c.Event, c.Event.ID
		}
	}
	day, _ := m.place()
	return &TimelineEdge{Cursor: r.cursor(timelineList, int64(day), id), Node: e}
}
