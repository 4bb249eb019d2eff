package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/tripartite-graph/tripartite/graph"
)

// The media types of answers.
const (
	typeJSON     = "application/json"
	typeResponse = "application/graphql-response+json"
	typeStream   = "text/event-stream"
)

// overHTTP is GraphQL over HTTP (https://graphql.github.io/graphql-over-http):
// a GET or POST request, one answer. Statuses are those that the audits of the
// npm package graphql-http ask for: under application/json a document that
// cannot be run is answered with 200, under application/graphql-response+json with 400.
//
// It is written here since gqlgen's own transports write "data": null for
// requests that were never run, take forms (which other sites can post), and
// know no 405, 406, 413 and 415.
type overHTTP struct{ limits Limits }

var _ graphql.Transport = overHTTP{}

// Supports implements graphql.Transport: every request that streams did not take.
func (overHTTP) Supports(*http.Request) bool { return true }

// Do implements graphql.Transport.
func (t overHTTP) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	media := negotiate(r, typeJSON, typeResponse)
	if media == "" {
		answer(w, typeJSON, http.StatusNotAcceptable, requestErrors(badRequest("this server answers in %s or %s: say so in Accept", typeJSON, typeResponse)))
		return
	}
	params, status, problem := readRequest(w, r, t.limits)
	if problem != nil {
		answer(w, media, status, requestErrors(problem))
		return
	}
	operation, problems := exec.CreateOperationContext(r.Context(), params)
	if len(problems) > 0 {
		tellIntrospection(problems)
		response := exec.DispatchError(graphql.WithOperationContext(r.Context(), operation), problems)
		answer(w, media, refusedStatus(media), withoutData(response))
		return
	}
	if status, problem := allowed(r, operation); problem != nil {
		if status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", http.MethodPost)
		}
		answer(w, media, status, requestErrors(problem))
		return
	}
	run, ctx := exec.DispatchOperation(r.Context(), operation)
	if response := run(ctx); response != nil {
		answer(w, media, http.StatusOK, response)
		return
	}
	answer(w, media, http.StatusServiceUnavailable, requestErrors(coded(CodeTimeout, "the request was given up before it ended")))
}

