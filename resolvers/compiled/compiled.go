// Package compiled answers the operations that are asked most without an
// interpreter between: the first time, an operation becomes a tree of functions
// that write its answer as JSON, straight from what the graph found.
//
// It knows the shapes that lead from entities to claims, neighbours, typed
// relations, walks and what these show. An operation with anything else in it
// (directives, introspection, mutations, what asks the store once for each
// claim) is not compiled; one that meets an error or a null where the schema
// allows none is given up. Either way gqlgen's executor answers it, from the
// beginning, so that errors are told in one place. What is asked of the graph
// goes through the same resolvers, and costs what it costs there.
package compiled

import (
	"context"
	"log/slog"

	"github.com/99designs/gqlgen/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/exec"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// Config is what operations are compiled against.
type Config struct {
	Schema   *ast.Schema
	Query    exec.QueryResolver
	Ontology *graph.Ontology
	// Typed tells the typed relation fields of each type.
	Typed map[string]map[string]bool
	Log   *slog.Logger
}

// Compiler compiles operations, each once. It is safe for concurrent use.
type Compiler struct {
	Config
	kinds map[string]bool // names of types of entities
	plans *lru.Cache[*ast.OperationDefinition, *Plan]
}

// keptPlans is how many operations are kept: as many as parsed documents.
const keptPlans = 200

// New makes a compiler.
func New(config Config) (*Compiler, error) {
	plans, err := lru.New[*ast.OperationDefinition, *Plan](keptPlans)
	if err != nil {
		return nil, err
	}
	c := &Compiler{Config: config, kinds: map[string]bool{}, plans: plans}
	for _, k := range config.Ontology.Kinds {
		c.kinds[k.Name] = true
	}
	return c, nil
}

// Plan is a compiled operation.
type Plan struct {
	data object[struct{}]
	log  *slog.Logger
}

// Plan returns the plan of an operation, nil where it is not compiled.
func (c *Compiler) Plan(operation *graphql.OperationContext) *Plan {
	if plan, ok := c.plans.Get(operation.Operation); ok {
		return plan
	}
	plan := c.compile(operation.Operation)
	c.plans.Add(operation.Operation, plan)
	return plan
}

func (c *Compiler) compile(operation *ast.OperationDefinition) *Plan {
	if operation.Operation != ast.Query || len(operation.Directives) > 0 {
		return nil
	}
	p := &compilation{Compiler: c}
	data := compileObject(p, "Query", []ast.SelectionSet{operation.SelectionSet}, rootField)
	if p.refused {
		return nil
	}
	return &Plan{data, c.Log}
}

// Run answers an operation for a request; false where it was given up.
func (p *Plan) Run(ctx context.Context, variables map[string]any, request model.Request) (data []byte, ok bool) {
	w := &writer{ctx: ctx, variables: variables, request: request, buf: make([]byte, 0, firstBuffer)}
	defer func() {
		if r := recover(); r != nil { // gqlgen meets it again, and tells it
			p.log.ErrorContext(ctx, "a compiled operation panicked", slog.Any("error", r))
			data, ok = nil, false
		}
	}()
	p.data.write(w, struct{}{})
	return w.buf, !w.failed
}

// firstBuffer is the room that an answer begins with, in bytes.
const firstBuffer = 4 << 10
