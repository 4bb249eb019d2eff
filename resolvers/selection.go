package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// step is a field and the type on which it is selected.
type step struct{ object, field string }

// asked tells whether the operation selects a field below the one that is
// being resolved, by the steps that lead to it.
func asked(ctx context.Context, steps ...step) bool {
	operation := graphql.GetOperationContext(ctx)
	sets := []ast.SelectionSet{graphql.GetFieldContext(ctx).Field.Selections}
	for _, s := range steps {
		var below []ast.SelectionSet
		found := false
		for _, set := range sets {
			for _, f := range graphql.CollectFields(operation, set, []string{s.object}) {
				if f.Name == s.field {
					found, below = true, append(below, f.Selections)
				}
			}
		}
		if !found {
			return false
		}
		sets = below
	}
	return true
}
