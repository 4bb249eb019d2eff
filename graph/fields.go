package graph

import "slices"

// RelationField is a relation as a typed field of one kind: forwards on the
// kinds of its domain, backwards on those of its range.
type RelationField struct {
	Name     string // convictedBy, convicted
	Relation *RelationKind
	Inverse  bool          // the entity is the object
	Kinds    []*EntityKind // kinds of the other end; nil: any, or none where the object is no entity
}

// Connection returns what the field's connection is of: the one kind of its
// other end; Entity where there are several; Claim where there is none at all.
func (f RelationField) Connection() string {
	switch {
	case f.Relation.Claims || f.Relation.Value != NoValue:
		return "Claim"
	case len(f.Kinds) == 1:
		return f.Kinds[0].Name
	}
	return "Entity"
}

// Fields returns the typed relation fields of a kind, in the order of the
// schema. A symmetric relation has one field, on both ends.
func (o *Ontology) Fields(k *EntityKind) []RelationField {
	var out []RelationField
	for _, r := range o.Relations {
		subject := covers(r.Domain, k)
		object := !r.Claims && r.Value == NoValue && covers(r.Range, k)
		switch {
		case r.Symmetric && (subject || object):
			out = append(out, RelationField{Name: r.Field, Relation: r, Kinds: union(r.Domain, r.Range)})
		case r.Symmetric:
		default:
			if subject {
				out = append(out, RelationField{Name: r.Field, Relation: r, Kinds: r.Range})
			}
			if object && r.Inverse != "" {
				out = append(out, RelationField{Name: r.InverseField, Relation: r, Inverse: true, Kinds: r.Domain})
			}
		}
	}
	return out
}

// covers tells whether a domain or range takes a kind; an empty one takes any.
func covers(kinds []*EntityKind, k *EntityKind) bool {
	return len(kinds) == 0 || slices.Contains(kinds, k)
}

// union joins two sets of kinds; an empty one is all.
func union(a, b []*EntityKind) []*EntityKind {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	out := slices.Clone(a)
	for _, k := range b {
		if !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}
