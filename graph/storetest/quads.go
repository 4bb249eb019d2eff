package storetest

import (
	"slices"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
)

// raw makes a quad of terms that mean nothing to the ontology.
func raw(s, p, o, l string) graph.Quad {
	term := func(t string) graph.Term {
		if t == "" {
			return ""
		}
		return graph.Term("<" + t + ">")
	}
	return graph.Quad{Subject: term(s), Predicate: term(p), Object: term(o), Label: term(l)}
}

func testEmpty(s *suite) {
	require.Zero(s, s.store.Latest())
	s.at(0, func(snap graph.Snapshot) {
		require.Zero(s, snap.Seq())
		require.Empty(s, s.dump(snap))
		stats, err := snap.Stats(s.ctx)
		require.NoError(s, err)
		require.Zero(s, stats.Quads+stats.Entities+stats.Claims+stats.Batches+stats.Documents+stats.Conflicts)
	})
	_, err := s.store.At(s.ctx, 1)
	require.Equal(s, graph.CodeInvalid, code(err))
}

// testAbort: what was staged and dropped must not show in what comes after.
func testAbort(s *suite) {
	s.commit(raw("a", "p", "b", "g"))
	tx := s.begin()
	require.NoError(s, tx.Add(corpus()...))
	require.NoError(s, tx.Add(raw("a", "p", "c", "g"), raw("new", "p", "a", "")))
	require.NoError(s, tx.Remove(raw("a", "p", "b", "g")))
	require.Error(s, tx.Add(graph.Quad{Subject: "<x>", Predicate: "<p>"}))
	require.NoError(s, tx.Abort())
	require.NoError(s, tx.Abort())
	require.EqualValues(s, 1, s.store.Latest())

	s.commit(corpus()...)
	other := s.twin()
	other.commit(raw("a", "p", "b", "g"))
	other.commit(corpus()...)
	s.same(other)
}

// twin is a second, empty store beside the suite's.
func (s *suite) twin() *suite {
	other := *s
	other.store = s.open(s, "twin", s.ontology)
	s.Cleanup(func() { require.NoError(s, other.store.Close()) })
	return &other
}

// same compares what two stores show.
func (s *suite) same(other *suite) {
	s.Helper()
	s.at(0, func(a graph.Snapshot) {
		other.at(0, func(b graph.Snapshot) { require.Equal(s, other.dump(b), s.dump(a)) })
	})
}

func testNothing(s *suite) {
	first := s.commit(corpus()...)
	changed := s.store.Changed()
	tx := s.begin()
	require.NoError(s, tx.Add(corpus()...))
	require.NoError(s, tx.Remove(raw("never", "seen", "quad", "")))
	seq, err := tx.Commit(s.ctx, graph.JournalEntry{Action: graph.ActionLoad})
	require.NoError(s, err)
	require.Equal(s, first, seq)
	require.Equal(s, first, s.store.Latest())
	select {
	case <-changed:
		s.Fatal("a commit that changed nothing was announced")
	default:
	}
	s.commit(raw("a", "p", "b", ""))
	<-changed
}

// testNumbered: quads by their numbers are those by their terms, also after others.
func testNumbered(s *suite) {
	other := s.twin()
	other.commit(corpus()...)
	other.commit(raw("a", "p", "b", "g"), raw("a", "p", "c", ""))
	numbered := func(t *graph.TermTable, quads []graph.Quad) (list []graph.NumberedQuad) {
		for _, q := range quads {
			list = append(list, graph.NumberedQuad{t.Number(q.Subject), t.Number(q.Predicate), t.Number(q.Object), t.Number(q.Label)})
		}
		return list
	}
	tx, table := s.begin(), graph.NewTermTable()
	require.NoError(s, tx.AddNumbered(table, graph.Numbered{Quads: numbered(table, corpus())}))
	_, err := tx.Commit(s.ctx, graph.JournalEntry{Action: graph.ActionLoad})
	require.NoError(s, err)
	tx, table = s.begin(), graph.NewTermTable()
	require.NoError(s, tx.Add(raw("a", "p", "b", "g")))
	require.NoError(s, tx.AddNumbered(table, graph.Numbered{Quads: numbered(table, []graph.Quad{raw("a", "p", "c", ""), corpus()[0]})}))
	require.Error(s, tx.AddNumbered(table, graph.Numbered{Quads: []graph.NumberedQuad{{1, 0, 1, 1}}}))
	_, err = tx.Commit(s.ctx, graph.JournalEntry{Action: graph.ActionLoad})
	require.NoError(s, err)
	s.same(other)
}

