package model

import "github.com/tripartite-graph/tripartite/graph"

// RelationKindInfo is a relation kind, as the ontology declares it.
type RelationKindInfo struct {
	*graph.RelationKind
	ontology *graph.Ontology
}

// NewRelationKinds returns the relation kinds of an ontology.
func NewRelationKinds(o *graph.Ontology) []*RelationKindInfo {
	return convert(o.Relations, func(k *graph.RelationKind) *RelationKindInfo { return &RelationKindInfo{k, o} })
}

// Kind returns the kind itself.
func (i *RelationKindInfo) Kind() *graph.RelationKind { return i.RelationKind }

// Iri returns the relation's IRI.
func (i *RelationKindInfo) Iri() string { return bare(i.IRI) }

// Inverse returns the name of the relation read backwards, nil for none.
func (i *RelationKindInfo) Inverse() *string { return optional(i.RelationKind.Inverse) }

// InverseField returns the field of the relation read backwards, nil for none.
func (i *RelationKindInfo) InverseField() *string { return optional(i.RelationKind.InverseField) }

// Standard returns the nearest standard term, nil for none.
func (i *RelationKindInfo) Standard() *string { return optional(i.RelationKind.Standard) }

// Single returns the qualifiers of which one happening has one value.
func (i *RelationKindInfo) Single() []string { return append([]string{}, i.RelationKind.Single...) }

// Domain returns the kinds that may be the subject.
func (i *RelationKindInfo) Domain() []*graph.EntityKind { return i.any(i.RelationKind.Domain) }

// Range returns the kinds that may be the object, none where it is no entity.
func (i *RelationKindInfo) Range() []*graph.EntityKind {
	if i.Claims || i.RelationKind.Value != graph.NoValue {
		return []*graph.EntityKind{}
	}
	return i.any(i.RelationKind.Range)
}

// any spells out what an empty list of kinds stands for.
func (i *RelationKindInfo) any(kinds []*graph.EntityKind) []*graph.EntityKind {
	if len(kinds) == 0 {
		return i.ontology.Kinds
	}
	return kinds
}

// Value returns the type of the object, nil where it is no literal.
func (i *RelationKindInfo) Value() *graph.Datatype {
	if i.RelationKind.Value == graph.NoValue {
		return nil
	}
	return &i.RelationKind.Value
}

// Contradicts returns the relations that cannot hold together with this one.
func (i *RelationKindInfo) Contradicts() []*graph.RelationKind {
	return append([]*graph.RelationKind{}, i.ontology.Rivals(i.RelationKind)...)
}

// EntityKindInfo is a kind of entity, as the ontology declares it.
type EntityKindInfo struct{ *graph.EntityKind }

// NewEntityKinds returns the kinds of entities of an ontology.
func NewEntityKinds(o *graph.Ontology) []*EntityKindInfo {
	return convert(o.Kinds, func(k *graph.EntityKind) *EntityKindInfo { return &EntityKindInfo{k} })
}

// Kind returns the kind itself.
func (i *EntityKindInfo) Kind() *graph.EntityKind { return i.EntityKind }

// Iri returns the class' IRI.
func (i *EntityKindInfo) Iri() string { return bare(i.IRI) }

// Standard returns the nearest standard class, nil for none.
func (i *EntityKindInfo) Standard() *string { return optional(i.Exact) }

// QualifierKindInfo is a kind of detail, as the ontology declares it.
type QualifierKindInfo struct{ *graph.QualifierKind }

// NewQualifierKinds returns the kinds of details of an ontology.
func NewQualifierKinds(o *graph.Ontology) []*QualifierKindInfo {
	return convert(o.Qualifiers, func(k *graph.QualifierKind) *QualifierKindInfo { return &QualifierKindInfo{k} })
}

// Iri returns the qualifier's IRI.
func (i *QualifierKindInfo) Iri() string { return bare(i.IRI) }

// Values returns the choices.
func (i *QualifierKindInfo) Values() []string { return append([]string{}, i.QualifierKind.Values...) }

// bare takes the brackets off an IRI.
func bare(iri graph.Term) string { return string(iri[1 : len(iri)-1]) }
