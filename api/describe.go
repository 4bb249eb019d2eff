package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/piprate/json-gold/ld"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/seed"
)

// The media types of descriptions.
const (
	typeLinked = "application/ld+json"
	typeNQuads = "application/n-quads"
	typeHTML   = "text/html" // the explorer's page of it
)

// maxDescribed bounds the claims that a description holds. One that is cut
// says so, by a header and a link to the whole.
const maxDescribed = 1000

// headerTruncated tells of a description how many claims it was cut to.
const headerTruncated = "X-Truncated"

// describe answers /id/… with what the graph says of that IRI: an entity with
// its claims, or a claim with everything about it.
func (s *Server) describe(w http.ResponseWriter, r *http.Request) {
	iri := s.config.Ontology.Names.IRI(strings.TrimPrefix(r.URL.Path, "/id/"))
	media := negotiate(r, typeLinked, typeNQuads, typeJSON, typeHTML)
	if media == typeHTML {
		id := url.QueryEscape(s.config.Ontology.Names.ID(iri))
		w.Header().Set("Vary", "Accept")
		http.Redirect(w, r, "/#/graph?s=near+"+id+"&p="+id, http.StatusSeeOther)
		return
	}
	if media == "" {
		refuse(w, http.StatusNotAcceptable, graph.Errorf(CodeBadRequest, "described as %s or %s: name one of them in Accept", typeLinked, typeNQuads))
		return
	}
	snapshot, err := s.config.Store.At(r.Context(), 0)
	if err != nil {
		s.refuseError(w, r, err)
		return
	}
	defer snapshot.Close()
	d := description{snapshot: snapshot, ontology: s.config.Ontology, names: s.config.Ontology.Names, seen: map[graph.Term]bool{}}
	if err := d.of(r.Context(), iri); err != nil {
		s.refuseError(w, r, err)
		return
	}
	if len(d.quads) == 0 {
		refuse(w, http.StatusNotFound, graph.Errorf(graph.CodeNotFound, "nothing of the id %q is in the graph", d.names.ID(iri)))
		return
	}
	content, err := d.write(media, contextURL(r))
	if err != nil {
		s.refuseError(w, r, err)
		return
	}
	w.Header().Set("Content-Type", media)
	w.Header().Set("Vary", "Accept")
	if d.truncated {
		w.Header().Set(headerTruncated, strconv.Itoa(maxDescribed))
		w.Header().Set("Link", "</quads?root="+url.QueryEscape(d.names.ID(iri))+`&depth=1>; rel="alternate"; title="with every claim"`)
	}
	_, _ = w.Write(content)
}

// foreignIDs leads /id/https://… to descriptions before the other routes, which
// would make one slash of the two and redirect there.
func foreignIDs(described, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reading := r.Method == http.MethodGet || r.Method == http.MethodHead
		if reading && strings.HasPrefix(r.URL.Path, "/id/") && strings.Contains(r.URL.Path, "://") {
			described.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// description collects quads about one thing.
type description struct {
	snapshot graph.Snapshot
	ontology *graph.Ontology
	names    graph.Names
	seen     map[graph.Term]bool
	quads    []graph.Quad

	truncated bool // the thing has more than maxDescribed claims
}

// of collects what the graph says of an IRI: of an entity, its claims too.
func (d *description) of(ctx context.Context, iri graph.Term) error {
	ids, err := d.snapshot.IDs(ctx, []graph.Term{iri})
	if err != nil || ids[0] == 0 {
		return err
	}
	if err := d.about(ctx, iri); err != nil {
		return err
	}
	edges, err := d.snapshot.Edges(ctx, ids, graph.EdgeQuery{Limit: maxDescribed + 1})
	if err != nil {
		return err
	}
	d.truncated = len(edges[0]) > maxDescribed
	edges[0] = edges[0][:min(len(edges[0]), maxDescribed)]
	claims := make([]graph.NodeID, len(edges[0]))
	for i, e := range edges[0] {
		claims[i] = e.Claim
	}
	terms, err := d.snapshot.Terms(ctx, claims)
	if err != nil {
		return err
	}
	for _, claim := range terms {
		if err := d.about(ctx, claim); err != nil {
			return err
		}
	}
	return nil
}

// about collects the statement of a claim, what is said about a node, and
// about the nodes that belong to it: its names, groups and voices.
func (d *description) about(ctx context.Context, node graph.Term) error {
	if d.seen[node] {
		return nil
	}
	d.seen[node] = true
	var found []graph.Quad
	err := d.snapshot.Quads(ctx, node, "", func(q graph.Quad) error {
		// What an entity states stands in claims, which come by their labels.
		if d.ontology.Relation(q.Predicate) == nil {
			found = append(found, q)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = d.snapshot.Quads(ctx, "", node, func(q graph.Quad) error {
		found = append(found, q)
		return nil
	})
	d.quads = append(d.quads, found...)
	for _, q := range found {
		if err == nil && d.belongs(node, q) {
			err = d.about(ctx, q.Object)
		}
	}
	return err
}

// belongs tells whether an object is a node of its own subject, or who speaks:
// a voice, or a party whose name readers want to see.
func (d *description) belongs(node graph.Term, q graph.Quad) bool {
	return strings.HasPrefix(string(q.Object), strings.TrimSuffix(string(node), ">")+"#") ||
		q.Predicate == d.names.Term(graph.WordAssertedBy)
}

// write writes the quads in a media type.
func (d *description) write(media, context string) ([]byte, error) {
	lines := make([]string, len(d.quads))
	for i, q := range d.quads {
		lines[i] = string(q.Subject) + " " + string(q.Predicate) + " " + string(q.Object) + " " + string(q.Label) + " .\n"
	}
	slices.Sort(lines)
	text := strings.Join(slices.Compact(lines), "")
	if media == typeNQuads {
		return []byte(text), nil
	}
	return linked(text, d.names, context)
}

// contextURL is where this server has the context of the vocabulary.
func contextURL(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + r.Host + "/" + seed.Context
}

// context serves the context of the vocabulary.
func (s *Server) context(w http.ResponseWriter, r *http.Request) {
	content, err := seed.Files.ReadFile(seed.Context)
	if err != nil {
		s.refuseError(w, r, err)
		return
	}
	w.Header().Set("Content-Type", typeLinked)
	w.Header().Set("Access-Control-Allow-Origin", "*")
	_, _ = w.Write(content)
}

// linked turns N-Quads into JSON-LD, compacted by the context of the
// vocabulary, which it names by its URL.
func linked(quads string, names graph.Names, url string) ([]byte, error) {
	content, err := seed.Files.ReadFile(seed.Context)
	if err != nil {
		return nil, err
	}
	var own map[string]any
	if err := json.Unmarshal(content, &own); err != nil {
		return nil, err
	}
	options := ld.NewJsonLdOptions("")
	options.DocumentLoader = offline{}
	processor := ld.NewJsonLdProcessor()
	expanded, err := loaders.FromRDF(quads, options, false)
	if err != nil {
		return nil, err
	}
	base := map[string]any{"@base": names.Base}
	compact, err := processor.Compact(any(expanded), []any{own["@context"], base}, options)
	if err != nil {
		return nil, err
	}
	compact["@context"] = []any{url, base}
	return json.MarshalIndent(compact, "", "  ")
}

// offline fetches nothing.
type offline struct{}

// LoadDocument implements ld.DocumentLoader.
func (offline) LoadDocument(url string) (*ld.RemoteDocument, error) {
	return nil, ld.NewJsonLdError(ld.LoadingDocumentFailed, url)
}
