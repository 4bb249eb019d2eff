package resolvers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/google/go-cmp/cmp"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/resolvers"
	"github.com/tripartite-graph/tripartite/schema"
	"github.com/tripartite-graph/tripartite/seed"
)

var update = flag.Bool("update", false, "write the answers that the golden files should have")

// separator stands between the query of a golden file and its answer.
const separator = "\n# Answer\n"

// TestGolden runs every query of testdata. A new case is a new file with a
// query; go test -update writes its answer.
func TestGolden(t *testing.T) {
	run := newExecutor(t)
	files, err := filepath.Glob("testdata/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".graphql"), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			query, want, _ := strings.Cut(string(text), separator)
			got := run(t, query)
			if *update {
				if err := os.WriteFile(name, []byte(query+separator+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the answer differs (-want +got):\n%s", diff)
			}
		})
	}
}

// newExecutor returns what runs queries over a store in memory that holds
// testdata/graph.yaml.
func newExecutor(t *testing.T) func(*testing.T, string) string {
	t.Helper()
	store, ontology := newStore(t)
	es, err := resolvers.New(resolvers.Config{Store: store, Ontology: ontology})
	if err != nil {
		t.Fatal(err)
	}
	exec := executor.New(es)
	return func(t *testing.T, query string) string { return answer(t, exec, query, nil) }
}

// answer runs one query and returns the response as indented JSON.
func answer(t *testing.T, exec *executor.Executor, query string, variables map[string]any) string {
	t.Helper()
	ctx := graphql.StartOperationTrace(context.Background())
	operation, problems := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: variables})
	if problems != nil {
		return indented(t, exec.DispatchError(graphql.WithOperationContext(ctx, operation), problems))
	}
	responses, ctx := exec.DispatchOperation(ctx, operation)
	return indented(t, responses(ctx))
}

func indented(t *testing.T, response *graphql.Response) string {
	t.Helper()
	raw, err := json.Marshal(response)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		t.Fatal(err)
	}
	return out.String() + "\n"
}

// newStore returns a store in memory that holds testdata/graph.yaml.
func newStore(t *testing.T) (graph.Store, *graph.Ontology) {
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
	options := loaders.Options{Names: ontology.Names, Document: seed.Files.ReadFile}
	input := loaders.Input("graph.yaml", "", options, func() (io.ReadCloser, error) { return os.Open("testdata/graph.yaml") })
	importer := &graph.Importer{Store: store, Ontology: ontology}
	report, err := importer.Import(context.Background(), []graph.Input{input}, graph.ImportOptions{Agent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if report.Refused {
		var problems strings.Builder
		_ = report.WriteText(&problems)
		t.Fatal(problems.String())
	}
	return store, ontology
}
