package graph_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
)

func TestRelated(t *testing.T) {
	s := newShelf(t)
	court := s.entity("court/city")
	q := graph.RelatedQuery{Relation: s.relation("convicted-by"), Inverse: true, Page: graph.Paging{First: ptr(10)}}
	c := get[[]*graph.EntityConnection](t)(s.Related(s.ctx, []*graph.Entity{court}, q))[0]
	want(t, "convicted, in order", entityIDs(c.Nodes), "person/larisa-kharkova person/erlan-baltabay")
	want(t, "claims of an edge", claimIDs(c.Edges[0].Claims), "verdict verdict-government")

	decent := s.entity("union/decent")
	q = graph.RelatedQuery{Relation: s.relation("affiliated-with")}
	c = get[[]*graph.EntityConnection](t)(s.Related(s.ctx, []*graph.Entity{decent}, q))[0]
	want(t, "a denial accompanies", claimIDs(c.Edges[0].Claims), "affiliated affiliated-denied")
	q.View = &graph.View{AssertedBy: []string{"authority/government"}}
	c = get[[]*graph.EntityConnection](t)(s.Related(s.ctx, []*graph.Entity{decent}, q))[0]
	want(t, "a denial alone ties nothing", entityIDs(c.Nodes), "")

	justice := s.entity("authority/justice")
	q = graph.RelatedQuery{Relation: s.relation("registered")}
	c = get[[]*graph.EntityConnection](t)(s.Related(s.ctx, []*graph.Entity{justice}, q))[0]
	want(t, "what is planned is no fact", entityIDs(c.Nodes), "")
	q.View = &graph.View{Modes: []graph.Mode{graph.Planned}}
	c = get[[]*graph.EntityConnection](t)(s.Related(s.ctx, []*graph.Entity{justice}, q))[0]
	want(t, "unless asked for", entityIDs(c.Nodes), "union/knprk")
}

func TestNeighborsAndCountsAgree(t *testing.T) {
	s := newShelf(t)
	knprk := s.entity("union/knprk")
	var counted []string
	for _, c := range get[[][]graph.RelationCount](t)(s.RelationCounts(s.ctx, []*graph.Entity{knprk}, nil))[0] {
		counted = append(counted, fmt.Sprint(c.Relation.Name, " ", c.Direction, " ", c.Count, "/", c.Claims))
		related := get[[]*graph.EntityConnection](t)(s.Related(s.ctx, []*graph.Entity{knprk},
			graph.RelatedQuery{Relation: c.Relation, Inverse: c.Direction == graph.RoleObject}))[0]
		want(t, "total of "+c.Relation.Name, fmt.Sprint(get[int](t)(related.TotalCount(s.ctx))), fmt.Sprint(c.Count))
	}
	want(t, "counts", strings.Join(counted, ", "),
		"member-of OBJECT 1/1, affiliated-with OBJECT 1/2, leads OBJECT 1/1, refused-registration OBJECT 1/2")

	all := get[[]*graph.EntityConnection](t)(s.Neighbors(s.ctx, []*graph.Entity{knprk}, graph.NeighborQuery{}))[0]
	want(t, "neighbours", entityIDs(all.Nodes), "union/decent person/larisa-kharkova person/protected-1 authority/justice")
	person := s.entity("person/larisa-kharkova").Kind
	some := get[[]*graph.EntityConnection](t)(s.Neighbors(s.ctx, []*graph.Entity{knprk},
		graph.NeighborQuery{Kinds: []*graph.EntityKind{person}, Page: graph.Paging{First: ptr(1)}}))[0]
	want(t, "of a kind", entityIDs(some.Nodes)+fmt.Sprint(some.PageInfo.HasNextPage), "person/larisa-kharkovatrue")
	next := get[[]*graph.EntityConnection](t)(s.Neighbors(s.ctx, []*graph.Entity{knprk},
		graph.NeighborQuery{Kinds: []*graph.EntityKind{person}, Page: graph.Paging{First: ptr(1), After: some.PageInfo.EndCursor}}))[0]
	want(t, "the next page", entityIDs(next.Nodes), "person/protected-1")
	spoken := get[[]*graph.ClaimConnection](t)(s.ClaimsOf(s.ctx, []*graph.Entity{s.entity("authority/government")},
		graph.EntityClaims{Roles: []graph.Role{graph.RoleSpeaker}}))[0]
	want(t, "claims of a speaker", claimIDs(spoken.Nodes), "affiliated-denied planned second-hand verdict-government")
}

