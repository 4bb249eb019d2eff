package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/tripartite-graph/tripartite/api/agent"
	"github.com/tripartite-graph/tripartite/graph"
)

const sdl = `
directive @oneOf on INPUT_OBJECT
input By @oneOf { id: ID name: String }
type Query { name: String self: Query thing(by: By!): String costly(first: Int = 20): Query broken: String refused: String who: String }
type Mutation { write: String }
type Subscription { count: Int }
`

// schemaOf is a schema that answers __typename, and a few fields by name of
// the first one asked.
func schemaOf(t *testing.T) graphql.ExecutableSchema {
	t.Helper()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: sdl})
	return &graphql.ExecutableSchemaMock{
		SchemaFunc: func() *ast.Schema { return schema },
		ComplexityFunc: func(_ context.Context, _, _ string, child int, _ map[string]any) (int, bool) {
			return child + 1, true
		},
		ExecFunc: func(ctx context.Context) graphql.ResponseHandler {
			operation := graphql.GetOperationContext(ctx).Operation
			first := operation.SelectionSet[0].(*ast.Field)
			if operation.Operation == ast.Subscription {
				n := 0
				return func(ctx context.Context) *graphql.Response {
					if n++; n > 2 {
						<-ctx.Done()
						return nil
					}
					return &graphql.Response{Data: json.RawMessage(`{"count":` + string(rune('0'+n)) + `}`)}
				}
			}
			return graphql.OneShot(answerTo(ctx, first.Name))
		},
	}
}

func answerTo(ctx context.Context, field string) *graphql.Response {
	switch field {
	case "__typename":
		return &graphql.Response{Data: json.RawMessage(`{"__typename":"Query"}`)}
	case "broken":
		graphql.AddError(ctx, io.ErrUnexpectedEOF)
	case "refused":
		graphql.AddError(ctx, &graph.Error{Code: graph.CodeAmbiguous, Message: "two of them", Candidates: []string{"a", "b"}})
	case "who":
		a := agent.From(ctx)
		b, _ := json.Marshal(map[string]any{"who": a.Name, "words": a.Words})
		return &graphql.Response{Data: b}
	}
	return &graphql.Response{Data: json.RawMessage(`{"` + field + `":null}`)}
}

// emptyStore is a store with nothing in it.
type emptyStore struct{ graph.Store }

func (emptyStore) Latest() graph.Seq { return 7 }
func (emptyStore) At(context.Context, graph.Seq) (graph.Snapshot, error) {
	return emptySnapshot{}, nil
}

type emptySnapshot struct{ graph.Snapshot }

func (emptySnapshot) IDs(context.Context, []graph.Term) ([]graph.NodeID, error) { return nil, nil }
func (emptySnapshot) Close() error                                              { return nil }

// start serves a configuration, and returns the address.
func start(t *testing.T, c Config) string {
	t.Helper()
	c.Schema, c.Store = schemaOf(t), emptyStore{}
	c.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	s := New(c)
	h := httptest.NewServer(s)
	t.Cleanup(func() {
		s.Close()
		h.Close()
	})
	return h.URL
}

// reply is what a server answered.
type reply struct {
	status int
	header http.Header
	body   string
	answer struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions map[string]any
		}
	}
}

func (r reply) code() any {
	if len(r.answer.Errors) == 0 {
		return nil
	}
	return r.answer.Errors[0].Extensions["code"]
}

// ask sends a request; headers are name and value in turn.
func ask(t *testing.T, method, url, body string, headers ...string) reply {
	t.Helper()
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			request.Host = headers[i+1]
		}
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
	r := reply{status: response.StatusCode, header: response.Header, body: string(content)}
	_ = json.Unmarshal(content, &r.answer)
	return r
}

func query(text string) string {
	b, _ := json.Marshal(map[string]any{"query": text})
	return string(b)
}

