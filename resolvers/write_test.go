package resolvers_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"

	"github.com/tripartite-graph/tripartite/api/agent"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers"
)

const newClaim = `
"@context": [context.jsonld, {"@base": "https://tripartite-graph.github.io/id/"}]
"@graph":
- {"@id": claim/left, "@graph": {"@id": person/ben-quay, resigned-from: union/dockers}, asserted-by: voice/mission, evidence: document/mission-2019/p8}
`

// session runs operations over one store, as one agent after the other.
type session struct {
	*testing.T
	exec *executor.Executor
}

func newSession(t *testing.T) *session {
	store, ontology := newStore(t)
	es, err := resolvers.New(resolvers.Config{Store: store, Ontology: ontology})
	if err != nil {
		t.Fatal(err)
	}
	exec := executor.New(es)
	exec.Use(extension.Introspection{})
	return &session{t, exec}
}

// start begins an operation as an agent.
func (s *session) start(ctx context.Context, role agent.Role, query string, variables map[string]any) (graphql.ResponseHandler, context.Context) {
	s.Helper()
	ctx = agent.With(ctx, agent.Agent{Name: "tester", Role: role})
	ctx = graphql.StartOperationTrace(ctx)
	operation, problems := s.exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: variables})
	if problems != nil {
		s.Fatal(problems)
	}
	return s.exec.DispatchOperation(ctx, operation)
}

// run runs an operation and returns its answer in one line of JSON.
func (s *session) run(role agent.Role, query string, variables map[string]any) string {
	s.Helper()
	responses, ctx := s.start(context.Background(), role, query, variables)
	raw, err := json.Marshal(responses(ctx))
	if err != nil {
		s.Fatal(err)
	}
	return string(raw)
}

// want fails unless the text holds all parts.
func (s *session) want(got string, parts ...string) {
	s.Helper()
	for _, p := range parts {
		if !strings.Contains(got, p) {
			s.Errorf("no %s in %s", p, got)
		}
	}
}

const importMutation = `mutation($content: String!, $dry: Boolean) {
  importQuads(input: {format: "yamlld", content: $content, dryRun: $dry}) {
    report { refused added sequence problems { line rule } }
    batches { claims }
    userErrors { field code }
  }
}`

func TestImport(t *testing.T) {
	s := newSession(t)
	s.want(s.run(agent.Nobody, importMutation, map[string]any{"content": newClaim}), "needs a token")
	s.want(s.run(agent.Reader, importMutation, map[string]any{"content": newClaim}), "role")
	s.want(s.run(agent.Loader, importMutation, map[string]any{"content": newClaim, "dry": true}),
		`"refused":false`, `"sequence":null`, `"batches":[]`)
	s.want(s.run(agent.Loader, importMutation, map[string]any{"content": newClaim}),
		`"sequence":2`, `"batches":[{"claims":1}]`, `"userErrors":[]`)
	s.want(s.run(agent.Nobody, `{ node(id: "claim/left") { ... on Claim { relation } } }`, nil), "RESIGNED_FROM")

	wrong := strings.Replace(newClaim, "resigned-from", "resigned-with", 1)
	s.want(s.run(agent.Loader, importMutation, map[string]any{"content": wrong}),
		`"refused":true`, `"field":["input","content"]`, `"code":"INVALID_INPUT"`)
	s.want(s.run(agent.Loader, `mutation { importQuads(input: {format: "xml", content: ""}) { report { added } userErrors { field message } } }`, nil),
		`"field":["input","format"]`, "nquads")
}