func TestSubgraph(t *testing.T) {
	s := newShelf(t)
	q := graph.SubgraphQuery{Roots: []string{"person/larisa-kharkova"}, Depth: 1, MaxNodes: 100}
	g := get[*graph.Subgraph](t)(s.Subgraph(s.ctx, q))
	want(t, "one ring", entityIDs(g.Nodes), "person/larisa-kharkova union/knprk court/city")
	q.Depth, q.MaxNodes = 2, 4
	g = get[*graph.Subgraph](t)(s.Subgraph(s.ctx, q))
	want(t, "cut", fmt.Sprint(len(g.Nodes), g.Truncated, g.Omitted), "4 true 3")
	q.Depth, q.MaxNodes = 3, 100
	g = get[*graph.Subgraph](t)(s.Subgraph(s.ctx, q))
	want(t, "a protected person is a leaf", fmt.Sprint(strings.Contains(entityIDs(g.Nodes), "person/protected-1"), strings.Contains(entityIDs(g.Nodes), "company/oil")), "true true")
	for _, e := range g.Edges {
		if e.Source.ID == "person/protected-1" && e.Relation.Name == "employed-by" && len(e.Claims) != 1 {
			t.Error("an edge between two that are in is shown")
		}
	}
	q = graph.SubgraphQuery{Roots: []string{"union/decent", "union/knprk"}, MaxNodes: 10}
	g = get[*graph.Subgraph](t)(s.Subgraph(s.ctx, q))
	want(t, "the roots alone", entityIDs(g.Nodes)+fmt.Sprint(len(g.Edges)), "union/decent union/knprk1")
	for _, bad := range []graph.SubgraphQuery{
		{Roots: []string{"union/decent"}, Depth: 11, MaxNodes: 1}, {Roots: []string{"union/decent"}, MaxNodes: 5001},
	} {
		_, err := s.Subgraph(s.ctx, bad)
		wantCode(t, err, graph.CodeLimit)
	}
	_, err := s.Subgraph(s.ctx, graph.SubgraphQuery{Roots: []string{"union/none"}, MaxNodes: 1})
	wantCode(t, err, graph.CodeNotFound)
}

func pathIDs(paths []*graph.Path) string {
	var out []string
	for _, p := range paths {
		out = append(out, entityIDs(p.Nodes))
	}
	return strings.Join(out, " | ")
}

func TestPaths(t *testing.T) {
	s := newShelf(t)
	q := graph.PathQuery{From: "person/larisa-kharkova", To: "person/erlan-baltabay", MaxLength: 6, First: 3}
	p := get[[]*graph.Path](t)(s.Paths(s.ctx, q))
	want(t, "paths", pathIDs(p), "person/larisa-kharkova court/city person/erlan-baltabay | "+
		"person/larisa-kharkova union/knprk union/decent person/erlan-baltabay")
	want(t, "claims of a hop", claimIDs(p[0].Hops[0].Claims), "verdict verdict-government")
	want(t, "a denial beside its hop", claimIDs(p[1].Hops[1].Claims), "affiliated affiliated-denied")
	q.Exclude = []string{"court/city"}
	want(t, "around", pathIDs(get[[]*graph.Path](t)(s.Paths(s.ctx, q))), "person/larisa-kharkova union/knprk union/decent person/erlan-baltabay")
	q.MaxLength = 2
	want(t, "too far", pathIDs(get[[]*graph.Path](t)(s.Paths(s.ctx, q))), "")
	q = graph.PathQuery{From: "union/knprk", To: "company/oil", MaxLength: 10, First: 5}
	for _, p := range get[[]*graph.Path](t)(s.Paths(s.ctx, q)) {
		if strings.Contains(entityIDs(p.Nodes), "protected") {
			t.Error("through a protected person: ", entityIDs(p.Nodes))
		}
	}
	q.To = "person/protected-1"
	want(t, "to a protected person", fmt.Sprint(len(get[[]*graph.Path](t)(s.Paths(s.ctx, q))) > 0), "true")
	q.MaxLength = 11
	_, err := s.Paths(s.ctx, q)
	wantCode(t, err, graph.CodeLimit)
}

