package resolvers

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/tripartite-graph/tripartite/api/agent"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// request is the state of one request: one reader, on one snapshot, and the
// loaders of what was asked.
type request struct {
	config *Config

	opening sync.Mutex
	reader  *graph.Reader   // nil before the first use, and after a write
	before  []*graph.Reader // of the snapshots before the request's own writes
	meter   *rowMeter       // of what they read

	mu      sync.Mutex
	loaders map[string]any  // by question
	views   map[string]bool // lenses used
	top     *level          // what Query and Mutation themselves answer from
}

func newRequest(c *Config) *request {
	r := &request{config: c, loaders: map[string]any{}, views: map[string]bool{}}
	r.top = r.level(nil, nil)
	return r
}

// requestOf returns the state of the request that a context belongs to.
func requestOf(ctx context.Context) *request { return model.FromContext(ctx).(*level).request }

// read returns the reader, opened at first use: what asks of the schema alone
// opens none. The words of documents are for those who may see them.
func (r *request) read(ctx context.Context) (*graph.Reader, error) {
	r.opening.Lock()
	defer r.opening.Unlock()
	if r.reader != nil {
		return r.reader, nil
	}
	texts := r.config.Texts
	if !agent.From(ctx).Words {
		texts = nil
	}
	if r.meter == nil {
		r.meter = newRowMeter(ctx)
	}
	reader, err := graph.NewReader(ctx, metered{r.config.Store, r.meter}, r.config.Ontology, texts, 0)
	if err != nil {
		return nil, err
	}
	r.reader = reader
	return reader, nil
}

// wrote makes what is read from now on show the request's own write.
func (r *request) wrote() {
	r.opening.Lock()
	defer r.opening.Unlock()
	if r.reader != nil {
		r.before, r.reader = append(r.before, r.reader), nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.loaders = map[string]any{}
}

// close releases the readers.
func (r *request) close() error {
	r.opening.Lock()
	defer r.opening.Unlock()
	var errs []error
	for _, reader := range append(r.before, r.reader) {
		if reader != nil {
			errs = append(errs, reader.Close())
		}
	}
	return errors.Join(errs...)
}

// Ontology returns what may be said.
func (r *request) Ontology() *graph.Ontology { return r.config.Ontology }

// IRI returns the IRI of an id.
func (r *request) IRI(id string) string {
	return strings.Trim(string(r.config.Ontology.Names.IRI(id)), "<>")
}

// used notes a lens for extensions.views. A truthy one takes, unless it says
// otherwise, what is asserted as fact.
func (r *request) used(field string, view *graph.View, truthy bool) {
	v := graph.View{}
	if view != nil {
		v = *view
	}
	if truthy && v.Modes == nil {
		v.Modes = []graph.Mode{graph.Fact, graph.Alleged}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.views[field+"\x00"+v.Text()] = true
}

// viewUsed is one entry of extensions.views.
type viewUsed struct {
	Field string `json:"field"`
	View  string `json:"view"`
}

// tellViews adds extensions.views to the response: which lens each field used.
func (r *request) tellViews(ctx context.Context) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.views) == 0 {
		return
	}
	used := make([]viewUsed, 0, len(r.views))
	for key := range r.views {
		field, view, _ := strings.Cut(key, "\x00")
		used = append(used, viewUsed{field, view})
	}
	slices.SortFunc(used, func(a, b viewUsed) int {
		return cmp.Or(strings.Compare(a.Field, b.Field), strings.Compare(a.View, b.View))
	})
	graphql.RegisterExtension(ctx, "views", used)
}
