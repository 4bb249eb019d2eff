package api

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func getExplorer(page fs.FS, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	explorer(page).ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func TestExplorerIsServedUnderAStrictPolicy(t *testing.T) {
	page := fstest.MapFS{
		"index.html":       {Data: []byte("<!doctype html><title>Tripartite</title>")},
		"assets/a-HASH.js": {Data: []byte("1")},
	}
	for path, cache := range map[string]string{"/": "no-cache", "/assets/a-HASH.js": "public, max-age=31536000, immutable"} {
		w := getExplorer(page, path)
		policy := w.Header().Get("Content-Security-Policy")
		if w.Code != http.StatusOK || !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: status %d, policy %q", path, w.Code, policy)
		}
		if got := w.Header().Get("Cache-Control"); got != cache {
			t.Errorf("%s: Cache-Control %q, want %q", path, got, cache)
		}
	}
	if w := getExplorer(page, "/nothing"); w.Code != http.StatusNotFound {
		t.Errorf("/nothing: status %d", w.Code)
	}
}

func TestWithoutTheExplorerThePageSaysHowToBuildIt(t *testing.T) {
	w := getExplorer(fstest.MapFS{}, "/")
	if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "make build") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	if w := getExplorer(fstest.MapFS{}, "/nothing"); w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "make build") {
		t.Errorf("/nothing: status %d: %s", w.Code, w.Body)
	}
}
