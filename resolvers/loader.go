package resolvers

import (
	"context"
	"encoding/json"
	"time"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/vikstrous/dataloadgen"
)

// gather is how long a loader waits for others that ask the same question.
const gather = 200 * time.Microsecond

// lookUp answers one question for many things at once.
type lookUp[K comparable, V any] func(context.Context, *graph.Reader, []K) ([]V, error)

// ask answers a question for one thing, together with everybody else in the
// request who asks it at the same time. question names it with all its arguments.
func ask[K comparable, V any](ctx context.Context, r *request, question string, key K, answer lookUp[K, V]) (V, error) {
	return loader(r, question, answer).Load(ctx, key)
}

// loader returns the request's loader of a question.
func loader[K comparable, V any](r *request, question string, answer lookUp[K, V]) *dataloadgen.Loader[K, V] {
	r.mu.Lock()
	defer r.mu.Unlock()
	if l, ok := r.loaders[question]; ok {
		return l.(*dataloadgen.Loader[K, V])
	}
	l := dataloadgen.NewLoader(func(ctx context.Context, keys []K) ([]V, []error) {
		reader, err := r.read(ctx)
		if err != nil {
			return nil, []error{err}
		}
		values, err := answer(ctx, reader, keys)
		if err != nil {
			return nil, []error{err}
		}
		return values, nil
	}, dataloadgen.WithWait(gather))
	r.loaders[question] = l
	return l
}

// question names a question by its arguments: two fields that ask the same
// are answered together.
func question(name string, arguments ...any) string {
	text, err := json.Marshal(arguments)
	if err != nil {
		panic(err) // lists, strings and numbers: cannot fail
	}
	return name + string(text)
}

// relationNames are the names of relations, nil for nil.
func relationNames(relations []*graph.RelationKind) []string {
	if relations == nil {
		return nil
	}
	names := make([]string, len(relations))
	for i, k := range relations {
		names[i] = k.Name
	}
	return names
}

// kindNames are the names of kinds, nil for nil.
func kindNames(kinds []*graph.EntityKind) []string {
	if kinds == nil {
		return nil
	}
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.Name
	}
	return names
}