func TestRetractAndUndo(t *testing.T) {
	s := newSession(t)
	const retract = `mutation { retract(input: {target: "claim/leads", reason: "misread"}) { retraction { id reason agent } sequence userErrors { code } } }`
	s.want(s.run(agent.Loader, retract, nil), "role")
	s.want(s.run(agent.Curator, retract, nil), `"reason":"misread"`, `"agent":"tester"`, `"sequence":2`)
	s.want(s.run(agent.Curator, retract, nil), `"retraction":null`, `"code":"CONFLICT"`)
	s.want(s.run(agent.Nobody, `{ entity(by: {id: "person/ada-quay"}) { ... on Person { leads { totalCount } } } node(id: "claim/leads") { ... on Claim { retraction { reason } } } }`, nil),
		`"totalCount":0`, `"retraction":{"reason":"misread"}`)
	s.want(s.run(agent.Curator, `mutation { undoRetraction(input: {target: "claim/leads"}) { undoing sequence userErrors { code } } }`, nil),
		`"sequence":3`, `"userErrors":[]`)
	s.want(s.run(agent.Nobody, `{ node(id: "claim/leads") { ... on Claim { retraction { reason } } } }`, nil), `"retraction":null`)
	s.want(s.run(agent.Curator, `mutation { retract(input: {target: "claim/leads", reason: " "}) { userErrors { field code } } }`, nil),
		`"field":["input","reason"],"code":"INVALID_INPUT"`)
	s.want(s.run(agent.Curator, `mutation { retract(input: {target: "claim/none", reason: "?"}) { userErrors { field code } } }`, nil),
		`"code":"NOT_FOUND"`, `"field":["input","target"]`)
}

func TestMergeAndUndo(t *testing.T) {
	s := newSession(t)
	var merged struct {
		Data struct {
			MergeEntities struct {
				Merge  string
				Entity struct{ MergedFrom []string }
			}
		}
	}
	got := s.run(agent.Curator, `mutation { mergeEntities(input: {entities: ["person/ben-quay"], into: "person/ada-quay", reason: "one person"}) { merge entity { mergedFrom } userErrors { message } } }`, nil)
	if err := json.Unmarshal([]byte(got), &merged); err != nil {
		t.Fatal(err)
	}
	if from := merged.Data.MergeEntities.Entity.MergedFrom; len(from) != 1 || from[0] != "person/ben-quay" {
		t.Fatalf("merged from %v in %s", from, got)
	}
	s.want(s.run(agent.Nobody, `{ entity(by: {id: "person/ben-quay"}) { id } }`, nil), "person/ada-quay")
	s.want(s.run(agent.Curator, `mutation($m: ID!) { undoMerge(input: {merge: $m, reason: "two"}) { undoing userErrors { message } } }`,
		map[string]any{"m": merged.Data.MergeEntities.Merge}), `"userErrors":[]`)
	s.want(s.run(agent.Nobody, `{ entity(by: {id: "person/ben-quay"}) { id mergedFrom } }`, nil), "person/ben-quay")
	s.want(s.run(agent.Curator, `mutation { mergeEntities(input: {entities: ["person/x1"], into: "person/ada-quay", reason: "?"}) { entity { id } userErrors { message } } }`, nil),
		`"entity":null`, "protected")
}

func TestMutationsOfOneRequestSeeEachOther(t *testing.T) {
	s := newSession(t)
	got := s.run(agent.Curator, `mutation {
	  one: mergeEntities(input: {entities: ["person/ben-quay"], into: "person/ada-quay", reason: "one"}) { entity { ... on Person { leads { totalCount } } } }
	  two: retract(input: {target: "claim/leads", reason: "misread"}) { retraction { reason } }
	  three: mergeEntities(input: {entities: ["union/federation"], into: "union/dockers", reason: "one"}) { entity { ... on Union { ledBy { totalCount } } } }
	}`, nil)
	s.want(got, `"one":{"entity":{"leads":{"totalCount":1}}}`, `"three":{"entity":{"ledBy":{"totalCount":0}}}`)
}

func TestChangesAreFollowedAndResumed(t *testing.T) {
	s := newSession(t)
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	responses, rctx := s.start(ctx, agent.Nobody, follow, map[string]any{"after": ""})
	next := func() change { return s.next(rctx, responses) }
	first := next()
	if first.Sequence != 1 || first.Action != "LOAD" || len(first.Batches) != 1 || first.Batches[0].Claims != 11 {
		t.Errorf("first change: %+v", first)
	}
	s.run(agent.Curator, `mutation { retract(input: {target: "claim/leads", reason: "misread"}) { sequence } }`, nil)
	if c := next(); c.Sequence != 2 || c.Action != "RETRACT" || c.Reason != "misread" || c.Agent != "tester" {
		t.Errorf("second change: %+v", c)
	}
	responses, rctx = s.start(ctx, agent.Nobody, follow, map[string]any{"after": first.Cursor})
	if c := next(); c.Sequence != 2 {
		t.Errorf("resumed at %+v", c)
	}
	responses, rctx = s.start(ctx, agent.Nobody, follow, map[string]any{"after": "", "f": map[string]any{"actions": []any{"RETRACT"}}})
	if c := next(); c.Sequence != 2 {
		t.Errorf("filtered: %+v", c)
	}
}

