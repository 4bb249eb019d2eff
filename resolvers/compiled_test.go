package resolvers_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/google/go-cmp/cmp"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/graph/storetest"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/resolvers"
	"github.com/tripartite-graph/tripartite/schema"
	"github.com/tripartite-graph/tripartite/seed"
)

// bothWays returns what runs operations as they come, and what leaves all to gqlgen.
func bothWays(t testing.TB, store graph.Store, ontology *graph.Ontology) (compiled, interpreted *executor.Executor) {
	t.Helper()
	var ways [2]*executor.Executor
	for i := range ways {
		es, err := resolvers.New(resolvers.Config{Store: store, Ontology: ontology, Interpreted: i == 1})
		if err != nil {
			t.Fatal(err)
		}
		ways[i] = executor.New(es)
	}
	return ways[0], ways[1]
}

// corpus returns a store in memory that holds the seed.
func corpus(t *testing.T) (graph.Store, *graph.Ontology) {
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
	names, err := seed.Files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	options := loaders.Options{Names: ontology.Names, Document: seed.Files.ReadFile}
	var inputs []graph.Input
	for _, f := range names {
		if strings.HasSuffix(f.Name(), ".yaml") {
			inputs = append(inputs, loaders.Input(f.Name(), "", options, func() (io.ReadCloser, error) { return seed.Files.Open(f.Name()) }))
		}
	}
	report, err := (&graph.Importer{Store: store, Ontology: ontology}).Import(context.Background(), inputs, graph.ImportOptions{})
	if err != nil || report.Err() != nil {
		t.Fatal(err, report.Err())
	}
	return store, ontology
}

// inDocuments is a query in a page of the documentation.
var inDocuments = regexp.MustCompile("(?s)```graphql\n(.*?)```")

// TestCompiledAnswersTheSame runs the queries of README, docs and the
// explorer over the corpus, compiled where they can be and by gqlgen: the
// answers are the same to the byte, errors and extensions too.
func TestCompiledAnswersTheSame(t *testing.T) {
	store, ontology := corpus(t)
	compiled, interpreted := bothWays(t, store, ontology)
	files, err := filepath.Glob("../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, file := range append(files, "../README.md") {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range inDocuments.FindAllSubmatch(content, -1) {
			n++
			same(t, compiled, interpreted, string(m[1]), nil)
		}
	}
	if n < 20 {
		t.Errorf("%d queries in the documents", n)
	}
}

func same(t *testing.T, compiled, interpreted *executor.Executor, query string, variables map[string]any) {
	t.Helper()
	if diff := cmp.Diff(answer(t, interpreted, query, variables), answer(t, compiled, query, variables)); diff != "" {
		t.Errorf("%s\n%v: the compiled answer differs (-gqlgen +compiled):\n%s", query, variables, diff)
	}
}

// TestCompiledAnswersTheGoldenQueries does the same for testdata.
func TestCompiledAnswersTheGoldenQueries(t *testing.T) {
	store, ontology := newStore(t)
	compiled, interpreted := bothWays(t, store, ontology)
	files, err := filepath.Glob("testdata/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		query, _, _ := strings.Cut(string(text), separator)
		same(t, compiled, interpreted, query, nil)
	}
}

// facts is what is asked of each claim.
const facts = `id relation date dateBasis stance mode subject { id name } object { __typename id kind } value { lexical datatype language } event { id }
	qualifiers { name group relation value { lexical } entity { id } } reportedBy { id } assertedBy { capacity party { id name } spokenBy { name } }
	evidence { iri paragraph start end sha256 role text paragraphText document { id title fileName } }`