func TestStatuses(t *testing.T) {
	url := start(t, Config{Loopback: true, Limits: Limits{BodyBytes: 1000}}) + "/graphql"
	const strict = "application/graphql-response+json"
	for name, c := range map[string]struct {
		method, target, body string
		headers              []string
		status               int
		code                 any
		media                string
	}{
		"post":                      {"POST", url, query("{__typename}"), nil, 200, nil, "application/json"},
		"get":                       {"GET", url + "?query={__typename}", "", nil, 200, nil, "application/json"},
		"strict":                    {"POST", url, query("{__typename}"), []string{"Accept", strict}, 200, nil, strict},
		"weights":                   {"POST", url, query("{__typename}"), []string{"Accept", "application/json;q=0.5, " + strict}, 200, nil, strict},
		"not acceptable":            {"POST", url, query("{__typename}"), []string{"Accept", "text/html"}, 406, "BAD_REQUEST", "application/json"},
		"other method":              {"PUT", url, "", nil, 405, "BAD_REQUEST", "application/json"},
		"mutation by get":           {"GET", url + "?query=mutation{write}", "", nil, 405, "BAD_REQUEST", "application/json"},
		"a form":                    {"POST", url, "query={__typename}", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "BAD_REQUEST", "application/json"},
		"a multipart form":          {"POST", url, "--x--", []string{"Content-Type", "multipart/form-data; boundary=x"}, 415, "BAD_REQUEST", "application/json"},
		"plain text":                {"POST", url, query("{__typename}"), []string{"Content-Type", "text/plain"}, 415, "BAD_REQUEST", "application/json"},
		"another charset":           {"POST", url, query("{__typename}"), []string{"Content-Type", "application/json; charset=latin1"}, 415, "BAD_REQUEST", "application/json"},
		"too large":                 {"POST", url, query(strings.Repeat(" ", 2000)), nil, 413, "LIMIT_EXCEEDED", "application/json"},
		"no JSON":                   {"POST", url, "{", nil, 400, "BAD_REQUEST", "application/json"},
		"two values":                {"POST", url, "{} {}", nil, 400, "BAD_REQUEST", "application/json"},
		"no query":                  {"POST", url, "{}", nil, 400, "BAD_REQUEST", "application/json"},
		"variables of another type": {"GET", url + "?query={__typename}&variables=1", "", nil, 400, "BAD_REQUEST", "application/json"},
		"no GraphQL":                {"POST", url, query("{"), nil, 200, "GRAPHQL_PARSE_FAILED", "application/json"},
		"no GraphQL, strict":        {"POST", url, query("{"), []string{"Accept", strict}, 400, "GRAPHQL_PARSE_FAILED", strict},
		"no such field, strict":     {"POST", url, query("{nothing}"), []string{"Accept", strict}, 400, "GRAPHQL_VALIDATION_FAILED", strict},
		"subscription in one reply": {"POST", url, query("subscription{count}"), nil, 400, "BAD_REQUEST", "application/json"},
		"another host":              {"POST", url, query("{__typename}"), []string{"Host", "evil.example"}, 421, "FORBIDDEN", "application/json"},
		"an unknown token":          {"POST", url, query("{__typename}"), []string{"Authorization", "Bearer x"}, 401, "UNAUTHENTICATED", "application/json"},
	} {
		r := ask(t, c.method, c.target, c.body, c.headers...)
		media, _, _ := strings.Cut(r.header.Get("Content-Type"), ";")
		if r.status != c.status || r.code() != c.code || media != c.media {
			t.Errorf("%s: %d %v %s, want %d %v %s\n%s", name, r.status, r.code(), media, c.status, c.code, c.media, r.body)
		}
		if c.code != nil && strings.Contains(r.body, `"data"`) {
			t.Errorf("%s: a request that did not run has data: %s", name, r.body)
		}
	}
}

