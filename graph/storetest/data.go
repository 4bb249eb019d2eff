package storetest

import (
	"fmt"

	"github.com/tripartite-graph/tripartite/graph"
)

var names = graph.DefaultNames()

// Ontology returns a small ontology with one relation of each sort.
func Ontology() *graph.Ontology {
	kind := func(name, slug string) *graph.EntityKind {
		return &graph.EntityKind{Name: name, Slug: slug, IRI: names.Term(name)}
	}
	person, union, court := kind("Person", "person"), kind("Union", "union"), kind("Court", "court")
	law, event, document := kind("Law", "law"), kind("Event", "event"), kind("Document", "document")
	relation := func(r graph.RelationKind) *graph.RelationKind {
		r.IRI = names.Term(r.Name)
		return &r
	}
	qualifier := func(name string, t graph.Datatype) *graph.QualifierKind {
		return &graph.QualifierKind{Name: name, IRI: names.Term(name), Type: t}
	}
	return graph.NewOntology(names,
		[]*graph.EntityKind{person, union, court, law, event, document},
		[]*graph.RelationKind{
			relation(graph.RelationKind{Name: "affiliated-with", Domain: []*graph.EntityKind{union}, Range: []*graph.EntityKind{union}, Aspect: graph.State}),
			relation(graph.RelationKind{Name: "convicted-by", Domain: []*graph.EntityKind{person}, Range: []*graph.EntityKind{court}, Single: []string{"sentence"}}),
			relation(graph.RelationKind{Name: "has-members", Domain: []*graph.EntityKind{union}, Value: graph.QuantityValue, Aspect: graph.State}),
			relation(graph.RelationKind{Name: "disputes", Claims: true}),
		},
		[]*graph.QualifierKind{
			qualifier("legalBasis", graph.EntityValue),
			qualifier("sentence", graph.DurationValue),
			qualifier("about", graph.RelationValue),
		})
}

// iri returns the IRI of an id.
func iri(id string) graph.Term { return names.IRI(id) }

// word returns the IRI of a word of the vocabulary.
func word(w string) graph.Term { return names.Term(w) }

func text(s, language string) graph.Term { return graph.NewLiteral(s, language, "") }

func edtf(s string) graph.Term { return graph.NewLiteral(s, "", graph.TypeEDTF) }

// claim is a claim to be written as quads.
type claim struct {
	id, subject, relation, object string
	value                         graph.Term // in place of object
	voices                        []string
	document                      string
	more                          [][2]graph.Term // further predicates and objects
}

// quads writes the claim as a batch brings it.
func (c claim) quads(batch string) []graph.Quad {
	object := c.value
	if object == "" {
		object = iri(c.object)
	}
	id, b := iri("claim/"+c.id), iri("batch/"+batch)
	out := []graph.Quad{
		{Subject: iri(c.subject), Predicate: word(c.relation), Object: object, Label: id},
		{Subject: id, Predicate: word(graph.WordEvidence), Object: iri(c.document), Label: b},
	}
	for _, v := range c.voices {
		out = append(out, graph.Quad{Subject: id, Predicate: word(graph.WordAssertedBy), Object: iri(v), Label: b})
	}
	for _, m := range c.more {
		out = append(out, graph.Quad{Subject: id, Predicate: m[0], Object: m[1], Label: b})
	}
	return out
}

// entity writes an entity with its names, the preferred one first.
func entity(batch, id, kind string, spellings ...string) []graph.Quad {
	b := iri("batch/" + batch)
	out := []graph.Quad{{Subject: iri(id), Predicate: graph.RDFType, Object: word(kind), Label: b}}
	for i, s := range spellings {
		if i == 0 {
			out = append(out, graph.Quad{Subject: iri(id), Predicate: word(graph.WordName), Object: text(s, "en"), Label: b})
			continue
		}
		node := iri(fmt.Sprintf("%s#n-%d", id, i))
		out = append(out,
			graph.Quad{Subject: iri(id), Predicate: word(graph.WordName), Object: node, Label: b},
			graph.Quad{Subject: node, Predicate: word(graph.WordText), Object: text(s, "en"), Label: b},
			graph.Quad{Subject: node, Predicate: word(graph.WordRole), Object: text("ALIAS", ""), Label: b},
			graph.Quad{Subject: node, Predicate: word(graph.WordEvidence), Object: iri("document/letter/p1"), Label: b})
	}
	return out
}

// act writes a retraction, an undoing or a merge in a batch of its own.
func act(id string, pairs ...graph.Term) []graph.Quad {
	var out []graph.Quad
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, graph.Quad{Subject: iri(id), Predicate: pairs[i], Object: pairs[i+1], Label: iri("batch/of-" + id)})
	}
	return out
}

// Generate calls yield with the quads of n claims, five each, about n/4
// persons, n/20 unions and their documents, as a real load would bring them.
func Generate(n int, batch string, yield func([]graph.Quad)) {
	for i := range n/4 + 1 {
		yield(entity(batch, fmt.Sprintf("person/p%d", i), "Person", fmt.Sprintf("Person Number %d", i)))
	}
	for i := range n/20 + 1 {
		yield(entity(batch, fmt.Sprintf("union/u%d", i), "Union", fmt.Sprintf("Union Number %d", i)))
	}
	for i := range n {
		c := claim{
			id: fmt.Sprintf("1-%s-%d", batch, i), voices: []string{fmt.Sprintf("union/u%d", i%(n/20+1))},
			document: fmt.Sprintf("document/d%d/p%d", i/100, i%100+1),
			more:     [][2]graph.Term{{word(graph.WordDate), edtf(fmt.Sprintf("%d-%02d", 1990+i%30, i%12+1))}},
		}
		if i%2 == 0 {
			c.subject, c.relation, c.object = fmt.Sprintf("person/p%d", i/4), "convicted-by", fmt.Sprintf("court/c%d", i%50)
		} else {
			c.subject, c.relation, c.object = fmt.Sprintf("union/u%d", i%(n/20+1)), "affiliated-with", fmt.Sprintf("union/u%d", (i*7)%(n/20+1))
		}
		yield(c.quads(batch))
	}
}