// testRemoveAndAdd: cayley's own backends lose the subject.
func testRemoveAndAdd(s *suite) {
	s.commit(raw("a", "p", "b", ""), raw("a", "p", "c", "g"), raw("z", "p", "a", ""))
	tx := s.begin()
	require.NoError(s, tx.Remove(raw("a", "p", "b", ""), raw("a", "p", "c", "g")))
	require.NoError(s, tx.Add(raw("a", "q", "d", "")))
	_, err := tx.Commit(s.ctx, graph.JournalEntry{Action: graph.ActionDelta})
	require.NoError(s, err)
	check := func() {
		s.at(0, func(snap graph.Snapshot) {
			require.Equal(s, []graph.Quad{raw("a", "q", "d", ""), raw("z", "p", "a", "")}, s.quads(snap, "", ""))
			require.Equal(s, []graph.Quad{raw("a", "q", "d", "")}, s.quads(snap, "<a>", ""))
			require.Empty(s, s.quads(snap, "", "<g>"))
		})
	}
	check()
	s.reopen()
	check()

	tx = s.begin() // the last word on a quad counts
	require.NoError(s, tx.Remove(raw("a", "q", "d", "")))
	require.NoError(s, tx.Add(raw("a", "q", "d", "")))
	seq, err := tx.Commit(s.ctx, graph.JournalEntry{Action: graph.ActionDelta})
	require.NoError(s, err)
	require.EqualValues(s, 2, seq)
	check()
}

// testCounts: ignored duplicates must not be counted.
func testCounts(s *suite) {
	q := raw("a", "p", "b", "g")
	s.commit(q, q, q)
	s.commit(q, raw("a", "p", "c", "g"), q)
	s.at(0, func(snap graph.Snapshot) {
		stats, err := snap.Stats(s.ctx)
		require.NoError(s, err)
		require.Equal(s, 2, stats.Quads)
	})
	entries, err := s.store.Journal(s.ctx, 0, 10)
	require.NoError(s, err)
	require.Equal(s, []int{1, 1}, []int{entries[0].Added, entries[1].Added})
	tx := s.begin()
	require.NoError(s, tx.Remove(q, q, raw("a", "p", "c", "g")))
	_, err = tx.Commit(s.ctx, graph.JournalEntry{Action: graph.ActionPurge})
	require.NoError(s, err)
	s.at(0, func(snap graph.Snapshot) {
		stats, err := snap.Stats(s.ctx)
		require.NoError(s, err)
		require.Zero(s, stats.Quads)
		require.Empty(s, s.quads(snap, "", ""))
	})
}

