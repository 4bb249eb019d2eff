package storetest

import (
	"fmt"

	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
)

func testRead(s *suite) {
	seq := s.commit(corpus()...)
	s.reopen()
	s.at(0, func(snap graph.Snapshot) {
		c := s.claim(snap, "conviction")
		require.Equal(s, iri("claim/conviction"), c.ID)
		require.Equal(s, s.relation("convicted-by"), c.Relation)
		require.Equal(s, s.id(snap, "person/larisa"), c.Subject)
		require.Equal(s, s.id(snap, "court/shymkent"), c.Object)
		require.Equal(s, s.id(snap, "event/verdict"), c.Event)
		require.Equal(s, edtf("2017-07-25"), c.Date)
		require.Equal(s, graph.Day(17372), c.Low)
		require.Equal(s, c.Low, c.High)
		require.Equal(s, []graph.VoiceRef{{Party: s.id(snap, "union/ituc-conviction")}}, c.Voices)
		require.Equal(s, []graph.Interval{{From: seq, To: graph.Forever}}, c.Recorded)
		require.Equal(s, []graph.NodeID{s.id(snap, "batch/one")}, c.Batches)
		require.Equal(s, []graph.EvidenceRow{{
			Document: s.id(snap, "document/letter-conviction"), Locator: iri("document/letter-conviction/p4"), Recorded: c.Recorded,
		}}, c.Evidence)
		require.Equal(s, []graph.QualifierRow{
			{Kind: s.ontology.Qualifier(word("about")), Relation: s.relation("affiliated-with")},
			{Kind: s.ontology.Qualifier(word("legalBasis")), Entity: s.id(snap, "law/article-250")},
			{Kind: s.ontology.Qualifier(word("sentence")), Value: text("P4Y", "")},
		}, c.Qualifiers)
		require.Equal(s, graph.NewLiteral("≥ 600", "", graph.TypeQuantity), s.claim(snap, "members").Value)

		s.checkEdges(snap)
		s.checkEntity(snap, seq)
		stats, err := snap.Stats(s.ctx)
		require.NoError(s, err)
		require.Equal(s, []int{3, 3, 1, len(corpus())}, []int{stats.Claims, stats.Entities, stats.Batches, stats.Quads})
		require.Equal(s, 2, stats.EntitiesByKind[s.kind("Union")])
		require.Equal(s, 1, stats.ClaimsByRelation[s.relation("convicted-by")])
	})
}

// checkEdges asks for every part that a node plays.
func (s *suite) checkEdges(snap graph.Snapshot) {
	conviction := []string{"claim/conviction"}
	for id, role := range map[string]graph.Role{
		"person/larisa": graph.RoleSubject, "court/shymkent": graph.RoleObject, "law/article-250": graph.RoleQualifier,
		"union/ituc-conviction": graph.RoleSpeaker, "event/verdict": graph.RoleEvent, "document/letter-conviction": graph.RoleDocument,
	} {
		require.Equal(s, conviction, s.edges(snap, id, graph.EdgeQuery{Roles: []graph.Role{role}}), id)
		require.Equal(s, conviction, s.edges(snap, id, graph.EdgeQuery{Roles: []graph.Role{role}, Relations: []*graph.RelationKind{s.relation("convicted-by")}}), id)
		require.Empty(s, s.edges(snap, id, graph.EdgeQuery{Roles: []graph.Role{role}, Relations: []*graph.RelationKind{s.relation("has-members")}}), id)
	}
	require.Equal(s, []string{"claim/members", "claim/affiliation"}, s.edges(snap, "union/knprk", graph.EdgeQuery{}))
}

func (s *suite) checkEntity(snap graph.Snapshot, seq graph.Seq) {
	live := []graph.Interval{{From: seq, To: graph.Forever}}
	rows, err := snap.Entities(s.ctx, []graph.NodeID{s.id(snap, "union/knprk"), s.id(snap, "claim/conviction")})
	require.NoError(s, err)
	require.Nil(s, rows[1])
	r := rows[0]
	require.Equal(s, s.kind("Union"), r.Kind)
	require.Equal(s, live, r.Recorded)
	require.Equal(s, []graph.NodeID{s.id(snap, "batch/one")}, r.Batches)
	require.Equal(s, text("KNPRK", "en"), r.Names[0].Text)
	require.Equal(s, graph.NamePreferred, r.Names[0].Role)
	require.Equal(s, text("Confederation of Independent Trade Unions", "en"), r.Names[1].Text)
	require.Equal(s, graph.NameAlias, r.Names[1].Role)
	require.Equal(s, live, r.Names[1].Recorded)
	require.Equal(s, iri("document/letter/p1"), r.Names[1].Evidence[0].Locator)
	require.Equal(s, live, r.Names[1].Evidence[0].Recorded)
}

