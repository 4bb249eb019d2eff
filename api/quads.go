package api

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tripartite-graph/tripartite/api/agent"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/seed"
)

// The bounds of an import over HTTP.
const (
	DefaultUpload  = 2 << 30
	DefaultSilence = 30 * time.Second
)

// otherMethod refuses what /quads does not do.
func otherMethod(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Allow", "GET, HEAD, POST")
	refuse(w, http.StatusMethodNotAllowed, graph.Errorf(CodeBadRequest, "%s is not for /quads: GET exports, POST imports", r.Method))
}

// exportFormat returns the format that ?format= names, else the one that Accept likes best.
func exportFormat(r *http.Request) (*loaders.Format, int, *graph.Error) {
	var names, offers []string
	for _, f := range loaders.Formats {
		if f.Write != nil {
			names, offers = append(names, f.Name), append(offers, f.MediaTypes[0])
		}
	}
	if name := r.URL.Query().Get("format"); name != "" {
		if !slices.Contains(names, name) {
			return nil, http.StatusBadRequest, graph.Errorf(graph.CodeInvalid, "format is %q; it is one of %s", name, strings.Join(names, ", "))
		}
		return loaders.ByName(name), http.StatusOK, nil
	}
	format := byMedia(negotiate(r, offers...))
	if format == nil {
		return nil, http.StatusNotAcceptable, graph.Errorf(CodeBadRequest,
			"the graph is exported as %s: name one of them in Accept, or a format with ?format=", strings.Join(offers, ", "))
	}
	return format, http.StatusOK, nil
}

// exportQuads streams the graph, or a part of it, in the format that is asked for.
func (s *Server) exportQuads(w http.ResponseWriter, r *http.Request) {
	format, status, problem := exportFormat(r)
	if problem != nil {
		refuse(w, status, problem)
		return
	}
	query, err := exportQuery(r)
	if err != nil {
		s.refuseError(w, r, err)
		return
	}
	reader, err := graph.NewReader(r.Context(), s.config.Store, s.config.Ontology, nil, 0)
	if err != nil {
		s.refuseError(w, r, err)
		return
	}
	defer func() { _ = reader.Close() }() // of a snapshot that was only read
	export, err := reader.Export(r.Context(), query)
	if err != nil {
		s.refuseError(w, r, err)
		return
	}
	w.Header().Set("Content-Type", format.MediaTypes[0])
	w.Header().Set("Vary", "Accept")
	if err := format.Write(r.Context(), w, export); err != nil {
		// The status is sent; cutting the connection tells the client that
		// what it has is not whole.
		s.config.Log.ErrorContext(r.Context(), "export broken off", "error", err)
		panic(http.ErrAbortHandler)
	}
}

// exportQuery reads ?flavour=full|truthy, ?root=ID and ?depth=N.
func exportQuery(r *http.Request) (graph.ExportQuery, error) {
	q := r.URL.Query()
	query := graph.ExportQuery{Root: q.Get("root"), Depth: 1}
	switch flavour := q.Get("flavour"); flavour {
	case "", "full":
	case "truthy":
		query.Truthy = true
	default:
		return query, graph.Errorf(graph.CodeInvalid, "flavour is %q; it is full or truthy", flavour)
	}
	if depth := q.Get("depth"); depth != "" {
		if query.Root == "" {
			return query, graph.Errorf(graph.CodeInvalid, "depth counts steps from an entity: name it with root")
		}
		n, err := strconv.Atoi(depth)
		if err != nil {
			return query, graph.Errorf(graph.CodeInvalid, "depth is %q; it is a whole number", depth)
		}
		query.Depth = n
	}
	return query, nil
}

// byMedia returns the format of a media type, nil for none.
func byMedia(media string) *loaders.Format {
	at := slices.IndexFunc(loaders.Formats, func(f *loaders.Format) bool { return slices.Contains(f.MediaTypes, media) })
	if at < 0 {
		return nil
	}
	return loaders.Formats[at]
}