// TestYen compares paths with all paths of a small grid, found by walking it.
func TestYen(t *testing.T) {
	const side = 4
	var b strings.Builder
	b.WriteString(head + "- {\"@id\": document/grid, \"@type\": Document, name: Grid, file-name: grid.txt}\n")
	for x := range side {
		for y := range side {
			fmt.Fprintf(&b, "- {\"@id\": union/g%d%d, \"@type\": Union, name: G%d%d}\n", x, y, x, y)
			for _, to := range [][2]int{{x + 1, y}, {x, y + 1}} {
				if to[0] < side && to[1] < side {
					fmt.Fprintf(&b, "- \"@graph\": {\"@id\": union/g%d%d, affiliated-with: union/g%d%d}\n  asserted-by: union/ituc\n  evidence: document/grid/p1\n", x, y, to[0], to[1])
				}
			}
		}
	}
	s := newShelf(t, input("grid.yaml", b.String()))
	paths := get[[]*graph.Path](t)(s.Paths(s.ctx, graph.PathQuery{From: "union/g00", To: "union/g33", MaxLength: 8, First: 200}))
	lengths := map[int]int{}
	met := map[string]bool{}
	for i, p := range paths {
		lengths[p.Length]++
		if i > 0 && p.Length < paths[i-1].Length {
			t.Error("a shorter path after a longer one")
		}
		if ids := entityIDs(p.Nodes); met[ids] {
			t.Error("twice: ", ids)
		} else {
			met[ids] = true
		}
	}
	want(t, "paths by length", fmt.Sprint(lengths), fmt.Sprint(gridPaths(side, 8)))
}

// gridPaths counts the loopless paths between opposite corners by length.
func gridPaths(side, most int) map[int]int {
	lengths := map[int]int{}
	on := map[[2]int]bool{}
	var walk func(x, y, length int)
	walk = func(x, y, length int) {
		at := [2]int{x, y}
		if x < 0 || y < 0 || x == side || y == side || on[at] || length > most {
			return
		}
		if x == side-1 && y == side-1 {
			lengths[length]++
			return
		}
		on[at] = true
		for _, d := range [][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			walk(x+d[0], y+d[1], length+1)
		}
		delete(on, at)
	}
	walk(0, 0, 0)
	return lengths
}

func TestConflictsAreRead(t *testing.T) {
	s := newShelf(t)
	kinds := func(view *graph.View, filter *graph.ConflictFilter) string {
		t.Helper()
		c := get[*graph.ConflictConnection](t)(s.ListConflicts(s.ctx, graph.ConflictQuery{View: view, Filter: filter}))
		out := map[string]string{}
		for _, one := range c.Nodes {
			out[one.Kind.String()] = one.Summary
		}
		return fmt.Sprint(out)
	}
	const stance = "STANCE:Dostoinii Trud affiliated with Confederation of Independent Trade Unions: " +
		"asserted by International Trade Union Confederation, denied by The Government"
	const date = "DATE:Larisa Kharkova convicted by City Court (International Trade Union Confederation: 2017-07-25; The Government: 2017-07-26)"
	want(t, "all", kinds(nil, nil), "map["+date+" "+stance+"]")
	want(t, "one party alone is not at odds", kinds(&graph.View{AssertedBy: []string{"union/ituc"}}, nil), "map[]")
	want(t, "of a kind", kinds(nil, &graph.ConflictFilter{Kinds: []graph.ConflictKind{graph.ConflictDate}}), "map["+date+"]")
	want(t, "of a claim", kinds(nil, &graph.ConflictFilter{Claim: &graph.ClaimFilter{Stances: []graph.Stance{graph.Denied}}}), "map["+stance+"]")

	c := get[[]*graph.Claim](t)(s.ClaimsByID(s.ctx, []string{"claim/affiliated", "claim/leads"}))
	of := get[[][]*graph.Conflict](t)(s.ConflictsOf(s.ctx, c, nil))
	want(t, "of a claim", fmt.Sprint(len(of[0]), len(of[1])), "1 0")
	byID := get[[]*graph.Conflict](t)(s.ConflictsByID(s.ctx, []string{of[0][0].ID, "conflict/none"}))
	want(t, "by id", claimIDs(byID[0].Claims)+fmt.Sprint(byID[1] == nil), claimIDs(of[0][0].Claims)+"true")
	want(t, "disputed", fmt.Sprint(c[0].Disputed, c[1].Disputed), "true false")
}

func TestPositions(t *testing.T) {
	s := newShelf(t)
	q := graph.PositionQuery{Subject: "union/decent", Relation: s.relation("affiliated-with"), Object: ptr("union/knprk")}
	var got []string
	for _, p := range get[[]*graph.PartyPosition](t)(s.Positions(s.ctx, q)) {
		got = append(got, fmt.Sprint(p.Party.ID, len(p.Asserts), len(p.Denies), len(p.Withholds), p.Silent))
	}
	want(t, "positions", strings.Join(got, ", "), "union/ituc1 0 0 false, authority/government0 1 0 false")
	q = graph.PositionQuery{Subject: "company/oil"}
	got = nil
	for _, p := range get[[]*graph.PartyPosition](t)(s.Positions(s.ctx, q)) {
		got = append(got, fmt.Sprint(p.Party.ID, p.Silent))
	}
	want(t, "what is heard at second hand is no position", strings.Join(got, ", "), "")
	q.View = &graph.View{Direct: ptr(false)}
	want(t, "unless asked for", get[[]*graph.PartyPosition](t)(s.Positions(s.ctx, q))[0].Party.ID, "authority/government")
	q = graph.PositionQuery{Subject: "person/erlan-baltabay", Relation: s.relation("convicted-by"), View: &graph.View{AssertedBy: []string{"union/ituc", "authority/government"}}}
	silent := get[[]*graph.PartyPosition](t)(s.Positions(s.ctx, q))
	want(t, "a named party is silent", fmt.Sprint(silent[1].Party.ID, silent[1].Silent), "authority/governmenttrue")
}

