package storetest

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
)

func testJournal(s *suite) {
	begun := time.Now().Add(-time.Second)
	tx := s.begin()
	require.NoError(s, tx.Add(corpus()...))
	_, err := tx.Commit(s.ctx, graph.JournalEntry{
		Action: graph.ActionLoad, Agent: "curator", File: "letter.yaml", FileHash: "00ff", Reason: "first", Batches: []graph.Term{iri("batch/one")},
	})
	require.NoError(s, err)
	for i := range 4 {
		s.commit(raw("a", "p", fmt.Sprint(i), ""))
	}
	s.reopen()
	require.EqualValues(s, 5, s.store.Latest())
	entries, err := s.store.Journal(s.ctx, 0, 100)
	require.NoError(s, err)
	require.Len(s, entries, 5)
	first := entries[0]
	require.Equal(s, graph.JournalEntry{
		Seq: 1, Time: first.Time, Action: graph.ActionLoad, Agent: "curator", File: "letter.yaml", FileHash: "00ff", Reason: "first",
		Batches: []graph.Term{iri("batch/one")}, Added: len(corpus()),
	}, first)
	require.WithinRange(s, first.Time, begun, time.Now().Add(time.Second))
	page, err := s.store.Journal(s.ctx, 2, 2)
	require.NoError(s, err)
	require.Equal(s, entries[2:4], page)
	for i, e := range entries {
		require.EqualValues(s, i+1, e.Seq)
		seq, err := s.store.SeqAt(s.ctx, e.Time)
		require.NoError(s, err)
		require.GreaterOrEqual(s, seq, e.Seq)
	}
	seq, err := s.store.SeqAt(s.ctx, begun)
	require.NoError(s, err)
	require.Zero(s, seq)
	s.at(3, func(snap graph.Snapshot) {
		require.Equal(s, entries[2].Time, snap.Time())
		found, err := snap.Entries(s.ctx, []graph.Seq{5, 9, 1})
		require.NoError(s, err)
		require.Equal(s, []graph.JournalEntry{entries[4], {}, entries[0]}, found)
	})
}

// testReaders: a snapshot never changes, and always shows whole commits.
func testReaders(s *suite) {
	const rounds, group = 30, 5
	s.commit(raw("a", "p", "start", ""))
	held, err := s.store.At(s.ctx, 0)
	require.NoError(s, err)
	var wait sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		wait.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					s.readWhole(group)
				}
			}
		})
	}
	for i := range rounds {
		var quads []graph.Quad
		for j := range group {
			quads = append(quads, raw(fmt.Sprint("s", j), "p", fmt.Sprint("o", i), "g"))
		}
		s.commit(append(quads, conviction(fmt.Sprint("c", i), fmt.Sprintf("P%dY", i+1)).quads("b")...)...)
	}
	close(done)
	wait.Wait()
	require.Equal(s, []graph.Quad{raw("a", "p", "start", "")}, s.quads(held, "", ""))
	require.NoError(s, held.Close())
	s.at(0, func(snap graph.Snapshot) { require.Len(s, s.edges(snap, "person/larisa", graph.EdgeQuery{}), rounds) })
}

// readWhole reads a snapshot and checks that it holds whole commits: as many
// quads of one subject as of any other, and as many claims.
func (s *suite) readWhole(group int) {
	snap, err := s.store.At(s.ctx, 0)
	if err != nil {
		s.Error(err)
		return
	}
	defer snap.Close()
	counts := map[graph.Term]int{}
	err = snap.Quads(s.ctx, "", "<g>", func(q graph.Quad) error {
		counts[q.Subject]++
		return nil
	})
	rounds := int(snap.Seq()) - 1
	for j := range group {
		if n := counts[graph.Term(fmt.Sprintf("<s%d>", j))]; n != rounds || err != nil {
			s.Errorf("at %d: %d quads of s%d, want %d (%v)", snap.Seq(), n, j, rounds, err)
		}
	}
	ids, err := snap.IDs(s.ctx, []graph.Term{iri("person/larisa")})
	if err != nil || ids[0] == 0 {
		return
	}
	lists, err := snap.Edges(s.ctx, ids, graph.EdgeQuery{})
	if err != nil || len(lists[0]) != rounds {
		s.Errorf("at %d: %d claims, want %d (%v)", snap.Seq(), len(lists[0]), rounds, err)
	}
}

func testOneWriter(s *suite) {
	tx := s.begin()
	ctx, cancel := context.WithTimeout(s.ctx, 10*time.Millisecond)
	defer cancel()
	_, err := s.store.Begin(ctx)
	require.ErrorIs(s, err, context.DeadlineExceeded)
	require.NoError(s, tx.Add(raw("a", "p", "b", "")))
	s.at(0, func(snap graph.Snapshot) { require.Empty(s, s.quads(snap, "", "")) })
	require.NoError(s, tx.Abort())

	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() { s.waitAndCommit(raw("a", "p", fmt.Sprint(i), "")) })
	}
	wait.Wait()
	require.EqualValues(s, 8, s.store.Latest())

	tx = s.begin()
	require.NoError(s, tx.Add(raw("a", "p", "late", "")))
	stopped, stop := context.WithCancel(s.ctx)
	stop()
	_, err = tx.Commit(stopped, graph.JournalEntry{Action: graph.ActionLoad})
	require.ErrorIs(s, err, context.Canceled)
	require.EqualValues(s, 8, s.store.Latest())
	s.at(0, func(snap graph.Snapshot) { require.Len(s, s.quads(snap, "", ""), 8) })
}

