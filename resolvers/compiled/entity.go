package compiled

import (
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/exec"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// leaves compiles what is asked of entities that claims name and walks meet:
// what they are, and nothing that is looked up for them.
func (c *compilation) leaves(f *field) write[*graph.Entity] {
	one := c.entities(f, f.Definition.Type.Name(), true)
	return func(w *writer, e *graph.Entity) { w.entity(e, one) }
}

// entity writes an entity about which nothing is looked up; the schema allows no null here.
func (w *writer) entity(e *graph.Entity, one write[model.Base]) {
	if e == nil {
		w.fail()
		return
	}
	one(w, model.NewBase(w.request, e))
}

// must writes an entity that has to be there.
func must[T any](of func(T) *graph.Entity, one write[*graph.Entity]) write[T] {
	return func(w *writer, v T) { one(w, of(v)) }
}

// entities compiles what is asked of entities of a type: of one kind, or of an
// interface, where those kinds that fragments name are written in their own way.
func (c *compilation) entities(f *field, typeName string, leaf bool) write[model.Base] {
	of := entityField
	if leaf {
		of = leafField
	}
	if c.kinds[typeName] {
		return compileObject(c, typeName, f.sets, of).write
	}
	own := map[string]write[model.Base]{}
	for name := range c.named(f.sets, map[string]bool{}) {
		own[name] = compileObject(c, name, f.sets, of).write
	}
	others := compileObject(c, anyEntity, f.sets, of) // of the other kinds the interface's fields alone are asked
	if len(own) == 0 {
		return others.write
	}
	return func(w *writer, b model.Base) {
		if one := own[b.Kind().Name]; one != nil {
			one(w, b)
			return
		}
		others.write(w, b)
	}
}

// anyEntity is the interface of entities.
const anyEntity = "Entity"

// leafField is what is known of an entity that was read.
func leafField(c *compilation, f *field) write[model.Base] {
	switch f.Name {
	case "__typename":
		return text(func(b model.Base) string { return b.Kind().Name })
	case "id":
		return text(func(b model.Base) string { return b.ID })
	case "iri":
		return text(func(b model.Base) string { return b.IRI })
	case "kind":
		return text(func(b model.Base) string { return b.Kind().Enum })
	case "name":
		return text(func(b model.Base) string { return b.Name })
	case "names":
		names := compileObject(c, "Name", f.sets, nameField).write
		return list(func(b model.Base) []*graph.Name { return b.Entity.Names() }, names)
	case "description":
		return textOrNull(func(b model.Base) *string { return b.Description })
	case "unnamed":
		return truth(func(b model.Base) bool { return b.Unnamed })
	case "protected":
		return truth(func(b model.Base) bool { return b.Protected })
	case "mergedFrom":
		return list(func(b model.Base) []string { return b.MergedFrom }, (*writer).text)
	}
	return nil
}

func nameField(c *compilation, f *field) write[*graph.Name] {
	switch f.Name {
	case "text":
		return text(func(v *graph.Name) string { return v.Text })
	case "language":
		return textOrNull(func(v *graph.Name) *string { return v.Language })
	case "role":
		return text(func(v *graph.Name) string { return v.Role.String() })
	case "evidence":
		return list((*graph.Name).Evidence, c.evidence(f))
	}
	return nil
}

// entityField is what an entity of a list or a look-up is asked: the questions
// too that its level answers for all of it at once.
func entityField(c *compilation, f *field) write[model.Base] {
	switch f.Name {
	case "claims":
		return c.claimsOf(f)
	case "neighbors":
		return c.neighbors(f)
	case "relationCounts":
		return c.relationCounts(f)
	}
	if c.Typed[f.ObjectDefinition.Name][f.Name] {
		return c.related(f)
	}
	return leafField(c, f)
}

func (c *compilation) claimsOf(f *field) write[model.Base] {
	arguments, page := c.arguments(f, exec.EntityClaims), c.claimPage(f)
	return func(w *writer, b model.Base) {
		a := arguments(w)
		if w.failed {
			return
		}
		found, err := b.Claims(w.ctx, argument[[]graph.Role](a, "roles"), argument[[]*graph.RelationKind](a, "relations"), argument[*graph.View](a, "view"),
			argument[*graph.ClaimOrder](a, "orderBy"), argument[*int](a, "first"), argument[*string](a, "after"), argument[*int](a, "last"), argument[*string](a, "before"))
		answer(w, found, err, page)
	}
}

func (c *compilation) neighbors(f *field) write[model.Base] {
	arguments, page := c.arguments(f, exec.EntityNeighbors), c.page(f)
	return func(w *writer, b model.Base) {
		a := arguments(w)
		if w.failed {
			return
		}
		found, err := b.Neighbors(w.ctx, argument[[]graph.Role](a, "roles"), argument[[]*graph.RelationKind](a, "relations"), argument[[]*graph.EntityKind](a, "kinds"), argument[*graph.View](a, "view"),
			argument[*graph.NeighborOrder](a, "orderBy"), argument[*int](a, "first"), argument[*string](a, "after"), argument[*int](a, "last"), argument[*string](a, "before"))
		if err != nil {
			w.fail()
			return
		}
		page(w, found.Plain())
	}
}

// related compiles a typed relation field: its list is of entities or of claims.
func (c *compilation) related(f *field) write[model.Base] {
	arguments := c.arguments(f, exec.EntityRelated)
	var entities write[*model.Connection]
	var claims write[*model.ClaimConnection]
	if f.Definition.Type.Name() == "ClaimConnection" {
		claims = c.claimPage(f)
	} else {
		entities = c.page(f)
	}
	return func(w *writer, b model.Base) {
		a := arguments(w)
		if w.failed {
			return
		}
		found, err := b.Related(w.ctx, f.Name, argument[*graph.View](a, "view"),
			argument[*graph.NeighborOrder](a, "orderBy"), argument[*int](a, "first"), argument[*string](a, "after"), argument[*int](a, "last"), argument[*string](a, "before"))
		if err != nil {
			w.fail()
			return
		}
		switch found := found.(type) {
		case *model.ClaimConnection:
			claims(w, found)
		case interface{ Plain() *model.Connection }:
			entities(w, found.Plain())
		}
	}
}

func (c *compilation) relationCounts(f *field) write[model.Base] {
	arguments := c.arguments(f, exec.EntityRelationCounts)
	counts := list(func(in []graph.RelationCount) []graph.RelationCount { return in }, compileObject(c, "RelationCount", f.sets, relationCountField).write)
	return func(w *writer, b model.Base) {
		a := arguments(w)
		if w.failed {
			return
		}
		found, err := b.RelationCounts(w.ctx, argument[*graph.View](a, "view"))
		if err != nil {
			w.fail()
			return
		}
		counts(w, found)
	}
}

func relationCountField(_ *compilation, f *field) write[graph.RelationCount] {
	switch f.Name {
	case "relation":
		return text(func(v graph.RelationCount) string { return v.Relation.Enum })
	case "direction":
		return text(func(v graph.RelationCount) string { return v.Direction.String() })
	case "count":
		return number(func(v graph.RelationCount) int { return v.Count })
	case "claims":
		return number(func(v graph.RelationCount) int { return v.Claims })
	}
	return nil
}