func TestTimeline(t *testing.T) {
	s := newShelf(t)
	line := func(id string) string {
		var out []string
		c := get[[]*graph.TimelineConnection](t)(s.Timelines(s.ctx, []*graph.Entity{s.entity(id)}, graph.TimelineQuery{}))[0]
		for _, e := range c.Nodes {
			at := "-"
			if e.Date != nil {
				at = *e.Date
			}
			if e.Event != nil {
				at += " " + e.Event.ID
			}
			out = append(out, at+" "+claimIDs(e.Claims))
		}
		return strings.Join(out, " | ")
	}
	want(t, "a case", line("case/kharkova"), "2017-07-25 event/verdict step-1 verdict verdict-government | 2017-09 step-2")
	want(t, "a person", line("person/erlan-baltabay"), "2016/.. leads-decent | 2019-07 baltabay | - second-hand")
}

func TestCompare(t *testing.T) {
	s := newShelf(t)
	c := get[*graph.Comparison](t)(s.Compare(s.ctx, graph.CompareQuery{
		Left:  &graph.View{AssertedBy: []string{"union/ituc"}},
		Right: &graph.View{AssertedBy: []string{"authority/government"}},
	}))
	want(t, "counts", fmt.Sprint(c.OnlyLeft, c.OnlyRight, c.Agreed, c.Opposed, c.TotalCount), "8 2 1 1 12")
	for _, n := range c.Nodes {
		switch n.Agreement {
		case graph.Agreed:
			want(t, "agreed", claimIDs(n.Left)+" / "+claimIDs(n.Right), "verdict / verdict-government")
		case graph.Opposed:
			want(t, "opposed", claimIDs(n.Left)+" / "+claimIDs(n.Right), "affiliated / affiliated-denied")
		}
	}
}

func TestFacets(t *testing.T) {
	s := newShelf(t)
	f := get[*graph.Facets](t)(s.Facets(s.ctx, &graph.ClaimFilter{Relations: []*graph.RelationKind{s.relation("convicted-by"), s.relation("affiliated-with")}}, nil))
	want(t, "relations", fmt.Sprint(f.Relations[0].Relation.Name, f.Relations[0].Count, f.Relations[1].Count), "convicted-by3 2")
	want(t, "speakers", fmt.Sprint(f.Speakers[0].Speaker.ID, f.Speakers[0].Count, f.Speakers[1].Count), "union/ituc3 2")
	want(t, "years", fmt.Sprint(f.Years, f.Undated), "[{2017 2} {2019 1}] 2")
	want(t, "kinds", fmt.Sprint(f.Kinds[0].Count, f.Kinds[2].Kind.Name, f.Kinds[2].Count), "3Union2")
	want(t, "capacities", fmt.Sprint(f.Capacities[0].Capacity, f.Total), "WORKERS 5")
}

// TestMergesResolve merges two unions and reads them as one.
func TestMergesResolve(t *testing.T) {
	s := newShelf(t)
	seq := s.Seq()
	s.done(s.curator().Merge(context.Background(), []graph.Term{s.id("union/decent-2")}, s.id("union/decent"), "one union"))
	s.must(input("more.yaml", head+`
- "@id": claim/leads-2
  "@graph": {"@id": person/larisa-kharkova, leads: union/decent-2}
  asserted-by: union/ituc
  date: "2020"
  evidence: document/letter/p21
`))
	later := s.read(0)
	e := later.entity("union/decent-2")
	want(t, "the representative", e.ID+" "+strings.Join(e.MergedFrom, " "), "union/decent union/decent-2")
	want(t, "all names", e.Names()[0].Text+", "+e.Names()[1].Text, "Dostoinii Trud, Достойный труд")
	c := get[[]*graph.ClaimConnection](t)(later.ClaimsOf(later.ctx, []*graph.Entity{e}, graph.EntityClaims{}))[0]
	want(t, "claims of both", claimIDs(c.Nodes), "affiliated affiliated-denied leads-decent leads-2")
	want(t, "object", c.Nodes[3].Object.ID, "union/decent")
	found := get[*graph.Entity](t)(later.FindEntity(later.ctx, graph.EntityLookup{Name: ptr("Достойный Труд")}))
	want(t, "by name", found.ID, "union/decent")

	before := s.read(seq)
	_, err := before.FindEntity(before.ctx, graph.EntityLookup{Name: ptr("Достойный Труд")})
	wantCode(t, err, graph.CodeAmbiguous)
}

