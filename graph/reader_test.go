package graph_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
)

// world is a small graph with two sides, a case of two steps, a protected
// person, namesakes and a denial.
const world = head + `
- {"@id": document/letter, "@type": Document, name: The letter, file-name: letter.txt, title: A letter, issued: "2021-02"}
- {"@id": document/report, "@type": Document, name: The report, file-name: report.txt}
- "@id": person/larisa-kharkova
  "@type": Person
  name: Larisa Kharkova
  names: [{text: Лариса Харькова, role: ALIAS, evidence: document/letter/p1}, {text: L. Kharkova, role: ALIAS, evidence: document/report/p2}]
- {"@id": person/erlan-baltabay, "@type": Person, name: Erlan Baltabay}
- {"@id": person/protected-1, "@type": Person, name: Asel A., protected: true}
- {"@id": union/knprk, "@type": Union, name: Confederation of Independent Trade Unions, names: [{text: KNPRK, role: ABBREVIATION}]}
- {"@id": union/ituc, "@type": Union, name: International Trade Union Confederation, names: [{text: ITUC, role: ABBREVIATION}]}
- {"@id": union/decent, "@type": Union, name: Dostoinii Trud}
- {"@id": union/decent-2, "@type": Union, name: Достойный труд}
- {"@id": authority/government, "@type": Authority, name: The Government}
- {"@id": authority/justice, "@type": Authority, name: Ministry of Justice}
- {"@id": court/city, "@type": Court, name: City Court}
- {"@id": company/oil, "@type": Company, name: Oil Company}
- {"@id": event/verdict, "@type": Event, name: The verdict of 2017}
- {"@id": event/appeal, "@type": Event, name: The appeal}
- {"@id": event/refusal-1, "@type": Event, name: The first refusal}
- {"@id": event/refusal-2, "@type": Event, name: The second refusal}
- {"@id": case/kharkova, "@type": Case, name: Case of Kharkova}
- {"@id": voice/ituc, party: union/ituc, capacity: WORKERS}
- {"@id": voice/government, party: authority/government, capacity: GOVERNMENT}
- "@id": claim/verdict
  "@graph": {"@id": person/larisa-kharkova, convicted-by: court/city}
  asserted-by: voice/ituc
  event: event/verdict
  date: "2017-07-25"
  duration: P4Y
  evidence: document/letter/p3
- "@id": claim/verdict-government
  "@graph": {"@id": person/larisa-kharkova, convicted-by: court/city}
  asserted-by: voice/government
  event: event/verdict
  date: "2017-07-26"
  evidence: document/report/p3
- "@id": claim/baltabay
  "@graph": {"@id": person/erlan-baltabay, convicted-by: court/city}
  asserted-by: voice/ituc
  date: "2019-07"
  evidence: document/letter/p4
- "@id": claim/leads
  "@graph": {"@id": person/larisa-kharkova, leads: union/knprk}
  asserted-by: voice/ituc
  date: "2014/2018"
  evidence: document/letter/p5
- "@id": claim/leads-decent
  "@graph": {"@id": person/erlan-baltabay, leads: union/decent}
  asserted-by: voice/ituc
  date: "2016/.."
  evidence: document/letter/p5
- "@id": claim/affiliated
  "@graph": {"@id": union/decent, affiliated-with: union/knprk}
  asserted-by: voice/ituc
  evidence: document/letter/p6
- "@id": claim/affiliated-denied
  "@graph": {"@id": union/decent, affiliated-with: union/knprk}
  asserted-by: voice/government
  stance: DENIED
  evidence: document/report/p6
- "@id": claim/refused-1
  "@graph": {"@id": authority/justice, refused-registration: union/knprk}
  asserted-by: voice/ituc
  event: event/refusal-1
  date: "2017"
  evidence: document/letter/p7
- "@id": claim/refused-2
  "@graph": {"@id": authority/justice, refused-registration: union/knprk}
  asserted-by: voice/ituc
  event: event/refusal-2
  date: "2018-09"
  evidence: document/letter/p8
- "@id": claim/planned
  "@graph": {"@id": authority/justice, registered: union/knprk}
  asserted-by: voice/government
  mode: PLANNED
  evidence: document/report/p9
- "@id": claim/second-hand
  "@graph": {"@id": company/oil, dismissed: person/erlan-baltabay}
  asserted-by: voice/government
  reported-by-1: union/ituc
  evidence: document/letter/p9
- "@id": claim/employs-1
  "@graph": {"@id": person/protected-1, employed-by: company/oil}
  asserted-by: voice/ituc
  evidence: document/letter/p10
- "@id": claim/member-1
  "@graph": {"@id": person/protected-1, member-of: union/knprk}
  asserted-by: voice/ituc
  date: "2015/.."
  evidence: document/letter/p10
- "@id": claim/step-1
  "@graph": {"@id": event/verdict, step-in: case/kharkova}
  asserted-by: voice/ituc
  evidence: document/letter/p11
- "@id": claim/step-2
  "@graph": {"@id": event/appeal, step-in: case/kharkova}
  asserted-by: voice/ituc
  date: "2017-09"
  evidence: document/letter/p11
`

