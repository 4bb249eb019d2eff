package schema

import (
	"fmt"
	"strconv"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// The enums and directives of the ontology's declarations.
const (
	kindEnum      = "EntityKind"
	relationEnum  = "RelationKind"
	qualifierEnum = "QualifierKind"
	kindMark      = "kind"
	relationMark  = "relation"
	qualifierMark = "qualifier"
)

// Ontology reads the ontology of the embedded schema, its IRIs in the
// vocabulary of names.
func Ontology(names graph.Names) (*graph.Ontology, error) {
	return ParseOntology(names, source(ontologyFile))
}

// ParseOntology reads an ontology from SDL. Its errors name file and line.
func ParseOntology(names graph.Names, src *ast.Source) (*graph.Ontology, error) {
	doc, err := parser.ParseSchema(src)
	if err != nil {
		return nil, err
	}
	r := &reader{names: names, doc: doc, kinds: map[string]*graph.EntityKind{}, seen: map[string]*ast.Position{}}
	kinds := each(r, kindEnum, kindMark, r.kind)
	qualifiers := each(r, qualifierEnum, qualifierMark, r.qualifier)
	relations := each(r, relationEnum, relationMark, r.relation)
	r.checkReferences(relations, qualifiers)
	if r.err != nil {
		return nil, r.err
	}
	return graph.NewOntology(names, kinds, relations, qualifiers), nil
}

// reader turns declarations into values, and keeps the first error.
type reader struct {
	names graph.Names
	doc   *ast.SchemaDocument
	kinds map[string]*graph.EntityKind // by enum value
	seen  map[string]*ast.Position     // local names, to tell two of a kind
	err   error
}

// fail keeps the first error, with its place.
func (r *reader) fail(at *ast.Position, format string, args ...any) {
	if r.err != nil {
		return
	}
	place := ""
	if at != nil {
		place = fmt.Sprintf("%s:%d: ", at.Src.Name, at.Line)
	}
	r.err = graph.Errorf(graph.CodeInvalid, "%s%s", place, fmt.Sprintf(format, args...))
}

// take claims a local name; a second claim of it is an error.
func (r *reader) take(name string, at *ast.Position) {
	if first, ok := r.seen[name]; ok {
		r.fail(at, "%q is declared already in line %d; choose another name", name, first.Line)
	}
	r.seen[name] = at
}

// each reads every value of an enum that must carry a directive.
func each[T any](r *reader, enum, mark string, read func(*ast.EnumValueDefinition, arguments) T) []T {
	def := r.doc.Definitions.ForName(enum)
	if def == nil || len(def.EnumValues) == 0 {
		r.fail(nil, "the schema declares no enum %s", enum)
		return nil
	}
	var out []T
	for _, v := range def.EnumValues {
		d := v.Directives.ForName(mark)
		if d == nil {
			r.fail(v.Position, "%s lacks @%s(…)", v.Name, mark)
			continue
		}
		args := arguments{reader: r, value: v.Name, directive: d}
		args.checkNames(r.doc.Directives.ForName(mark))
		out = append(out, read(v, args))
	}
	return out
}

// kind reads one value of EntityKind.
func (r *reader) kind(v *ast.EnumValueDefinition, args arguments) *graph.EntityKind {
	class := args.required("class")
	r.take(class, v.Position)
	k := &graph.EntityKind{
		Name: class, Enum: v.Name, Slug: args.required("slug"), List: args.required("list"),
		IRI: r.names.Term(class), Exact: args.text("standard"), Description: v.Description,
	}
	r.kinds[v.Name] = k
	return k
}

// qualifier reads one value of QualifierKind.
func (r *reader) qualifier(v *ast.EnumValueDefinition, args arguments) *graph.QualifierKind {
	name := args.required("name")
	r.take(name, v.Position)
	q := &graph.QualifierKind{
		Name: name, IRI: r.names.Term(name), Type: graph.Datatype(args.required("type")),
		Values: args.list("values"), Repeatable: args.flag("repeatable"), Description: v.Description,
	}
	if (q.Type == graph.OneOfValue) != (len(q.Values) > 0) {
		r.fail(v.Position, "%s: values go with type ONE_OF, and only with it", v.Name)
	}
	return q
}

// relation reads one value of RelationKind.
func (r *reader) relation(v *ast.EnumValueDefinition, args arguments) *graph.RelationKind {
	name := args.required("iri")
	r.take(name, v.Position)
	k := &graph.RelationKind{
		Enum: v.Name, Name: name, IRI: r.names.Term(name),
		Field: args.required("field"), Inverse: args.text("inverse"), InverseField: args.text("inverseField"),
		Symmetric: args.flag("symmetric"), Identity: args.flag("identity"), Claims: args.flag("claims"),
		Domain: args.kinds("domain"), Range: args.kinds("range"), Value: graph.Datatype(args.text("value")),
		Aspect: args.aspect(), Single: args.list("single"), Contradicts: args.list("contradicts"),
		Standard: args.text("standard"), Description: v.Description,
	}
	r.take("field "+k.Field, v.Position)
	if k.Inverse != "" {
		r.take(k.Inverse, v.Position)
		r.take("field "+k.InverseField, v.Position)
	}
	r.checkShape(k, v)
	return k
}

// checkShape refuses declarations that contradict themselves.
func (r *reader) checkShape(k *graph.RelationKind, v *ast.EnumValueDefinition) {
	switch {
	case (k.Inverse == "") != (k.InverseField == ""):
		r.fail(v.Position, "%s: inverse and inverseField go together", v.Name)
	case k.Symmetric && k.Inverse != "":
		r.fail(v.Position, "%s: a symmetric relation is its own inverse; drop one of the two", v.Name)
	case k.Value != graph.NoValue && (k.Inverse != "" || len(k.Range) > 0 || k.Claims):
		r.fail(v.Position, "%s: a value has neither inverse nor range", v.Name)
	case k.Claims && len(k.Range) > 0:
		r.fail(v.Position, "%s: its objects are claims, which are of no kind; drop range", v.Name)
	}
}

// checkReferences looks up the qualifiers and relations that relations name.
func (r *reader) checkReferences(relations []*graph.RelationKind, qualifiers []*graph.QualifierKind) {
	known := map[string]bool{}
	for _, q := range qualifiers {
		known["qualifier "+q.Name] = true
	}
	for _, k := range relations {
		known["relation "+k.Name] = true
	}
	for _, k := range relations {
		for _, s := range k.Single {
			r.reference(known, "qualifier", s, k)
		}
		for _, c := range k.Contradicts {
			r.reference(known, "relation", c, k)
		}
	}
}

// reference fails for a name that is not declared.
func (r *reader) reference(known map[string]bool, what, name string, in *graph.RelationKind) {
	if !known[what+" "+name] {
		r.fail(r.seen[in.Name], "%s: there is no %s %q", in.Enum, what, name)
	}
}

// arguments reads the arguments of one directive.
type arguments struct {
	*reader
	value     string // the enum value that carries it
	directive *ast.Directive
}

// checkNames refuses arguments that the directive does not declare.
func (a arguments) checkNames(def *ast.DirectiveDefinition) {
	for _, arg := range a.directive.Arguments {
		if def == nil || def.Arguments.ForName(arg.Name) == nil {
			a.fail(arg.Position, "%s: @%s has no argument %q", a.value, a.directive.Name, arg.Name)
		}
	}
}

// text returns an argument's string or enum value, "" where it is absent.
func (a arguments) text(name string) string {
	arg := a.directive.Arguments.ForName(name)
	if arg == nil {
		return ""
	}
	return arg.Value.Raw
}

// required is text that must be there.
func (a arguments) required(name string) string {
	s := a.text(name)
	if s == "" {
		a.fail(a.directive.Position, "%s: @%s needs %s", a.value, a.directive.Name, name)
	}
	return s
}

// flag returns a Boolean argument, false where it is absent.
func (a arguments) flag(name string) bool {
	b, err := strconv.ParseBool(a.text(name))
	if err != nil && a.text(name) != "" {
		a.fail(a.directive.Position, "%s: %s is true or false", a.value, name)
	}
	return b
}

// list returns an argument's values.
func (a arguments) list(name string) []string {
	arg := a.directive.Arguments.ForName(name)
	if arg == nil {
		return nil
	}
	out := make([]string, len(arg.Value.Children))
	for i, c := range arg.Value.Children {
		out[i] = c.Value.Raw
	}
	return out
}

// kinds returns the kinds that an argument lists.
func (a arguments) kinds(name string) []*graph.EntityKind {
	var out []*graph.EntityKind
	for _, enum := range a.list(name) {
		k := a.reader.kinds[enum]
		if k == nil {
			a.fail(a.directive.Position, "%s: %s lists %s, which is no EntityKind", a.value, name, enum)
		}
		out = append(out, k)
	}
	return out
}

// aspect returns the aspect, EVENT where it is absent.
func (a arguments) aspect() graph.Aspect {
	switch s := a.text("aspect"); s {
	case "", "EVENT":
		return graph.Happening
	case "STATE":
		return graph.State
	default:
		a.fail(a.directive.Position, "%s: aspect is EVENT or STATE, not %s", a.value, s)
		return graph.Happening
	}
}