// TestPastStaysAskable retracts a claim and reads both times.
func TestPastStaysAskable(t *testing.T) {
	s := newShelf(t)
	then := s.Time()
	s.done(s.curator().Retract(context.Background(), s.id("claim/affiliated-denied"), "misread"))
	later := s.read(0)
	q := graph.ClaimQuery{Filter: &graph.ClaimFilter{Relations: []*graph.RelationKind{s.relation("affiliated-with")}}}
	want(t, "now", claimIDs(get[*graph.ClaimConnection](t)(later.ListClaims(later.ctx, q)).Nodes), "affiliated")
	q.View = &graph.View{RecordedBefore: &then}
	want(t, "then", claimIDs(get[*graph.ClaimConnection](t)(later.ListClaims(later.ctx, q)).Nodes), "affiliated affiliated-denied")
	long := then.AddDate(-1, 0, 0)
	q.View = &graph.View{RecordedBefore: &long}
	want(t, "before anything", claimIDs(get[*graph.ClaimConnection](t)(later.ListClaims(later.ctx, q)).Nodes), "")
	gone := get[[]*graph.Claim](t)(later.ClaimsByID(later.ctx, []string{"claim/affiliated-denied", "claim/affiliated"}))
	r := get[[]*graph.Retraction](t)(later.RetractionsOf(later.ctx, gone))
	want(t, "the withdrawal", r[0].Reason+fmt.Sprint(r[1] == nil), "misreadtrue")
	want(t, "no conflict is left", fmt.Sprint(get[*graph.ConflictConnection](t)(later.ListConflicts(later.ctx, graph.ConflictQuery{})).TotalCount), "1")
}

// TestLookupsDoNotGrow asks for pages of 10 and of 100 people, with their
// convictions, the courts' names, and the conflicts of each claim.
func TestLookupsDoNotGrow(t *testing.T) {
	var b strings.Builder
	b.WriteString(head)
	for i := range 120 {
		fmt.Fprintf(&b, "- {\"@id\": person/p%03d, \"@type\": Person, name: P %03d}\n- {\"@id\": court/c%03d, \"@type\": Court, name: C %03d}\n", i, i, i, i)
		fmt.Fprintf(&b, "- \"@graph\": {\"@id\": person/p%03d, convicted-by: court/c%03d}\n  asserted-by: union/ituc\n  evidence: document/letter/p1\n", i, i)
	}
	s := newShelf(t, input("people.yaml", b.String()))
	ask := func(n int) int64 {
		r := s.read(0)
		people := get[*graph.EntityConnection](t)(r.ListEntities(r.ctx, graph.EntityQuery{
			Filter: &graph.EntityFilter{Kinds: []*graph.EntityKind{s.entity("person/p001").Kind}, Has: &graph.RelationFilter{Relation: s.relation("convicted-by")}},
			Page:   graph.Paging{First: ptr(n)},
		}))
		if len(people.Nodes) != n {
			t.Fatal(len(people.Nodes))
		}
		var claims []*graph.Claim
		for _, c := range get[[]*graph.EntityConnection](t)(r.Related(r.ctx, people.Nodes, graph.RelatedQuery{Relation: s.relation("convicted-by")})) {
			for _, e := range c.Edges {
				claims = append(claims, e.Claims...)
				if e.Claims[0].Evidence()[0].Document.Name == "" {
					t.Error("no document")
				}
			}
		}
		get[[][]*graph.Conflict](t)(r.ConflictsOf(r.ctx, claims, nil))
		get[*graph.ClaimConnection](t)(r.ListClaims(r.ctx, graph.ClaimQuery{
			Filter: &graph.ClaimFilter{Relations: []*graph.RelationKind{s.relation("convicted-by")}}, Page: graph.Paging{First: ptr(n)},
		}))
		return r.calls.Load()
	}
	ten, hundred := ask(10), ask(100)
	if ten != hundred || ten > 16 {
		t.Errorf("%d look-ups for 10 people, %d for 100", ten, hundred)
	}
}