// shelf is a world and a reader of it.
type shelf struct {
	*desk
	*graph.Reader
	ctx   context.Context
	calls *atomic.Int64
}

func newShelf(t *testing.T, inputs ...graph.Input) *shelf {
	t.Helper()
	d := newDesk(t)
	d.must(append([]graph.Input{input("world.yaml", world)}, inputs...)...)
	return d.read(0)
}

// read opens a reader that counts look-ups.
func (d *desk) read(seq graph.Seq) *shelf {
	d.t.Helper()
	calls := &atomic.Int64{}
	ctx := context.Background()
	r, err := graph.NewReader(ctx, counting{d.store, calls}, d.ontology, nil, seq)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		if err := r.Close(); err != nil {
			d.t.Error(err)
		}
	})
	return &shelf{d, r, ctx, calls}
}

// relation returns a relation kind by its local name.
func (s *shelf) relation(name string) *graph.RelationKind {
	s.t.Helper()
	r := s.ontology.Relation(s.ontology.Names.Term(name))
	if r == nil {
		s.t.Fatal("no relation ", name)
	}
	return r
}

// entity returns the entity with this id.
func (s *shelf) entity(id string) *graph.Entity {
	s.t.Helper()
	found := get[[]*graph.Entity](s.t)(s.EntitiesByID(s.ctx, []string{id}))
	if found[0] == nil {
		s.t.Fatal("no entity ", id)
	}
	return found[0]
}

// get takes the error off a result.
func get[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func claimIDs(claims []*graph.Claim) string {
	ids := make([]string, len(claims))
	for i, c := range claims {
		ids[i] = strings.TrimPrefix(c.ID, "claim/")
	}
	return strings.Join(ids, " ")
}

func entityIDs(entities []*graph.Entity) string {
	ids := make([]string, len(entities))
	for i, e := range entities {
		ids[i] = e.ID
	}
	return strings.Join(ids, " ")
}

func want(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func wantCode(t *testing.T, err error, code graph.Code) {
	t.Helper()
	var e *graph.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Errorf("error %v, want %s", err, code)
	}
}

func ptr[T any](v T) *T { return &v }

func TestClaimIsWhole(t *testing.T) {
	s := newShelf(t)
	c := get[[]*graph.Claim](t)(s.ClaimsByID(s.ctx, []string{"claim/verdict", "claim/none"}))
	if c[1] != nil {
		t.Error("a claim that is not there")
	}
	v := c[0]
	want(t, "subject", v.Subject.Name, "Larisa Kharkova")
	want(t, "object", v.Object.ID, "court/city")
	want(t, "event", v.Event.ID, "event/verdict")
	want(t, "date", *v.Date, "2017-07-25")
	want(t, "party", v.AssertedBy()[0].Party.ID+" "+v.AssertedBy()[0].Capacity.String(), "union/ituc WORKERS")
	want(t, "qualifier", v.Qualifiers()[0].Name+" "+v.Qualifiers()[0].Value.Lexical, "duration P4Y")
	e := v.Evidence()[0]
	want(t, "evidence", fmt.Sprint(e.Document.Name, *e.Paragraph), "The letter3")
	if at := get[[]string](t)(times(s.RecordedAt(s.ctx, c[:1]))); at[0] == "" {
		t.Error("no time of recording")
	}
	if b := get[[][]*graph.Batch](t)(s.BatchesOf(s.ctx, c[:1])); len(b[0]) != 1 || !b[0][0].Live {
		t.Errorf("batches %v", b[0])
	}
	names := v.Subject.Names()
	want(t, "names", names[0].Text+", "+names[1].Evidence()[0].Document.ID, "Larisa Kharkova, document/report")
	second := get[[]*graph.Claim](t)(s.ClaimsByID(s.ctx, []string{"claim/second-hand"}))[0]
	want(t, "reported by", entityIDs(second.ReportedBy()), "union/ituc")
	want(t, "title", *e.Document.Fact(graph.WordTitle), "A letter")
}

func TestViews(t *testing.T) {
	s := newShelf(t)
	leads := []*graph.RelationKind{s.relation("leads")}
	for _, test := range []struct {
		name string
		view graph.View
		want string
	}{
		{"everything", graph.View{}, "leads leads-decent"},
		{"a state that holds", graph.View{AsOf: ptr("2015")}, "leads"},
		{"a state that may hold", graph.View{AsOf: ptr("2018-06")}, "leads leads-decent"},
		{"a state that surely holds", graph.View{AsOf: ptr("2018-06"), Certainty: graph.CertaintyCertain}, "leads-decent"},
		{"one party", graph.View{AssertedBy: []string{"authority/government"}}, ""},
		{"nobody", graph.View{AssertedBy: []string{}}, ""},
		{"a capacity", graph.View{Capacities: []graph.Capacity{graph.CapacityWorkers}}, "leads leads-decent"},
		{"another document", graph.View{Documents: []string{"document/report"}}, ""},
		{"another mode", graph.View{Modes: []graph.Mode{graph.Planned}}, ""},
		{"second-hand", graph.View{Direct: ptr(false)}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := get[*graph.ClaimConnection](t)(s.ListClaims(s.ctx, graph.ClaimQuery{
				Filter: &graph.ClaimFilter{Relations: leads}, View: &test.view,
			}))
			want(t, "claims", claimIDs(c.Nodes), test.want)
			want(t, "count", fmt.Sprint(get[int](t)(c.TotalCount(s.ctx))), fmt.Sprint(len(c.Nodes)))
		})
	}
	c := get[*graph.ClaimConnection](t)(s.ListClaims(s.ctx, graph.ClaimQuery{
		Filter: &graph.ClaimFilter{Relations: []*graph.RelationKind{s.relation("affiliated-with")}},
		View:   &graph.View{AsOf: ptr("2018"), Certainty: graph.CertaintyCertain},
	}))
	want(t, "undated claims that a certain view drops", fmt.Sprint(get[int](t)(c.UndatedCount(s.ctx)), len(c.Nodes)), "2 0")
	_, err := s.ListClaims(s.ctx, graph.ClaimQuery{View: &graph.View{AsOf: ptr("last year")}})
	wantCode(t, err, graph.CodeInvalid)
}