// refusedStatus is the status of a well-formed request whose document cannot be run.
func refusedStatus(media string) int {
	if media == typeResponse {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// allowed refuses what one answer cannot be given to, and what GET must not do.
func allowed(r *http.Request, operation *graphql.OperationContext) (status int, problem *gqlerror.Error) {
	switch {
	case operation.Operation.Operation == ast.Subscription:
		return http.StatusBadRequest, badRequest("a subscription needs a stream: %s in Accept, or a WebSocket of graphql-transport-ws", typeStream)
	case r.Method == http.MethodGet && operation.Operation.Operation != ast.Query:
		return http.StatusMethodNotAllowed, badRequest("GET runs queries alone; send a mutation with POST")
	}
	return 0, nil
}

// readRequest reads the parameters of a request, or says with which status it
// is refused.
func readRequest(w http.ResponseWriter, r *http.Request, limits Limits) (*graphql.RawParams, int, *gqlerror.Error) {
	start := graphql.Now()
	var params *graphql.RawParams
	var status int
	var problem *gqlerror.Error
	switch r.Method {
	case http.MethodGet:
		params, status, problem = readQuery(r)
	case http.MethodPost:
		params, status, problem = readBody(w, r, limits)
	default:
		w.Header().Set("Allow", http.MethodGet+", "+http.MethodPost)
		return nil, http.StatusMethodNotAllowed, badRequest("GraphQL is asked with GET or POST, not with %s", r.Method)
	}
	if problem == nil && params.Query == "" && params.Extensions["persistedQuery"] == nil {
		status, problem = http.StatusBadRequest, badRequest("the request has no query")
	}
	if problem != nil {
		return nil, status, problem
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	return params, 0, nil
}

// readQuery reads the parameters of a GET request out of its URL.
func readQuery(r *http.Request) (*graphql.RawParams, int, *gqlerror.Error) {
	values := r.URL.Query()
	params := &graphql.RawParams{Query: values.Get("query"), OperationName: values.Get("operationName")}
	for name, target := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		if text := values.Get(name); text != "" {
			if err := decode(strings.NewReader(text), target); err != nil {
				return nil, http.StatusBadRequest, badRequest("%s is no JSON object: %s", name, err)
			}
		}
	}
	return params, 0, nil
}

// readBody reads the parameters of a POST request. Its type must be JSON:
// what a form on another site can send is refused.
func readBody(w http.ResponseWriter, r *http.Request, limits Limits) (*graphql.RawParams, int, *gqlerror.Error) {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset, given := params["charset"]
	if err != nil || media != typeJSON || given && !strings.EqualFold(charset, "utf-8") {
		return nil, http.StatusUnsupportedMediaType, badRequest("the Content-Type of a request must be %s, in UTF-8", typeJSON)
	}
	var body struct {
		Query, OperationName  string
		Variables, Extensions json.RawMessage
	}
	err = decode(http.MaxBytesReader(w, r.Body, int64(limits.BodyBytes)), &body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, http.StatusRequestEntityTooLarge, beyond("bodyBytes", nil, limits.BodyBytes, "the request has more than %d bytes; load large files with the load command or POST /quads", limits.BodyBytes)
	case err != nil:
		return nil, http.StatusBadRequest, badRequest("the body is no GraphQL request in JSON: %s", err)
	}
	out := &graphql.RawParams{Query: body.Query, OperationName: body.OperationName}
	for name, part := range map[string]struct {
		text json.RawMessage
		into *map[string]any
	}{"variables": {body.Variables, &out.Variables}, "extensions": {body.Extensions, &out.Extensions}} {
		if n := valuesIn(part.text); n > limits.Values {
			return nil, http.StatusBadRequest, beyond("values", n, limits.Values, "the %s have about %d values, of at most %d", name, n, limits.Values)
		}
		if len(part.text) == 0 {
			continue
		}
		if err := decode(bytes.NewReader(part.text), part.into); err != nil {
			return nil, http.StatusBadRequest, badRequest("%s is no JSON object: %s", name, err)
		}
	}
	return out, 0, nil
}

// valuesIn returns about how many values a text of JSON has, without making
// them: each but the first follows a comma or an opening bracket.
func valuesIn(text []byte) int {
	n, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ',' || c == '[' || c == '{'):
			n++
		}
	}
	return n
}

// decode reads one JSON value, keeping numbers as they are written.
func decode(r io.Reader, target any) error {
	d := json.NewDecoder(r)
	d.UseNumber()
	if err := d.Decode(target); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		if err == nil {
			err = errors.New("something follows the JSON value")
		}
		return err
	}
	return nil
}

// notRun is the answer to a request that never ran: without data, as the
// specification of GraphQL has it.
type notRun struct {
	Errors     gqlerror.List  `json:"errors"`
	Extensions map[string]any `json:"extensions,omitempty"`
}

func requestErrors(problems ...*gqlerror.Error) notRun { return notRun{Errors: problems} }

func withoutData(r *graphql.Response) notRun { return notRun{r.Errors, r.Extensions} }

func answer(w http.ResponseWriter, media string, status int, body any) {
	content, err := encode(body)
	if err != nil { // an extension that cannot be written; data is JSON already
		status = http.StatusInternalServerError
		content, _ = json.Marshal(requestErrors(coded(graph.CodeInternal, "the answer cannot be written")))
	}
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	w.Header().Set("Vary", "Accept")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(content)
}

// encode writes an answer. What was executed without a problem is JSON already,
// which json.Marshal would read through once more.
func encode(body any) ([]byte, error) {
	response, ok := body.(*graphql.Response)
	if !ok || len(response.Errors) > 0 || response.Data == nil || response.HasNext != nil || response.Label != "" {
		return json.Marshal(body)
	}
	const head, middle = `{"data":`, `,"extensions":`
	var extensions []byte
	if len(response.Extensions) > 0 {
		var err error
		if extensions, err = json.Marshal(response.Extensions); err != nil {
			return nil, err
		}
	}
	out := make([]byte, 0, len(head)+len(response.Data)+len(middle)+len(extensions)+1)
	out = append(append(out, head...), response.Data...)
	if extensions != nil {
		out = append(append(out, middle...), extensions...)
	}
	return append(out, '}'), nil
}

// limitTime ends a request that is no stream after the server's time limit.
func (s *Server) limitTime(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isStream(r) {
			next.ServeHTTP(w, r)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), s.config.Limits.Time)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
