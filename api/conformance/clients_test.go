package conformance

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/api"
	"github.com/tripartite-graph/tripartite/schema"
)

// TestClients asks through graphql-request and Apollo Client.
func TestClients(t *testing.T) {
	const leader = `{"entity":{"__typename":"Person","id":"person/ada-quay","name":"Ada Quay","leads":{"edges":[{"node":{"__typename":"Union","id":"union/dockers","name":"Dockers' Union"},"claims":[{"id":"claim/leads","evidence":[{"paragraph":2}]}]}]}}}`
	type got struct {
		Data    map[string]any
		Sent    []string
		Refused struct {
			Code       string
			Candidates []string
		}
	}
	var found struct{ Request, Apollo got }
	if err := json.Unmarshal(node(t, "clients.js", serve(t, api.Limits{})+"/graphql"), &found); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]got{"graphql-request": found.Request, "Apollo Client": found.Apollo} {
		data, _ := json.Marshal(withoutTypes(c.Data))
		var want map[string]any
		_ = json.Unmarshal([]byte(leader), &want)
		if wanted, _ := json.Marshal(withoutTypes(want)); string(data) != string(wanted) {
			t.Errorf("%s got %s", name, data)
		}
		if c.Refused.Code != "AMBIGUOUS_NAME" || len(c.Refused.Candidates) != 2 {
			t.Errorf("%s was refused with %+v", name, c.Refused)
		}
	}
	// A hash that is not known, then hash and document, then the hash alone.
	if want := []string{"hash", "document", "hash"}; !slices.Equal(found.Apollo.Sent, want) {
		t.Errorf("persisted queries: sent %v, want %v", found.Apollo.Sent, want)
	}
}

// withoutTypes leaves out the __typename that Apollo adds everywhere.
func withoutTypes(value any) any {
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, inner := range v {
			if name != "__typename" {
				out[name] = withoutTypes(inner)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, inner := range v {
			out[i] = withoutTypes(inner)
		}
		return out
	}
	return value
}

// TestStreamsResume follows changes through graphql-ws and graphql-sse.
func TestStreamsResume(t *testing.T) {
	got := strings.TrimSpace(string(node(t, "changes.js", serve(t, api.Limits{})+"/graphql", "curator", "claim/leads")))
	const one = `{"sequence":2,"action":"RETRACT","missed":0},{"sequence":3,"action":"RETRACT","missed":0}`
	const two = one + `,{"sequence":4,"action":"RETRACT","missed":0},{"sequence":5,"action":"RETRACT","missed":0}`
	want := `{"socket":{"first":1,"resumed":[` + one + `],"strange":[{"code":"CONFLICT"}]},"events":{"first":1,"resumed":[` + two + `],"strange":[{"code":"CONFLICT"}]}}`
	if got != want {
		t.Errorf("clients got\n%s, want\n%s", got, want)
	}
}

func TestRelayCompiles(t *testing.T) {
	var artifacts []string
	if err := json.Unmarshal(node(t, "relay.js"), &artifacts); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"peopleQuery.graphql.js", "peoplePageQuery.graphql.js", "peopleConvictionsQuery.graphql.js", "people_list.graphql.js"} {
		if !slices.Contains(artifacts, name) {
			t.Errorf("the Relay compiler wrote no %s: %v", name, artifacts)
		}
	}
}

// whole writes the schema as one file.
func whole(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	for _, source := range schema.SDL() {
		text.WriteString(source.Input + "\n")
	}
	return text.String()
}

// TestSchemaIsLinted runs the rules that .graphql-schema-linterrc names.
func TestSchemaIsLinted(t *testing.T) {
	file := filepath.Join(t.TempDir(), "schema.graphql")
	if err := os.WriteFile(file, []byte(whole(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	out := node(t, "node_modules/graphql-schema-linter/lib/cli.js", "--config-directory", ".", file)
	if !strings.Contains(string(out), " 0 errors detected") {
		t.Errorf("%s", out)
	}
}

// TestBreakingChangesAreNamed compares the schema with one that lacks a field
// and has another argument.
func TestBreakingChangesAreNamed(t *testing.T) {
	changed := strings.Replace(whole(t), "  \"true: first-hand speech alone; false: second-hand alone.\"\n  direct: Boolean\n", "", 1)
	changed = strings.Replace(changed, "search(\n", "search(\n    strict: Boolean!\n", 1)
	older, newer := t.TempDir(), t.TempDir()
	for folder, text := range map[string]string{older: whole(t), newer: changed} {
		if err := os.WriteFile(filepath.Join(folder, "all.graphql"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out := node(t, "breaking.js", older, older); !strings.HasPrefix(string(out), "0 breaking") {
		t.Errorf("nothing changed, and it says %s", out)
	}
	out := failing(t, "breaking.js", older, newer)
	for _, part := range []string{"BREAKING: Input field 'direct' was removed", "BREAKING: Argument 'strict: Boolean!' added", "2 breaking"} {
		if !strings.Contains(out, part) {
			t.Errorf("no %q in %s", part, out)
		}
	}
}