func TestBounds(t *testing.T) {
	url := start(t, Config{Loopback: true, Limits: Limits{Depth: 5, Fields: 200, Tokens: 500, Repeats: 10, Cost: 1000}}) + "/graphql"
	doubling := "{...a0} "
	for i := range 25 {
		n := string(rune('a'+i)) + "0"
		next := string(rune('a'+i+1)) + "0"
		doubling += "fragment " + n + " on Query {..." + next + " ..." + next + "} "
	}
	doubling += "fragment z0 on Query {name}"
	for name, c := range map[string]struct{ query, code, says string }{
		"deep":                       {strings.Repeat("{self", 6) + "{name}" + strings.Repeat("}", 6), "LIMIT_EXCEEDED", "7 deep"},
		"repeated":                   {"{" + strings.Repeat("name ", 11) + "}", "LIMIT_EXCEEDED", "more than 10 times"},
		"fragments":                  {doubling, "LIMIT_EXCEEDED", "after its fragments"},
		"tokens":                     {"{" + strings.Repeat("self{name}", 200) + "}", "LIMIT_EXCEEDED", "500 tokens"},
		"costly":                     {"{costly(first: 500){name costly(first: 3) {name}}}", "COST_LIMIT_EXCEEDED", "costs 2501, of at most 1000"},
		"by default":                 {"{costly{costly{costly{name}}}}", "COST_LIMIT_EXCEEDED", "costs 8421"},
		"deferred":                   {"{...@defer{name}}", "BAD_REQUEST", "@defer"},
		"two of one":                 {`query($b: By = {id: "a", name: "b"}){thing(by:$b)}`, "GRAPHQL_VALIDATION_FAILED", "exactly one"},
		"introspection goes through": {"{__typename __schema{types{fields{type{ofType{ofType{ofType{name}}}}}}}}", "", ""},
	} {
		begun := time.Now()
		r := ask(t, "POST", url, query(c.query))
		if c.code == "" && len(r.answer.Errors) == 0 {
			continue
		}
		if r.code() != c.code || !strings.Contains(r.answer.Errors[0].Message, c.says) {
			t.Errorf("%s: %s; want %s with %q", name, r.body, c.code, c.says)
		}
		if time.Since(begun) > 2*time.Second {
			t.Errorf("%s: refused after %s", name, time.Since(begun))
		}
	}
}

func TestOneOfVariables(t *testing.T) {
	url := start(t, Config{Loopback: true}) + "/graphql"
	for by, right := range map[string]bool{
		`{"id":"a"}`: true, `{"name":"b"}`: true,
		`{}`: false, `{"id":"a","name":"b"}`: false, `{"id":null}`: false,
	} {
		r := ask(t, "POST", url, `{"query":"query($b: By!){thing(by:$b)}","variables":{"b":`+by+`}}`)
		if (len(r.answer.Errors) == 0) != right {
			t.Errorf("%s: %s", by, r.body)
		}
	}
}

func TestErrorsShown(t *testing.T) {
	url := start(t, Config{Loopback: true}) + "/graphql"
	r := ask(t, "POST", url, query("{broken}"))
	if r.code() != "INTERNAL" || strings.Contains(r.body, "EOF") {
		t.Errorf("a cause that is ours: %s", r.body)
	}
	r = ask(t, "POST", url, query("{refused}"))
	if r.code() != "AMBIGUOUS_NAME" || !strings.Contains(r.body, `"candidates":["a","b"]`) || string(r.answer.Data) != "null" {
		t.Errorf("a refusal: %s", r.body)
	}
}

// secret is a token, and its line in a token file.
const (
	secret     = "secret"
	secretLine = "# agents\n\n2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b  ann  reader\n"
)

