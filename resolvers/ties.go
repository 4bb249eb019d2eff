package resolvers

import (
	"context"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// RelationCounts counts what each relation ties an entity to.
func (r *request) RelationCounts(ctx context.Context, e *graph.Entity, view *graph.View) ([]graph.RelationCount, error) {
	r.used("Entity.relationCounts", view, true)
	return ask(ctx, r, question("relationCounts", view), e, func(ctx context.Context, reader *graph.Reader, of []*graph.Entity) ([][]graph.RelationCount, error) {
		return reader.RelationCounts(ctx, of, view)
	})
}

// Neighbors pages the entities that a claim ties an entity to.
func (r *request) Neighbors(ctx context.Context, e *graph.Entity, q graph.NeighborQuery) (*model.NeighborConnection, error) {
	r.used("Entity.neighbors", q.View, true)
	key := question("neighbors", q.Roles, relationNames(q.Relations), kindNames(q.Kinds), q.View, q.Page)
	found, err := ask(ctx, r, key, e, func(ctx context.Context, reader *graph.Reader, of []*graph.Entity) ([]*graph.EntityConnection, error) {
		return reader.Neighbors(ctx, of, q)
	})
	if err != nil {
		return nil, err
	}
	return model.NewNeighbors(r, found), nil
}

// Related answers a typed relation field of an entity, by the field's name.
func (r *request) Related(ctx context.Context, e *graph.Entity, field string, view *graph.View, page graph.Paging) (model.Related, error) {
	f := r.config.fields[field]
	q := graph.RelatedQuery{Relation: f.Relation, Inverse: f.Inverse, View: view, Page: page}
	r.used(field, view, true)
	if f.Relation.Claims || f.Relation.Value != graph.NoValue {
		return r.relatedClaims(ctx, e, field, q)
	}
	found, err := ask(ctx, r, question("related", field, view, page), e, func(ctx context.Context, reader *graph.Reader, of []*graph.Entity) ([]*graph.EntityConnection, error) {
		return reader.Related(ctx, of, q)
	})
	if err != nil {
		return nil, err
	}
	return model.NewConnection(f.Connection(), model.NewPage(r, found)), nil
}

// relatedClaims pages the claims of a relation that leads to no entity.
func (r *request) relatedClaims(ctx context.Context, e *graph.Entity, field string, q graph.RelatedQuery) (model.Related, error) {
	found, err := ask(ctx, r, question("relatedClaims", field, q.View, q.Page), e, func(ctx context.Context, reader *graph.Reader, of []*graph.Entity) ([]*graph.ClaimConnection, error) {
		return reader.RelatedClaims(ctx, of, q)
	})
	if err != nil {
		return nil, err
	}
	return model.NewClaimConnection(r, found), nil
}
