package loaders

import (
	"errors"
	"fmt"
	"slices"

	"github.com/tripartite-graph/tripartite/graph"
)

// ties hands over the claims of an entity: a link, or what its properties
// lead to. What has no place is noted.
func (f *ftmReader) ties(e *ftmLine) error {
	edge := f.mapping.edge(e.Schema)
	if edge != nil {
		return f.link(e, edge)
	}
	if e.kind == nil {
		return nil
	}
	for _, property := range sortedProperties(e.Properties) {
		if f.mapping.Names[property] != "" || property == f.titled(e) && len(e.Properties[property]) == 1 {
			continue
		}
		for _, value := range e.Properties[property] {
			if err := f.property(e, property, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// titled is the property that gave an entity its title, "" for a caption.
func (f *ftmReader) titled(e *ftmLine) string {
	title := f.title(e)
	for _, property := range f.mapping.Titles {
		if slices.Contains(e.Properties[property], title) {
			return property
		}
	}
	return ""
}

// property hands over a claim that an entity's property makes.
func (f *ftmReader) property(e *ftmLine, property, value string) error {
	for _, p := range f.mapping.Properties {
		relation := f.relation(p.Relation)
		if p.Property != property || relation == nil || !takes(relation.Domain, e.kind) {
			continue
		}
		object, kind, err := f.target(e, p, property, value)
		if err != nil {
			return err
		}
		if kind == nil {
			return nil
		}
		if takes(relation.Range, kind) {
			return f.claim(e, urn(ftmEntity, e.ID), relation, object, "", nil)
		}
	}
	f.note(e.line, 1, "%s.%s", e.Schema, property)
	return nil
}

// target returns what a property leads to, and its kind, nil where that is not
// in the file.
func (f *ftmReader) target(e *ftmLine, p ftmProperty, property, value string) (graph.Term, *graph.EntityKind, error) {
	if p.Country {
		id, err := f.country(e, value)
		return id, f.ontology.Kind(f.names.Term("Country")), err
	}
	other := f.entities[value]
	if other == nil || other.kind == nil {
		f.note(e.line, 1, "%s.%s to an entity that the file does not have", e.Schema, property)
		return "", nil, nil
	}
	return urn(ftmEntity, value), other.kind, nil
}

// relation returns a relation by its local name, nil for none.
func (f *ftmReader) relation(name string) *graph.RelationKind {
	return f.ontology.Relation(f.names.Term(name))
}

// takes tells whether a domain or a range has a kind; an empty one has all.
func takes(kinds []*graph.EntityKind, k *graph.EntityKind) bool {
	return len(kinds) == 0 || slices.Contains(kinds, k)
}

// ftmDetail is a qualifier of a claim.
type ftmDetail struct {
	predicate, value graph.Term
}

// link hands over a claim for each pair that a link ties.
func (f *ftmReader) link(e *ftmLine, edge *ftmEdge) error {
	relation := f.relation(edge.Relation)
	used := map[string]int{edge.Subject.Property: -1, edge.Object.Property: -1}
	subjects, err := f.ends(e, edge.Subject, relation, true)
	if err != nil {
		return err
	}
	objects, err := f.ends(e, edge.Object, relation, false)
	if err != nil {
		return err
	}
	if len(subjects) == 0 || len(objects) == 0 {
		f.rest(e, used)
		return nil
	}
	details, err := f.details(e, edge, used)
	if err != nil {
		return err
	}
	date := f.dates(e, relation, used)
	f.rest(e, used)
	for _, s := range subjects {
		for _, o := range objects {
			if err := f.claim(e, s, relation, o, date, details); err != nil {
				return err
			}
		}
	}
	return nil
}

// ends returns the entities at one end of a link, as far as the relation takes them.
func (f *ftmReader) ends(e *ftmLine, end ftmEnd, relation *graph.RelationKind, subject bool) ([]graph.Term, error) {
	kinds := relation.Range
	if subject {
		kinds = relation.Domain
	}
	var out []graph.Term
	for _, value := range e.Properties[end.Property] {
		if end.Kind != "" {
			id, err := f.named(e, end.Kind, value)
			if err != nil {
				return nil, err
			}
			out = append(out, id)
			continue
		}
		other := f.entities[value]
		switch {
		case other == nil:
			f.note(e.line, 1, "%s.%s to an entity that the file does not have", e.Schema, end.Property)
		case other.kind == nil || !takes(kinds, other.kind):
			f.note(e.line, 1, "%s.%s to an entity of the schema %s", e.Schema, end.Property, other.Schema)
		default:
			out = append(out, urn(ftmEntity, value))
		}
	}
	return out, nil
}

// details returns the qualifiers of a link. used counts how many values of
// each property were taken; -1 is all.
func (f *ftmReader) details(e *ftmLine, edge *ftmEdge, used map[string]int) ([]ftmDetail, error) {
	var out []ftmDetail
	filled := map[string]bool{}
	for _, q := range edge.Qualifiers {
		kind := f.ontology.Qualifier(f.names.Term(q.Name))
		for _, value := range e.Properties[q.Property] {
			term := graph.NewLiteral(value, "", "")
			if q.Kind != "" {
				var err error
				if term, err = f.named(e, q.Kind, value); err != nil {
					return nil, err
				}
			} else if q.Unit != "" {
				term = quantityOf(value, q.Unit)
			}
			if kind == nil || term == "" || filled[q.Name] && !kind.Repeatable {
				continue
			}
			filled[q.Name] = true
			used[q.Property]++
			out = append(out, ftmDetail{kind.IRI, term})
		}
	}
	return out, nil
}

// dates returns the date of a link.
func (f *ftmReader) dates(e *ftmLine, relation *graph.RelationKind, used map[string]int) string {
	first := func(property string) string {
		if values := e.Properties[property]; len(values) > 0 {
			return slices.Min(values)
		}
		return ""
	}
	state := relation.Aspect == graph.State
	start, end, day := first("startDate"), first("endDate"), first("date")
	date := ftmDate(state, start, end, day)
	if date == "" {
		return ""
	}
	interval := state && (start != "" || end != "") || day == ""
	for _, property := range []string{"startDate", "endDate"} {
		if interval && first(property) != "" {
			used[property] = 1
		}
	}
	if !interval {
		used["date"] = 1
	}
	return date
}

// rest notes the values of properties that were not taken.
func (f *ftmReader) rest(e *ftmLine, used map[string]int) {
	for _, property := range sortedProperties(e.Properties) {
		if n := used[property]; n >= 0 && n < len(e.Properties[property]) {
			f.note(e.line, len(e.Properties[property])-n, "%s.%s", e.Schema, property)
		}
	}
}

// stands says where a claim stands.
func (f *ftmReader) stands(e *ftmLine, id graph.Term, documents []graph.Term) error {
	if len(documents) == 1 {
		return f.evidence(e, id, documents)
	}
	file := urn(ftmDataset, f.dataset)
	if err := errors.Join(f.make(e, file, "Document", f.dataset), f.say(e, id, graph.WordEvidence, file)); err != nil {
		return err
	}
	for _, d := range documents {
		if err := f.say(e, id, graph.WordContext, d); err != nil {
			return err
		}
	}
	return nil
}

// claim hands over a claim of the entity's datasets. Of several it is not told
// which said what: they say it together, the file is the document, and they
// are its context.
func (f *ftmReader) claim(e *ftmLine, s graph.Term, relation *graph.RelationKind, o graph.Term, date string, details []ftmDetail) error {
	f.claims++
	id := graph.Term(fmt.Sprintf("_:claim%d", f.claims))
	if err := f.quad(e, s, relation.IRI, o, id); err != nil {
		return err
	}
	documents, err := f.sources(e)
	if err != nil {
		return err
	}
	for _, d := range f.datasets(e) {
		if err := f.say(e, id, graph.WordAssertedBy, urn(ftmPublisher, d)); err != nil {
			return err
		}
	}
	if err := f.stands(e, id, documents); err != nil {
		return err
	}
	if date != "" {
		if err := f.say(e, id, graph.WordDate, graph.NewLiteral(date, "", graph.TypeEDTF)); err != nil {
			return err
		}
	}
	for _, d := range details {
		if err := f.quad(e, id, d.predicate, d.value, ""); err != nil {
			return err
		}
	}
	return nil
}
