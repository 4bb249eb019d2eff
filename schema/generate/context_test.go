package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/schema"
)

// claimExample has one of each sort of value.
const claimExample = `{
  "@context": [%CONTEXT%, {"@base": "https://tripartite-graph.github.io/id/"}],
  "@graph": [
    {"@id": "person/a", "@type": "Person", "name": "Ada",
     "names": {"text": "A.", "role": "ALIAS", "evidence": "document/d/p1"}},
    {"@id": "claim/1", "@graph": {"@id": "person/a", "convicted-by": "court/c"},
     "asserted-by": "voice/v", "date": "2017-07", "duration": "P7Y", "amount": "≥ 600 KZT",
     "ordinal": 2, "negated": true, "outcome": "upheld", "role": "topic/witness",
     "act": ["reported-to", "topic/strike"], "reported-by-1": "union/u",
     "group": [{"ground": "late"}], "stance": "DENIED"}
  ]
}`

// claimExampleQuads are its quads, of which each line is part of one.
var claimExampleQuads = []string{
	`<ID/person/a> <NS#name> "Ada"@en .`,
	`<NS#role> "ALIAS" .`,
	`<NS#text> "A."@en .`,
	`<NS#evidence> <ID/document/d/p1> .`,
	`<ID/person/a> <NS#convicted-by> <ID/court/c> <ID/claim/1> .`,
	`<NS#asserted-by> <ID/voice/v> .`,
	`<NS#date> "2017-07"^^<http://id.loc.gov/datatypes/edtf> .`,
	`<NS#duration> "P7Y"^^<http://www.w3.org/2001/XMLSchema#duration> .`,
	`<NS#amount> "≥ 600 KZT"^^<NS#quantity> .`,
	`<NS#ordinal> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .`,
	`<NS#negated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .`,
	`<NS#outcome> "upheld" .`,
	`<NS#role> <ID/topic/witness> .`,
	`<NS#act> <NS#reported-to> .`,
	`<NS#act> <ID/topic/strike> .`,
	`<NS#reported-by-1> <ID/union/u> .`,
	`<NS#ground> "late"@en .`,
	`<NS#stance> "DENIED" .`,
}

func TestContextGivesTermsTheirTypes(t *testing.T) {
	o, err := schema.Ontology(graph.DefaultNames())
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Context json.RawMessage `json:"@context"`
	}
	if err := json.Unmarshal([]byte(jsonldContext(o)), &file); err != nil {
		t.Fatal(err)
	}
	var doc any
	text := strings.Replace(claimExample, "%CONTEXT%", string(file.Context), 1)
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	options := ld.NewJsonLdOptions("")
	options.Format = "application/n-quads"
	quads, err := ld.NewJsonLdProcessor().ToRDF(doc, options)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range claimExampleQuads {
		want = strings.NewReplacer("ID/", o.Names.Base, "NS#", o.Names.Vocabulary).Replace(want)
		if !strings.Contains(quads.(string), want) {
			t.Errorf("no quad with %s", want)
		}
	}
	if t.Failed() {
		t.Log(quads)
	}
}
