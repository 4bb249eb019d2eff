package graph_test

import (
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
)

// town has names that resemble each other in the ways in which searches err.
const town = head + `
- {"@id": union/welders, "@type": Union, name: Welders' League of Norrland, names: [{text: WLN, role: ABBREVIATION}]}
- {"@id": union/glaziers, "@type": Union, name: The Glaziers, names: [{text: the WLN branch that left, role: DESCRIPTION}]}
- {"@id": authority/norrland, "@type": Authority, name: Government of Norrland}
- {"@id": authority/sorrmark, "@type": Authority, name: Government of Sorrmark}
- {"@id": authority/labour, "@type": Authority, name: Ministry of Labour and Relief of the Townspeople}
- {"@id": person/minister, "@type": Person, name: minister of labor and relief}
- {"@id": country/norrland, "@type": Country, name: Norrland}
- {"@id": person/head, "@type": Person, name: Ida Quist, names: [{text: Norrland’s head, role: DESCRIPTION}]}
- {"@id": law/rule-89, "@type": Law, name: rule 89 of the Code}
- {"@id": law/rule-150, "@type": Law, name: part 8 of rule 150}
- {"@id": law/rule-890, "@type": Law, name: rule 890}
- {"@id": person/baltazar, "@type": Person, name: Emil Baltazar}
- {"@id": person/dam, "@type": Person, name: Una Dam}
- {"@id": topic/damage, "@type": Topic, name: Damage to the quay}
- {"@id": document/rules, "@type": Document, name: Welders' League of Norrland (WLN) rule book}
- {"@id": law/code, "@type": Law, name: Code}
- {"@id": authority/quays, "@type": Authority, name: 'Office of Quays, Ropes and Anchors of Norrland'}
- {"@id": person/silent, "@type": Person, name: Mr Orm, protected: true}
`

func newTown(t *testing.T) *shelf {
	t.Helper()
	d := newDesk(t)
	d.must(input("town.yaml", town))
	return d.read(0)
}

func TestSearchReadsPastWhatIsNoName(t *testing.T) {
	s := newTown(t)
	for _, test := range []struct {
		text, id string
		why      graph.Why
	}{
		{"the WLN", "union/welders", graph.WhyFolded},
		{"Glaziers", "union/glaziers", graph.WhyFolded},
		{"a Glaziers", "union/glaziers", graph.WhyFolded},
		{"the WLN branch that left", "union/glaziers", graph.WhyExact},
		{"the “Government of Norrland”", "authority/norrland", graph.WhyFolded},
		{"Norrland’s", "country/norrland", graph.WhyFolded},
		{"Norrland's Government", "authority/norrland", graph.WhyTokens},
		{"Government of Norrland (hereinafter, the Authority)", "authority/norrland", graph.WhyFolded},
		{"Government of Norrland (hereinafter", "authority/norrland", graph.WhyFolded},
		{"Mr. Emil Baltazar", "person/baltazar", graph.WhyFolded},
		{"Ministry of Labor and Relief", "authority/labour", graph.WhyPrefix},
		{"EmilBaltazar", "person/baltazar", graph.WhyFolded},
		{"emilbaltazar", "person/baltazar", graph.WhyFolded},
		{"Govern ment of Norr land", "authority/norrland", graph.WhyFolded},
		{"E. Balazar", "person/baltazar", graph.WhyFuzzy},
		{"Mr E. Baltaar", "person/baltazar", graph.WhyFuzzy},
		{"Baltaar", "person/baltazar", graph.WhyFuzzy},
		{"Paltazar", "person/baltazar", graph.WhyFuzzy},
		{"government of Norland", "authority/norrland", graph.WhyFolded},
		{"government of Noorlnd", "authority/norrland", graph.WhyFuzzy},
		{"Norrland’s WLN", "union/welders", graph.WhyFolded},
		{"the striking league “WLN”", "union/welders", graph.WhyFolded},
		{"Welders' League of Norrland (WLN)", "union/welders", graph.WhyFolded},
		{"rule 89 of Norrland’s Code", "law/rule-89", graph.WhyTokens},
		{"Glaziers of Norrland", "union/glaziers", graph.WhyTokens},
		{"OQRAN", "authority/quays", graph.WhyInitials},
		{"OQRA", "authority/quays", graph.WhyInitials},
		{"Dam", "person/dam", graph.WhyTokens},
	} {
		c := get[*graph.SearchConnection](t)(s.Search(s.ctx, graph.SearchQuery{Text: test.text}))
		if len(c.Edges) == 0 {
			t.Errorf("%q finds nothing", test.text)
			continue
		}
		want(t, test.text, c.Nodes[0].ID+" "+string(c.Edges[0].Why), test.id+" "+string(test.why))
	}
}

func TestSearchMeetsNumbersExactly(t *testing.T) {
	s := newTown(t)
	for text, ids := range map[string]string{
		"rule 89": "law/rule-89", "rule 150": "law/rule-150", "rule 8": "law/rule-150", "rule 15": "", "89": "law/rule-89",
	} {
		c := get[*graph.SearchConnection](t)(s.Search(s.ctx, graph.SearchQuery{Text: text}))
		want(t, text, entityIDs(c.Nodes), ids)
	}
}

func TestSearchReadsNothingPastAPseudonym(t *testing.T) {
	s := newTown(t)
	for _, text := range []string{"Orm", "mr orm", "the Mr Orm", "Mr Orm’s", "MrOrm", "Mr Orm (hereinafter)", "Mr Olm"} {
		c := get[*graph.SearchConnection](t)(s.Search(s.ctx, graph.SearchQuery{Text: text}))
		if strings.Contains(entityIDs(c.Nodes), "person/silent") {
			t.Errorf("%q finds the protected", text)
		}
	}
	c := get[*graph.SearchConnection](t)(s.Search(s.ctx, graph.SearchQuery{Text: "Mr Orm"}))
	want(t, "the pseudonym", c.Nodes[0].ID, "person/silent")
}

// TestSearchIsBounded gives the longest text, of words that are nobody's, which
// makes a search look at every index.
func TestSearchIsBounded(t *testing.T) {
	s := newTown(t)
	text := "the " + strings.Repeat("gaqqet vuzzem sobbur ", 5) + "(hereinafter so)"
	before := s.calls.Load()
	get[*graph.SearchConnection](t)(s.Search(s.ctx, graph.SearchQuery{Text: text}))
	if n := s.calls.Load() - before; n < 24 || n > 120 {
		t.Errorf("%d look-ups; between 24 and 120 are expected", n)
	}
}