// awkwardTerms are terms that stores have been seen to change.
func awkwardTerms() []graph.Term {
	terms := []graph.Term{
		`"2026-07-25T10:00:00+05:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>`,
		`"2026-07-25T05:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>`,
		`"2026-07-25T05:00:00.100Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>`,
		`"01"^^<http://www.w3.org/2001/XMLSchema#integer>`, `"1"^^<http://www.w3.org/2001/XMLSchema#integer>`,
		`"+1"^^<http://www.w3.org/2001/XMLSchema#integer>`, `"1.0"^^<http://www.w3.org/2001/XMLSchema#decimal>`,
		`"1E0"^^<http://www.w3.org/2001/XMLSchema#double>`, `"1.0e0"^^<http://www.w3.org/2001/XMLSchema#double>`,
		`"true"^^<http://www.w3.org/2001/XMLSchema#boolean>`, `"1"^^<http://www.w3.org/2001/XMLSchema#boolean>`,
		`"True"^^<http://www.w3.org/2001/XMLSchema#boolean>`,
		`"2017-07~"^^<http://id.loc.gov/datatypes/edtf>`, `"x"^^<http://www.w3.org/2001/XMLSchema#string>`,
		`"x"`, `"x"@en`, `"x"@en-GB`, `"x"@kk-Cyrl`, `""`, `" x "`, `_:b0`, `_:b.0`,
		`"日本語"@ja`, `"العربية"@ar`, `"қазақ тілі"@kk`, `"हिन्दी"@hi`, `"é"`, "\"e\u0301\"", `"👩🏽‍⚖️"`,
		graph.NewLiteral("tab\tline\nreturn\rquote\"back\\slash", "", ""),
		graph.Term(`"` + strings.Repeat("a", 223) + `"`), graph.Term(`"` + strings.Repeat("a", 254) + `"`),
		graph.Term(`"` + strings.Repeat("a", 10_000) + `"`), graph.Term(`"` + strings.Repeat("a", 10_000) + `b"`),
		graph.Term("<http://example.org/" + strings.Repeat("x", 400) + ">"),
	}
	for c := rune(1); c < 0x20; c++ {
		terms = append(terms, graph.NewLiteral("control "+string(c), "", ""))
	}
	return append(terms, graph.NewLiteral("\x7f\u0080\u2028\ufeff", "", ""))
}

func testTerms(s *suite) {
	var quads []graph.Quad
	for _, t := range awkwardTerms() {
		quads = append(quads, graph.Quad{Subject: "<a>", Predicate: "<p>", Object: t})
		if !t.IsLiteral() {
			quads = append(quads, graph.Quad{Subject: t, Predicate: "<p>", Object: "<a>", Label: t})
		}
	}
	s.commit(quads...)
	slices.SortFunc(quads, compareQuads)
	s.reopen()
	s.at(0, func(snap graph.Snapshot) {
		require.Equal(s, quads, s.quads(snap, "", ""))
		ids, err := snap.IDs(s.ctx, awkwardTerms())
		require.NoError(s, err)
		require.NotContains(s, ids, graph.NodeID(0))
		terms, err := snap.Terms(s.ctx, ids)
		require.NoError(s, err)
		require.Equal(s, awkwardTerms(), terms)
		ids, err = snap.IDs(s.ctx, []graph.Term{"<unknown>", ""})
		require.NoError(s, err)
		require.Equal(s, []graph.NodeID{0, 0}, ids)
	})
}

// compareQuads is the order of N-Quads lines.
func compareQuads(a, b graph.Quad) int {
	line := func(q graph.Quad) string {
		return string(q.Subject + " " + q.Predicate + " " + q.Object + " " + q.Label)
	}
	return strings.Compare(line(a), line(b))
}

func testQuadOrder(s *suite) {
	long := strings.Repeat("x", 300)
	var quads []graph.Quad
	for _, subject := range []string{long + "z", "b", long, "a", long + "a", long[:223], long[:222], long[:224] + "!", "B", "é"} {
		quads = append(quads, raw(subject, "p2", "o", "g"), raw(subject, "p", "o2", "g"), raw(subject, "p", "o", "g2"), raw(subject, "p", "o", "g"))
	}
	s.commit(quads...)
	slices.SortFunc(quads, compareQuads)
	s.at(0, func(snap graph.Snapshot) {
		require.Equal(s, quads, s.quads(snap, "", ""))
		var labelled []graph.Quad
		for _, q := range quads {
			if q.Label == "<g2>" {
				labelled = append(labelled, q)
			}
		}
		require.Equal(s, labelled, s.quads(snap, "", "<g2>"))
		require.Equal(s, []graph.Quad{raw("b", "p", "o", "g2")}, s.quads(snap, "<b>", "<g2>"))
		require.Empty(s, s.quads(snap, "<unknown>", ""))
	})
}
