package api

import (
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/schema"
)

// slow is a body that gives a line, then nothing for a while, or lines for ever.
type slow struct {
	pause time.Duration
	given bool
}

func (s *slow) Read(p []byte) (int, error) {
	if s.given && s.pause > 0 {
		time.Sleep(s.pause)
		return 0, io.EOF
	}
	s.given = true
	return copy(p, "# a comment, and nothing else, again and again\n"), nil
}

// TestUploadsAreBounded gives an import a body that stalls, one without end
// and one that is cut off: each has its answer, nothing enters, and the next
// import is served.
func TestUploadsAreBounded(t *testing.T) {
	ontology, err := schema.Ontology(graph.DefaultNames())
	if err != nil {
		t.Fatal(err)
	}
	store, err := quadstore.Open("memory:", quadstore.Options{Ontology: ontology})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	tokens, err := ReadTokens(strings.NewReader(fmt.Sprintf("%x ann loader\n", sha256.Sum256([]byte("loader")))))
	if err != nil {
		t.Fatal(err)
	}
	s := New(Config{
		Schema: schemaOf(t), Store: store, Ontology: ontology, Tokens: tokens, Loopback: true,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Upload: 1 << 20, Silence: time.Second,
	})
	h := httptest.NewServer(s)
	defer h.Close()
	defer s.Close()
	send := func(media string, body io.Reader) (int, string) {
		t.Helper()
		request, err := http.NewRequest(http.MethodPost, h.URL+"/quads?file=a.nq&file=b.nq", body)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", media)
		request.Header.Set("Authorization", "Bearer loader")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		content, _ := io.ReadAll(response.Body)
		return response.StatusCode, string(content)
	}
	const nquads = "application/n-quads"
	for _, c := range []struct {
		name, media string
		body        io.Reader
		status      int
		says        string
	}{
		{"stalled", nquads, &slow{pause: 3 * time.Second}, http.StatusRequestTimeout, "nothing came for"},
		{"endless", nquads, &slow{}, http.StatusBadRequest, "holds more than 1048576 bytes"},
		{"a part is missing", "multipart/mixed; boundary=x", strings.NewReader("--x\r\n\r\n# one\n\r\n--x--\r\n"), http.StatusBadRequest, "ends too early"},
		{"a format that is only written", "application/gexf+xml", strings.NewReader("<gexf/>"), http.StatusUnsupportedMediaType, "no format that is read"},
		{"two parts", "multipart/mixed; boundary=x", strings.NewReader("--x\r\n\r\n# one\n\r\n--x\r\n\r\n# two\n\r\n--x--\r\n"), http.StatusOK, `"refused": false`},
	} {
		if status, content := send(c.media, c.body); status != c.status || !strings.Contains(content, c.says) {
			t.Errorf("%s: %d %s; want %d with %q", c.name, status, content, c.status, c.says)
		}
	}
	if store.Latest() != 0 {
		t.Errorf("something entered: sequence %d", store.Latest())
	}
}
