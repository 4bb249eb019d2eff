package resolvers

import (
	"context"
	"slices"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// RelationCounts counts what each relation ties an entity to.
func (l *level) RelationCounts(ctx context.Context, e *graph.Entity, view *graph.View) ([]graph.RelationCount, error) {
	l.used("Entity.relationCounts", view, true)
	found, _, err := askLevel(ctx, l, question("relationCounts", view), l.entities, e, func(ctx context.Context, reader *graph.Reader, of []*graph.Entity) ([][]graph.RelationCount, error) {
		return reader.RelationCounts(ctx, of, view)
	}, nothing)
	return found, err
}

// Neighbors pages the entities that a claim ties an entity to.
func (l *level) Neighbors(ctx context.Context, e *graph.Entity, q graph.NeighborQuery) (*model.NeighborConnection, error) {
	l.used("Entity.neighbors", q.View, true)
	key := question("neighbors", q.Roles, relationNames(q.Relations), kindNames(q.Kinds), q.View, q.Order, q.Page)
	found, below, err := askLevel(ctx, l, key, l.entities, e, func(ctx context.Context, reader *graph.Reader, of []*graph.Entity) ([]*graph.EntityConnection, error) {
		return reader.Neighbors(ctx, of, q)
	}, neighbours)
	if err != nil {
		return nil, err
	}
	return model.NewNeighbors(below, found), nil
}

// Related answers a typed relation field of an entity, by the field's name.
func (l *level) Related(ctx context.Context, e *graph.Entity, field string, q graph.RelatedQuery) (model.Related, error) {
	f := l.config.fields[field]
	q.Relation, q.Inverse = f.Relation, f.Inverse
	l.used(field, q.View, true)
	if f.Relation.Claims || f.Relation.Value != graph.NoValue {
		return l.relatedClaims(ctx, e, field, q)
	}
	key := question("related", field, q.View, q.Order, q.Page)
	found, below, err := askLevel(ctx, l, key, l.having(field), e, func(ctx context.Context, reader *graph.Reader, of []*graph.Entity) ([]*graph.EntityConnection, error) {
		return reader.Related(ctx, of, q)
	}, neighbours)
	if err != nil {
		return nil, err
	}
	return model.NewConnection(f.Connection(), model.NewPage(below, found)), nil
}

// having returns the entities of the level whose kind has a typed field.
func (l *level) having(field string) []*graph.Entity {
	return slices.DeleteFunc(slices.Clone(l.entities), func(e *graph.Entity) bool {
		return e.Kind == nil || !l.config.typed[e.Kind.Name][field]
	})
}

// relatedClaims pages the claims of a relation that leads to no entity.
func (l *level) relatedClaims(ctx context.Context, e *graph.Entity, field string, q graph.RelatedQuery) (model.Related, error) {
	if q.Order > graph.NeighborsByDateDescending {
		return nil, graph.Errorf(graph.CodeInvalid, "%s leads to no entity: its claims are ordered by DATE_ASC or DATE_DESC, not by %s", field, q.Order)
	}
	key := question("relatedClaims", field, q.View, q.Order, q.Page)
	found, below, err := askLevel(ctx, l, key, l.having(field), e, func(ctx context.Context, reader *graph.Reader, of []*graph.Entity) ([]*graph.ClaimConnection, error) {
		return reader.RelatedClaims(ctx, of, q)
	}, someClaims)
	if err != nil {
		return nil, err
	}
	return model.NewClaimConnection(below, found), nil
}
