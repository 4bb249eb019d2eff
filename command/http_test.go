package command

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tokenFile writes a token file in which each role is its own token.
func tokenFile(t *testing.T) string {
	t.Helper()
	var lines string
	for _, role := range []string{"reader", "loader", "curator"} {
		lines += fmt.Sprintf("%x ann %s\n", sha256.Sum256([]byte(role)), role)
	}
	return filepath.Join(files(t, map[string]string{"tokens": lines}), "tokens")
}

// send sends a request with a token, and returns the status and the answer.
func send(t *testing.T, method, url, token, media, body string) (int, string) {
	t.Helper()
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", media)
	if method == http.MethodGet {
		request.Header.Set("Accept", media)
	}
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
	return response.StatusCode, string(content)
}

func TestQuadsOverHTTP(t *testing.T) {
	_, file := located(t)
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	url, stop := serveFor(t, "--store", "memory:", "--seed", "no", "--tokens", tokenFile(t))
	defer stop()
	const yaml = "application/ld+yaml"
	for _, c := range []struct {
		name, query, token, media, body string
		status                          int
		says                            string
	}{
		{"nobody", "", "", yaml, string(content), http.StatusUnauthorized, "UNAUTHENTICATED"},
		{"a reader", "", "reader", yaml, string(content), http.StatusForbidden, "FORBIDDEN"},
		{"another format", "", "loader", "text/html", "<p>", http.StatusUnsupportedMediaType, "BAD_REQUEST"},
		{"with a fault", "", "loader", yaml, claims("document/nowhere/p1"), http.StatusUnprocessableEntity, `"refused": true`},
		{"dry", "?dryRun=true", "loader", yaml, string(content), http.StatusOK, `"added": 0`},
		{"a loader", "", "loader", yaml, string(content), http.StatusOK, `"refused": false`},
		{"again", "", "curator", yaml, string(content), http.StatusOK, `"added": 0`},
	} {
		status, said := send(t, http.MethodPost, url+"/quads"+c.query, c.token, c.media, c.body)
		if status != c.status || !strings.Contains(said, c.says) {
			t.Errorf("%s: %d %s; want %d with %s", c.name, status, said, c.status, c.says)
		}
	}
	status, exported := send(t, http.MethodGet, url+"/quads", "", "application/n-quads", "")
	if status != http.StatusOK || !strings.Contains(exported, "affiliated-with") {
		t.Errorf("export: %d %s", status, exported)
	}
	for _, c := range []struct {
		method, query, accept string
		status                int
		says                  string
	}{
		{"GET", "", "text/html", http.StatusNotAcceptable, "as application/n-quads, "},
		{"GET", "?format=gexf", "text/html", http.StatusOK, "<gexf"},
		{"GET", "?format=yamlld", "*/*", http.StatusBadRequest, "INVALID_INPUT"},
		{"GET", "?flavour=some", "*/*", http.StatusBadRequest, "INVALID_INPUT"},
		{"GET", "?depth=2", "*/*", http.StatusBadRequest, "root"},
		{"PUT", "", "*/*", http.StatusMethodNotAllowed, "BAD_REQUEST"},
	} {
		if status, said := send(t, c.method, url+"/quads"+c.query, "", c.accept, ""); status != c.status || !strings.Contains(said, c.says) {
			t.Errorf("%s /quads%s as %s: %d %s; want %d with %s", c.method, c.query, c.accept, status, said, c.status, c.says)
		}
	}
}

func TestDescriptions(t *testing.T) {
	_, file := located(t)
	store := "file:" + filepath.Join(t.TempDir(), "store")
	if status, out, complaints := call(t, "", "load", "--store", store, file); status != exitDone {
		t.Fatalf("load: %s%s", out, complaints)
	}
	url, stop := serveFor(t, "--store", store, "--seed", "no")
	defer stop()
	status, quads := send(t, http.MethodGet, url+"/id/person/chairwoman", "", "application/n-quads", "")
	for _, part := range []string{"ns#affiliated-with> ", "ns#asserted-by> ", "ns#evidence> ", `"The chairwoman"`} {
		if status != http.StatusOK || !strings.Contains(quads, part) {
			t.Errorf("%d: %s lacks in\n%s", status, part, quads)
		}
	}
	status, described := send(t, http.MethodGet, url+"/id/person/chairwoman", "", "application/ld+json", "")
	var linked struct {
		Context []any            `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(described), &linked); err != nil || status != http.StatusOK || len(linked.Graph) == 0 {
		t.Fatalf("%d %v\n%s", status, err, described)
	}
	if status, said := send(t, http.MethodGet, linked.Context[0].(string), "", "*/*", ""); status != http.StatusOK || !strings.Contains(said, "@vocab") {
		t.Errorf("the context that it names: %d %s", status, said)
	}
	// A description is a file like any other, but for what it refers to.
	if status, said, complaints := call(t, quads, "load", "--store", "memory:", "--format", "nquads", "-"); status != exitFailed || !strings.Contains(said, "dangling-reference") {
		t.Errorf("a description without its other entities: %d %s%s", status, said, complaints)
	}
	if status, _ := send(t, http.MethodGet, url+"/id/person/nobody", "", "*/*", ""); status != http.StatusNotFound {
		t.Errorf("an unknown id: %d", status)
	}
	for _, foreign := range []string{"https://example.org/x", "https%3A%2F%2Fexample.org%2Fx"} {
		if status, said := send(t, http.MethodGet, url+"/id/"+foreign, "", "*/*", ""); status != http.StatusNotFound || !strings.Contains(said, "https://example.org/x") {
			t.Errorf("the foreign id %s: %d %s; it stays whole", foreign, status, said)
		}
	}
}

// A description of a hub says that it was cut, and where the rest is.
func TestDescriptionOfAHub(t *testing.T) {
	const most = 1000
	var text strings.Builder
	text.WriteString(claims("document/harbour"))
	for i := range most {
		fmt.Fprintf(&text, `- "@graph": {"@id": person/chairwoman, affiliated-with: union/dockers}
  asserted-by: union/dockers
  date: "%d-%02d"
  evidence: document/harbour
`, 1900+i/12, i%12+1)
	}
	url, stop := serveFor(t, "--store", "memory:", "--seed", "no", "--tokens", tokenFile(t))
	defer stop()
	if status, said := send(t, http.MethodPost, url+"/quads", "loader", "application/ld+yaml", text.String()); status != http.StatusOK {
		t.Fatal(status, said)
	}
	for id, cut := range map[string]string{"union/dockers": "1000", "document/harbour": ""} {
		response, err := http.Get(url + "/id/" + id)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		whole, _, _ := strings.Cut(strings.TrimPrefix(response.Header.Get("Link"), "<"), ">")
		if got := response.Header.Get("X-Truncated"); got != cut || (whole == "") != (cut == "") {
			t.Errorf("%s: cut to %q, want %q; the rest at %q", id, got, cut, whole)
		}
		if cut == "" {
			continue
		}
		status, rest := send(t, http.MethodGet, url+whole, "", "application/n-quads", "")
		if n := strings.Count(rest, "ns#affiliated-with> "); status != http.StatusOK || n != most+1 {
			t.Errorf("%s: %d with %d claims", whole, status, n)
		}
	}
}
