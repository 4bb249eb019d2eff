package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tripartite-graph/tripartite/graph"
)

// inProcess are medians in microseconds of walks without a transport: by the
// reader, and by a plain array of neighbours.
type inProcess struct {
	TwoHops      float64 `json:"twoHops"`
	TwoHopsArray float64 `json:"twoHopsArray"`
	Path         float64 `json:"path"`
	PathArray    float64 `json:"pathArray"`
}

// walkRounds is how often each walk is made: the first round fills caches and is not counted.
const walkRounds = 3

// timeWalks asks Q2 and Q4 of the reader and of the array. One reader stands
// for all questions of one kind, as the array does.
func timeWalks(ctx context.Context, store graph.Store, o *graph.Ontology, w *workload) (t inProcess, err error) {
	a := newArray(w.adjacency())
	t.TwoHops, err = median(w.questions[2], func(q question) error {
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