func TestUndisputedOnly(t *testing.T) {
	s := newShelf(t)
	for relation, expected := range map[string]string{"affiliated-with": "", "leads": "leads leads-decent", "convicted-by": "baltabay"} {
		c := get[*graph.ClaimConnection](t)(s.ListClaims(s.ctx, graph.ClaimQuery{
			Filter: &graph.ClaimFilter{Relations: []*graph.RelationKind{s.relation(relation)}},
			View:   &graph.View{UndisputedOnly: true, AssertedBy: []string{"union/ituc"}},
		}))
		want(t, relation, claimIDs(c.Nodes), expected)
	}
}

func TestFilters(t *testing.T) {
	s := newShelf(t)
	convicted := s.relation("convicted-by")
	for _, test := range []struct {
		name   string
		filter graph.ClaimFilter
		want   string
	}{
		{"none", graph.ClaimFilter{Relations: []*graph.RelationKind{}}, ""},
		{"an event", graph.ClaimFilter{Events: []string{"event/verdict"}}, "verdict verdict-government"},
		{"a subject", graph.ClaimFilter{Subject: &graph.EntityFilter{IDs: []string{"person/erlan-baltabay"}}}, "leads-decent baltabay"},
		{"an object by name", graph.ClaimFilter{Object: &graph.EntityFilter{Name: &graph.StringFilter{Equals: ptr("city COURT")}}}, "verdict verdict-government baltabay"},
		{"dates", graph.ClaimFilter{Relations: []*graph.RelationKind{convicted}, Date: &graph.DateFilter{From: ptr("2017-07-26"), To: ptr("2019")}}, "verdict-government baltabay"},
		{"or", graph.ClaimFilter{Or: []*graph.ClaimFilter{{Events: []string{"event/refusal-1"}}, {Events: []string{"event/refusal-2"}}}}, "refused-1 refused-2"},
		{"not", graph.ClaimFilter{Relations: []*graph.RelationKind{convicted}, Not: &graph.ClaimFilter{AssertedBy: []string{"authority/government"}}}, "verdict baltabay"},
		{"a qualifier", graph.ClaimFilter{Qualifiers: []*graph.QualifierFilter{{Name: "duration", Value: ptr("P4Y")}}}, "verdict"},
		{"a paragraph", graph.ClaimFilter{Documents: []string{"document/letter"}, Paragraph: ptr(5)}, "leads leads-decent"},
		{"disputed", graph.ClaimFilter{Disputed: ptr(true), Relations: []*graph.RelationKind{s.relation("affiliated-with")}}, "affiliated affiliated-denied"},
		{"claims of leaders", graph.ClaimFilter{Relations: []*graph.RelationKind{convicted}, Subject: &graph.EntityFilter{
			Has: &graph.RelationFilter{Relation: s.relation("leads"), Entity: &graph.EntityFilter{IDs: []string{"union/decent"}}},
		}}, "baltabay"},
		{"ids", graph.ClaimFilter{IDs: []string{"claim/leads", "claim/none"}}, "leads"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := get[*graph.ClaimConnection](t)(s.ListClaims(s.ctx, graph.ClaimQuery{Filter: &test.filter}))
			want(t, "claims", claimIDs(c.Nodes), test.want)
			want(t, "count", fmt.Sprint(get[int](t)(c.TotalCount(s.ctx))), fmt.Sprint(len(c.Nodes)))
		})
	}
	deep := &graph.ClaimFilter{}
	for range 20 {
		deep = &graph.ClaimFilter{Not: deep}
	}
	_, err := s.ListClaims(s.ctx, graph.ClaimQuery{Filter: deep})
	wantCode(t, err, graph.CodeLimit)
}

