package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/tripartite-graph/tripartite/graph"
)

// Limits bound what one GraphQL request may ask. The zero value of a field is
// its default.
type Limits struct {
	Tokens     int // of the document; 2,000
	QueryBytes int // of the document; 64 KiB
	BodyBytes  int // of the whole request; 16 MiB, since imports are sent in it
	Repeats    int // of one response name in one selection; 20
	Depth      int // of nested fields, those of introspection left out; 24
	Fields     int // after fragments are spread; 5,000
	Cost       int // fields times what they may return at most; 500,000
}

func (l Limits) withDefaults() Limits {
	for _, field := range []struct {
		value    *int
		standard int
	}{
		{&l.Tokens, 2000}, {&l.QueryBytes, 64 << 10}, {&l.BodyBytes, 16 << 20}, {&l.Repeats, 20},
		{&l.Depth, 24}, {&l.Fields, 5000}, {&l.Cost, 500_000},
	} {
		if *field.value == 0 {
			*field.value = field.standard
		}
	}
	return l
}

// bounds refuses what would cost too much, in the order of what it costs to
// find out: bytes, tokens and repeated names before the document is validated
// (which takes the square of the repetitions); then depth, number of fields
// and cost in one walk, which measures a fragment once however often it is spread
// (a count of complexity that follows every spread takes exponential time).
type bounds struct {
	limits  Limits
	schema  graphql.ExecutableSchema
	checked graphql.Cache[bool] // documents that passed before validation
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
} = (*bounds)(nil)

func newBounds(limits Limits) *bounds { return &bounds{limits: limits, checked: lru.New[bool](500)} }

// ExtensionName implements graphql.HandlerExtension.
func (*bounds) ExtensionName() string { return "Bounds" }

// Validate implements graphql.HandlerExtension.
func (b *bounds) Validate(schema graphql.ExecutableSchema) error {
	b.schema = schema
	return nil
}

// MutateOperationParameters checks the document before it is validated.
func (b *bounds) MutateOperationParameters(ctx context.Context, request *graphql.RawParams) *gqlerror.Error {
	if _, ok := b.checked.Get(ctx, request.Query); ok {
		return nil
	}
	if n := len(request.Query); n > b.limits.QueryBytes {
		return tooMuch("the document has %d bytes, of at most %d", n, b.limits.QueryBytes)
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: request.Query}, b.limits.Tokens)
	if err != nil {
		return parseError(err, b.limits.Tokens)
	}
	for _, operation := range doc.Operations {
		if err := b.checkRepeats(operation.SelectionSet); err != nil {
			return err
		}
	}
	for _, fragment := range doc.Fragments {
		if err := b.checkRepeats(fragment.SelectionSet); err != nil {
			return err
		}
	}
	b.checked.Add(ctx, request.Query, true)
	return nil
}

func parseError(err error, limit int) *gqlerror.Error {
	if strings.Contains(err.Error(), "exceeded token limit") {
		return tooMuch("the document has more than %d tokens", limit)
	}
	var shown *gqlerror.Error
	if !errors.As(err, &shown) {
		shown = gqlerror.Wrap(err)
	}
	errcode.Set(shown, errcode.ParseFailed)
	return shown
}

// checkRepeats refuses selections that repeat a response name, in inline
// fragments too.
func (b *bounds) checkRepeats(set ast.SelectionSet) *gqlerror.Error {
	counts := map[string]int{}
	return b.countRepeats(set, counts)
}

func (b *bounds) countRepeats(set ast.SelectionSet, counts map[string]int) *gqlerror.Error {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if counts[s.Alias]++; counts[s.Alias] > b.limits.Repeats {
				return tooMuch("one selection has %q more than %d times", s.Alias, b.limits.Repeats)
			}
			if err := b.checkRepeats(s.SelectionSet); err != nil {
				return err
			}
		case *ast.InlineFragment:
			if err := b.countRepeats(s.SelectionSet, counts); err != nil {
				return err
			}
		}
	}
	return nil
}

// MutateOperationContext checks the operation that is to run.
func (b *bounds) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	if err := checkOneOf(b.schema.Schema(), operation); err != nil {
		return err
	}
	m := measurer{variables: operation.Variables, fragments: map[string]size{}}
	total := m.set(operation.Operation.SelectionSet)
	switch {
	case m.defers:
		return badRequest("this server does not defer: leave @defer out")
	case total.depth > b.limits.Depth:
		return tooMuch("the fields are nested %d deep, of at most %d", total.depth, b.limits.Depth)
	case total.fields > b.limits.Fields:
		return tooMuch("the operation has %d fields after its fragments are spread, of at most %d", total.fields, b.limits.Fields)
	case total.cost > b.limits.Cost:
		err := coded(CodeCost, "the operation costs %d, of at most %d: ask for fewer at a time with first, or for fewer fields", total.cost, b.limits.Cost)
		err.Extensions["cost"], err.Extensions["limit"] = total.cost, b.limits.Cost
		return err
	}
	return nil
}

