package main

import (
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/vektah/gqlparser/v2/ast"
)

// relatedPlugin writes the bodies of the fields that list each kind, and gives
// gqlgen one hidden field for each kind, through which every typed relation
// field is resolved: there are two thousand of those, and an executor with a
// function for each would be 300,000 lines. The fields themselves stand in
// relations.graphql, which gqlgen does not see; the resolvers rewrite them (see
// resolvers/relations.go).
type relatedPlugin struct{ ontology *graph.Ontology }

// Name names the plugin in gqlgen's messages.
func (*relatedPlugin) Name() string { return "related" }

// InjectSourcesEarly adds the hidden fields, and an interface over all connections that they return.
//
//nolint:unparam // the error is part of gqlgen's interface
func (p *relatedPlugin) InjectSourcesEarly() ([]*ast.Source, error) {
	var b strings.Builder
	b.WriteString("interface Related { pageInfo: PageInfo! }\n")
	for _, name := range append(kindNames(p.ontology), "Entity", "Claim") {
		fmt.Fprintf(&b, "extend type %sConnection implements Related\n", name)
	}
	for _, name := range kindNames(p.ontology) {
		fmt.Fprintf(&b, "extend type %s {\n  related(field: String!, view: View, orderBy: NeighborOrder, first: Int = 20, after: String, last: Int, before: String): Related!\n}\n", name)
	}
	return []*ast.Source{{Name: "related.graphql", Input: b.String()}}, nil
}

// kindNames returns the names of the types of entities.
func kindNames(o *graph.Ontology) []string {
	names := make([]string, len(o.Kinds))
	for i, k := range o.Kinds {
		names[i] = k.Name
	}
	return names
}

// Implement writes the body of a resolver: that of a field of Query that lists
// a kind is always the same; any other stays as it was written. A field that is new
// to the API gets one that says so when it is asked, until somebody writes it.
func (p *relatedPlugin) Implement(previous string, field *codegen.Field) string {
	for _, k := range p.ontology.Kinds {
		if field.Object.Name == "Query" && field.Name == k.List {
			return fmt.Sprintf("return listed[*model.%sConnection](ctx, %q, filter, orderBy, view, model.Paging(first, after, last, before))",
				k.Name, k.Enum)
		}
	}
	if previous != "" {
		return previous
	}
	return fmt.Sprintf("panic(%q)", field.Object.Name+"."+field.Name+" has no resolver: write it here")
}
