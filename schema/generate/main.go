// Command generate writes what follows from the ontology and the API's schema:
// the types of entities and their typed relation fields (SDL), their Go
// models, gqlgen's executor, the published vocabulary, and the JSON-LD context.
//
// It is run by go generate, in the folder of the schema.
package main

import (
	"flag"
	"log"
	"os"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/tripartite-graph/tripartite/schema"
)

func main() {
	log.SetFlags(0)
	root := flag.String("root", "..", "folder of the module")
	flag.Parse()
	if err := os.Chdir(*root); err != nil {
		log.Fatal(err)
	}
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

// run writes every generated file, in the folder of the module. It reads the
// schema from there, not from what is embedded in this program.
func run() error {
	files, err := generatedFiles()
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := f.write(); err != nil {
			return err
		}
	}
	ontology, err := readOntology()
	if err != nil {
		return err
	}
	cfg, err := config.LoadConfig("gqlgen.yml")
	if err != nil {
		return err
	}
	if err := api.Generate(cfg, api.AddPlugin(&relatedPlugin{ontology: ontology})); err != nil {
		return err
	}
	return turnLists("resolvers/exec")
}

// file is a file to write.
type file struct{ name, text string }

// write leaves a file alone that is right already: make takes what is newer
// than the pages for a reason to build them again.
func (f file) write() error {
	if old, err := os.ReadFile(f.name); err == nil && string(old) == f.text {
		return nil
	}
	return os.WriteFile(f.name, []byte(f.text), 0o644)
}

// generatedFiles returns the files that are written here; gqlgen writes the others.
func generatedFiles() ([]file, error) {
	ontology, err := readOntology()
	if err != nil {
		return nil, err
	}
	fields, err := entityFields("schema/api.graphql")
	if err != nil {
		return nil, err
	}
	return []file{
		{"schema/kinds.graphql", kindsSDL(ontology, fields)},
		{"schema/relations.graphql", relationsSDL(ontology)},
		{"schema/vocabulary.ttl", vocabulary(ontology)},
		{"seed/context.jsonld", jsonldContext(ontology)},
		{"resolvers/model/kinds.gen.go", modelsGo(ontology)},
	}, nil
}

// readOntology reads the ontology of the module that is worked on.
func readOntology() (*graph.Ontology, error) {
	const name = "schema/ontology.graphql"
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return schema.ParseOntology(graph.DefaultNames(), &ast.Source{Name: name, Input: string(text)})
}

// entityFields returns the fields of the interface Entity as they are written
// in the API's schema: every kind has them.
func entityFields(name string) (string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	doc, err := parser.ParseSchema(&ast.Source{Name: name, Input: string(text)})
	if err != nil {
		return "", err
	}
	entity := doc.Definitions.ForName("Entity")
	if entity == nil {
		return "", graph.Errorf(graph.CodeInvalid, "%s declares no interface Entity", name)
	}
	return bodyOf(string(text), entity), nil
}
