package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
)

func TestSearchFindsFirst(t *testing.T) {
	s := newShelf(t)
	for _, test := range []struct {
		text, id string
		why      graph.Why
	}{
		{"Larisa Kharkova", "person/larisa-kharkova", graph.WhyExact},
		{"L. Kharkova", "person/larisa-kharkova", graph.WhyExact},
		{"larisa kharkova", "person/larisa-kharkova", graph.WhyFolded},
		{"ХАРЬКОВА", "person/larisa-kharkova", graph.WhyTokens},
		{"Kharkova Larisa", "person/larisa-kharkova", graph.WhyTokens},
		{"E. Baltabay", "person/erlan-baltabay", graph.WhyInitials},
		{"Baltabay", "person/erlan-baltabay", graph.WhyTokens},
		{"Балтабай", "person/erlan-baltabay", graph.WhyTokens},
		{"Yerlan Baltabai", "person/erlan-baltabay", graph.WhyFolded},
		{"Ерлан", "person/erlan-baltabay", graph.WhyPrefix},
		{"Baltabya", "person/erlan-baltabay", graph.WhyFuzzy},
		{"Kharkowa", "person/larisa-kharkova", graph.WhyFuzzy},
		{"КНПРК", "union/knprk", graph.WhyFolded},
		{"K.N.P.R.K.", "union/knprk", graph.WhyInitials},
		{"CITU", "union/knprk", graph.WhyInitials},
		{"Confed", "union/knprk", graph.WhyPrefix},
		{"Independent Unions", "union/knprk", graph.WhyTokens},
		{"Достойный труд", "union/decent-2", graph.WhyExact},
		{"Dostoinii Trud", "union/decent", graph.WhyExact},
		{"ministry justice", "authority/justice", graph.WhyTokens},
	} {
		c := get[*graph.SearchConnection](t)(s.Search(s.ctx, graph.SearchQuery{Text: test.text}))
		if len(c.Edges) == 0 {
			t.Errorf("%q finds nothing", test.text)
			continue
		}
		first := c.Edges[0]
		want(t, test.text, first.Node.ID+" "+string(first.Why), test.id+" "+string(test.why))
		if first.Score <= 0 || first.Score > 1 || first.MatchedName == nil {
			t.Errorf("%q: score %v of %v", test.text, first.Score, first.MatchedName)
		}
	}
}

func TestSearchPassesOver(t *testing.T) {
	s := newShelf(t)
	for _, text := range []string{"", "—", "asel", "asel a", "Xylophone", "ASEL A."} {
		c := get[*graph.SearchConnection](t)(s.Search(s.ctx, graph.SearchQuery{Text: text}))
		if len(c.Edges) > 0 && c.Edges[0].Node.Protected || text == "Xylophone" && len(c.Edges) > 0 {
			t.Errorf("%q finds %s", text, entityIDs(c.Nodes))
		}
	}
	c := get[*graph.SearchConnection](t)(s.Search(s.ctx, graph.SearchQuery{Text: "Asel A."}))
	want(t, "the exact pseudonym", entityIDs(c.Nodes), "person/protected-1")
	_, err := s.Search(s.ctx, graph.SearchQuery{Text: strings.Repeat("x", 201)})
	wantCode(t, err, graph.CodeLimit)
}

func TestSearchPages(t *testing.T) {
	s := newShelf(t)
	whole := get[*graph.SearchConnection](t)(s.Search(s.ctx, graph.SearchQuery{Text: "the"}))
	if whole.TotalCount < 4 {
		t.Fatalf("%d found", whole.TotalCount)
	}
	var ids []string
	page := graph.Paging{First: ptr(2)}
	for {
		c := get[*graph.SearchConnection](t)(s.Search(s.ctx, graph.SearchQuery{Text: "the", Page: page}))
		ids = append(ids, entityIDs(c.Nodes))
		if !c.PageInfo.HasNextPage {
			break
		}
		page.After = c.PageInfo.EndCursor
	}
	want(t, "pages", strings.Join(ids, " "), entityIDs(whole.Nodes))
	kind := s.entity("event/appeal").Kind
	for _, n := range get[*graph.SearchConnection](t)(s.Search(s.ctx, graph.SearchQuery{Text: "the", Kinds: []*graph.EntityKind{kind}})).Nodes {
		want(t, "of a kind", n.Kind.Name, "Event")
	}
}

func TestFindEntity(t *testing.T) {
	s := newShelf(t)
	for _, by := range []graph.EntityLookup{
		{ID: ptr("union/knprk")}, {IRI: ptr(graph.DefaultBase + "union/knprk")}, {Name: ptr("кнпрк")},
	} {
		e := get[*graph.Entity](t)(s.FindEntity(s.ctx, by))
		want(t, "found", fmt.Sprint(e.ID, e.IRI), "union/knprk"+graph.DefaultBase+"union/knprk")
	}
	for _, by := range []graph.EntityLookup{{ID: ptr("union/none")}, {Name: ptr("Nobody")}, {Name: ptr("asel a")}, {ID: ptr("claim/verdict")}} {
		if e := get[*graph.Entity](t)(s.FindEntity(s.ctx, by)); e != nil {
			t.Errorf("found %s", e.ID)
		}
	}
	_, err := s.FindEntity(s.ctx, graph.EntityLookup{Name: ptr("dostoinyi trud")})
	wantCode(t, err, graph.CodeAmbiguous)
	_, err = s.FindEntity(s.ctx, graph.EntityLookup{})
	wantCode(t, err, graph.CodeInvalid)
}
