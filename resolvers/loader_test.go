package resolvers_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/tripartite-graph/tripartite/api/agent"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/resolvers"
	"github.com/tripartite-graph/tripartite/schema"
)

// counting counts the look-ups of its snapshots.
type counting struct {
	graph.Store
	lookUps atomic.Int64
}

func (c *counting) At(ctx context.Context, seq graph.Seq) (graph.Snapshot, error) {
	s, err := c.Store.At(ctx, seq)
	return &countingSnapshot{s, c}, err
}

type countingSnapshot struct {
	graph.Snapshot
	count *counting
}

func (s *countingSnapshot) IDs(ctx context.Context, terms []graph.Term) ([]graph.NodeID, error) {
	s.count.lookUps.Add(1)
	return s.Snapshot.IDs(ctx, terms)
}

func (s *countingSnapshot) Edges(ctx context.Context, nodes []graph.NodeID, q graph.EdgeQuery) ([][]graph.Edge, error) {
	s.count.lookUps.Add(1)
	return s.Snapshot.Edges(ctx, nodes, q)
}

func (s *countingSnapshot) Claims(ctx context.Context, ids []graph.NodeID) ([]*graph.ClaimRow, error) {
	s.count.lookUps.Add(1)
	return s.Snapshot.Claims(ctx, ids)
}

func (s *countingSnapshot) Entities(ctx context.Context, ids []graph.NodeID) ([]*graph.EntityRow, error) {
	s.count.lookUps.Add(1)
	return s.Snapshot.Entities(ctx, ids)
}

func (s *countingSnapshot) Batches(ctx context.Context, ids []graph.NodeID) ([]*graph.BatchRow, error) {
	s.count.lookUps.Add(1)
	return s.Snapshot.Batches(ctx, ids)
}

func (s *countingSnapshot) Entries(ctx context.Context, seqs []graph.Seq) ([]graph.JournalEntry, error) {
	s.count.lookUps.Add(1)
	return s.Snapshot.Entries(ctx, seqs)
}

func (s *countingSnapshot) PageEntities(ctx context.Context, kind *graph.EntityKind, p graph.Page) ([]graph.KeyedNode, error) {
	s.count.lookUps.Add(1)
	return s.Snapshot.PageEntities(ctx, kind, p)
}

func (s *countingSnapshot) PageClaims(ctx context.Context, relation *graph.RelationKind, from, to graph.Day, p graph.Page) ([]graph.KeyedEdge, error) {
	s.count.lookUps.Add(1)
	return s.Snapshot.PageClaims(ctx, relation, from, to, p)
}

func (s *countingSnapshot) ConflictsOf(ctx context.Context, claims []graph.NodeID) ([][]graph.ConflictRow, error) {
	s.count.lookUps.Add(1)
	return s.Snapshot.ConflictsOf(ctx, claims)
}

// verdicts returns N-Quads of n people who are each convicted by one of a few
// courts, all told by one voice.
func verdicts(n int) []byte {
	const id, ns = graph.DefaultBase, graph.DefaultVocabulary
	var b bytes.Buffer
	entity := func(path, kind, name string) {
		fmt.Fprintf(&b, "<%s%s> %s <%s%s> .\n<%s%s> <%sname> %q@en .\n", id, path, graph.RDFType, ns, kind, id, path, ns, name)
	}
	entity("document/d", "Document", "Document")
	entity("organization/o", "Organization", "Observer")
	for i := range 7 {
		entity(fmt.Sprintf("court/c%d", i), "Court", fmt.Sprintf("Court %d", i))
	}
	for i := range n {
		entity(fmt.Sprintf("person/p%03d", i), "Person", fmt.Sprintf("Person %03d", i))
		claim := fmt.Sprintf("<%sclaim/c%d>", id, i)
		fmt.Fprintf(&b, "<%sperson/p%03d> <%sconvicted-by> <%scourt/c%d> %s .\n", id, i, ns, id, i%7, claim)
		fmt.Fprintf(&b, "%s <%sasserted-by> <%sorganization/o> .\n%s <%sevidence> <%sdocument/d/p%d> .\n", claim, ns, id, claim, ns, id, i+1)
		fmt.Fprintf(&b, "%s <%sdate> \"2017\"^^<%s> .\n", claim, ns, graph.TypeEDTF)
	}
	return b.Bytes()
}

// storeOf returns a store in memory that holds N-Quads.
func storeOf(t testing.TB, content []byte) (graph.Store, *graph.Ontology) {
	t.Helper()
	ontology, err := schema.Ontology(graph.DefaultNames())
	if err != nil {
		t.Fatal(err)
	}
	store, err := quadstore.Open("memory:", quadstore.Options{Ontology: ontology})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	input := loaders.Input("made.nq", "nquads", loaders.Options{Names: ontology.Names}, func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	})
	report, err := (&graph.Importer{Store: store, Ontology: ontology}).Import(context.Background(), []graph.Input{input}, graph.ImportOptions{})
	if err != nil || report.Refused {
		t.Fatal(err, report)
	}
	return store, ontology
}

// TestLookUpsDoNotGrowWithThePage asks nested lists of ten things and of a
// hundred: a level is one look-up, whatever its size, through connections,
// claims and interfaces alike, and in whichever order goroutines run.
func TestLookUpsDoNotGrowWithThePage(t *testing.T) {
	store, ontology := storeOf(t, verdicts(120))
	count := &counting{Store: store}
	es, err := resolvers.New(resolvers.Config{Store: count, Ontology: ontology})
	if err != nil {
		t.Fatal(err)
	}
	s := &session{t, executor.New(es)}
	for name, query := range map[string]string{
		"people with convictions, courts and evidence": `query($n: Int) { people(first: $n) { nodes { name convictedBy { edges { node { name names { evidence { paragraph } } relationCounts { count } }
			claims { date assertedBy { party { name neighbors(first: 1) { totalCount } } } evidence { paragraph document { title } } } } } } } }`,
		"claims and what they lead to": `query($n: Int) { claims(first: $n) { nodes { subject { claims(first: 1) { nodes { batches { id } recordedAt } } } object { neighbors(first: 1) { totalCount } }
			conflicts { id } revisionOf { id } retraction { id } evidence { document { claims(first: 1) { totalCount } } } } } }`,
		"an interface, by kind": `query($n: Int) { entities(first: $n, orderBy: NAME_DESC) { nodes {
			... on Person { convictedBy(orderBy: NAME_DESC) { nodes { id ... on Court { convicted(first: 2) { totalCount } } } } } } } }`,
		"timelines": `query($n: Int) { people(first: $n) { nodes { timeline(first: 2) { nodes { claims { object { relationCounts { count } } } } } } } }`,
	} {
		few, many := s.lookUps(count, query, 10), s.lookUps(count, query, 100)
		if few != many {
			t.Errorf("%s: %d look-ups for 10, %d for 100", name, few, many)
		}
	}
}

// lookUps runs a query for a page of n, and returns how many look-ups it took.
func (s *session) lookUps(count *counting, query string, n int) int64 {
	s.Helper()
	before := count.lookUps.Load()
	got := s.run(agent.Nobody, query, map[string]any{"n": n})
	if strings.Contains(got, `"errors"`) || strings.Count(got, "{") < n {
		s.Fatalf("%d: %.500s", n, got)
	}
	return count.lookUps.Load() - before
}
