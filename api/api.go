// Package api is the service over HTTP: GraphQL and its streams, GraphiQL,
// import and export of quads, entities by their IRI, health and metrics.
//
// It decides who may do what (tokens, the Host header) and how much (limits);
// what is done is decided in resolvers and graph.
package api

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/klauspost/compress/gzhttp"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/tripartite-graph/tripartite/api/agent"
	"github.com/tripartite-graph/tripartite/api/limits"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/seed"
	"github.com/tripartite-graph/tripartite/web"
)

// Config is what a Server serves, and how.
type Config struct {
	Schema   graphql.ExecutableSchema
	Store    graph.Store
	Ontology *graph.Ontology
	Texts    graph.Texts // nil: no documents are at hand
	Tokens   Tokens      // nil: nobody may write
	// Loopback tells that the server is reached from this machine alone:
	// everybody may read, and the Host header is checked.
	Loopback bool
	Public   bool // other machines may read without a token
	Limits   Limits
	Upload   int64         // bytes of an import, unpacked; 0: DefaultUpload
	Silence  time.Duration // how long an import waits for more of its body; 0: DefaultSilence
	Log      *slog.Logger  // nil: slog.Default
}

// Server is the service. It holds no resources but streams: Close ends them.
type Server struct {
	config  Config
	handler http.Handler
	metrics *metrics
	closing context.Context
	close   context.CancelFunc
}

// New makes a Server.
func New(config Config) *Server {
	config.Limits = config.Limits.WithDefaults()
	config.Upload, config.Silence = cmp.Or(config.Upload, DefaultUpload), cmp.Or(config.Silence, DefaultSilence)
	config.Log = cmp.Or(config.Log, slog.Default())
	s := &Server{config: config, metrics: newMetrics(config.Store)}
	s.closing, s.close = context.WithCancel(context.Background())
	s.handler = s.routes()
	return s
}

// Close ends every stream; requests that run go on.
func (s *Server) Close() { s.close() }

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", s.graphQL())
	page := s.readers(gzhttp.GzipHandler(graphiQL(web.GraphiQL())))
	mux.Handle("GET /graphiql", page)
	mux.Handle("GET /graphiql/", page)
	mux.Handle("/", s.readers(gzhttp.GzipHandler(explorer(web.Explorer()))))
	described := s.readers(gzhttp.GzipHandler(http.HandlerFunc(s.describe)))
	mux.Handle("GET /id/", described)
	mux.Handle("GET /quads", s.readers(gzhttp.GzipHandler(http.HandlerFunc(s.exportQuads))))
	mux.Handle("POST /quads", s.require(agent.Loader, http.HandlerFunc(s.importQuads)))
	mux.HandleFunc("/quads", otherMethod)
	mux.HandleFunc("GET /"+seed.Context, s.context)
	mux.HandleFunc("GET /healthz", healthy)
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("GET /metrics", s.readers(s.metrics.handler()))
	h := s.authenticate(foreignIDs(described, mux))
	if s.config.Loopback {
		h = checkHost(h)
	}
	return s.metrics.count(h)
}

// graphQL serves requests and streams on one path.
func (s *Server) graphQL() http.Handler {
	server := handler.New(s.config.Schema)
	server.AddTransport(s.webSocket())
	server.AddTransport(events{limits: s.config.Limits, every: keepAlive})
	server.AddTransport(overHTTP{s.config.Limits})
	server.SetQueryCache(lru.New[*ast.QueryDocument](cached))
	server.SetParserTokenLimit(s.config.Limits.Tokens)
	server.SetErrorPresenter(s.present)
	server.SetRecoverFunc(s.recovered)
	server.Use(extension.Introspection{})
	server.Use(newPersisted(s.config.Limits.QueryBytes))
	server.Use(newBounds(s.config.Limits))

	limited := s.tellLimits(server)
	answered := s.limitTime(s.readers(limited))
	compressed := gzhttp.GzipHandler(answered)
	streamed := s.closable(limited)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case isWebSocket(r): // asks for the token itself, in its first message
			streamed.ServeHTTP(w, r)
		case isStream(r):
			s.closable(answered).ServeHTTP(w, r)
		default:
			compressed.ServeHTTP(w, r)
		}
	})
}

// tellLimits hands the limits on to resolvers.
func (s *Server) tellLimits(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(limits.With(r.Context(), s.config.Limits)))
	})
}
