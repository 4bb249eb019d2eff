package api

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/tripartite-graph/tripartite/graph"
)

// The codes that this package adds to those of graph.
const (
	CodeBadRequest      graph.Code = "BAD_REQUEST"          // not GraphQL over HTTP: body, parameters or method
	CodeParse           graph.Code = "GRAPHQL_PARSE_FAILED" // not GraphQL
	CodeValidation      graph.Code = "GRAPHQL_VALIDATION_FAILED"
	CodeCost            graph.Code = "COST_LIMIT_EXCEEDED" // extensions.cost and extensions.limit tell how much
	CodeUnauthenticated graph.Code = "UNAUTHENTICATED"     // no token, or one that is not known
	CodeForbidden       graph.Code = "FORBIDDEN"           // the token's role is too low, or the Host is another
	CodeTimeout         graph.Code = "TIMEOUT"             // took longer than the server lets a request take
	// CodeNotPersisted asks a client of automatic persisted queries to send the document.
	CodeNotPersisted graph.Code = "PERSISTED_QUERY_NOT_FOUND"
)

// refuse answers a request outside of GraphQL with an error.
func refuse(w http.ResponseWriter, status int, e *graph.Error) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"errors": []any{map[string]any{
		"message": e.Message, "extensions": map[string]any{"code": e.Code},
	}}})
}

// refuseError answers with an error of any type: a graph.Error as it is, with
// the status that fits its code; any other as internal.
func (s *Server) refuseError(w http.ResponseWriter, r *http.Request, err error) {
	var e *graph.Error
	if !errors.As(err, &e) || e.Code == graph.CodeInternal || e.Code == graph.CodeCorrupt {
		e = s.internal(r.Context(), err)
	}
	refuse(w, statusOf(e.Code), e)
}

func statusOf(code graph.Code) int {
	switch code {
	case graph.CodeInvalid, graph.CodeLimit, CodeBadRequest:
		return http.StatusBadRequest
	case graph.CodeNotFound:
		return http.StatusNotFound
	case graph.CodeAmbiguous, graph.CodeConflict:
		return http.StatusConflict
	case CodeTimeout:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// internal hides a cause from users and gives it an id under which the log
// has it.
func (s *Server) internal(ctx context.Context, err error) *graph.Error {
	id := rand.Text()[:10]
	s.config.Log.ErrorContext(ctx, "internal error", slog.String("id", id), slog.Any("error", err))
	return graph.Errorf(graph.CodeInternal, "internal error; the server's log has it under %s", id)
}

// present makes what a resolver returned into what a user sees.
func (s *Server) present(ctx context.Context, err error) *gqlerror.Error {
	shown := graphql.DefaultErrorPresenter(ctx, err)
	if shown.Extensions["code"] != nil {
		return shown
	}
	var e *graph.Error
	switch {
	case errors.As(err, &e) && e.Code != graph.CodeInternal && e.Code != graph.CodeCorrupt:
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		e = graph.Errorf(CodeTimeout, "the request took too long, or was given up; ask for less")
	case isOwn(err):
		e = graph.Errorf(CodeValidation, "%s", shown.Message)
	default:
		e = s.internal(ctx, err)
	}
	shown.Message = e.Error()
	errcode.Set(shown, string(e.Code))
	if len(e.Candidates) > 0 {
		shown.Extensions["candidates"] = e.Candidates
	}
	return shown
}

// isOwn tells whether an error is the GraphQL library's own, about the
// request: it wraps no cause.
func isOwn(err error) bool {
	var g *gqlerror.Error
	return errors.As(err, &g) && g.Err == nil
}

// recovered makes a panic in a resolver an internal error.
func (s *Server) recovered(ctx context.Context, cause any) error {
	s.config.Log.ErrorContext(ctx, "panic", slog.Any("cause", cause), slog.String("stack", string(debug.Stack())))
	return graph.Errorf(graph.CodeInternal, "panic: %v", cause)
}
