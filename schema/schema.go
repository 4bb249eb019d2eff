// Package schema holds the GraphQL schema, and reads the ontology out of it.
//
// ontology.graphql declares what may be said, api.graphql what may be asked;
// relations.graphql, the typed fields, is generated from the first.
package schema

//go:generate go run ./generate -root ..

import (
	"embed"

	"github.com/vektah/gqlparser/v2/ast"
)

//go:embed *.graphql
var files embed.FS

// ontologyFile is the file that declares kinds, relations and qualifiers.
const ontologyFile = "ontology.graphql"

// SDL returns the schema's files, in the order of their names.
func SDL() []*ast.Source {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // embedded: cannot fail
	}
	sources := make([]*ast.Source, len(entries))
	for i, e := range entries {
		sources[i] = source(e.Name())
	}
	return sources
}

// source returns one embedded file.
func source(name string) *ast.Source {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err) // embedded: cannot fail
	}
	return &ast.Source{Name: "schema/" + name, Input: string(text)}
}
