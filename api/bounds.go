package api

import (
	"context"
	"crypto/sha256"
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
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/tripartite-graph/tripartite/api/limits"
	"github.com/tripartite-graph/tripartite/graph"
)

// Limits bound what one GraphQL request may ask.
type Limits = limits.Limits

// bounds refuses what would cost too much, in the order of what it costs to
// find out: bytes, tokens and repeated names before the document is validated
// (which takes the square of the repetitions); then depth, number of fields
// and cost in one walk, which measures a fragment once however often it is spread
// (a count of complexity that follows every spread takes exponential time).
type bounds struct {
	limits  Limits
	schema  graphql.ExecutableSchema
	checked graphql.Cache[bool] // documents that passed before validation, by hash
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
	graphql.ResponseInterceptor
} = (*bounds)(nil)

func newBounds(limits Limits) *bounds { return &bounds{limits: limits, checked: lru.New[bool](cached)} }

// ExtensionName implements graphql.HandlerExtension.
func (*bounds) ExtensionName() string { return "Bounds" }

// Validate implements graphql.HandlerExtension.
func (b *bounds) Validate(schema graphql.ExecutableSchema) error {
	b.schema = schema
	return nil
}

// MutateOperationParameters checks the document before it is validated.
func (b *bounds) MutateOperationParameters(ctx context.Context, request *graphql.RawParams) *gqlerror.Error {
	if n := len(request.Query); n > b.limits.QueryBytes {
		return beyond("queryBytes", n, b.limits.QueryBytes, "the document has %d bytes, of at most %d", n, b.limits.QueryBytes)
	}
	if err := b.checkVariables(request.Variables); err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(request.Query))
	hash := string(sum[:])
	if _, ok := b.checked.Get(ctx, hash); ok {
		return nil
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
	b.checked.Add(ctx, hash, true)
	return nil
}

// checkVariables refuses variables of too many values, or nested too deep:
// their coercion takes the square of the nesting.
func (b *bounds) checkVariables(variables map[string]any) *gqlerror.Error {
	values, nesting := extent(variables)
	switch {
	case values > b.limits.Values:
		return beyond("values", values, b.limits.Values, "the variables have %d values, of at most %d", values, b.limits.Values)
	case nesting > b.limits.Nesting:
		return beyond("nesting", nesting, b.limits.Nesting, "the variables are nested %d deep, of at most %d", nesting, b.limits.Nesting)
	}
	return nil
}

// extent returns how many values there are in a value of JSON, and how deep
// they are nested.
func extent(value any) (values, nesting int) {
	values = 1
	below := func(v any) {
		n, deep := extent(v)
		values, nesting = values+n, max(nesting, deep+1)
	}
	switch v := value.(type) {
	case []any:
		for _, element := range v {
			below(element)
		}
	case map[string]any:
		for _, element := range v {
			below(element)
		}
	}
	return values, nesting
}

func parseError(err error, limit int) *gqlerror.Error {
	if strings.Contains(err.Error(), "exceeded token limit") {
		return beyond("tokens", nil, limit, "the document has more than %d tokens", limit)
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
				return beyond("repeats", nil, b.limits.Repeats, "one selection has %q more than %d times", s.Alias, b.limits.Repeats)
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
	operation.Stats.SetExtension(b.ExtensionName(), total)
	most := b.limits
	switch {
	case m.defers:
		return badRequest("this server does not defer: leave @defer out")
	case total.depth > most.Depth:
		return beyond("depth", total.depth, most.Depth, "the fields are nested %d deep, of at most %d", total.depth, most.Depth)
	case total.fields > most.Fields:
		return beyond("fields", total.fields, most.Fields, "the operation has %d fields after its fragments are spread, of at most %d", total.fields, most.Fields)
	case total.cost > most.Cost:
		err := beyond("cost", total.cost, most.Cost, "the operation costs %d, of at most %d: ask for fewer at a time with first, or for fewer fields", total.cost, most.Cost)
		errcode.Set(err, string(CodeCost))
		err.Extensions["cost"] = total.cost
		return err
	}
	return nil
}

// costs is extensions.cost of an answer: what was asked, and how much might have been.
type costs struct {
	Cost   int `json:"cost"`
	Limit  int `json:"limit"`
	Depth  int `json:"depth"`
	Fields int `json:"fields"`
}

// InterceptResponse tells what the operation cost, in extensions.cost; the
// events of a subscription cost what they are.
func (b *bounds) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	operation := graphql.GetOperationContext(ctx)
	if s, ok := operation.Stats.GetExtension(b.ExtensionName()).(size); ok && operation.Operation.Operation != ast.Subscription {
		graphql.RegisterExtension(ctx, "cost", costs{s.cost, b.limits.Cost, s.depth, s.fields})
	}
	return next(ctx)
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

// beyond refuses what is beyond a bound: extensions tell which, how much was
// asked (nil: it was not measured to the end) and how much may be.
func beyond(bound string, asked any, limit int, format string, args ...any) *gqlerror.Error {
	err := coded(graph.CodeLimit, format, args...)
	err.Extensions["bound"], err.Extensions["limit"] = bound, limit
	if asked != nil {
		err.Extensions["asked"] = asked
	}
	return err
}

// tellIntrospection tells the bound of a refusal that validation itself gives.
func tellIntrospection(problems gqlerror.List) {
	for _, p := range problems {
		if p.Rule == rules.MaxIntrospectionDepth.Name {
			errcode.Set(p, string(graph.CodeLimit))
			p.Extensions["bound"], p.Extensions["limit"] = "introspectionDepth", limits.IntrospectionDepth
		}
	}
}

func badRequest(format string, args ...any) *gqlerror.Error {
	return coded(CodeBadRequest, format, args...)
}

func coded(code graph.Code, format string, args ...any) *gqlerror.Error {
	err := gqlerror.Errorf(format, args...)
	errcode.Set(err, string(code))
	return err
}
