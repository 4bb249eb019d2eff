package conformance

import (
	"bufio"
	"context"
	"net/http"
	"runtime"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/tripartite-graph/tripartite/api"
)

// TestNoGoroutineIsLeftBehind opens many streams of both kinds, reads one
// change of each, and goes away: by closing, or by breaking off.
func TestNoGoroutineIsLeftBehind(t *testing.T) {
	url := serve(t, api.Limits{}) + "/graphql"
	client := &http.Client{Transport: &http.Transport{}}
	const rounds = 20
	listen(t, client, url)
	follow(t, url, false)
	client.CloseIdleConnections()
	before := settled(0)
	for i := range rounds {
		listen(t, client, url)
		follow(t, url, i%2 == 0)
	}
	client.CloseIdleConnections()
	if after := settled(before); after > before {
		var stacks strings.Builder
		_ = pprof.Lookup("goroutine").WriteTo(&stacks, 1)
		t.Errorf("%d goroutines before %d streams, %d after:\n%s", before, 2*rounds, after, stacks.String())
	}
}

// settled waits until there are no more goroutines than wanted, or for a few
// seconds, and returns how many there are. For 0 it waits until their number stays.
func settled(wanted int) int {
	last := runtime.NumGoroutine()
	for range 100 {
		time.Sleep(50 * time.Millisecond)
		n := runtime.NumGoroutine()
		if wanted > 0 && n <= wanted || wanted == 0 && n == last {
			return n
		}
		last = n
	}
	return last
}

const everyChange = `subscription { changes(after: "") { sequence } }`

// listen reads one event of a subscription, and breaks off.
func listen(t *testing.T, client *http.Client, url string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	ask, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(request(everyChange, "")))
	if err != nil {
		t.Fatal(err)
	}
	ask.Header.Set("Content-Type", "application/json")
	ask.Header.Set("Accept", "text/event-stream")
	response, err := client.Do(ask)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		if strings.Contains(lines.Text(), `"sequence":1`) {
			return
		}
	}
	t.Fatal("no event")
}

// follow reads one change over a WebSocket, and closes it or breaks off.
func follow(t *testing.T, url string, politely bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	socket, response, err := websocket.Dial(ctx, strings.Replace(url, "http", "ws", 1), &websocket.DialOptions{
		Subprotocols: []string{"graphql-transport-ws"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if response.Body != nil {
		defer response.Body.Close()
	}
	defer func() { _ = socket.CloseNow() }()
	for _, message := range []string{
		`{"type":"connection_init"}`, `{"id":"1","type":"subscribe","payload":` + request(everyChange, "") + `}`,
	} {
		if err := socket.Write(ctx, websocket.MessageText, []byte(message)); err != nil {
			t.Fatal(err)
		}
	}
	for {
		_, message, err := socket.Read(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(message), `"sequence":1`) {
			break
		}
	}
	if politely {
		_ = socket.Write(ctx, websocket.MessageText, []byte(`{"id":"1","type":"complete"}`))
		_ = socket.Close(websocket.StatusNormalClosure, "")
	}
}
