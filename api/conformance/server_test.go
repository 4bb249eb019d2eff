package conformance

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/api"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/resolvers"
	"github.com/tripartite-graph/tripartite/schema"
	"github.com/tripartite-graph/tripartite/seed"
)

// serve starts the whole service over a store in memory that holds the graph
// of the resolvers' tests, and returns its address. Each role is its own token.
func serve(t *testing.T, limits api.Limits) string {
	t.Helper()
	ontology, err := schema.Ontology(graph.DefaultNames())
	if err != nil {
		t.Fatal(err)
	}
	store, err := quadstore.Open("memory:", quadstore.Options{Ontology: ontology})
	if err != nil {
		t.Fatal(err)
	}
	input := loaders.Input("graph.yaml", "", loaders.Options{Names: ontology.Names, Document: seed.Files.ReadFile},
		func() (io.ReadCloser, error) { return os.Open("../../resolvers/testdata/graph.yaml") })
	report, err := (&graph.Importer{Store: store, Ontology: ontology}).Import(context.Background(), []graph.Input{input}, graph.ImportOptions{Agent: "test"})
	if err != nil || report.Refused {
		t.Fatal(err, report)
	}
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	executable, err := resolvers.New(resolvers.Config{Store: store, Ontology: ontology, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	for _, role := range []string{"reader", "loader", "curator"} {
		fmt.Fprintf(&lines, "%x ann %s\n", sha256.Sum256([]byte(role)), role)
	}
	tokens, err := api.ReadTokens(strings.NewReader(lines.String()))
	if err != nil {
		t.Fatal(err)
	}
	service := api.New(api.Config{
		Schema: executable, Store: store, Ontology: ontology, Tokens: tokens, Loopback: true, Limits: limits, Log: quiet,
	})
	server := httptest.NewServer(service)
	t.Cleanup(func() {
		service.Close()
		server.Close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return server.URL
}

// reply is what a server answered.
type reply struct {
	status int
	body   string
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Extensions map[string]any
	}
	Extensions map[string]any
}

// code returns the code of the first error, "" for none.
func (r reply) code() string {
	if len(r.Errors) == 0 {
		return ""
	}
	code, _ := r.Errors[0].Extensions["code"].(string)
	return code
}

// post sends a body with a token, "" for nobody.
func post(t *testing.T, url, token, body string) reply {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	r := reply{status: response.StatusCode, body: string(content)}
	_ = json.Unmarshal(content, &r)
	return r
}

// request writes a request of GraphQL; variables are JSON, "" for none.
func request(query, variables string) string {
	text, _ := json.Marshal(query)
	if variables == "" {
		return `{"query":` + string(text) + `}`
	}
	return `{"query":` + string(text) + `,"variables":` + variables + `}`
}

// node runs a script of this folder and returns what it prints.
func node(t *testing.T, arguments ...string) []byte {
	t.Helper()
	out, complaints, err := run(t, arguments)
	if err != nil {
		t.Fatalf("%v: %v\n%s%s", arguments, err, complaints, out)
	}
	return out
}

// failing runs a script that must fail, and returns what it prints.
func failing(t *testing.T, arguments ...string) string {
	t.Helper()
	out, complaints, err := run(t, arguments)
	if err == nil {
		t.Errorf("%v did not fail", arguments)
	}
	return string(out) + complaints
}

func run(t *testing.T, arguments []string) (out []byte, complaints string, err error) {
	t.Helper()
	if _, err := os.Stat("node_modules"); err != nil {
		t.Skip("needs the npm packages: npm ci in api/conformance (make test does)")
	}
	command := exec.Command("node", arguments...)
	var said bytes.Buffer
	command.Stderr = &said
	out, err = command.Output()
	return out, said.String(), err
}