// testParallelClaims: one statement by three voices is three claims.
func testParallelClaims(s *suite) {
	for i := range 3 {
		c := conviction(fmt.Sprint("v", i), "P4Y")
		s.commit(c.quads("b" + fmt.Sprint(i))...)
	}
	s.at(0, func(snap graph.Snapshot) {
		require.Equal(s, []string{"claim/v0", "claim/v1", "claim/v2"}, s.edges(snap, "person/larisa", graph.EdgeQuery{}))
		require.Equal(s, []string{"claim/v0", "claim/v1", "claim/v2"}, s.edges(snap, "court/shymkent", graph.EdgeQuery{}))
	})
}

// withdraw returns the quads of a retraction, undo those of its undoing.
func withdraw(id, target string) []graph.Quad {
	return act("retraction/"+id, word(graph.WordRetracts), iri(target), word(graph.WordReason), text("wrong page", "en"), word(graph.WordAgent), text("curator", ""))
}

func undo(id, of string) []graph.Quad { return act("retraction/"+id, word(graph.WordUndoes), iri(of)) }

func testRetractBatch(s *suite) {
	first := s.commit(corpus()...)
	gone := s.commit(withdraw("r", "batch/one")...)
	live := func(seq graph.Seq) []graph.Interval { return []graph.Interval{{From: first, To: seq}} }
	s.at(0, func(snap graph.Snapshot) {
		require.Empty(s, s.edges(snap, "person/larisa", graph.EdgeQuery{}))
		c := s.claim(snap, "conviction")
		require.Equal(s, live(gone), c.Recorded)
		require.Equal(s, []graph.NodeID{s.id(snap, "retraction/r")}, c.Retractions)
		require.Equal(s, live(gone), c.Evidence[0].Recorded)
		entities, err := snap.Entities(s.ctx, []graph.NodeID{s.id(snap, "union/knprk")})
		require.NoError(s, err)
		require.Equal(s, live(gone), entities[0].Recorded)
		require.Equal(s, live(gone), entities[0].Names[1].Recorded)
		rows, err := snap.Retractions(s.ctx, []graph.NodeID{s.id(snap, "retraction/r"), s.id(snap, "batch/one")})
		require.NoError(s, err)
		require.Nil(s, rows[1])
		require.Equal(s, &graph.RetractionRow{
			Retraction: s.id(snap, "retraction/r"), ID: iri("retraction/r"), Target: s.id(snap, "batch/one"),
			Reason: text("wrong page", "en"), Agent: text("curator", ""), Recorded: gone,
		}, rows[0])
		batches, err := snap.Batches(s.ctx, []graph.NodeID{s.id(snap, "batch/one")})
		require.NoError(s, err)
		require.Equal(s, live(gone), batches[0].Recorded)
		require.Equal(s, rows[0].Retraction, batches[0].Retractions[0])
		page, err := snap.PageEntities(s.ctx, nil, graph.Page{Limit: 10})
		require.NoError(s, err)
		require.Empty(s, page)
	})
	require.Equal(s, gone, s.commit(corpus()...), "loading the same again does not revive it")

	back := s.commit(undo("u", "retraction/r")...)
	s.at(0, func(snap graph.Snapshot) {
		c := s.claim(snap, "conviction")
		require.Equal(s, []graph.Interval{{From: first, To: gone}, {From: back, To: graph.Forever}}, c.Recorded)
		require.Empty(s, c.Retractions)
		require.Equal(s, []string{"claim/conviction"}, s.edges(snap, "person/larisa", graph.EdgeQuery{}))
		rows, err := snap.Retractions(s.ctx, []graph.NodeID{s.id(snap, "retraction/r")})
		require.NoError(s, err)
		require.Equal(s, back, rows[0].Undone)
	})
	s.at(gone, func(snap graph.Snapshot) { require.Empty(s, s.edges(snap, "person/larisa", graph.EdgeQuery{})) })
	again := s.commit(withdraw("r2", "claim/conviction")...)
	s.at(0, func(snap graph.Snapshot) {
		require.Equal(s, []graph.Interval{{From: first, To: gone}, {From: back, To: again}}, s.claim(snap, "conviction").Recorded)
		require.Equal(s, []string{"claim/members", "claim/affiliation"}, s.edges(snap, "union/knprk", graph.EdgeQuery{}))
	})
}

