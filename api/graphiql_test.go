package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func TestGraphiQL(t *testing.T) {
	built := graphiQL(fstest.MapFS{"index.html": {Data: []byte("<page>")}, "page.js": {Data: []byte("run()")}})
	for _, c := range []struct {
		handler http.Handler
		path    string
		status  int
		says    string
	}{
		{built, "/graphiql", http.StatusMovedPermanently, "/graphiql/"},
		{built, "/graphiql/", http.StatusOK, "<page>"},
		{built, "/graphiql/page.js", http.StatusOK, "run()"},
		{built, "/graphiql/none.js", http.StatusNotFound, ""},
		{graphiQL(fstest.MapFS{}), "/graphiql/", http.StatusNotFound, "make build"},
	} {
		w := httptest.NewRecorder()
		c.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, c.path, nil))
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s: %d %s", c.path, w.Code, w.Body.String())
		}
		if policy := w.Header().Get("Content-Security-Policy"); c.status == http.StatusOK && !strings.Contains(policy, "default-src 'self'") {
			t.Errorf("%s may load from elsewhere: %q", c.path, policy)
		}
	}
}