// size is how much a selection asks for.
type size struct{ depth, fields, cost int }

// measurer measures each fragment once, however often it is spread.
type measurer struct {
	variables map[string]any
	fragments map[string]size
	defers    bool
}

// maxSize keeps sums from overflowing; it is beyond every limit.
const maxSize = 1 << 40

// set measures a selection set. Fields of introspection count as fields, not
// as depth, or GraphiQL could not read the schema.
func (m *measurer) set(set ast.SelectionSet) (total size) {
	for _, selection := range set {
		var s size
		switch selection := selection.(type) {
		case *ast.Field:
			s = m.field(selection)
		case *ast.InlineFragment:
			m.look(selection.Directives)
			s = m.set(selection.SelectionSet)
		case *ast.FragmentSpread:
			m.look(selection.Directives)
			s = m.fragment(selection.Definition)
		}
		total.depth = max(total.depth, s.depth)
		total.fields = min(total.fields+s.fields, maxSize)
		total.cost = min(total.cost+s.cost, maxSize)
	}
	return total
}

// field measures a field: it costs one, and what is below it for each thing
// that it may return.
func (m *measurer) field(f *ast.Field) size {
	s := m.set(f.SelectionSet)
	s.fields++
	s.cost = 1 + min(s.cost*m.times(f), maxSize)
	if s.depth++; strings.HasPrefix(f.Name, "__") {
		s.depth = 0
	}
	return s
}

// times returns how many things a field may return at most, by the arguments
// that bound it: the size of a page, a number of nodes, a list of ids. One
// where none does.
func (m *measurer) times(f *ast.Field) int {
	if f.Definition == nil || len(f.Definition.Arguments) == 0 {
		return 1
	}
	given, n := f.ArgumentMap(m.variables), 1
	for _, name := range []string{"first", "last", "maxNodes"} {
		n = max(n, number(given[name]))
	}
	if ids, ok := given["ids"].([]any); ok {
		n = max(n, len(ids))
	}
	return min(n*max(1, number(given["maxLength"])), maxBound)
}

// maxBound is beyond every bound of an argument; what is greater is refused
// by its own field.
const maxBound = 1 << 16

// number returns an argument's whole number, 0 for anything else.
func number(value any) int {
	switch v := value.(type) {
	case int64:
		return int(max(0, min(v, maxBound)))
	case int:
		return max(0, min(v, maxBound))
	case json.Number:
		n, err := v.Int64()
		if err != nil {
			return 0
		}
		return number(n)
	}
	return 0
}

func (m *measurer) fragment(f *ast.FragmentDefinition) size {
	if s, ok := m.fragments[f.Name]; ok {
		return s
	}
	s := m.set(f.SelectionSet)
	m.fragments[f.Name] = s
	return s
}

func (m *measurer) look(directives ast.DirectiveList) {
	m.defers = m.defers || directives.ForName("defer") != nil
}

// checkOneOf refuses variables of @oneOf types that set none or several of
// their fields: the library checks literals alone.
func checkOneOf(schema *ast.Schema, operation *graphql.OperationContext) *gqlerror.Error {
	for _, v := range operation.Operation.VariableDefinitions {
		if err := oneOf(schema, v.Type, operation.Variables[v.Variable], "$"+v.Variable); err != nil {
			return err
		}
	}
	return nil
}

func oneOf(schema *ast.Schema, t *ast.Type, value any, path string) *gqlerror.Error {
	switch v := value.(type) {
	case []any:
		for i, element := range v {
			if err := oneOf(schema, orSelf(t.Elem, t), element, fmt.Sprintf("%s[%d]", path, i)); err != nil {
				return err
			}
		}
	case map[string]any:
		definition := schema.Types[t.Name()]
		if definition == nil || definition.Kind != ast.InputObject {
			return nil
		}
		if definition.Directives.ForName("oneOf") != nil && !exactlyOne(v) {
			err := gqlerror.Errorf("%s of type %s needs exactly one field, not null", path, definition.Name)
			errcode.Set(err, errcode.ValidationFailed)
			return err
		}
		for name, element := range v {
			if field := definition.Fields.ForName(name); field != nil {
				if err := oneOf(schema, field.Type, element, path+"."+name); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func orSelf(elem, t *ast.Type) *ast.Type {
	if elem != nil {
		return elem
	}
	return t
}

func exactlyOne(fields map[string]any) bool {
	for _, v := range fields {
		return len(fields) == 1 && v != nil
	}
	return false
}

func tooMuch(format string, args ...any) *gqlerror.Error {
	return coded(graph.CodeLimit, format, args...)
}

func badRequest(format string, args ...any) *gqlerror.Error {
	return coded(CodeBadRequest, format, args...)
}

func coded(code graph.Code, format string, args ...any) *gqlerror.Error {
	err := gqlerror.Errorf(format, args...)
	errcode.Set(err, string(code))
	return err
}