// importQuads loads the body in the format of its Content-Type, or each part of
// a multipart body, as one commit, and answers with the report. ?dryRun=true
// checks alone, ?bestEffort=true loads what is sound. The body is read as it
// comes, and the store waits for nobody meanwhile.
func (s *Server) importQuads(w http.ResponseWriter, r *http.Request) {
	body := &patientBody{ReadCloser: r.Body, control: http.NewResponseController(w), patience: s.config.Silence}
	r.Body = body
	inputs, problem := s.uploads(r)
	if problem != nil {
		refuse(w, http.StatusUnsupportedMediaType, problem)
		return
	}
	im := graph.Importer{Store: s.config.Store, Ontology: s.config.Ontology, Texts: s.config.Texts}
	report, err := im.Import(r.Context(), inputs, graph.ImportOptions{
		DryRun:     r.URL.Query().Get("dryRun") == "true",
		BestEffort: r.URL.Query().Get("bestEffort") == "true",
		Agent:      agent.From(r.Context()).Name,
	})
	switch {
	case err != nil && body.late:
		refuse(w, http.StatusRequestTimeout, graph.Errorf(CodeTimeout, "nothing came for %s: nothing was changed; send it again", s.config.Silence))
		return
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		refuse(w, http.StatusBadRequest, graph.Errorf(CodeBadRequest, "the body ends too early: nothing was changed"))
		return
	case err != nil:
		s.refuseError(w, r, err)
		return
	}
	w.Header().Set("Content-Type", typeJSON+"; charset=utf-8")
	if report.Refused {
		w.WriteHeader(http.StatusUnprocessableEntity)
	}
	_ = report.WriteJSON(w)
}

// uploads are the inputs of a request: its body, or the parts of it, which
// ?file= names one by one.
func (s *Server) uploads(r *http.Request) ([]graph.Input, *graph.Error) {
	options := loaders.Options{
		Names: s.config.Ontology.Names, Ontology: s.config.Ontology, Document: seed.Files.ReadFile, MaxBytes: s.config.Upload,
	}
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && strings.HasPrefix(media, "multipart/") {
		return parts(r, options)
	}
	format := byMedia(media)
	if err != nil || format == nil || format.Read == nil {
		return nil, graph.Errorf(CodeBadRequest, "the Content-Type %q is of no format that is read", r.Header.Get("Content-Type"))
	}
	open := func() (io.ReadCloser, error) { return r.Body, nil }
	return []graph.Input{loaders.Input("request body", format.Name, options, open)}, nil
}

// parts are the inputs of a multipart body, read one after the other.
func parts(r *http.Request, options loaders.Options) ([]graph.Input, *graph.Error) {
	names, format := r.URL.Query()["file"], r.URL.Query().Get("format")
	if f := loaders.ByName(format); format != "" && format != "auto" && (f == nil || f.Read == nil) {
		return nil, graph.Errorf(CodeBadRequest, "format is %q; it is auto, or one of %s", format, strings.Join(loaders.Names(), ", "))
	}
	reader, err := r.MultipartReader()
	if err != nil || len(names) == 0 {
		return nil, graph.Errorf(CodeBadRequest, "a multipart body has a boundary, and ?file= names each of its parts")
	}
	inputs := make([]graph.Input, len(names))
	for i, name := range names {
		inputs[i] = loaders.Input(name, format, options, func() (io.ReadCloser, error) { return reader.NextPart() })
	}
	return inputs, nil
}

// patientBody waits for each piece of a body so long, and no longer, however
// long the whole takes.
type patientBody struct {
	io.ReadCloser
	control  *http.ResponseController
	patience time.Duration
	late     bool // nothing came in time
}

// Read implements io.Reader.
func (b *patientBody) Read(p []byte) (int, error) {
	// A connection without deadlines, as in tests, is waited for.
	_ = b.control.SetReadDeadline(time.Now().Add(b.patience))
	n, err := b.ReadCloser.Read(p)
	b.late = b.late || errors.Is(err, os.ErrDeadlineExceeded)
	return n, err
}