// waitAndCommit commits beside other writers, each of which waits for its place.
func (s *suite) waitAndCommit(q graph.Quad) {
	tx, err := s.store.Begin(s.ctx)
	if err != nil {
		s.Error(err)
		return
	}
	if err := tx.Add(q); err != nil {
		s.Error(err)
	}
	if _, err := tx.Commit(s.ctx, graph.JournalEntry{Action: graph.ActionLoad}); err != nil {
		s.Error(err)
	}
}

// testClose closes a store under a reader: what it holds open it reads to the
// end, and whoever comes later is refused.
func testClose(s *suite) {
	s.commit(raw("a", "p", "b", ""))
	held, err := s.store.At(s.ctx, 0)
	require.NoError(s, err)
	closed := make(chan error, 1)
	go func() { closed <- s.store.Close() }()
	s.refused()
	require.Len(s, s.quads(held, "", ""), 1)
	select {
	case err := <-closed:
		s.Fatal("closed under a reader", err)
	default:
	}
	require.NoError(s, held.Close())
	require.NoError(s, <-closed)
	_, err = s.store.Begin(s.ctx)
	require.Error(s, err)
	_, err = s.store.Journal(s.ctx, 0, 1)
	require.Error(s, err)
}

// refused waits until the store takes no more readers.
func (s *suite) refused() {
	for {
		snapshot, err := s.store.At(s.ctx, 0)
		if err != nil {
			return
		}
		require.NoError(s, snapshot.Close())
		runtime.Gosched()
	}
}

// history is a life of a store: loads, retractions, undoings, merges, conflicts, removals.
func (s *suite) history() {
	s.commit(corpus()...)
	s.commit(conviction("b", "P5Y").quads("two")...)
	s.commit(conviction("c", "P6Y").quads("three")...)
	s.commit(withdraw("r", "batch/two")...)
	s.commit(act("merge/m", word(graph.WordMerges), iri("union/stufece"), word(graph.WordInto), iri("union/knprk"))...)
	s.commit(undo("u", "retraction/r")...)
	s.commit(withdraw("r2", "claim/c")...)
	s.commit(undo("u2", "merge/m")...)
	s.commit(act("conflict/hand", word(graph.WordClashes), iri("claim/members"), word(graph.WordClashes), iri("claim/b"))...)
	s.commit(entity("four", "union/knprk", "Union", "KNPRK", "KNPKR")...)
	tx := s.begin()
	require.NoError(s, tx.Remove(conviction("c", "P6Y").quads("three")...))
	require.NoError(s, tx.Remove(entity("one", "person/larisa", "Person", "Larisa Kharkova")...))
	require.NoError(s, tx.Add(raw("plain", "cayley", "quad", "")))
	_, err := tx.Commit(s.ctx, graph.JournalEntry{Action: graph.ActionPurge})
	require.NoError(s, err)
}

func testReindex(s *suite) {
	s.history()
	latest := s.store.Latest()
	var before string
	s.at(0, func(snap graph.Snapshot) { before = s.dump(snap) })
	require.NoError(s, s.store.Reindex(s.ctx))
	require.Equal(s, latest, s.store.Latest())
	s.at(0, func(snap graph.Snapshot) { require.Equal(s, before, s.dump(snap)) })
	s.reopen()
	s.at(0, func(snap graph.Snapshot) { require.Equal(s, before, s.dump(snap)) })
}

// testOtherOntology: opened with an ontology that knows less, the store shows
// less; opened with the former one, it shows what it showed.
func testOtherOntology(s *suite) {
	s.history()
	var before string
	s.at(0, func(snap graph.Snapshot) { before = s.dump(snap) })
	full := s.ontology
	s.ontology = graph.NewOntology(names, full.Kinds[:2], full.Relations[:1], nil)
	s.reopen()
	s.at(0, func(snap graph.Snapshot) {
		require.Equal(s, []string{"claim/affiliation"}, s.edges(snap, "union/knprk", graph.EdgeQuery{}))
		require.Empty(s, s.edges(snap, "person/larisa", graph.EdgeQuery{}))
	})
	s.ontology = full
	s.reopen()
	s.at(0, func(snap graph.Snapshot) { require.Equal(s, before, s.dump(snap)) })
}

// testGenerated loads claims in one commit and, into another store, in many:
// but for their sequences both show the same.
func testGenerated(s *suite) {
	var all []graph.Quad
	other := s.twin()
	n := 0
	Generate(200, "g", func(quads []graph.Quad) {
		all = append(all, quads...)
		if n++; n%40 == 0 {
			other.commit(all...)
		}
	})
	s.commit(all...)
	other.commit(all...)
	count := func(s *suite) (out graph.StoreStats, edges int) {
		s.at(0, func(snap graph.Snapshot) {
			var err error
			out, err = snap.Stats(s.ctx)
			require.NoError(s, err)
			for i := range 11 {
				edges += len(s.edges(snap, fmt.Sprint("union/u", i), graph.EdgeQuery{Roles: []graph.Role{graph.RoleSubject, graph.RoleObject, graph.RoleSpeaker}}))
			}
			require.Len(s, s.quads(snap, "", ""), out.Quads)
		})
		return out, edges
	}
	stats, edges := count(s)
	require.Equal(s, 200, stats.Claims)
	require.Equal(s, 400, edges)
	otherStats, otherEdges := count(other)
	require.Equal(s, edges, otherEdges)
	require.Equal(s, stats, otherStats)
}
