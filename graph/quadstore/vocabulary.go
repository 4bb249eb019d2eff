package quadstore

import (
	"strings"

	"github.com/tripartite-graph/tripartite/graph"
)

// class is what a predicate makes of its quad.
type class uint8

const (
	unclassified class = iota
	foreign            // derives nothing
	statement          // a relation: the label is a claim
	about              // of our vocabulary: the label is a batch
)

// vocabulary knows the predicates that rows are derived from, by their nodes;
// a word that the store has never seen has the node 0.
type vocabulary struct {
	ontology *graph.Ontology
	terms    *dictionary
	classes  map[graph.NodeID]class

	kind, assertedBy, name, group, evidence, context graph.NodeID
	retracts, undoes, merges, into, clashes, summary graph.NodeID
}

func newVocabulary(o *graph.Ontology, terms *dictionary) (*vocabulary, error) {
	v := &vocabulary{ontology: o, terms: terms, classes: map[graph.NodeID]class{}}
	var err error
	if v.kind, err = terms.find(graph.RDFType); err != nil {
		return nil, err
	}
	for word, id := range map[string]*graph.NodeID{
		graph.WordAssertedBy: &v.assertedBy, graph.WordName: &v.name, graph.WordGroup: &v.group,
		graph.WordEvidence: &v.evidence, graph.WordContext: &v.context,
		graph.WordRetracts: &v.retracts, graph.WordUndoes: &v.undoes, graph.WordMerges: &v.merges,
		graph.WordInto: &v.into, graph.WordClashes: &v.clashes, graph.WordSummary: &v.summary,
	} {
		if *id, err = terms.find(o.Names.Term(word)); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// class returns what a predicate makes of its quad.
func (v *vocabulary) class(predicate graph.NodeID) (class, error) {
	if c := v.classes[predicate]; c != unclassified {
		return c, nil
	}
	t, err := v.terms.term(predicate)
	if err != nil {
		return foreign, err
	}
	c := foreign
	switch {
	case v.ontology.Relation(t) != nil:
		c = statement
	case t == graph.RDFType, v.ontology.Qualifier(t) != nil, strings.HasPrefix(string(t), "<"+v.ontology.Names.Vocabulary):
		c = about
	}
	v.classes[predicate] = c
	return c, nil
}
