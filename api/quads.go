package api

import (
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"

	"github.com/tripartite-graph/tripartite/api/agent"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/seed"
)

// exportQuads streams the graph, or a part of it, in the format that Accept names.
func (s *Server) exportQuads(w http.ResponseWriter, r *http.Request) {
	var offers []string
	for _, f := range loaders.Formats {
		if f.Write != nil {
			offers = append(offers, f.MediaTypes[0])
		}
	}
	media := negotiate(r, offers...)
	format := byMedia(media)
	if format == nil {
		refuse(w, http.StatusNotAcceptable, graph.Errorf(CodeBadRequest, "the graph is exported as %v: name one of them in Accept", offers))
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
	defer reader.Close()
	export, err := reader.Export(r.Context(), query)
	if err != nil {
		s.refuseError(w, r, err)
		return
	}
	w.Header().Set("Content-Type", media)
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

// importQuads loads the body in the format of its Content-Type, as one commit,
// and answers with the report. ?dryRun=true checks alone, ?bestEffort=true
// loads what is sound.
func (s *Server) importQuads(w http.ResponseWriter, r *http.Request) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	format := byMedia(media)
	if err != nil || format == nil {
		refuse(w, http.StatusUnsupportedMediaType, graph.Errorf(CodeBadRequest, "the Content-Type %q is of no format that is read", r.Header.Get("Content-Type")))
		return
	}
	options := loaders.Options{Names: s.config.Ontology.Names, Ontology: s.config.Ontology, Document: seed.Files.ReadFile}
	input := loaders.Input("request body", format.Name, options, func() (io.ReadCloser, error) { return r.Body, nil })
	im := graph.Importer{Store: s.config.Store, Ontology: s.config.Ontology, Texts: s.config.Texts}
	report, err := im.Import(r.Context(), []graph.Input{input}, graph.ImportOptions{
		DryRun:     r.URL.Query().Get("dryRun") == "true",
		BestEffort: r.URL.Query().Get("bestEffort") == "true",
		Agent:      agent.From(r.Context()).Name,
	})
	if err != nil {
		s.refuseError(w, r, err)
		return
	}
	w.Header().Set("Content-Type", typeJSON+"; charset=utf-8")
	if report.Refused {
		w.WriteHeader(http.StatusUnprocessableEntity)
	}
	_ = report.WriteJSON(w)
}
