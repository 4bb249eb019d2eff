package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/tripartite-graph/tripartite/api/agent"
	"github.com/tripartite-graph/tripartite/graph"
)

// keepAlive is how often a silent stream shows that it lives: below the
// minute after which proxies commonly close one.
const keepAlive = 15 * time.Second

// isStream tells whether a request asks for a stream: server-sent events or a WebSocket.
func isStream(r *http.Request) bool {
	return isWebSocket(r) || strings.Contains(r.Header.Get("Accept"), typeStream)
}

func isWebSocket(r *http.Request) bool {
	return strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// closable ends a stream's context when the server closes: http.Server waits
// for requests, and streams would make it wait forever.
func (s *Server) closable(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isStream(r) {
			next.ServeHTTP(w, r)
			return
		}
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		defer context.AfterFunc(s.closing, cancel)()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// webSocket is the transport of graphql-transport-ws. Browsers cannot send a
// token while they open a WebSocket: it may come in the first message, as
// {"authorization": "Bearer …"}.
func (s *Server) webSocket() transport.Websocket {
	return transport.Websocket{
		InitTimeout:           10 * time.Second,
		KeepAlivePingInterval: keepAlive,
		PingPongInterval:      keepAlive,
		MissingPongOk:         true,
		InitFunc: func(ctx context.Context, payload transport.InitPayload) (context.Context, *transport.InitPayload, error) {
			if scheme, token, ok := strings.Cut(payload.Authorization(), " "); ok && strings.EqualFold(scheme, "bearer") {
				known, ok := s.config.Tokens.find(strings.TrimSpace(token))
				if !ok {
					return ctx, nil, graph.Errorf(CodeUnauthenticated, "the token is not in the server's token file")
				}
				ctx = agent.With(ctx, known)
			}
			if !s.config.Loopback && !s.config.Public && agent.From(ctx).Role < agent.Reader {
				return ctx, nil, graph.Errorf(CodeUnauthenticated, "this needs a token, as authorization in the first message")
			}
			return ctx, nil, nil
		},
	}
}

// events is the transport of server-sent events, in the distinct connections
// mode of the graphql-sse protocol: one operation, answers as events "next",
// then "complete".
type events struct {
	limits Limits
	every  time.Duration // between signs of life
}

var _ graphql.Transport = events{}

// Supports implements graphql.Transport.
func (events) Supports(r *http.Request) bool {
	return !isWebSocket(r) && negotiate(r, typeJSON, typeResponse, typeStream) == typeStream
}

// Do implements graphql.Transport.
func (t events) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	params, status, problem := readRequest(w, r, t.limits)
	if problem != nil {
		answer(w, typeJSON, status, requestErrors(problem))
		return
	}
	operation, problems := exec.CreateOperationContext(r.Context(), params)
	if len(problems) > 0 {
		tellIntrospection(problems)
		response := exec.DispatchError(graphql.WithOperationContext(r.Context(), operation), problems)
		answer(w, typeJSON, http.StatusBadRequest, withoutData(response))
		return
	}
	if r.Method == http.MethodGet && operation.Operation.Operation == ast.Mutation {
		w.Header().Set("Allow", http.MethodPost)
		answer(w, typeJSON, http.StatusMethodNotAllowed, requestErrors(badRequest("GET runs no mutations; send them with POST")))
		return
	}
	run, ctx := exec.DispatchOperation(r.Context(), operation)
	t.stream(ctx, w, run)
}

// stream writes answers until there are no more, and a sign of life whenever
// none came for a while. One goroutine writes; another waits for answers.
func (t events) stream(ctx context.Context, w http.ResponseWriter, run graphql.ResponseHandler) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan []byte)
	go func() {
		defer close(answers)
		for response := run(ctx); response != nil; response = run(ctx) {
			// Written before the next is asked for, which reuses its memory.
			content, err := json.Marshal(response)
			if err != nil {
				return
			}
			select {
			case answers <- content:
			case <-ctx.Done():
				return
			}
		}
	}()
	w.Header().Set("Content-Type", typeStream+"; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("X-Accel-Buffering", "no")
	out := http.NewResponseController(w)
	fmt.Fprint(w, ":\n\n")
	_ = out.Flush()
	beat := time.NewTicker(t.every)
	defer beat.Stop()
	for {
		select {
		case content, more := <-answers:
			if !more {
				fmt.Fprint(w, "event: complete\ndata:\n\n")
				return
			}
			fmt.Fprintf(w, "event: next\ndata: %s\n\n", content)
		case <-beat.C:
			fmt.Fprint(w, ":\n\n")
		}
		if out.Flush() != nil {
			return
		}
	}
}
