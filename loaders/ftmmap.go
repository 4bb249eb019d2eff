package loaders

import (
	_ "embed" // the mapping
	"encoding/json"
	"slices"
	"sync"
)

// ftmMapping says what of FollowTheMoney is what of the ontology. It is data:
// ftm.json.
type ftmMapping struct {
	Kinds      map[string]string   `json:"kinds"`    // schema → kind
	Schemata   map[string]string   `json:"schemata"` // kind → schema
	Is         map[string][]string `json:"is"`       // schema → those that it extends, Thing left out
	Titles     []string            `json:"titles"`   // properties that name an entity, the best first
	Names      map[string]string   `json:"names"`    // property → role of a name
	Roles      map[string]string   `json:"roles"`    // role of a name → property
	Properties []ftmProperty       `json:"properties"`
	Edges      []ftmEdge           `json:"edges"`
	Link       struct {
		Schema, Subject, Object string
	} `json:"link"` // of relations without a schema
	Note string `json:"note"` // schema of what is no link of two entities
}

// ftmProperty is a property that leads from an entity to another, or to a country.
type ftmProperty struct {
	Property, Relation string
	Country            bool
}

// ftmEdge is a schema that ties two entities.
type ftmEdge struct {
	Schema, Relation string
	Subject, Object  ftmEnd
	Qualifiers       []ftmQualifier
}

// ftmEnd is an end of a link: a property with ids, or, where a kind is given,
// with names of entities of that kind.
type ftmEnd struct {
	Property, Range, Kind string
}

// ftmQualifier is a property of a link: an entity of a kind, known by name; an
// amount in a unit; or a text.
type ftmQualifier struct {
	Property, Name, Unit, Kind string
}

//go:embed ftm.json
var ftmBytes []byte

// ftmMap returns the mapping.
var ftmMap = sync.OnceValue(func() *ftmMapping {
	var m ftmMapping
	if err := json.Unmarshal(ftmBytes, &m); err != nil {
		panic(err) // a test reads it
	}
	return &m
})

// edge returns the link of a schema, nil for none.
func (m *ftmMapping) edge(schema string) *ftmEdge {
	for i := range m.Edges {
		if m.Edges[i].Schema == schema {
			return &m.Edges[i]
		}
	}
	return nil
}

// extends tells whether a schema is another, or one that extends it.
func (m *ftmMapping) extends(schema, other string) bool {
	return schema == other || other == "Thing" || slices.Contains(m.Is[schema], other)
}

// The IRIs of what FollowTheMoney names by ids that are no IRIs.
const (
	ftmEntity    = "urn:ftm:entity:"
	ftmDataset   = "urn:ftm:dataset:"   // as a document
	ftmPublisher = "urn:ftm:publisher:" // as a speaker
	ftmCountry   = "urn:ftm:country:"
	ftmNamed     = "urn:ftm:named:" // known by its kind and name alone
)
