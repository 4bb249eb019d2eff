package storetest

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
)

// Open opens the store of a name with an ontology. The first opening of a name
// makes an empty store; one after its Close shows what was committed.
type Open func(t testing.TB, name string, o *graph.Ontology) graph.Store

// Run checks a store against the contract of graph.Store.
func Run(t *testing.T, open Open) {
	for _, test := range []struct {
		name string
		run  func(*suite)
	}{
		{"an empty store", testEmpty},
		{"claims and entities are read as they were written", testRead},
		{"an aborted transaction leaves no trace", testAbort},
		{"a commit that changes nothing writes nothing", testNothing},
		{"quads by numbers", testNumbered},
		{"two removals and an addition of one subject", testRemoveAndAdd},
		{"parallel claims of one statement", testParallelClaims},
		{"repeated quads are counted once", testCounts},
		{"retraction of a batch, and its undoing", testRetractBatch},
		{"a claim lives while one of its batches does", testTwoBatches},
		{"what is in force does not depend on order", testOrder},
		{"the past stays as it was recorded", testPast},
		{"merges and their undoing", testMerges},
		{"conflicts and disputed intervals", testConflicts},
		{"curated conflicts", testCurated},
		{"pages of entities", testPageEntities},
		{"pages of claims", testPageClaims},
		{"pages of edges", testPageEdges},
		{"names", testNames},
		{"terms come back to the byte", testTerms},
		{"quads come in canonical order", testQuadOrder},
		{"the journal", testJournal},
		{"readers beside a writer", testReaders},
		{"one writer at a time", testOneWriter},
		{"a closing store waits for its readers", testClose},
		{"reindex changes nothing", testReindex},
		{"another ontology", testOtherOntology},
		{"a generated load", testGenerated},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := &suite{T: t, ctx: context.Background(), open: open, ontology: Ontology()}
			s.store = open(t, "main", s.ontology)
			defer func() { require.NoError(t, s.store.Close()) }()
			test.run(s)
		})
	}
}

// suite is one test with its store.
type suite struct {
	*testing.T
	ctx      context.Context
	open     Open
	ontology *graph.Ontology
	store    graph.Store
}

// reopen closes the store and opens it again.
func (s *suite) reopen() {
	require.NoError(s, s.store.Close())
	s.store = s.open(s, "main", s.ontology)
}

func (s *suite) begin() graph.Tx {
	tx, err := s.store.Begin(s.ctx)
	require.NoError(s, err)
	return tx
}

// commit loads quads and returns the sequence.
func (s *suite) commit(quads ...graph.Quad) graph.Seq {
	tx := s.begin()
	require.NoError(s, tx.Add(quads...))
	seq, err := tx.Commit(s.ctx, graph.JournalEntry{Action: graph.ActionLoad})
	require.NoError(s, err)
	require.Equal(s, seq, s.store.Latest())
	return seq
}

// at runs f with a snapshot.
func (s *suite) at(seq graph.Seq, f func(graph.Snapshot)) {
	snap, err := s.store.At(s.ctx, seq)
	require.NoError(s, err)
	f(snap)
	require.NoError(s, snap.Close())
}

// id returns the node of an id, which must be there.
func (s *suite) id(snap graph.Snapshot, id string) graph.NodeID {
	ids, err := snap.IDs(s.ctx, []graph.Term{iri(id)})
	require.NoError(s, err)
	require.NotZero(s, ids[0], id)
	return ids[0]
}

func (s *suite) claim(snap graph.Snapshot, id string) *graph.ClaimRow {
	rows, err := snap.Claims(s.ctx, []graph.NodeID{s.id(snap, "claim/"+id)})
	require.NoError(s, err)
	return rows[0]
}

// edges returns the claims in which a node plays a part, by their ids.
func (s *suite) edges(snap graph.Snapshot, id string, q graph.EdgeQuery) (out []string) {
	lists, err := snap.Edges(s.ctx, []graph.NodeID{s.id(snap, id)}, q)
	require.NoError(s, err)
	for _, e := range lists[0] {
		out = append(out, s.term(snap, e.Claim))
	}
	return out
}

// term returns the id of a node.
func (s *suite) term(snap graph.Snapshot, node graph.NodeID) string {
	terms, err := snap.Terms(s.ctx, []graph.NodeID{node})
	require.NoError(s, err)
	return names.ID(terms[0])
}

func (s *suite) relation(name string) *graph.RelationKind {
	r := s.ontology.Relation(word(name))
	require.NotNil(s, r)
	return r
}

func (s *suite) kind(name string) *graph.EntityKind {
	k := s.ontology.Kind(word(name))
	require.NotNil(s, k)
	return k
}

// quads returns every quad of a snapshot.
func (s *suite) quads(snap graph.Snapshot, subject, label graph.Term) (out []graph.Quad) {
	require.NoError(s, snap.Quads(s.ctx, subject, label, func(q graph.Quad) error {
		out = append(out, q)
		return nil
	}))
	return out
}

// corpus is a small graph: two unions, a person, three claims of two batches.
func corpus() []graph.Quad {
	return concat(
		entity("one", "union/knprk", "Union", "KNPRK", "Confederation of Independent Trade Unions"),
		entity("one", "union/stufece", "Union", "STUFECE"),
		entity("one", "person/larisa", "Person", "Larisa Kharkova"),
		claim{
			id: "affiliation", subject: "union/stufece", relation: "affiliated-with", object: "union/knprk",
			voices: []string{"union/ituc"}, document: "document/letter/p3",
			more: [][2]graph.Term{{word(graph.WordDate), edtf("2017")}},
		}.quads("one"),
		conviction("conviction", "P4Y").quads("one"),
		claim{
			id: "members", subject: "union/knprk", relation: "has-members",
			value:  graph.NewLiteral("≥ 600", "", graph.TypeQuantity),
			voices: []string{"union/knprk"}, document: "document/letter/p5",
		}.quads("one"),
	)
}

// conviction is a claim of one event with a sentence.
func conviction(id, sentence string) claim {
	return claim{
		id: id, subject: "person/larisa", relation: "convicted-by", object: "court/shymkent",
		voices: []string{"union/ituc-" + id}, document: "document/letter-" + id + "/p4",
		more: [][2]graph.Term{
			{word(graph.WordDate), edtf("2017-07-25")},
			{word(graph.WordEvent), iri("event/verdict")},
			{word("legalBasis"), iri("law/article-250")},
			{word("sentence"), text(sentence, "")},
			{word("about"), word("affiliated-with")},
		},
	}
}

func concat(lists ...[]graph.Quad) (out []graph.Quad) {
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// code returns the code of an error, "" for one without.
func code(err error) graph.Code {
	var e *graph.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
