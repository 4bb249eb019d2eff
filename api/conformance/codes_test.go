package conformance

import (
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tripartite-graph/tripartite/api"
	"github.com/tripartite-graph/tripartite/graph"
)

const (
	curate  = `mutation { retract(input: {target: "claim/leads", reason: "misread"}) { userErrors { code } } }`
	unheard = `mutation { retract(input: {target: "claim/none", reason: "?"}) { userErrors { code } } }`
)

// provoked are requests that each code of the catalogue answers.
var provoked = map[graph.Code]struct{ token, body string }{
	graph.CodeInvalid:       {"", request(`{ claims(after: "x") { totalCount } }`, "")},
	graph.CodeNotFound:      {"curator", request(unheard, "")},
	graph.CodeAmbiguous:     {"", request(`{ entity(by: {name: "A. Quay"}) { id } }`, "")},
	graph.CodeConflict:      {"curator", request(curate, "")},
	graph.CodeLimit:         {"", request(`{ claims(first: 201) { totalCount } }`, "")},
	api.CodeBadRequest:      {"", `{"query": 1}`},
	api.CodeParse:           {"", request(`{`, "")},
	api.CodeValidation:      {"", request(`{ nothing }`, "")},
	api.CodeCost:            {"", request(`{ entities(first: 200) { nodes { claims(first: 200) { nodes { subject { claims { totalCount nodes { id } } } } } } } }`, "")},
	api.CodeNotPersisted:    {"", `{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "00"}}}`},
	api.CodeUnauthenticated: {"", request(curate, "")},
	api.CodeForbidden:       {"reader", request(curate, "")},
	api.CodeTimeout:         {"", ""}, // asked of a server of its own, below
}

// elsewhere are the codes that no request provokes, and the tests that do.
var elsewhere = map[graph.Code]string{
	graph.CodeLocked:   "../../graph/quadstore",
	graph.CodeCorrupt:  "../../graph/quadstore",
	graph.CodeInternal: "../api_test.go",
}

// TestEveryCodeIsDocumentedAndGiven holds docs/errors.md against what the
// service answers: each code of the catalogue is provoked, and no other is.
func TestEveryCodeIsDocumentedAndGiven(t *testing.T) {
	text, err := os.ReadFile("../../docs/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	var documented []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\|").FindAllStringSubmatch(string(text), -1) {
		documented = append(documented, m[1])
	}
	url := serve(t, api.Limits{}) + "/graphql"
	hurried := serve(t, api.Limits{Time: time.Nanosecond}) + "/graphql"
	for code, c := range provoked {
		at, body := url, c.body
		if code == api.CodeTimeout {
			at, body = hurried, request(`{ claims { totalCount } }`, "")
		}
		if code == graph.CodeConflict { // a second time
			post(t, at, c.token, body)
		}
		r := post(t, at, c.token, body)
		if given := r.code(); given != string(code) && !strings.Contains(r.body, `"userErrors":[{"code":"`+string(code)+`"}]`) {
			t.Errorf("%s: %d %.300s", code, r.status, r.body)
		}
		if !slices.Contains(documented, string(code)) {
			t.Errorf("docs/errors.md does not have %s", code)
		}
	}
	for _, code := range documented {
		_, asked := provoked[graph.Code(code)]
		if _, tested := elsewhere[graph.Code(code)]; !asked && !tested {
			t.Errorf("docs/errors.md has %s, which no test provokes", code)
		}
	}
}

// TestOtherRoutesHaveTheSameShape asks what is no GraphQL.
func TestOtherRoutesHaveTheSameShape(t *testing.T) {
	url := serve(t, api.Limits{})
	for path, code := range map[string]string{"/id/person/nobody": "NOT_FOUND", "/quads": "BAD_REQUEST"} {
		ask, err := http.NewRequest(http.MethodGet, url+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		if path == "/quads" {
			ask.Header.Set("Accept", "image/png")
		}
		response, err := http.DefaultClient.Do(ask)
		if err != nil {
			t.Fatal(err)
		}
		body := make([]byte, 1000)
		n, _ := response.Body.Read(body)
		response.Body.Close()
		if !strings.Contains(string(body[:n]), `"code":"`+code+`"`) {
			t.Errorf("%s: %d %s", path, response.StatusCode, body[:n])
		}
	}
}