// shapes are asked of every entity of the corpus; hot tells which are compiled.
var shapes = []struct {
	hot   bool
	query string
}{
	{true, `query($id: ID!) { entity(by: {id: $id}) { id name claims(first: 200) { totalCount pageInfo { hasNextPage endCursor } nodes { ` + facts + ` } edges { cursor node { id } } } } }`},
	{true, `query($id: ID!) { node(id: $id) { id ... on Entity { iri kind unnamed protected mergedFrom description names { text language role evidence { iri } } relationCounts { relation direction count claims } } } }`},
	{true, `query($id: ID!) { entity(by: {id: $id}) { ...who neighbors(first: 5, view: {stances: [ASSERTED]}) { totalCount edges { cursor node { ...who ... on Person { leads { nodes { name } } } } claims { ` + facts + ` } } } } } fragment who on Entity { __typename id name }`},
	{true, `query($id: ID!) { entity(by: {id: $id}) { ... on Union { affiliatedWith { edges { node { __typename name } claims { date } } nodes { id } } } ... on Person { convictedBy(first: 1) { totalCount pageInfo { hasNextPage } edges { node { __typename id } } } } } }`},
	{true, `query($id: ID!) { subgraph(roots: [$id], depth: 2, maxNodes: 40) { truncated omitted nodes { id kind name } edges { source { id } relation target { id } claims { id } } } }`},
	{true, `query($id: ID!) { paths(from: $id, to: "country/kazakhstan", maxLength: 4, first: 2) { length nodes { id name } hops { source { id } target { id } claims { id } } } }`},
	{true, `query($id: ID!) { claims(filter: {subject: {ids: [$id]}}, orderBy: RELATION_ASC) { nodes { ` + facts + ` } } search(text: $id, first: 3) { totalCount nodes { id } edges { cursor why node { name } matchedName { text } } } }`},
	{false, `query($id: ID!) { entity(by: {id: $id}) { claims { nodes { id conflicts { id } } } } }`},
	{false, `query($id: ID!) { entity(by: {id: $id}) { id @include(if: true) } }`},
	{false, `query($id: ID!) { entity(by: {id: $id}) { timeline { edges { node { date } } } } __schema { queryType { name } } }`},
	{true, `query($id: ID!) { entity(by: {id: $id}) { claims(first: 500) { nodes { id } } } }`},
	{true, `query($id: ID!) { first: entity(by: {id: $id}) { a: id } entity(by: {id: "person/nobody"}) { id claims(view: {asOf: "never"}) { nodes { id } } } }`},
}

// TestCompiledAnswersOfEveryEntity asks the hot shapes, and some that are not,
// of the entities of the corpus, both ways.
func TestCompiledAnswersOfEveryEntity(t *testing.T) {
	if storetest.WithoutRaceDetector(t) {
		return
	}
	store, ontology := corpus(t)
	compiled, interpreted := bothWays(t, store, ontology)
	r, err := graph.NewReader(context.Background(), store, ontology, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	most := graph.MaxPage
	page := graph.Paging{First: &most}
	for n := 0; ; n++ {
		found, err := r.ListEntities(context.Background(), graph.EntityQuery{Page: page})
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range found.Nodes {
			if i%37 != n%37 { // some of each page; others on the next
				continue
			}
			for _, s := range shapes {
				same(t, compiled, interpreted, s.query, map[string]any{"id": e.ID})
			}
		}
		if !found.PageInfo.HasNextPage {
			break
		}
		page.After = found.PageInfo.EndCursor
	}
	for _, e := range []any{"person/nobody", "claim/none", 3, nil} {
		for _, s := range shapes {
			same(t, compiled, interpreted, s.query, map[string]any{"id": e})
		}
	}
}

// TestStringsAreWrittenAsGqlgenDoes finds entities by names with every sort of
// character that JSON escapes.
func TestStringsAreWrittenAsGqlgenDoes(t *testing.T) {
	var b strings.Builder
	for i := range 40 {
		fmt.Fprintf(&b, "<%sperson/p%d> %s <%sPerson> .\n<%sperson/p%d> <%sname> \"N%d \\u%04X \\\\ \\\" \\t\\r\\n</é\\u2028\\U0001F600\"@en .\n",
			graph.DefaultBase, i, graph.RDFType, graph.DefaultVocabulary, graph.DefaultBase, i, graph.DefaultVocabulary, i, max(1, i))
	}
	store, ontology := storeOf(t, []byte(b.String()))
	compiled, interpreted := bothWays(t, store, ontology)
	for i := range 40 {
		same(t, compiled, interpreted, `query($id: ID!) { entity(by: {id: $id}) { name names { text } } }`, map[string]any{"id": fmt.Sprintf("person/p%d", i)})
	}
}
