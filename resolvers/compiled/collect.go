package compiled

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// compilation is one operation under way.
type compilation struct {
	*Compiler
	refused bool // left to gqlgen
	fields  int
}

// maxFields bounds a plan: fragments within fragments, each for every kind,
// would make one without end.
const maxFields = 2000

// field is a field of the answer and all that is selected below it.
type field struct {
	*ast.Field
	sets []ast.SelectionSet
}

// all returns what is selected below the field.
func (f *field) all() ast.SelectionSet { return slices.Concat(f.sets...) }

// refuse leaves the operation to gqlgen.
func (c *compilation) refuse() { c.refused = true }

// collect returns the fields that selections ask of an object of a type, in
// the order of the answer, as the specification's CollectFields does.
func (c *compilation) collect(typeName string, sets []ast.SelectionSet) (out []*field) {
	for _, set := range sets {
		out = c.collectInto(out, typeName, set)
	}
	return out
}

func (c *compilation) collectInto(out []*field, typeName string, set ast.SelectionSet) []*field {
	for _, s := range set {
		if c.refused {
			return nil
		}
		switch s := s.(type) {
		case *ast.Field:
			c.admit(s.Directives)
			if at := slices.IndexFunc(out, func(f *field) bool { return f.Alias == s.Alias }); at >= 0 {
				out[at].sets = append(out[at].sets, s.SelectionSet)
			} else {
				out = append(out, &field{s, []ast.SelectionSet{s.SelectionSet}})
			}
		case *ast.InlineFragment:
			c.admit(s.Directives)
			if c.applies(s.TypeCondition, typeName) {
				out = c.collectInto(out, typeName, s.SelectionSet)
			}
		case *ast.FragmentSpread:
			c.admit(s.Directives)
			if c.applies(s.Definition.TypeCondition, typeName) {
				out = c.collectInto(out, typeName, s.Definition.SelectionSet)
			}
		}
	}
	return out
}

// admit counts a selection, and refuses directives.
func (c *compilation) admit(directives ast.DirectiveList) {
	if c.fields++; len(directives) > 0 || c.fields > maxFields {
		c.refuse()
	}
}

// applies tells whether a fragment is of objects of a type.
func (c *compilation) applies(condition, typeName string) bool {
	return condition == "" || condition == typeName || slices.Contains(c.Schema.Types[typeName].Interfaces, condition)
}

// named adds the types of entities that fragments of selections are of.
func (c *compilation) named(sets []ast.SelectionSet, to map[string]bool) map[string]bool {
	for _, set := range sets {
		for _, s := range set {
			condition, below := "", ast.SelectionSet(nil)
			switch s := s.(type) {
			case *ast.InlineFragment:
				condition, below = s.TypeCondition, s.SelectionSet
			case *ast.FragmentSpread:
				condition, below = s.Definition.TypeCondition, s.Definition.SelectionSet
			}
			if c.kinds[condition] {
				to[condition] = true
			}
			if c.fields++; c.fields > maxFields {
				c.refuse()
				return to
			}
			c.named([]ast.SelectionSet{below}, to)
		}
	}
	return to
}
