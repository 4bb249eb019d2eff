package resolvers

import (
	"context"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/exec"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// Node is the resolver for the node field.
func (r *queryResolver) Node(ctx context.Context, id string) (model.Node, error) {
	nodes, err := nodesByID(ctx, []string{id})
	if err != nil {
		return nil, err
	}
	return nodes[0], nil
}

// Nodes is the resolver for the nodes field.
func (r *queryResolver) Nodes(ctx context.Context, ids []string) ([]model.Node, error) {
	return nodesByID(ctx, ids)
}

// Entity is the resolver for the entity field.
func (r *queryResolver) Entity(ctx context.Context, by graph.EntityLookup) (model.Entity, error) {
	return entityBy(ctx, by)
}

// Entities is the resolver for the entities field.
func (r *queryResolver) Entities(ctx context.Context, filter *graph.EntityFilter, orderBy *graph.EntityOrder, view *graph.View, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	page, err := entities(ctx, filter, orderBy, view, model.Paging(first, after, last, before))
	if err != nil {
		return nil, err
	}
	return &model.EntityConnection{Connection: page}, nil
}

// Search is the resolver for the search field.
func (r *queryResolver) Search(ctx context.Context, text string, kinds []*graph.EntityKind, first *int, after *string) (*model.SearchConnection, error) {
	return search(ctx, graph.SearchQuery{Text: text, Kinds: kinds, Page: model.Paging(first, after, nil, nil)})
}

// Claims is the resolver for the claims field.
func (r *queryResolver) Claims(ctx context.Context, filter *graph.ClaimFilter, view *graph.View, orderBy *graph.ClaimOrder, first *int, after *string, last *int, before *string) (*model.ClaimConnection, error) {
	return claims(ctx, filter, view, orderBy, model.Paging(first, after, last, before))
}

// Facets is the resolver for the facets field.
func (r *queryResolver) Facets(ctx context.Context, filter *graph.ClaimFilter, view *graph.View) (*model.Facets, error) {
	return facets(ctx, filter, view)
}

// Compare is the resolver for the compare field.
func (r *queryResolver) Compare(ctx context.Context, left graph.View, right graph.View, filter *graph.ClaimFilter, agreements []graph.Agreement, first *int, after *string, last *int, before *string) (*model.StatementConnection, error) {
	return compare(ctx, graph.CompareQuery{
		Left: &left, Right: &right, Filter: filter, Agreements: agreements, Page: model.Paging(first, after, last, before),
	})
}

// Conflicts is the resolver for the conflicts field.
func (r *queryResolver) Conflicts(ctx context.Context, filter *graph.ConflictFilter, view *graph.View, first *int, after *string) (*model.ConflictConnection, error) {
	return conflicts(ctx, graph.ConflictQuery{Filter: filter, View: view, Page: model.Paging(first, after, nil, nil)})
}

// Positions is the resolver for the positions field.
func (r *queryResolver) Positions(ctx context.Context, subject string, relation *graph.RelationKind, object *string, view *graph.View) ([]*model.Position, error) {
	return positions(ctx, graph.PositionQuery{Subject: subject, Relation: relation, Object: object, View: view})
}

// Subgraph is the resolver for the subgraph field.
func (r *queryResolver) Subgraph(ctx context.Context, roots []string, depth *int, roles []graph.Role, relations []*graph.RelationKind, kinds []*graph.EntityKind, view *graph.View, maxNodes *int) (*model.Subgraph, error) {
	return subgraph(ctx, graph.SubgraphQuery{
		Roots: roots, Depth: number(depth), Roles: roles, Relations: relations, Kinds: kinds, View: view, MaxNodes: number(maxNodes),
	})
}

// Paths is the resolver for the paths field.
func (r *queryResolver) Paths(ctx context.Context, from string, to string, maxLength *int, first *int, relations []*graph.RelationKind, exclude []string, view *graph.View) ([]*model.Path, error) {
	return paths(ctx, graph.PathQuery{
		From: from, To: to, MaxLength: number(maxLength), First: number(first), Relations: relations, Exclude: exclude, View: view,
	})
}

// Batches is the resolver for the batches field.
func (r *queryResolver) Batches(ctx context.Context, first *int, after *string) (*model.BatchConnection, error) {
	return batches(ctx, model.Paging(first, after, nil, nil))
}

// RelationKinds is the resolver for the relationKinds field.
func (r *queryResolver) RelationKinds(ctx context.Context) ([]*model.RelationKindInfo, error) {
	return model.NewRelationKinds(requestOf(ctx).Ontology()), nil
}

// EntityKinds is the resolver for the entityKinds field.
func (r *queryResolver) EntityKinds(ctx context.Context) ([]*model.EntityKindInfo, error) {
	return model.NewEntityKinds(requestOf(ctx).Ontology()), nil
}

// QualifierKinds is the resolver for the qualifierKinds field.
func (r *queryResolver) QualifierKinds(ctx context.Context) ([]*model.QualifierKindInfo, error) {
	return model.NewQualifierKinds(requestOf(ctx).Ontology()), nil
}

// Stats is the resolver for the stats field.
func (r *queryResolver) Stats(ctx context.Context) (*model.Stats, error) {
	return stats(ctx)
}

// Limits is the resolver for the limits field.
func (r *queryResolver) Limits(ctx context.Context) (*model.Limits, error) {
	return bounds(ctx), nil
}

// Query returns exec.QueryResolver implementation.
func (r *Resolver) Query() exec.QueryResolver { return &queryResolver{r} }

type queryResolver struct{ *Resolver }
