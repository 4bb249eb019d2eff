// Package exec is the generated executor of the schema, and what it lends.
package exec

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// workers is how many elements of a list are written at once, where they ask
// the store; see worker_limit in gqlgen.yml.
const workers = 64

// marshalSlice writes a list: one element after the other where nothing below
// is looked up, else all at once, so that loaders answer them together.
func marshalSlice(ctx context.Context, sel ast.SelectionSet, n int, element func(context.Context, int) graphql.Marshaler) graphql.Array {
	if asksStore(sel) {
		return graphql.MarshalSliceConcurrently(ctx, n, workers, false, element)
	}
	out := make(graphql.Array, n)
	for i := range n {
		if !marshalElement(ctx, out, i, element) {
			return nil
		}
	}
	return out
}

// marshalElement writes one element; false where that panicked, which the
// answer's errors tell.
func marshalElement(ctx context.Context, out graphql.Array, i int, element func(context.Context, int) graphql.Marshaler) (ok bool) {
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i})
	defer func() {
		if r := recover(); r != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, r))
			ok = false
		}
	}()
	out[i] = element(ctx, i)
	return true
}

// asksStore tells whether some field of a selection may be looked up.
func asksStore(sel ast.SelectionSet) bool {
	for _, s := range sel {
		switch s := s.(type) {
		case *ast.Field:
			if lookUps[s.Name] || asksStore(s.SelectionSet) {
				return true
			}
		case *ast.InlineFragment:
			if asksStore(s.SelectionSet) {
				return true
			}
		case *ast.FragmentSpread:
			if asksStore(s.Definition.SelectionSet) {
				return true
			}
		}
	}
	return false
}