func TestTokens(t *testing.T) {
	tokens, err := ReadTokens(strings.NewReader(secretLine))
	if err != nil {
		t.Fatal(err)
	}
	private := start(t, Config{Tokens: tokens}) + "/graphql"
	public := start(t, Config{Tokens: tokens, Public: true}) + "/graphql"
	for name, c := range map[string]struct {
		url, token string
		status     int
		data       string
	}{
		"private, nobody": {private, "", 401, ""},
		"private, known":  {private, secret, 200, `{"who":"ann","words":true}`},
		"private, other":  {private, "guess", 401, ""},
		"public, nobody":  {public, "", 200, `{"who":"","words":false}`},
		"public, known":   {public, secret, 200, `{"who":"ann","words":true}`},
	} {
		var headers []string
		if c.token != "" {
			headers = []string{"Authorization", "Bearer " + c.token}
		}
		r := ask(t, "POST", c.url, query("{who}"), headers...)
		if r.status != c.status || string(r.answer.Data) != c.data {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
	if r := ask(t, "POST", private, query("{who}"), "Cookie", "Authorization=Bearer "+secret); r.status != 401 {
		t.Errorf("a cookie was taken for a token: %d", r.status)
	}
}

func TestTokenFileRefused(t *testing.T) {
	hash := strings.Repeat("0", 64)
	for _, line := range []string{hash, hash + " ann", hash + " ann king", strings.ToUpper("a"+hash[1:]) + " ann reader", "secret ann reader"} {
		if _, err := ReadTokens(strings.NewReader("\n" + line)); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%s: %v", line, err)
		}
	}
}

func TestHealth(t *testing.T) {
	url := start(t, Config{Loopback: true})
	for _, path := range []string{"/healthz", "/readyz"} {
		if r := ask(t, "GET", url+path, ""); r.status != 200 || r.body != "ok\n" {
			t.Errorf("%s: %d %s", path, r.status, r.body)
		}
	}
	ask(t, "POST", url+"/graphql", query("{__typename}"))
	r := ask(t, "GET", url+"/metrics", "")
	for _, line := range []string{`tripartite_requests_total{code="200",method="post",route="graphql"} 1`, "tripartite_store_sequence 7"} {
		if !strings.Contains(r.body, line) {
			t.Errorf("metrics lack %s", line)
		}
	}
}

func TestEventsEndWithTheServer(t *testing.T) {
	s := New(Config{Loopback: true, Schema: schemaOf(t), Store: emptyStore{}})
	h := httptest.NewServer(s)
	defer h.Close()
	request, _ := http.NewRequest(http.MethodPost, h.URL+"/graphql", strings.NewReader(query("subscription{count}")))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	time.AfterFunc(200*time.Millisecond, s.Close)
	content, err := io.ReadAll(response.Body)
	want := ":\n\nevent: next\ndata: {\"data\":{\"count\":1}}\n\nevent: next\ndata: {\"data\":{\"count\":2}}\n\nevent: complete\ndata:\n\n"
	if err != nil || string(content) != want {
		t.Errorf("%v: %q", err, content)
	}
}

func TestEventsShowLife(t *testing.T) {
	w := httptest.NewRecorder()
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	events{every: 10 * time.Millisecond}.stream(ctx, w, func(ctx context.Context) *graphql.Response {
		<-ctx.Done()
		return nil
	})
	if n := strings.Count(w.Body.String(), ":\n\n"); n < 4 {
		t.Errorf("%d signs of life", n)
	}
}

// node runs a script of the conformance folder.
func node(t *testing.T, arguments ...string) []byte {
	t.Helper()
	if _, err := os.Stat("conformance/node_modules"); err != nil {
		t.Skip("needs the npm packages: npm ci in api/conformance (make test does)")
	}
	command := exec.Command("node", arguments...)
	command.Dir = "conformance"
	var complaints bytes.Buffer
	command.Stderr = &complaints
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, complaints.String())
	}
	return out
}

func TestAudits(t *testing.T) {
	url := start(t, Config{Loopback: true}) + "/graphql"
	var found []struct{ ID, Name, Status, Reason string }
	if err := json.Unmarshal(node(t, "audit.js", url), &found); err != nil {
		t.Fatal(err)
	}
	if len(found) < 61 {
		t.Errorf("%d audits, of 61", len(found))
	}
	for _, audit := range found {
		if audit.Status != "ok" {
			t.Errorf("%s %s: %s %s", audit.Status, audit.ID, audit.Name, audit.Reason)
		}
	}
}

func TestStreamClients(t *testing.T) {
	url := start(t, Config{Loopback: true}) + "/graphql"
	out := strings.TrimSpace(string(node(t, "stream.js", url, "subscription{count}", "2")))
	const twice = `[{"data":{"count":1}},{"data":{"count":2}}]`
	if want := `{"socket":` + twice + `,"events":` + twice + `}`; out != want {
		t.Errorf("clients got %s", out)
	}
}