func TestEntityLists(t *testing.T) {
	s := newShelf(t)
	union := s.entity("union/knprk").Kind
	for _, test := range []struct {
		name  string
		query graph.EntityQuery
		want  string
	}{
		{"a kind by name", graph.EntityQuery{Filter: &graph.EntityFilter{Kinds: []*graph.EntityKind{union}}}, "union/knprk union/decent union/decent-2 union/ituc"},
		{"backwards", graph.EntityQuery{Filter: &graph.EntityFilter{Kinds: []*graph.EntityKind{union}}, Order: graph.EntitiesByNameDescending}, "union/ituc union/decent-2 union/decent union/knprk"},
		{"a name in another script", graph.EntityQuery{Filter: &graph.EntityFilter{Name: &graph.StringFilter{Equals: ptr("лариса харькова")}}}, "person/larisa-kharkova"},
		{"a part of a name", graph.EntityQuery{Filter: &graph.EntityFilter{Name: &graph.StringFilter{Contains: ptr("refusal")}}}, "event/refusal-1 event/refusal-2"},
		{"convicted in 2019", graph.EntityQuery{Filter: &graph.EntityFilter{Has: &graph.RelationFilter{
			Relation: s.relation("convicted-by"), Role: ptr(graph.RoleSubject), Claim: &graph.ClaimFilter{Date: &graph.DateFilter{From: ptr("2019")}},
		}}}, "person/erlan-baltabay"},
		{"what is planned is no fact", graph.EntityQuery{Filter: &graph.EntityFilter{Has: &graph.RelationFilter{Relation: s.relation("registered")}}}, ""},
		{"what is denied is no fact", graph.EntityQuery{
			Filter: &graph.EntityFilter{Has: &graph.RelationFilter{Relation: s.relation("affiliated-with")}},
			View:   &graph.View{AssertedBy: []string{"authority/government"}},
		}, ""},
		{"not", graph.EntityQuery{Filter: &graph.EntityFilter{Kinds: []*graph.EntityKind{union}, Not: &graph.EntityFilter{
			Or: []*graph.EntityFilter{{IDs: []string{"union/ituc"}}, {Name: &graph.StringFilter{StartsWith: ptr("dostoi")}}},
		}}}, "union/knprk"},
		{"protected", graph.EntityQuery{Filter: &graph.EntityFilter{Protected: ptr(true)}}, "person/protected-1"},
		{"a protected name folded", graph.EntityQuery{Filter: &graph.EntityFilter{Name: &graph.StringFilter{Equals: ptr("asel a")}}}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := get[*graph.EntityConnection](t)(s.ListEntities(s.ctx, test.query))
			want(t, "entities", entityIDs(c.Nodes), test.want)
			want(t, "count", fmt.Sprint(get[int](t)(c.TotalCount(s.ctx))), fmt.Sprint(len(c.Nodes)))
		})
	}
}

