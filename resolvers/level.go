package resolvers

import (
	"context"
	"slices"
	"sync"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// level is what one field answered, wherever in the response it stands: the
// entities of every page of one list, and the claims beside them. The first
// field that asks a question of one of them asks it of all, so that a level
// costs one look-up whatever its size, and whichever goroutine comes first.
type level struct {
	*request
	entities []*graph.Entity
	claims   []*graph.Claim

	mu      sync.Mutex
	answers map[string]any    // *answered by question
	below   map[string]*level // by field
}

var _ model.Request = (*level)(nil)

// level begins a level.
func (r *request) level(entities []*graph.Entity, claims []*graph.Claim) *level {
	return &level{request: r, entities: entities, claims: claims, answers: map[string]any{}, below: map[string]*level{}}
}

// FromClaims returns the level of the entities to which a field of claims leads.
func (l *level) FromClaims(field string, of func(*graph.Claim) []*graph.Entity) model.Request {
	return l.under("claim "+field, func() (out []*graph.Entity) {
		for _, c := range l.claims {
			out = append(out, of(c)...)
		}
		return out
	})
}

// FromEntities returns the level of the entities to which a field of entities leads.
func (l *level) FromEntities(field string, of func(*graph.Entity) []*graph.Entity) model.Request {
	return l.under("entity "+field, func() (out []*graph.Entity) {
		for _, e := range l.entities {
			out = append(out, of(e)...)
		}
		return out
	})
}

func (l *level) under(field string, entities func() []*graph.Entity) *level {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.below[field] == nil {
		l.below[field] = l.level(entities(), nil)
	}
	return l.below[field]
}

// answered is the answer to one question for all of a level.
type answered[K comparable, V any] struct {
	once   sync.Once
	values map[K]V
	below  *level
	err    error
}

// found says which entities and claims an answer holds, which are the next level.
type found[V any] func(V) ([]*graph.Entity, []*graph.Claim)

// askLevel answers a question for one thing, and for all others of the level
// at once; question names it with all its arguments. The level of what was
// found comes with it.
func askLevel[K comparable, V any](ctx context.Context, l *level, question string, all []K, one K, answer lookUp[K, V], holds found[V]) (V, *level, error) {
	a := answersTo[K, V](l, question)
	a.once.Do(func() { a.fill(ctx, l, all, answer, holds) })
	if v, ok := a.values[one]; ok || a.err != nil {
		return v, a.below, a.err
	}
	alone := &answered[K, V]{}
	alone.fill(ctx, l, []K{one}, answer, holds)
	return alone.values[one], alone.below, alone.err
}

func answersTo[K comparable, V any](l *level, question string) *answered[K, V] {
	l.mu.Lock()
	defer l.mu.Unlock()
	if a, ok := l.answers[question].(*answered[K, V]); ok {
		return a
	}
	a := &answered[K, V]{}
	l.answers[question] = a
	return a
}

func (a *answered[K, V]) fill(ctx context.Context, l *level, all []K, answer lookUp[K, V], holds found[V]) {
	reader, err := l.read(ctx)
	if err != nil {
		a.err = err
		return
	}
	keys := once(all)
	values, err := answer(ctx, reader, keys)
	if err != nil {
		a.err = err
		return
	}
	a.values = make(map[K]V, len(keys))
	a.below = l.level(nil, nil)
	for i, k := range keys {
		a.values[k] = values[i]
		entities, claims := holds(values[i])
		a.below.entities = append(a.below.entities, entities...)
		a.below.claims = append(a.below.claims, claims...)
	}
}

// once returns the things of a list, each once.
func once[K comparable](in []K) []K {
	seen := make(map[K]bool, len(in))
	return slices.DeleteFunc(slices.Clone(in), func(k K) bool {
		again := seen[k]
		seen[k] = true
		return again
	})
}

// What answers hold.

func nothing[V any](V) ([]*graph.Entity, []*graph.Claim) { return nil, nil }

func aClaim(c *graph.Claim) ([]*graph.Entity, []*graph.Claim) {
	if c == nil {
		return nil, nil
	}
	return nil, []*graph.Claim{c}
}

func someClaims(c *graph.ClaimConnection) ([]*graph.Entity, []*graph.Claim) { return nil, c.Nodes }

func neighbours(c *graph.EntityConnection) ([]*graph.Entity, []*graph.Claim) {
	var claims []*graph.Claim
	for _, e := range c.Edges {
		claims = append(claims, e.Claims...)
	}
	return c.Nodes, claims
}

func happenings(c *graph.TimelineConnection) (events []*graph.Entity, claims []*graph.Claim) {
	for _, e := range c.Nodes {
		claims = append(claims, e.Claims...)
		if e.Event != nil {
			events = append(events, e.Event)
		}
	}
	return events, claims
}

func clashes(in []*graph.Conflict) (_ []*graph.Entity, claims []*graph.Claim) {
	for _, c := range in {
		claims = append(claims, c.Claims...)
	}
	return nil, claims
}

func statements(c *graph.Comparison) (entities []*graph.Entity, claims []*graph.Claim) {
	for _, s := range c.Nodes {
		entities = append(entities, s.Subject)
		if s.Object != nil {
			entities = append(entities, s.Object)
		}
		claims = append(append(claims, s.Left...), s.Right...)
	}
	return entities, claims
}