func testTwoBatches(s *suite) {
	c := conviction("c", "P4Y")
	first := s.commit(c.quads("one")...)
	more := c
	more.document = "document/report/p9"
	s.commit(more.quads("two")...)
	gone := s.commit(withdraw("r", "batch/one")...)
	s.at(0, func(snap graph.Snapshot) {
		row := s.claim(snap, "c")
		require.Equal(s, []graph.Interval{{From: first, To: graph.Forever}}, row.Recorded)
		require.Len(s, row.Evidence, 2)
		require.Equal(s, []graph.Interval{{From: first, To: gone}}, row.Evidence[0].Recorded)
		require.Equal(s, []graph.Interval{{From: 2, To: graph.Forever}}, row.Evidence[1].Recorded)
		require.Equal(s, []graph.NodeID{s.id(snap, "retraction/r")}, row.Retractions)
	})
	s.commit(withdraw("r2", "batch/two")...)
	s.at(0, func(snap graph.Snapshot) {
		require.Equal(s, []graph.Interval{{From: first, To: 4}}, s.claim(snap, "c").Recorded)
	})
}

// testOrder: an export holds retractions and what they withdrew; loaded in any
// order and in one commit or many, the same is live.
func testOrder(s *suite) {
	parts := [][]graph.Quad{
		corpus(), withdraw("r", "batch/one"), undo("u", "retraction/r"), withdraw("r2", "claim/members"),
		act("merge/m", word(graph.WordMerges), iri("union/stufece"), word(graph.WordInto), iri("union/knprk")),
	}
	live := func(s *suite) (out []string) {
		s.at(0, func(snap graph.Snapshot) {
			out = append(out, s.edges(snap, "union/knprk", graph.EdgeQuery{})...)
			out = append(out, s.edges(snap, "person/larisa", graph.EdgeQuery{})...)
			merges, err := snap.Merges(s.ctx)
			require.NoError(s, err)
			out = append(out, fmt.Sprint(len(merges)))
		})
		return out
	}
	for i := len(parts) - 1; i >= 0; i-- {
		s.commit(parts[i]...)
	}
	other := s.twin()
	other.commit(concat(parts...)...)
	require.Equal(s, []string{"claim/affiliation", "claim/conviction", "1"}, live(s))
	require.Equal(s, live(s), live(other))
}

// testPast: each sequence shows what the latest snapshot showed when it was the latest.
func testPast(s *suite) {
	steps := [][]graph.Quad{
		corpus(), conviction("other", "P5Y").quads("two"), withdraw("r", "batch/two"), undo("u", "retraction/r"),
		withdraw("r2", "claim/conviction"),
	}
	var then [][]string
	view := func(snap graph.Snapshot) (out []string) {
		for _, id := range []string{"person/larisa", "union/knprk"} {
			out = append(out, s.edges(snap, id, graph.EdgeQuery{})...)
		}
		for _, q := range s.quads(snap, "", "") {
			out = append(out, fmt.Sprint(q))
		}
		page, err := snap.PageConflicts(s.ctx, "", 10)
		require.NoError(s, err)
		for _, c := range page {
			out = append(out, string(c.ID))
		}
		stats, err := snap.Stats(s.ctx)
		require.NoError(s, err)
		return append(out, fmt.Sprint(stats.Quads, stats.Claims, stats.Entities, stats.Batches, stats.Conflicts))
	}
	for _, quads := range steps {
		s.commit(quads...)
		s.at(0, func(snap graph.Snapshot) { then = append(then, view(snap)) })
	}
	for i := range steps {
		s.at(graph.Seq(i+1), func(snap graph.Snapshot) {
			require.EqualValues(s, i+1, snap.Seq())
			require.Equal(s, then[i], view(snap))
		})
	}
}

