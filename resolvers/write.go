package resolvers

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/tripartite-graph/tripartite/api/agent"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/resolvers/model"
	"github.com/tripartite-graph/tripartite/seed"
)

// The codes of those who may not write, as the transport has them.
const (
	codeUnauthenticated graph.Code = "UNAUTHENTICATED"
	codeForbidden       graph.Code = "FORBIDDEN"
)

// permit returns the name of the agent, who must have a role at least.
func permit(ctx context.Context, role agent.Role) (string, error) {
	switch who := agent.From(ctx); {
	case who.Role == agent.Nobody:
		return "", graph.Errorf(codeUnauthenticated, "writing needs a token, as a bearer: the server's --tokens file names those it knows")
	case who.Role < role:
		return "", graph.Errorf(codeForbidden, "%s may not do this: the role in the server's --tokens file is too low", who.Name)
	default:
		return who.Name, nil
	}
}

// importQuads loads the content of one file.
func importQuads(ctx context.Context, in model.ImportInput) (*model.ImportPayload, error) {
	who, err := permit(ctx, agent.Loader)
	if err != nil {
		return nil, err
	}
	r := requestOf(ctx)
	format := either(in.Format, "auto")
	if format != "auto" && loaders.ByName(format) == nil {
		problem := graph.Errorf(graph.CodeInvalid, "format is auto, %s", strings.Join(loaders.Names(), ", "))
		return &model.ImportPayload{UserErrors: userErrors(problem, "format")}, nil
	}
	options := loaders.Options{Names: r.Ontology().Names, Ontology: r.Ontology(), Document: seed.Files.ReadFile}
	input := loaders.Input(either(in.FileName, "import"), format, options, func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(in.Content)), nil
	})
	importer := &graph.Importer{Store: r.config.Store, Ontology: r.Ontology(), Texts: r.config.Texts}
	report, err := importer.Import(ctx, []graph.Input{input}, graph.ImportOptions{
		DryRun: either(in.DryRun, false), BestEffort: either(in.Mode, model.ImportModeAtomic) == model.ImportModeBestEffort, Agent: who,
	})
	if err != nil {
		return &model.ImportPayload{UserErrors: userErrors(err, "content")}, internal(err)
	}
	return imported(ctx, report)
}

// imported tells what an import found and did.
func imported(ctx context.Context, report *graph.Report) (*model.ImportPayload, error) {
	r := requestOf(ctx)
	payload := &model.ImportPayload{Report: &model.ImportReport{Report: report}, Batches: []*model.Batch{}, UserErrors: []*model.UserError{}}
	for _, p := range report.Problems {
		payload.UserErrors = append(payload.UserErrors, &model.UserError{
			Field: []string{"input", "content"}, Message: p.String(), Code: string(graph.CodeInvalid),
		})
	}
	if report.Refused || report.DryRun {
		return payload, nil
	}
	r.wrote()
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	found, err := reader.BatchesByID(ctx, report.Batches)
	for _, b := range found {
		if b != nil {
			payload.Batches = append(payload.Batches, model.NewBatch(r.top, b))
		}
	}
	return payload, err
}

// curator returns who retracts and merges.
func curator(ctx context.Context) (*graph.Curator, error) {
	who, err := permit(ctx, agent.Curator)
	if err != nil {
		return nil, err
	}
	r := requestOf(ctx)
	return &graph.Curator{Store: r.config.Store, Ontology: r.Ontology(), Agent: who}, nil
}

// retract withdraws a claim or a batch.
func retract(ctx context.Context, in model.RetractInput) (*model.RetractPayload, error) {
	c, err := curator(ctx)
	if err != nil {
		return nil, err
	}
	r := requestOf(ctx)
	act, err := c.Retract(ctx, r.Ontology().Names.IRI(in.Target), in.Reason)
	if err != nil {
		return &model.RetractPayload{UserErrors: userErrors(err, blamed(in.Reason, "target"))}, internal(err)
	}
	r.wrote()
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	found, err := reader.RetractionsByID(ctx, []string{r.Ontology().Names.ID(act.ID)})
	if err != nil {
		return nil, err
	}
	return &model.RetractPayload{
		Retraction: model.NewRetraction(found[0]), Sequence: sequence(act), UserErrors: []*model.UserError{},
	}, nil
}

// undo ends a withdrawal or a merge.
func undo(ctx context.Context, target string, reason graphql.Omittable[*string], field string) (*model.UndoPayload, error) {
	c, err := curator(ctx)
	if err != nil {
		return nil, err
	}
	r := requestOf(ctx)
	act, err := c.Undo(ctx, r.Ontology().Names.IRI(target), either(reason, ""))
	if err != nil {
		return &model.UndoPayload{UserErrors: userErrors(err, field)}, internal(err)
	}
	r.wrote()
	id := r.Ontology().Names.ID(act.ID)
	return &model.UndoPayload{Undoing: &id, Sequence: sequence(act), UserErrors: []*model.UserError{}}, nil
}

// mergeEntities makes one entity stand for others.
func mergeEntities(ctx context.Context, in model.MergeInput) (*model.MergePayload, error) {
	c, err := curator(ctx)
	if err != nil {
		return nil, err
	}
	r := requestOf(ctx)
	ids := make([]graph.Term, len(in.Entities))
	for i, id := range in.Entities {
		ids[i] = r.Ontology().Names.IRI(id)
	}
	act, err := c.Merge(ctx, ids, r.Ontology().Names.IRI(in.Into), in.Reason)
	if err != nil {
		return &model.MergePayload{UserErrors: userErrors(err, blamed(in.Reason, "entities"))}, internal(err)
	}
	r.wrote()
	reader, err := r.read(ctx)
	if err != nil {
		return nil, err
	}
	found, err := reader.EntitiesByID(ctx, []string{in.Into})
	if err != nil {
		return nil, err
	}
	id := r.Ontology().Names.ID(act.ID)
	return &model.MergePayload{
		Entity: model.NewEntity(r.level(present(found), nil), found[0]), Merge: &id, Sequence: sequence(act), UserErrors: []*model.UserError{},
	}, nil
}

// sequence returns the commit of an act.
func sequence(a graph.Act) *int {
	n := int(a.Seq)
	return &n
}

// blamed names the argument that is to blame for a refusal: the reason, where none is given.
func blamed(reason, otherwise string) string {
	if strings.TrimSpace(reason) == "" {
		return "reason"
	}
	return otherwise
}

// userErrors tells what a user can mend; none for an error of ours.
func userErrors(err error, field string) []*model.UserError {
	var e *graph.Error
	if !errors.As(err, &e) || internal(err) != nil {
		return []*model.UserError{}
	}
	return []*model.UserError{{Field: []string{"input", field}, Message: e.Message, Code: string(e.Code)}}
}

// internal returns an error that no user can mend, nil for others.
func internal(err error) error {
	var e *graph.Error
	if errors.As(err, &e) && e.Code != graph.CodeInternal && e.Code != graph.CodeCorrupt {
		return nil
	}
	return err
}

// either returns an input's value, or what stands for one that is absent or null.
func either[T any](in graphql.Omittable[*T], otherwise T) T {
	if v := in.Value(); v != nil {
		return *v
	}
	return otherwise
}
