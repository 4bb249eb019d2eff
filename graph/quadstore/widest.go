package quadstore

import (
	"context"

	"github.com/tripartite-graph/tripartite/graph"
)

// anyWidth is a width from which on dates are not told apart: a reader gains
// nothing by knowing that a relation has dates of more than ten years.
const anyWidth = 3660

// WidestDate returns how many days a date of a relation spans at most. It is
// counted once, and again after a commit that has a wider one.
func (s *snapshot) WidestDate(ctx context.Context, kind *graph.RelationKind) (graph.Day, error) {
	relations, err := s.relationIDs([]*graph.RelationKind{kind})
	if err != nil || len(relations) == 0 {
		return 0, err
	}
	if widest, ok := s.caches.widest.get(relations[0], s.latest, &s.caches.changed); ok {
		return widest, nil
	}
	widest := graph.Day(0)
	err = scan(s.reader, idKey(nil, tableRelations, relations[0]), func(_, value []byte) (bool, error) {
		widest = max(widest, readWidth(value))
		return widest < graph.MaxDay, ctx.Err()
	})
	if err == nil {
		s.caches.widest.put(relations[0], s.latest, widest, 0)
	}
	return widest, err
}

// readWidth returns how many days the date of a relation's row spans: 0
// without one, MaxDay for more than anyWidth.
func readWidth(value []byte) graph.Day {
	d := readRow(value)
	d.id()
	d.id()
	var c columns
	d.days(&c)
	width := int64(c.High) - int64(c.Low)
	switch {
	case !c.Dated:
		return 0
	case width > anyWidth:
		return graph.MaxDay
	}
	return graph.Day(width)
}
