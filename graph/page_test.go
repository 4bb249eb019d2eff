package graph_test

import (
	"context"
	"errors"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
)

// TestCursorOfAnotherList: a place in one sort of list is none in another, and
// is refused, never taken for some place; another order of the same list is fine.
func TestCursorOfAnotherList(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	d.must(input("things.yaml", things), input("sayings.yaml", sayings))
	r, err := graph.NewReader(ctx, d.store, d.ontology, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}()
	two := 2
	entities, err := r.ListEntities(ctx, graph.EntityQuery{Page: graph.Paging{First: &two}})
	if err != nil {
		t.Fatal(err)
	}
	after := graph.Paging{First: &two, After: entities.PageInfo.EndCursor}
	_, err = r.ListClaims(ctx, graph.ClaimQuery{Page: after})
	var e *graph.Error
	if !errors.As(err, &e) || e.Code != graph.CodeInvalid {
		t.Errorf("claims after an entity: %v, want a refusal", err)
	}
	if more, err := r.ListEntities(ctx, graph.EntityQuery{Page: after}); err != nil || len(more.Edges) != 2 || !more.PageInfo.HasPreviousPage {
		t.Errorf("the next entities: %+v, %v", more, err)
	}
}
