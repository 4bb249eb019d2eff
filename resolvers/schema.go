package resolvers

import (
	"context"
	"log/slog"

	"github.com/99designs/gqlgen/graphql"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/compiled"
	"github.com/tripartite-graph/tripartite/resolvers/exec"
	"github.com/tripartite-graph/tripartite/resolvers/model"
	"github.com/tripartite-graph/tripartite/schema"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// Config is what the schema answers from.
type Config struct {
	Store    graph.Store
	Ontology *graph.Ontology
	// Texts finds the words of evidence; nil where no documents are at hand.
	Texts graph.Texts
	Log   *slog.Logger // nil: slog.Default
	// Interpreted leaves every operation to gqlgen's executor: for tests.
	Interpreted bool

	fields map[string]graph.RelationField // typed relation fields, which are named uniquely
	typed  typedFields
}

// New returns the executable schema: the one that users see, with the typed
// relation fields, over gqlgen's executor, which knows their hidden form.
func New(config Config) (graphql.ExecutableSchema, error) {
	shown, err := gqlparser.LoadSchema(schema.SDL()...)
	if err != nil {
		return nil, err
	}
	config.typed = fieldsOf(config.Ontology)
	config.fields = map[string]graph.RelationField{}
	for _, k := range config.Ontology.Kinds {
		for _, f := range config.Ontology.Fields(k) {
			config.fields[f.Name] = f
		}
	}
	delete(shown.Directives, "defer") // answers come whole: a snapshot lives as long as one
	if config.Log == nil {
		config.Log = slog.Default()
	}
	resolver := &Resolver{}
	compiler, err := compiled.New(compiled.Config{
		Schema: shown, Query: resolver.Query(), Ontology: config.Ontology, Typed: config.typed, Log: config.Log,
	})
	return &executable{
		ExecutableSchema: exec.NewExecutableSchema(exec.Config{Schema: shown, Resolvers: resolver}),
		shown:            shown,
		config:           &config,
		compiler:         compiler,
	}, err
}

// executable runs operations, each with the state of its request.
type executable struct {
	graphql.ExecutableSchema
	shown    *ast.Schema
	config   *Config
	compiler *compiled.Compiler
}

// Schema returns what users see.
func (e *executable) Schema() *ast.Schema { return e.shown }

// Exec runs one operation: compiled, where it can be and comes to its end,
// else by gqlgen.
func (e *executable) Exec(ctx context.Context) graphql.ResponseHandler {
	operation := graphql.GetOperationContext(ctx)
	if e.config.Interpreted {
		return e.interpret(ctx, operation)
	}
	plan := e.compiler.Plan(operation)
	if plan == nil {
		return e.interpret(ctx, operation)
	}
	done := false
	return func(ctx context.Context) *graphql.Response {
		if done {
			return nil
		}
		done = true
		if response := e.run(ctx, plan, operation); response != nil {
			return response
		}
		return e.interpret(ctx, operation)(ctx)
	}
}

// run runs a compiled operation, nil where it was given up.
func (e *executable) run(ctx context.Context, plan *compiled.Plan, operation *graphql.OperationContext) *graphql.Response {
	state := newRequest(e.config)
	defer e.release(state)
	data, ok := plan.Run(model.WithRequest(ctx, state.top), operation.Variables, state.top)
	if !ok {
		return nil
	}
	state.tellViews(ctx)
	return &graphql.Response{Data: data}
}

// interpret runs an operation by gqlgen. Each response has a state and a
// snapshot of its own: those of a subscription show the graph of their event.
func (e *executable) interpret(ctx context.Context, asked *graphql.OperationContext) graphql.ResponseHandler {
	operation := e.config.typed.rewrite(asked)
	starting := model.WithRequest(graphql.WithOperationContext(ctx, operation), newRequest(e.config).top)
	next := e.ExecutableSchema.Exec(starting) // begins a subscription, which reads no graph
	return func(ctx context.Context) *graphql.Response {
		state := newRequest(e.config)
		defer e.release(state)
		ctx = model.WithRequest(graphql.WithOperationContext(ctx, operation), state.top)
		response := next(ctx)
		state.tellViews(ctx)
		return response
	}
}

// release ends the state of a request.
func (e *executable) release(state *request) {
	if err := state.close(); err != nil {
		e.config.Log.Error("closing a snapshot", slog.Any("error", err))
	}
}
