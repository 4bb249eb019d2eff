package resolvers

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/vektah/gqlparser/v2/ast"
)

// relatedField is the hidden field through which every typed relation field
// is resolved; fieldArgument holds the name of the one that was asked.
const (
	relatedField  = "related"
	fieldArgument = "field"
)

// typedFields are the typed relation fields of each type.
type typedFields map[string]map[string]bool

// fieldsOf collects the typed fields of an ontology.
func fieldsOf(o *graph.Ontology) typedFields {
	all := typedFields{}
	for _, k := range o.Kinds {
		all[k.Name] = map[string]bool{}
		for _, f := range o.Fields(k) {
			all[k.Name][f.Name] = true
		}
	}
	return all
}

// rewrite returns the operation with every typed relation field, in fragments
// too, asked through the hidden one: convictedBy(first: 5) becomes
// convictedBy: related(field: "convictedBy", first: 5). The answer's names are
// aliases, and so stay. The document is shared between requests: what changes
// is copied.
func (t typedFields) rewrite(operation *graphql.OperationContext) *graphql.OperationContext {
	r := rewriter{typed: t, fragments: map[*ast.FragmentDefinition]*ast.FragmentDefinition{}}
	doc := *operation.Doc
	doc.Fragments = make(ast.FragmentDefinitionList, len(operation.Doc.Fragments))
	for i, f := range operation.Doc.Fragments {
		doc.Fragments[i] = r.fragment(f)
	}
	run := *operation.Operation
	run.SelectionSet = r.selections(run.SelectionSet)
	return &graphql.OperationContext{
		RawQuery: operation.RawQuery, Variables: operation.Variables, OperationName: operation.OperationName,
		Doc: &doc, Operation: &run, Extensions: operation.Extensions, Headers: operation.Headers,
		DisableIntrospection: operation.DisableIntrospection, RecoverFunc: operation.RecoverFunc,
		ResolverMiddleware: operation.ResolverMiddleware, RootResolverMiddleware: operation.RootResolverMiddleware,
		Stats: operation.Stats,
	}
}

// rewriter rewrites one document; each fragment once.
type rewriter struct {
	typed     typedFields
	fragments map[*ast.FragmentDefinition]*ast.FragmentDefinition
}

func (r rewriter) fragment(f *ast.FragmentDefinition) *ast.FragmentDefinition {
	if f == nil {
		return nil
	}
	if done := r.fragments[f]; done != nil {
		return done
	}
	copied := *f
	r.fragments[f] = &copied
	copied.SelectionSet = r.selections(f.SelectionSet)
	return &copied
}

func (r rewriter) selections(in ast.SelectionSet) ast.SelectionSet {
	out := make(ast.SelectionSet, len(in))
	for i, s := range in {
		switch s := s.(type) {
		case *ast.Field:
			out[i] = r.field(s)
		case *ast.InlineFragment:
			copied := *s
			copied.SelectionSet = r.selections(s.SelectionSet)
			out[i] = &copied
		case *ast.FragmentSpread:
			copied := *s
			copied.Definition = r.fragment(s.Definition)
			out[i] = &copied
		}
	}
	return out
}

// field rewrites one field and what lies below it.
func (r rewriter) field(f *ast.Field) *ast.Field {
	copied := *f
	copied.SelectionSet = r.selections(f.SelectionSet)
	if f.ObjectDefinition == nil || !r.typed[f.ObjectDefinition.Name][f.Name] {
		return &copied
	}
	definition := *f.Definition
	definition.Arguments = append(definition.Arguments[:len(definition.Arguments):len(definition.Arguments)],
		&ast.ArgumentDefinition{Name: fieldArgument, Type: ast.NonNullNamedType("String", nil)})
	copied.Definition = &definition
	copied.Name = relatedField
	copied.Arguments = append(f.Arguments[:len(f.Arguments):len(f.Arguments)],
		&ast.Argument{Name: fieldArgument, Value: &ast.Value{Kind: ast.StringValue, Raw: f.Name}})
	return &copied
}
