package compiled

import (
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

func subgraphField(c *compilation, f *field) write[*model.Subgraph] {
	switch f.Name {
	case "nodes":
		return list(func(v *model.Subgraph) []*graph.Entity { return v.Subgraph.Nodes }, c.leaves(f))
	case "edges":
		return list(func(v *model.Subgraph) []*graph.SubgraphEdge { return v.Subgraph.Edges }, compileObject(c, "SubgraphEdge", f.sets, subgraphEdgeField).write)
	case "truncated":
		return truth(func(v *model.Subgraph) bool { return v.Truncated })
	case "omitted":
		return number(func(v *model.Subgraph) int { return v.Omitted })
	}
	return nil
}

func subgraphEdgeField(c *compilation, f *field) write[*graph.SubgraphEdge] {
	switch f.Name {
	case "source":
		return must(func(v *graph.SubgraphEdge) *graph.Entity { return v.Source }, c.leaves(f))
	case "relation":
		return text(func(v *graph.SubgraphEdge) string { return v.Relation.Enum })
	case "target":
		return must(func(v *graph.SubgraphEdge) *graph.Entity { return v.Target }, c.leaves(f))
	case "claims":
		return list(func(v *graph.SubgraphEdge) []*graph.Claim { return v.Claims }, c.claims(f))
	}
	return nil
}

func pathField(c *compilation, f *field) write[*model.Path] {
	switch f.Name {
	case "length":
		return number(func(v *model.Path) int { return v.Length })
	case "nodes":
		return list(func(v *model.Path) []*graph.Entity { return v.Path.Nodes }, c.leaves(f))
	case "hops":
		return list(func(v *model.Path) []*graph.Hop { return v.Path.Hops }, compileObject(c, "Hop", f.sets, hopField).write)
	}
	return nil
}

func hopField(c *compilation, f *field) write[*graph.Hop] {
	switch f.Name {
	case "source":
		return must(func(v *graph.Hop) *graph.Entity { return v.Source }, c.leaves(f))
	case "target":
		return must(func(v *graph.Hop) *graph.Entity { return v.Target }, c.leaves(f))
	case "claims":
		return list(func(v *graph.Hop) []*graph.Claim { return v.Claims }, c.claims(f))
	}
	return nil
}

// searchField leaves scores to gqlgen, which writes numbers with fractions in its own way.
func searchField(c *compilation, f *field) write[*model.SearchConnection] {
	switch f.Name {
	case "edges":
		return list(func(v *model.SearchConnection) []*graph.SearchEdge { return v.SearchConnection.Edges }, compileObject(c, "SearchEdge", f.sets, searchEdgeField).write)
	case "nodes":
		return list(func(v *model.SearchConnection) []*graph.Entity { return v.SearchConnection.Nodes }, c.leaves(f))
	case "pageInfo":
		info := c.pageInfo(f)
		return func(w *writer, v *model.SearchConnection) { info(w, &v.PageInfo) }
	case "totalCount":
		return number(func(v *model.SearchConnection) int { return v.TotalCount })
	}
	return nil
}

func searchEdgeField(c *compilation, f *field) write[*graph.SearchEdge] {
	switch f.Name {
	case "cursor":
		return text(func(v *graph.SearchEdge) string { return v.Cursor })
	case "node":
		return must(func(v *graph.SearchEdge) *graph.Entity { return v.Node }, c.leaves(f))
	case "matchedName":
		return func() write[*graph.SearchEdge] {
			name := compileObject(c, "Name", f.sets, nameField).write
			return func(w *writer, v *graph.SearchEdge) { name(w, v.MatchedName) }
		}()
	case "why":
		return text(func(v *graph.SearchEdge) string { return string(v.Why) })
	}
	return nil
}
