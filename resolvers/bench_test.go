package resolvers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers"
)

// leaders returns N-Quads of n people who each lead a union of their own, all
// told by one voice.
func leaders(n int) []byte {
	const id, ns = graph.DefaultBase, graph.DefaultVocabulary
	var b bytes.Buffer
	entity := func(path, kind, name string) {
		fmt.Fprintf(&b, "<%s%s> %s <%s%s> .\n<%s%s> <%sname> %q@en .\n", id, path, graph.RDFType, ns, kind, id, path, ns, name)
	}
	entity("document/d", "Document", "Document")
	entity("organization/o", "Organization", "Observer")
	for i := range n {
		entity(fmt.Sprintf("person/p%d", i), "Person", fmt.Sprintf("Person %d", i))
		entity(fmt.Sprintf("union/u%d", i), "Union", fmt.Sprintf("Union %d", i))
		claim := fmt.Sprintf("<%sclaim/c%d>", id, i)
		fmt.Fprintf(&b, "<%sperson/p%d> <%sleads> <%sunion/u%d> %s .\n", id, i, ns, id, i, claim)
		fmt.Fprintf(&b, "%s <%sasserted-by> <%sorganization/o> .\n%s <%sevidence> <%sdocument/d/p%d> .\n", claim, ns, id, claim, ns, id, i+1)
		fmt.Fprintf(&b, "%s <%sdate> \"2018\"^^<%s> .\n", claim, ns, graph.TypeEDTF)
	}
	return b.Bytes()
}

// BenchmarkTypedField reads a page of 200 people, whom each leads, and the
// claim that says so with its voice and its evidence.
func BenchmarkTypedField(b *testing.B) {
	store, ontology := storeOf(b, leaders(1000))
	es, err := resolvers.New(resolvers.Config{Store: store, Ontology: ontology})
	if err != nil {
		b.Fatal(err)
	}
	exec := executor.New(es)
	const query = `{ people(first: 200) { nodes { id name leads { edges { node { id name } claims { date assertedBy { party { name } } evidence { paragraph } } } } } } }`
	b.ReportAllocs()
	for b.Loop() {
		ctx := graphql.StartOperationTrace(context.Background())
		operation, problems := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query})
		if problems != nil {
			b.Fatal(problems)
		}
		responses, ctx := exec.DispatchOperation(ctx, operation)
		response := responses(ctx)
		if len(response.Errors) > 0 || !json.Valid(response.Data) {
			b.Fatal(response.Errors)
		}
	}
}
