package documents

import (
	"context"
	"maps"
	"slices"

	"github.com/tripartite-graph/tripartite/graph"
)

// Coverage is how much of a document claims rest on.
type Coverage struct {
	Document   graph.Term
	Paragraphs int   // 0: the text is not at hand
	Claimed    []int // paragraphs that state a claim, sorted
	Claims     int   // that rest on the document
}

// Unclaimed lists the paragraphs that state no claim; none where the text is
// not at hand.
func (c Coverage) Unclaimed() []int {
	var out []int
	for n := 1; n <= c.Paragraphs; n++ {
		if _, claimed := slices.BinarySearch(c.Claimed, n); !claimed {
			out = append(out, n)
		}
	}
	return out
}

// Covered tells of every document that a claim rests on how much of it claims
// cover, in the order of the documents' IRIs. Context alone covers nothing.
func Covered(ctx context.Context, s graph.Snapshot, names graph.Names, library *Library) ([]Coverage, error) {
	claims := map[graph.Term]map[graph.Term]bool{}
	places := map[graph.Term][]place{}
	err := eachClaim(ctx, s, func(c *graph.ClaimRow) error {
		for _, e := range c.Evidence {
			if e.Context || !graph.Live(e.Recorded, s.Seq()) {
				continue
			}
			l, err := graph.ParseLocator(names, e.Locator)
			if err != nil {
				return err
			}
			if claims[l.Document] == nil {
				claims[l.Document] = map[graph.Term]bool{}
			}
			claims[l.Document][c.ID] = true
			places[l.Document] = append(places[l.Document], place{l, e.Locator, c.ID})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	texts, err := texts(ctx, s, library, slices.Concat(slices.Collect(maps.Values(places))...))
	if err != nil {
		return nil, err
	}
	var out []Coverage
	for _, document := range slices.Sorted(maps.Keys(places)) {
		c := Coverage{Document: document, Claims: len(claims[document]), Claimed: paragraphs(places[document])}
		if t := texts[document]; t != nil {
			c.Paragraphs = t.Paragraphs()
		}
		out = append(out, c)
	}
	return out, nil
}

// paragraphs lists the paragraphs of places, sorted, each once.
func paragraphs(places []place) []int {
	var out []int
	for _, p := range places {
		if p.Paragraph > 0 {
			out = append(out, p.Paragraph)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