// TestPagesMeet walks lists in pages of three, forwards and backwards, and
// compares them with the whole.
func TestPagesMeet(t *testing.T) {
	s := newShelf(t)
	justice := &graph.ClaimFilter{Subject: &graph.EntityFilter{IDs: []string{"authority/justice", "person/larisa-kharkova"}}}
	for name, list := range map[string]func(graph.Paging) ([]string, []string, graph.PageInfo){
		"all claims": func(p graph.Paging) ([]string, []string, graph.PageInfo) {
			return s.claimPage(graph.ClaimQuery{Page: p})
		},
		"claims, latest first": func(p graph.Paging) ([]string, []string, graph.PageInfo) {
			return s.claimPage(graph.ClaimQuery{Page: p, Order: graph.ClaimsByDateDescending})
		},
		"one relation": func(p graph.Paging) ([]string, []string, graph.PageInfo) {
			return s.claimPage(graph.ClaimQuery{Page: p, Filter: &graph.ClaimFilter{Relations: []*graph.RelationKind{s.relation("convicted-by")}}})
		},
		"by subject": func(p graph.Paging) ([]string, []string, graph.PageInfo) {
			return s.claimPage(graph.ClaimQuery{Page: p, Filter: justice})
		},
		"entities": func(p graph.Paging) ([]string, []string, graph.PageInfo) {
			return s.entityPage(graph.EntityQuery{Page: p})
		},
		"entities backwards": func(p graph.Paging) ([]string, []string, graph.PageInfo) {
			return s.entityPage(graph.EntityQuery{Page: p, Order: graph.EntitiesByNameDescending})
		},
	} {
		t.Run(name, func(t *testing.T) {
			whole, _, info := list(graph.Paging{First: ptr(100)})
			if info.HasNextPage || info.HasPreviousPage {
				t.Error("there is nothing around the whole")
			}
			want(t, "forwards", strings.Join(walkPages(list, true), " "), strings.Join(whole, " "))
			want(t, "backwards", strings.Join(walkPages(list, false), " "), strings.Join(whole, " "))
		})
	}
}

// walkPages reads a list in pages of three.
func walkPages(list func(graph.Paging) ([]string, []string, graph.PageInfo), forwards bool) []string {
	var out []string
	page := graph.Paging{First: ptr(3)}
	if !forwards {
		page = graph.Paging{Last: ptr(3)}
	}
	for {
		ids, cursors, info := list(page)
		if forwards {
			out = append(out, ids...)
		} else {
			out = append(slices.Clone(ids), out...)
		}
		switch {
		case forwards && info.HasNextPage:
			page.After = &cursors[len(cursors)-1]
		case !forwards && info.HasPreviousPage:
			page.Before = &cursors[0]
		default:
			return out
		}
	}
}

func (s *shelf) claimPage(q graph.ClaimQuery) (ids, cursors []string, info graph.PageInfo) {
	s.t.Helper()
	c := get[*graph.ClaimConnection](s.t)(s.ListClaims(s.ctx, q))
	for _, e := range c.Edges {
		ids, cursors = append(ids, e.Node.ID), append(cursors, e.Cursor)
	}
	return ids, cursors, c.PageInfo
}

func (s *shelf) entityPage(q graph.EntityQuery) (ids, cursors []string, info graph.PageInfo) {
	s.t.Helper()
	c := get[*graph.EntityConnection](s.t)(s.ListEntities(s.ctx, q))
	for _, e := range c.Edges {
		ids, cursors = append(ids, e.Node.ID), append(cursors, e.Cursor)
	}
	return ids, cursors, c.PageInfo
}

func TestPagesAreBounded(t *testing.T) {
	s := newShelf(t)
	for _, p := range []struct {
		page graph.Paging
		code graph.Code
	}{
		{graph.Paging{First: ptr(201)}, graph.CodeLimit},
		{graph.Paging{First: ptr(-1)}, graph.CodeInvalid},
		{graph.Paging{After: ptr("nonsense")}, graph.CodeInvalid},
	} {
		_, err := s.ListClaims(s.ctx, graph.ClaimQuery{Page: p.page})
		wantCode(t, err, p.code)
		_, err = s.ListEntities(s.ctx, graph.EntityQuery{Page: p.page})
		wantCode(t, err, p.code)
	}
}

// TestCursorsStayValid inserts claims between two pages.
func TestCursorsStayValid(t *testing.T) {
	s := newShelf(t)
	q := graph.ClaimQuery{Filter: &graph.ClaimFilter{Relations: []*graph.RelationKind{s.relation("convicted-by")}}, Page: graph.Paging{First: ptr(2)}}
	first := get[*graph.ClaimConnection](t)(s.ListClaims(s.ctx, q))
	s.must(input("more.yaml", head+`
- "@id": claim/early
  "@graph": {"@id": person/erlan-baltabay, convicted-by: court/city}
  asserted-by: union/ituc
  date: "2011"
  evidence: document/letter/p20
`))
	later := s.read(0)
	q.Page.After = first.PageInfo.EndCursor
	want(t, "the rest", claimIDs(get[*graph.ClaimConnection](t)(later.ListClaims(s.ctx, q)).Nodes), "baltabay")
}
