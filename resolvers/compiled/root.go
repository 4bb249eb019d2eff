package compiled

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/exec"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// rootField compiles a field of Query.
func rootField(c *compilation, f *field) write[struct{}] {
	switch f.Name {
	case "entity":
		one := c.entities(f, anyEntity, false)
		return ask(c, f, exec.QueryEntity, func(ctx context.Context, a map[string]any) (model.Entity, error) {
			return c.Query.Entity(ctx, argument[graph.EntityLookup](a, "by"))
		}, func(w *writer, e model.Entity) { w.shell(e, one) })
	case "node":
		one := c.entities(f, f.Definition.Type.Name(), false)
		return ask(c, f, exec.QueryNode, func(ctx context.Context, a map[string]any) (model.Node, error) {
			return c.Query.Node(ctx, argument[string](a, "id"))
		}, func(w *writer, n model.Node) { w.shell(n, one) })
	case "entities":
		page := c.page(f)
		return ask(c, f, exec.QueryEntities, func(ctx context.Context, a map[string]any) (*model.EntityConnection, error) {
			return c.Query.Entities(ctx, argument[*graph.EntityFilter](a, "filter"), argument[*graph.EntityOrder](a, "orderBy"), argument[*graph.View](a, "view"),
				argument[*int](a, "first"), argument[*string](a, "after"), argument[*int](a, "last"), argument[*string](a, "before"))
		}, func(w *writer, found *model.EntityConnection) { page(w, found.Plain()) })
	case "claims":
		return ask(c, f, exec.QueryClaims, func(ctx context.Context, a map[string]any) (*model.ClaimConnection, error) {
			return c.Query.Claims(ctx, argument[*graph.ClaimFilter](a, "filter"), argument[*graph.View](a, "view"), argument[*graph.ClaimOrder](a, "orderBy"),
				argument[*int](a, "first"), argument[*string](a, "after"), argument[*int](a, "last"), argument[*string](a, "before"))
		}, c.claimPage(f))
	case "search":
		return ask(c, f, exec.QuerySearch, func(ctx context.Context, a map[string]any) (*model.SearchConnection, error) {
			return c.Query.Search(ctx, argument[string](a, "text"), argument[[]*graph.EntityKind](a, "kinds"), argument[*int](a, "first"), argument[*string](a, "after"))
		}, compileObject(c, "SearchConnection", f.sets, searchField).write)
	case "subgraph":
		return ask(c, f, exec.QuerySubgraph, func(ctx context.Context, a map[string]any) (*model.Subgraph, error) {
			return c.Query.Subgraph(ctx, argument[[]string](a, "roots"), argument[*int](a, "depth"), argument[[]graph.Role](a, "roles"), argument[[]*graph.RelationKind](a, "relations"),
				argument[[]*graph.EntityKind](a, "kinds"), argument[*graph.View](a, "view"), argument[*int](a, "maxNodes"))
		}, compileObject(c, "Subgraph", f.sets, subgraphField).write)
	case "paths":
		all := func(in []*model.Path) []*model.Path { return in }
		return ask(c, f, exec.QueryPaths, func(ctx context.Context, a map[string]any) ([]*model.Path, error) {
			return c.Query.Paths(ctx, argument[string](a, "from"), argument[string](a, "to"), argument[*int](a, "maxLength"), argument[*int](a, "first"),
				argument[[]*graph.RelationKind](a, "relations"), argument[[]string](a, "exclude"), argument[*graph.View](a, "view"))
		}, list(all, compileObject(c, "Path", f.sets, pathField).write))
	}
	return nil
}

// ask compiles a field that a resolver answers, which may look at what is selected below it.
func ask[T any](c *compilation, f *field, coerce exec.Coercion, resolve func(context.Context, map[string]any) (T, error), then write[T]) write[struct{}] {
	arguments := c.arguments(f, coerce)
	at := &graphql.FieldContext{Object: "Query", Field: graphql.CollectedField{Field: f.Field, Selections: f.all()}}
	return func(w *writer, _ struct{}) {
		a := arguments(w)
		if w.failed {
			return
		}
		found, err := resolve(graphql.WithFieldContext(w.ctx, at), a)
		answer(w, found, err, then)
	}
}

// answer writes what was found, or gives up.
func answer[T any](w *writer, found T, err error, then write[T]) {
	if err != nil {
		w.fail()
		return
	}
	then(w, found)
}

// shell writes an entity in its shell, null for none; anything else is left to gqlgen.
func (w *writer) shell(n model.Node, one write[model.Base]) {
	switch n := n.(type) {
	case nil:
		w.null()
	case interface{ Plain() model.Base }:
		one(w, n.Plain())
	default:
		w.fail()
	}
}

// arguments compiles the arguments of a field.
func (c *compilation) arguments(f *field, coerce exec.Coercion) func(*writer) map[string]any {
	return func(w *writer) map[string]any {
		a, err := coerce(w.ctx, f.ArgumentMap(w.variables))
		if err != nil {
			w.fail()
		}
		return a
	}
}

// argument returns one argument.
func argument[T any](all map[string]any, name string) T {
	v, _ := all[name].(T)
	return v
}