func testMerges(s *suite) {
	s.commit(corpus()...)
	merge := func(id, from, into string) graph.Seq {
		return s.commit(act("merge/"+id, word(graph.WordMerges), iri(from), word(graph.WordInto), iri(into))...)
	}
	first := merge("m", "union/stufece", "union/knprk")
	merge("m2", "union/knprk", "union/third")
	s.at(0, func(snap graph.Snapshot) {
		merges, err := snap.Merges(s.ctx)
		require.NoError(s, err)
		third := s.id(snap, "union/third")
		require.Equal(s, map[graph.NodeID]graph.NodeID{s.id(snap, "union/stufece"): third, s.id(snap, "union/knprk"): third}, merges)
		page, err := snap.PageEntities(s.ctx, s.kind("Union"), graph.Page{Limit: 10})
		require.NoError(s, err)
		require.Empty(s, page)
	})
	s.commit(undo("u", "merge/m2")...)
	s.at(0, func(snap graph.Snapshot) {
		merges, err := snap.Merges(s.ctx)
		require.NoError(s, err)
		require.Equal(s, map[graph.NodeID]graph.NodeID{s.id(snap, "union/stufece"): s.id(snap, "union/knprk")}, merges)
		page, err := snap.PageEntities(s.ctx, s.kind("Union"), graph.Page{Limit: 10})
		require.NoError(s, err)
		require.Len(s, page, 1)
	})
	s.at(first-1, func(snap graph.Snapshot) {
		merges, err := snap.Merges(s.ctx)
		require.NoError(s, err)
		require.Empty(s, merges)
	})
}

func testConflicts(s *suite) {
	first := s.commit(conviction("a", "P4Y").quads("one")...)
	clash := s.commit(conviction("b", "P5Y").quads("two")...)
	var id graph.Term
	s.at(0, func(snap graph.Snapshot) {
		page, err := snap.PageConflicts(s.ctx, "", 10)
		require.NoError(s, err)
		require.Len(s, page, 1)
		id = page[0].ID
		require.Equal(s, graph.ConflictValue, page[0].Kind)
		require.Equal(s, []graph.NodeID{s.id(snap, "claim/a"), s.id(snap, "claim/b")}, page[0].Claims)
		of, err := snap.ConflictsOf(s.ctx, page[0].Claims)
		require.NoError(s, err)
		require.Equal(s, [][]graph.ConflictRow{page, page}, of)
		require.Equal(s, []graph.Interval{{From: clash, To: graph.Forever}}, s.claim(snap, "a").Disputed)
		require.Equal(s, []graph.Interval{{From: first, To: graph.Forever}}, s.claim(snap, "a").Recorded)
		rest, err := snap.PageConflicts(s.ctx, page[0].Key, 10)
		require.NoError(s, err)
		require.Empty(s, rest)
	})
	gone := s.commit(withdraw("r", "batch/two")...)
	during := []graph.Interval{{From: clash, To: gone}}
	s.at(0, func(snap graph.Snapshot) {
		page, err := snap.PageConflicts(s.ctx, "", 10)
		require.NoError(s, err)
		require.Empty(s, page)
		require.Equal(s, during, s.claim(snap, "a").Disputed)
		lists, err := snap.Edges(s.ctx, []graph.NodeID{s.id(snap, "person/larisa")}, graph.EdgeQuery{})
		require.NoError(s, err)
		require.Equal(s, during, lists[0][0].Disputed)
	})
	s.at(clash, func(snap graph.Snapshot) {
		page, err := snap.PageConflicts(s.ctx, "", 10)
		require.NoError(s, err)
		require.Equal(s, id, page[0].ID)
	})
	s.commit(undo("u", "retraction/r")...)
	s.at(0, func(snap graph.Snapshot) {
		require.Equal(s, []graph.Interval{{From: clash, To: gone}, {From: gone + 1, To: graph.Forever}}, s.claim(snap, "b").Disputed)
	})
}

func testCurated(s *suite) {
	s.commit(corpus()...)
	made := s.commit(act("conflict/by-hand", word(graph.WordClashes), iri("claim/members"), word(graph.WordClashes), iri("claim/affiliation"),
		word(graph.WordSummary), text("free, yet not", "en"))...)
	gone := s.commit(withdraw("r", "claim/members")...)
	s.at(made, func(snap graph.Snapshot) {
		page, err := snap.PageConflicts(s.ctx, "", 10)
		require.NoError(s, err)
		require.Len(s, page, 1)
		require.Equal(s, iri("conflict/by-hand"), page[0].ID)
		require.Equal(s, graph.OriginCurated, page[0].Origin)
		require.Equal(s, "free, yet not", page[0].Text)
		require.Len(s, page[0].Claims, 2)
	})
	s.at(0, func(snap graph.Snapshot) {
		require.Equal(s, []graph.Interval{{From: made, To: gone}}, s.claim(snap, "affiliation").Disputed)
		of, err := snap.ConflictsOf(s.ctx, []graph.NodeID{s.id(snap, "claim/affiliation")})
		require.NoError(s, err)
		require.Empty(s, of[0])
	})
}
