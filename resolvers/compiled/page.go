package compiled

import (
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// page compiles a list of entities.
func (c *compilation) page(f *field) write[*model.Connection] {
	return compileObject(c, f.Definition.Type.Name(), f.sets, pageField).write
}

func pageField(c *compilation, f *field) write[*model.Connection] {
	switch f.Name {
	case "edges":
		edges := compileObject(c, f.Definition.Type.Name(), f.sets, edgeField).write
		return list(func(v *model.Connection) []*model.Edge { return v.Page }, edges)
	case "nodes":
		one := c.entities(f, f.Definition.Type.Name(), false)
		return list(func(v *model.Connection) []*model.Edge { return v.Page }, func(w *writer, e *model.Edge) { one(w, e.Entity) })
	case "pageInfo":
		info := c.pageInfo(f)
		return func(w *writer, v *model.Connection) { info(w, v.PageInfo) }
	case "totalCount":
		return counted((*model.Connection).TotalCount)
	}
	return nil
}

func edgeField(c *compilation, f *field) write[*model.Edge] {
	switch f.Name {
	case "cursor":
		return text(func(v *model.Edge) string { return v.Cursor })
	case "node":
		one := c.entities(f, f.Definition.Type.Name(), false)
		return func(w *writer, v *model.Edge) { one(w, v.Entity) }
	case "claims":
		one := c.claims(f)
		return list(func(v *model.Edge) []*model.Claim { return v.Claims }, func(w *writer, v *model.Claim) { one(w, v.Claim) })
	}
	return nil
}

// claimPage compiles a list of claims.
func (c *compilation) claimPage(f *field) write[*model.ClaimConnection] {
	return compileObject(c, "ClaimConnection", f.sets, claimPageField).write
}

func claimPageField(c *compilation, f *field) write[*model.ClaimConnection] {
	switch f.Name {
	case "edges":
		return list(func(v *model.ClaimConnection) []*graph.ClaimEdge { return v.ClaimConnection.Edges }, compileObject(c, "ClaimEdge", f.sets, claimEdgeField).write)
	case "nodes":
		return list(func(v *model.ClaimConnection) []*graph.Claim { return v.ClaimConnection.Nodes }, c.claims(f))
	case "pageInfo":
		info := c.pageInfo(f)
		return func(w *writer, v *model.ClaimConnection) { info(w, &v.PageInfo) }
	case "totalCount":
		return counted((*model.ClaimConnection).TotalCount)
	case "undatedCount":
		return counted((*model.ClaimConnection).UndatedCount)
	case "withheldCount":
		return number((*model.ClaimConnection).WithheldCount)
	}
	return nil
}

func claimEdgeField(c *compilation, f *field) write[*graph.ClaimEdge] {
	switch f.Name {
	case "cursor":
		return text(func(v *graph.ClaimEdge) string { return v.Cursor })
	case "node":
		one := c.claims(f)
		return func(w *writer, v *graph.ClaimEdge) { one(w, v.Node) }
	}
	return nil
}

func (c *compilation) pageInfo(f *field) write[*graph.PageInfo] {
	return compileObject(c, "PageInfo", f.sets, func(_ *compilation, f *field) write[*graph.PageInfo] {
		switch f.Name {
		case "hasNextPage":
			return truth(func(v *graph.PageInfo) bool { return v.HasNextPage })
		case "hasPreviousPage":
			return truth(func(v *graph.PageInfo) bool { return v.HasPreviousPage })
		case "startCursor":
			return textOrNull(func(v *graph.PageInfo) *string { return v.StartCursor })
		case "endCursor":
			return textOrNull(func(v *graph.PageInfo) *string { return v.EndCursor })
		}
		return nil
	}).write
}