// follow subscribes to changes.
const follow = `subscription($after: String, $f: ChangeFilter) { changes(after: $after, filter: $f) { cursor missed sequence action agent file reason added batches { claims } } }`

type change struct {
	Cursor, Action, Agent, Reason string
	Sequence, Missed              int
	Batches                       []struct{ Claims int }
}

// next returns the next change of a subscription.
func (s *session) next(ctx context.Context, responses graphql.ResponseHandler) change {
	s.Helper()
	response := responses(ctx)
	if response == nil || len(response.Errors) > 0 {
		s.Fatalf("no change: %+v", response)
	}
	var data struct{ Changes change }
	if err := json.Unmarshal(response.Data, &data); err != nil {
		s.Fatal(err)
	}
	return data.Changes
}

func TestChangesOfWhatIsFollowed(t *testing.T) {
	s := newSession(t)
	s.run(agent.Loader, importMutation, map[string]any{"content": newClaim})
	s.run(agent.Curator, `mutation { retract(input: {target: "claim/leads", reason: "misread"}) { sequence } }`, nil)
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	for name, c := range map[string]struct {
		filter map[string]any
		first  int
	}{
		"an entity":                     {map[string]any{"entities": []any{"person/ben-quay"}}, 1},
		"a relation, by its import":     {map[string]any{"relations": []any{"RESIGNED_FROM"}}, 2},
		"a relation and an entity":      {map[string]any{"relations": []any{"LEADS"}, "entities": []any{"person/ada-quay"}, "actions": []any{"RETRACT"}}, 3},
		"an entity, after the first of": {map[string]any{"entities": []any{"person/ben-quay"}, "agents": []any{"tester"}}, 2},
	} {
		responses, rctx := s.start(ctx, agent.Nobody, follow, map[string]any{"after": "", "f": c.filter})
		if got := s.next(rctx, responses); got.Sequence != c.first || got.Missed != 0 {
			t.Errorf("%s: %+v, want commit %d", name, got, c.first)
		}
	}
}

// gapped is a store whose journal lost its first entries.
type gapped struct {
	graph.Store
	from graph.Seq
}

func (g gapped) Journal(ctx context.Context, after graph.Seq, n int) ([]graph.JournalEntry, error) {
	return g.Store.Journal(ctx, max(after, g.from-1), n)
}

func TestGapsAreTold(t *testing.T) {
	store, ontology := newStore(t)
	es, err := resolvers.New(resolvers.Config{Store: gapped{store, 3}, Ontology: ontology})
	if err != nil {
		t.Fatal(err)
	}
	s := &session{t, executor.New(es)}
	for _, reason := range []string{"misread", "", "again"} {
		query := `mutation { undoRetraction(input: {target: "claim/leads"}) { sequence } }`
		if reason != "" {
			query = `mutation { retract(input: {target: "claim/leads", reason: "` + reason + `"}) { sequence } }`
		}
		s.run(agent.Curator, query, nil)
	}
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	responses, rctx := s.start(ctx, agent.Nobody, follow, map[string]any{"after": ""})
	first := s.next(rctx, responses)
	if second := s.next(rctx, responses); first.Sequence != 3 || first.Missed != 2 || second.Missed != 0 {
		t.Errorf("behind a gap of two: %+v, then %+v", first, second)
	}
	other := newSession(t) // another store, of one commit
	responses, rctx = other.start(ctx, agent.Nobody, follow, map[string]any{"after": first.Cursor})
	if response := responses(rctx); response == nil || len(response.Errors) != 1 || !strings.Contains(response.Errors[0].Message, "restored") {
		t.Errorf("a cursor of another store: %+v", response)
	}
}
