package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// asked tells whether the operation selects a field below the one that is
// being resolved, by the names on the way to it.
func asked(ctx context.Context, names ...string) bool {
	operation := graphql.GetOperationContext(ctx)
	fields := graphql.CollectFieldsCtx(ctx, nil)
	for depth, name := range names {
		var below []graphql.CollectedField
		for _, f := range fields {
			if f.Name == name {
				below = append(below, f)
			}
		}
		if len(below) == 0 {
			return false
		}
		if depth == len(names)-1 {
			return true
		}
		fields = nil
		for _, f := range below {
			fields = append(fields, graphql.CollectFields(operation, f.Selections, nil)...)
		}
	}
	return true
}
