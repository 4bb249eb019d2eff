package quadstore

import (
	"sync"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// symbols remembers which node stands for which kind, relation or qualifier.
// It is filled from committed terms alone, whose nodes never change.
type symbols struct {
	ids   sync.Map // graph.Term → graph.NodeID
	terms sync.Map // graph.NodeID → graph.Term
}

// id returns the node of a kind's IRI, 0 where the store has never seen it.
func (y *symbols) id(r pebble.Reader, iri graph.Term) (graph.NodeID, error) {
	if id, ok := y.ids.Load(iri); ok {
		return id.(graph.NodeID), nil
	}
	id, err := lookupID(r, iri)
	if id != 0 {
		y.ids.Store(iri, id)
	}
	return id, err
}

// term returns the IRI of a node that stands in a row as a kind, relation or qualifier.
func (y *symbols) term(r pebble.Reader, id graph.NodeID) (graph.Term, error) {
	if t, ok := y.terms.Load(id); ok {
		return t.(graph.Term), nil
	}
	t, err := lookupTerm(r, id)
	if err == nil {
		y.terms.Store(id, t)
	}
	return t, err
}

// relation returns the relation kind of a node, nil where the ontology has none.
func (s *snapshot) relation(id graph.NodeID) (*graph.RelationKind, error) {
	t, err := s.store.symbols.term(s.reader, id)
	if err != nil || s.store.options.Ontology == nil {
		return nil, err
	}
	return s.store.options.Ontology.Relation(t), nil
}

func (s *snapshot) kind(id graph.NodeID) (*graph.EntityKind, error) {
	t, err := s.store.symbols.term(s.reader, id)
	if err != nil || s.store.options.Ontology == nil {
		return nil, err
	}
	return s.store.options.Ontology.Kind(t), nil
}

func (s *snapshot) qualifier(id graph.NodeID) (*graph.QualifierKind, error) {
	t, err := s.store.symbols.term(s.reader, id)
	if err != nil || s.store.options.Ontology == nil {
		return nil, err
	}
	return s.store.options.Ontology.Qualifier(t), nil
}

// relationIDs returns the nodes of relation kinds, leaving out those that the
// store has never seen.
func (s *snapshot) relationIDs(kinds []*graph.RelationKind) ([]graph.NodeID, error) {
	out := make([]graph.NodeID, 0, len(kinds))
	for _, k := range kinds {
		id, err := s.store.symbols.id(s.reader, k.IRI)
		if err != nil {
			return nil, err
		}
		if id != 0 {
			out = append(out, id)
		}
	}
	return out, nil
}

// word returns the node of a word of the vocabulary, 0 where it was never used.
func (s *snapshot) word(word string) (graph.NodeID, error) {
	if s.store.options.Ontology == nil {
		return 0, nil
	}
	return s.store.symbols.id(s.reader, s.store.options.Ontology.Names.Term(word))
}
