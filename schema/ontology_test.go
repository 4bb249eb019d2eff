package schema

import (
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/vektah/gqlparser/v2/ast"
)

func TestOntologyOfSchema(t *testing.T) {
	o, err := Ontology(graph.DefaultNames())
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Kinds) != 17 {
		t.Errorf("%d kinds of entities, want 17", len(o.Kinds))
	}
	r := o.Relation(o.Names.Term("convicted-by"))
	if r == nil || r.Field != "convictedBy" || r.InverseField != "convicted" || r.Aspect != graph.Happening {
		t.Errorf("convicted-by is %+v", r)
	}
	if q := o.Qualifier(o.Names.Term("legalBasis")); q == nil || q.Type != graph.EntityValue || !q.Repeatable {
		t.Errorf("legalBasis is %+v", q)
	}
	if k := o.Kind(o.Names.Term("IloBody")); k == nil || k.Slug != "ilo-body" || k.List != "iloBodies" {
		t.Errorf("IloBody is %+v", k)
	}
}

func TestEverythingIsDescribed(t *testing.T) {
	o, err := Ontology(graph.DefaultNames())
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range o.Kinds {
		described(t, k.Enum, k.Description)
	}
	for _, r := range o.Relations {
		described(t, r.Enum, r.Description)
	}
	for _, q := range o.Qualifiers {
		described(t, q.Name, q.Description)
	}
}

func described(t *testing.T, name, description string) {
	t.Helper()
	if !strings.HasSuffix(strings.TrimRight(description, "…"), ".") && !strings.ContainsAny(description, ":…;") {
		t.Errorf("%s: %q is no sentence", name, description)
	}
}

func TestOntologyErrorsNameTheLine(t *testing.T) {
	base, _ := files.ReadFile(ontologyFile)
	tests := map[string]struct{ line, want string }{
		"no directive":   {`X`, "lacks @relation"},
		"no field":       {`X @relation(iri: "x")`, "needs field"},
		"unknown kind":   {`X @relation(iri: "x", field: "x", domain: [ROBOT])`, "no EntityKind"},
		"unknown detail": {`X @relation(iri: "x", field: "x", single: ["size"])`, `no qualifier "size"`},
		"second name":    {`X @relation(iri: "leads", field: "x")`, "declared already"},
		"second field":   {`X @relation(iri: "x", field: "leads")`, "declared already"},
		"half inverse":   {`X @relation(iri: "x", field: "x", inverse: "y")`, "go together"},
		"odd argument":   {`X @relation(iri: "x", field: "x", colour: "red")`, `no argument "colour"`},
		"value's range":  {`X @relation(iri: "x", field: "x", value: TEXT, range: [LAW])`, "neither inverse nor range"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(string(base), "enum RelationKind {\n", "enum RelationKind {\n"+tt.line+"\n", 1)
			_, err := ParseOntology(graph.DefaultNames(), &ast.Source{Name: "x.graphql", Input: text})
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "x.graphql:") {
				t.Errorf("got %v, want one that says %q and names the line", err, tt.want)
			}
		})
	}
}
