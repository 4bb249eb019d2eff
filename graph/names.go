package graph

import "strings"

// The IRIs of our own data and vocabulary.
const (
	DefaultBase       = "https://tripartite-graph.github.io/id/"
	DefaultVocabulary = "https://tripartite-graph.github.io/ns#"
)

// Names turns IRIs into the ids that people see, and back: below Base the
// path alone, any other IRI whole.
type Names struct {
	Base       string // ends in / or #
	Vocabulary string
}

// DefaultNames returns the names of our own data.
func DefaultNames() Names { return Names{Base: DefaultBase, Vocabulary: DefaultVocabulary} }

// ID returns the id of an IRI term: person/larisa-kharkova.
func (n Names) ID(iri Term) string {
	s := strings.TrimSuffix(strings.TrimPrefix(string(iri), "<"), ">")
	return strings.TrimPrefix(s, n.Base)
}

// IRI returns the IRI term of an id: the inverse of ID. A string with a
// scheme is a foreign IRI, taken whole.
func (n Names) IRI(id string) Term {
	if scheme, _, ok := strings.Cut(id, ":"); ok && !strings.Contains(scheme, "/") {
		return Term("<" + id + ">")
	}
	return Term("<" + n.Base + id + ">")
}

// Term returns the IRI of a word of the vocabulary: Term("asserted-by").
func (n Names) Term(word string) Term { return Term("<" + n.Vocabulary + word + ">") }
