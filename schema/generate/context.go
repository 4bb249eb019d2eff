package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tripartite-graph/tripartite/graph"
)

const xsd = "http://www.w3.org/2001/XMLSchema#"

// term is one entry of the JSON-LD context.
type term struct {
	name       string
	definition any
}

// definition is an expanded term definition of JSON-LD 1.1.
type definition struct {
	ID       string         `json:"@id"`
	Type     string         `json:"@type,omitempty"`
	Language string         `json:"@language,omitempty"`
	Context  map[string]any `json:"@context,omitempty"`
}

// jsonldContext writes the context in which claims are written as JSON-LD and YAML-LD.
func jsonldContext(o *graph.Ontology) string {
	terms := []term{
		{"@version", 1.1},
		{"@vocab", o.Names.Vocabulary},
		{"ns", definition{ID: o.Names.Vocabulary}},
		{"id", definition{ID: o.Names.Base}},
	}
	seen := map[string]bool{}
	for _, k := range o.Kinds {
		terms = append(terms, term{k.Name, definition{ID: iri(k.IRI)}})
	}
	for _, r := range o.Relations {
		seen[r.Name] = true
		terms = append(terms, term{r.Name, definitionOf(o, r.IRI, relationType(r))})
	}
	for _, q := range o.Qualifiers {
		seen[q.Name] = true
		terms = append(terms, term{q.Name, definitionOf(o, q.IRI, q.Type)})
	}
	for _, w := range vocabularyWords {
		if !seen[w.name] {
			terms = append(terms, term{w.name, w.definition(o)})
		}
	}
	return contextJSON(append(terms, term{"names", nameDefinition(o)}))
}

// relationType is the type of a relation's object.
func relationType(r *graph.RelationKind) graph.Datatype {
	if r.Value != graph.NoValue {
		return r.Value
	}
	return graph.EntityValue
}

// definitionOf defines a term by the type of its values.
func definitionOf(o *graph.Ontology, name graph.Term, t graph.Datatype) definition {
	d := definition{ID: iri(name)}
	switch t {
	case graph.EntityValue:
		d.Type = "@id"
	case graph.RelationValue:
		// A relation by its name, or else an entity by its id.
		d.Type = "@vocab"
		d.Context = map[string]any{"@vocab": o.Names.Base}
	case graph.QuantityValue:
		d.Type = graph.TypeQuantity
	case graph.DateValue:
		d.Type = graph.TypeEDTF
	case graph.DurationValue:
		d.Type = xsd + "duration"
	case graph.IntegerValue:
		d.Type = xsd + "integer"
	case graph.BooleanValue:
		d.Type = xsd + "boolean"
	case graph.TextValue:
		d.Language = "en"
	}
	return d
}

// nameDefinition defines names: nodes of a spelling, its role (which outside
// of a name is a qualifier) and its evidence.
func nameDefinition(o *graph.Ontology) definition {
	return definition{
		ID: iri(o.Names.Term(graph.WordName)),
		Context: map[string]any{
			graph.WordRole: definition{ID: iri(o.Names.Term(graph.WordRole))},
		},
	}
}

// iri returns the IRI of a term without its brackets.
func iri(t graph.Term) string { return strings.Trim(string(t), "<>") }

// contextJSON writes one term a line, in the order given.
func contextJSON(terms []term) string {
	var b strings.Builder
	b.WriteString("{\n  \"@context\": {\n")
	for i, t := range terms {
		value, err := json.Marshal(t.definition)
		if err != nil {
			panic(err) // strings and maps of strings: cannot fail
		}
		comma := ","
		if i == len(terms)-1 {
			comma = ""
		}
		fmt.Fprintf(&b, "    %q: %s%s\n", t.name, value, comma)
	}
	b.WriteString("  }\n}\n")
	return b.String()
}
