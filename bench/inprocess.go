package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tripartite-graph/tripartite/graph"
)

// inProcess are medians in microseconds of walks without a transport: by a
// walker or the reader, and by a plain array of neighbours.
type inProcess struct {
	TwoHops      float64 `json:"twoHops"`         // who is met, by places
	TwoHopsNamed float64 `json:"twoHopsEntities"` // with an entity of each, and a reader opened
	TwoHopsArray float64 `json:"twoHopsArray"`
	Path         float64 `json:"path"`
	PathArray    float64 `json:"pathArray"`
}

// walkRounds is how often each walk is made: the first round fills caches and is not counted.
const walkRounds = 3

// timeWalks asks Q2 and Q4 of the store and of the array. Two hops are walked
// from places as the array's are from numbers, by one walker for all questions.
func timeWalks(ctx context.Context, store graph.Store, o *graph.Ontology, w *workload) (t inProcess, err error) {
	a := newArray(w.adjacency())
	err = reading(ctx, store, o, func(r *graph.Reader) error {
		t.TwoHops, err = timeWalker(ctx, r, w)
		return err
	})
	if err != nil {
		return t, err
	}
	t.TwoHopsNamed, err = median(w.questions[2], func(q question) error {
		return reading(ctx, store, o, func(r *graph.Reader) error {
			found, err := r.Subgraph(ctx, graph.SubgraphQuery{Roots: []string{w.id(q.ID)}, Depth: 2, MaxNodes: graph.MaxSubgraphNodes, SkipClaims: true, SkipEdges: true})
			if err != nil {
				return err
			}
			return expect(q, len(found.Nodes)-1)
		})
	})
	if err != nil {
		return t, err
	}
	t.TwoHopsArray, err = median(w.questions[2], func(q question) error {
		return expect(q, a.hood(int32(number(q.ID)), 2))
	})
	if err != nil {
		return t, err
	}
	t.Path, err = median(w.questions[4], func(q question) error {
		return reading(ctx, store, o, func(r *graph.Reader) error {
			found, err := r.Paths(ctx, graph.PathQuery{From: w.id(q.A), To: w.id(q.B), MaxLength: longestPath, First: 1, SkipClaims: true})
			if err != nil || len(found) == 0 {
				return errors.Join(err, expect(q, -1))
			}
			return expect(q, found[0].Length)
		})
	})
	if err != nil {
		return t, err
	}
	t.PathArray, err = median(w.questions[4], func(q question) error {
		return expect(q, a.distance(int32(number(q.A)), int32(number(q.B)), longestPath))
	})
	return t, err
}

func timeWalker(ctx context.Context, r *graph.Reader, w *workload) (float64, error) {
	walker, err := r.Walker(ctx, nil)
	if err != nil {
		return 0, err
	}
	at := map[string]graph.Place{}
	for _, q := range w.questions[2] {
		if at[q.ID], err = walker.Find(ctx, w.id(q.ID)); err != nil {
			return 0, err
		}
	}
	return median(w.questions[2], func(q question) error {
		met, err := walker.Around(ctx, at[q.ID], 2)
		if err != nil {
			return err
		}
		return expect(q, len(met))
	})
}

func reading(ctx context.Context, store graph.Store, o *graph.Ontology, ask func(*graph.Reader) error) error {
	r, err := graph.NewReader(ctx, store, o, nil, 0)
	if err != nil {
		return err
	}
	return errors.Join(ask(r), r.Close())
}

func expect(q question, got int) error {
	if got != q.Want {
		return fmt.Errorf("%s%s %s: %d, must be %d", q.ID, q.A, q.B, got, q.Want)
	}
	return nil
}

// median returns the median time of an answer in microseconds.
func median(set []question, ask func(question) error) (float64, error) {
	var took []float64
	for round := range walkRounds {
		for _, q := range set {
			start := time.Now()
			if err := ask(q); err != nil {
				return 0, err
			}
			if round > 0 {
				took = append(took, float64(time.Since(start).Nanoseconds())/1000)
			}
		}
	}
	return quantile(took, .5), nil
}
