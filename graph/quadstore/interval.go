package quadstore

import (
	"slices"

	"github.com/tripartite-graph/tripartite/graph"
)

// Sets of sequences are kept as sorted intervals that do not touch.

// since is all sequences from one on.
func since(seq graph.Seq) []graph.Interval { return []graph.Interval{{From: seq, To: graph.Forever}} }

// union returns the sequences of both sets.
func union(a, b []graph.Interval) []graph.Interval {
	all := slices.Concat(a, b)
	slices.SortFunc(all, func(x, y graph.Interval) int {
		if x.From < y.From {
			return -1
		}
		return 1
	})
	var out []graph.Interval
	for _, i := range all {
		if n := len(out); n > 0 && i.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, i.To)
		} else if i.From < i.To {
			out = append(out, i)
		}
	}
	return out
}

// subtract returns the sequences of a that are not in b.
func subtract(a, b []graph.Interval) []graph.Interval {
	if len(b) == 0 {
		return a
	}
	var out []graph.Interval
	for _, i := range a {
		for _, hole := range b {
			if hole.To <= i.From || i.To <= hole.From {
				continue
			}
			if i.From < hole.From {
				out = append(out, graph.Interval{From: i.From, To: hole.From})
			}
			i.From = hole.To
		}
		if i.From < i.To {
			out = append(out, i)
		}
	}
	return out
}

// intersect returns the sequences that both sets have.
func intersect(a, b []graph.Interval) []graph.Interval {
	var out []graph.Interval
	for _, i := range a {
		for _, j := range b {
			if from, to := max(i.From, j.From), min(i.To, j.To); from < to {
				out = append(out, graph.Interval{From: from, To: to})
			}
		}
	}
	return out
}

// bounds returns the sequences at which one of the sets begins or ends, in order.
func bounds(sets ...[]graph.Interval) []graph.Seq {
	var out []graph.Seq
	for _, set := range sets {
		for _, i := range set {
			out = append(out, i.From, i.To)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
