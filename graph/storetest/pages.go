package storetest

import (
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
)

func testPageEntities(s *suite) {
	var quads []graph.Quad
	for _, name := range []string{"Delta", "alpha", "Charlie", "Bravo", "Écho"} {
		quads = append(quads, entity("one", "person/"+graph.Fold(name), "Person", name)...)
	}
	s.commit(append(quads, entity("one", "union/zulu", "Union", "Zulu")...)...)
	s.at(0, func(snap graph.Snapshot) {
		page := func(kind *graph.EntityKind, p graph.Page) (ids []string, last graph.KeyedNode) {
			list, err := snap.PageEntities(s.ctx, kind, p)
			require.NoError(s, err)
			for _, n := range list {
				ids, last = append(ids, s.term(snap, n.Node)), n
			}
			return ids, last
		}
		person := s.kind("Person")
		two, last := page(person, graph.Page{Limit: 2})
		require.Equal(s, []string{"person/alpha", "person/bravo"}, two)
		rest, _ := page(person, graph.Page{Limit: 9, After: last.Key})
		require.Equal(s, []string{"person/charlie", "person/delta", "person/echo"}, rest)
		rest, _ = page(person, graph.Page{Limit: 9, AfterNode: last.Node})
		require.Equal(s, []string{"person/charlie", "person/delta", "person/echo"}, rest)
		back, last := page(person, graph.Page{Limit: 2, Backwards: true})
		require.Equal(s, []string{"person/echo", "person/delta"}, back)
		back, _ = page(person, graph.Page{Limit: 2, Backwards: true, Before: last.Key})
		require.Equal(s, []string{"person/charlie", "person/bravo"}, back)
		back, _ = page(person, graph.Page{Limit: 2, Backwards: true, BeforeNode: last.Node})
		require.Equal(s, []string{"person/charlie", "person/bravo"}, back)
		all, _ := page(nil, graph.Page{Limit: 9})
		require.Len(s, all, 6)
		require.Equal(s, "union/zulu", all[5])
		none, _ := page(s.kind("Law"), graph.Page{Limit: 9})
		require.Empty(s, none)
	})
}

// convictions are n claims about one person, one a month, and one undated.
func convictions(n int) (quads []graph.Quad) {
	for i := range n {
		c := conviction(fmt.Sprintf("c%02d", i), "P4Y")
		c.object = fmt.Sprintf("court/%02d", (i*7)%n)
		c.more = [][2]graph.Term{{word(graph.WordDate), edtf(fmt.Sprintf("%d-%02d", 2010+i/12, i%12+1))}}
		quads = append(quads, c.quads("one")...)
	}
	c := conviction("undated", "P4Y")
	c.more = nil
	return append(quads, c.quads("one")...)
}

func testPageClaims(s *suite) {
	s.commit(append(convictions(20), corpus()...)...)
	s.at(0, func(snap graph.Snapshot) {
		relation := s.relation("convicted-by")
		walk := func(r *graph.RelationKind, from, to graph.Day, backwards, byNode bool) (ids []string) {
			p := graph.Page{Limit: 3, Backwards: backwards}
			for {
				list, err := snap.PageClaims(s.ctx, r, from, to, p)
				require.NoError(s, err)
				for _, e := range list {
					ids = append(ids, s.term(snap, e.Claim))
				}
				if len(list) == 0 {
					return ids
				}
				last := list[len(list)-1]
				switch {
				case byNode && backwards:
					p.BeforeNode = last.Claim
				case byNode:
					p.AfterNode = last.Claim
				case backwards:
					p.Before = last.Key
				default:
					p.After = last.Key
				}
			}
		}
		all := walk(relation, graph.MinDay, graph.MaxDay, false, false)
		require.Len(s, all, 22)
		require.Equal(s, "claim/undated", all[0])
		require.Equal(s, "claim/c00", all[1])
		require.Equal(s, "claim/conviction", all[21])
		require.Equal(s, all, walk(relation, graph.MinDay, graph.MaxDay, false, true))
		back := walk(relation, graph.MinDay, graph.MaxDay, true, false)
		slices.Reverse(back)
		require.Equal(s, all, back)
		back = walk(relation, graph.MinDay, graph.MaxDay, true, true)
		slices.Reverse(back)
		require.Equal(s, all, back)
		first, last := s.claim(snap, "c03").Low, s.claim(snap, "c05").Low
		require.Equal(s, []string{"claim/c03", "claim/c04", "claim/c05"}, walk(relation, first, last, false, false))
		every := walk(nil, graph.MinDay, graph.MaxDay, false, false)
		require.Len(s, every, 24)
		require.Subset(s, every, []string{"claim/members", "claim/affiliation"})
		require.Empty(s, walk(s.relation("disputes"), graph.MinDay, graph.MaxDay, false, false))
	})
}

func testPageEdges(s *suite) {
	s.commit(convictions(20)...)
	s.commit(withdraw("r", "claim/c07")...)
	s.at(0, func(snap graph.Snapshot) {
		var ids []string
		q := graph.EdgeQuery{Limit: 4, Roles: []graph.Role{graph.RoleSubject}}
		for {
			lists, err := snap.Edges(s.ctx, []graph.NodeID{s.id(snap, "person/larisa")}, q)
			require.NoError(s, err)
			for _, e := range lists[0] {
				ids = append(ids, s.term(snap, e.Claim))
				q.After = e.Key
			}
			if len(lists[0]) < 4 {
				break
			}
		}
		require.Len(s, ids, 20)
		require.NotContains(s, ids, "claim/c07")
		slices.Sort(ids)
		require.Len(s, slices.Compact(ids), 20)
	})
}

func testNames(s *suite) {
	s.commit(concat(
		entity("one", "union/a", "Union", "Trade Union of Oil Workers", "TUOW"),
		entity("two", "union/b", "Union", "Trade Union of Miners"))...)
	find := func(seq graph.Seq, match graph.NameMatch, name string) (out []string) {
		s.at(seq, func(snap graph.Snapshot) {
			var after graph.Key
			for {
				page, err := snap.Names(s.ctx, match, graph.Fold(name), after, 1)
				require.NoError(s, err)
				if len(page) == 0 {
					return
				}
				after = page[0].Key
				out = append(out, fmt.Sprint(s.term(snap, page[0].Entity), " ", page[0].Folded, " ", page[0].Name))
			}
		})
		return out
	}
	fold := graph.Fold
	require.Equal(s, []string{"union/a " + fold("Trade Union of Oil Workers") + " 0"}, find(0, graph.ExactName, "TRADE union of oil workers"))
	require.Equal(s, []string{"union/a " + fold("TUOW") + " 1"}, find(0, graph.ExactName, "tuow"))
	require.Empty(s, find(0, graph.ExactName, "Trade Union"))
	require.Len(s, find(0, graph.NamePrefix, "Trade Union"), 2)
	require.Equal(s, []string{"union/b " + fold("miners") + " 0"}, find(0, graph.TokenExact, "Miners"))
	require.Len(s, find(0, graph.TokenPrefix, "uni"), 2)
	require.Empty(s, find(0, graph.TokenExact, "uni"))
	s.commit(withdraw("r", "batch/two")...)
	require.Len(s, find(0, graph.NamePrefix, "Trade Union"), 1)
	require.Len(s, find(1, graph.NamePrefix, "Trade Union"), 2)
}
