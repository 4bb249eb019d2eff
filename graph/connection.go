package graph

import (
	"context"
	"sync"
)

// ClaimConnection is a page of claims.
type ClaimConnection struct {
	Edges    []*ClaimEdge
	Nodes    []*Claim
	PageInfo PageInfo

	totals *totals
}

// ClaimEdge is a claim in a page.
type ClaimEdge struct {
	Cursor string
	Node   *Claim
}

// TotalCount counts the whole list.
func (c *ClaimConnection) TotalCount(ctx context.Context) (int, error) {
	return c.totals.get(ctx, func(t counts) int { return t.all })
}

// WithheldCount counts the claims that are restricted to other roles than the
// reader's: none, since nothing in the graph is restricted.
func (c *ClaimConnection) WithheldCount() int { return 0 }

// UndatedCount counts the claims that View.AsOf met without a date: they are
// in the list where the view's certainty is POSSIBLE, else they were dropped.
func (c *ClaimConnection) UndatedCount(ctx context.Context) (int, error) {
	return c.totals.get(ctx, func(t counts) int { return t.undated })
}

// EntityConnection is a page of entities.
type EntityConnection struct {
	Edges    []*EntityEdge
	Nodes    []*Entity
	PageInfo PageInfo

	totals *totals
}

// EntityEdge is an entity in a page.
type EntityEdge struct {
	Cursor string
	Node   *Entity
	Claims []*Claim // that tie it to where the list hangs; none in a list of entities alone
}

// TotalCount counts the whole list.
func (c *EntityConnection) TotalCount(ctx context.Context) (int, error) {
	return c.totals.get(ctx, func(t counts) int { return t.all })
}

// counts are the numbers of a whole list.
type counts struct{ all, undated int }

// totals counts a list once, and only when asked.
type totals struct {
	once  sync.Once
	count func(context.Context) (counts, error)
	known counts
	err   error
}

// knownTotals are totals that are known already.
func knownTotals(all, undated int) *totals {
	return &totals{count: func(context.Context) (counts, error) { return counts{all, undated}, nil }}
}

func (t *totals) get(ctx context.Context, of func(counts) int) (int, error) {
	t.once.Do(func() { t.known, t.err = t.count(ctx) })
	return of(t.known), t.err
}

// claimConnection makes a page of hydrated claims.
func (r *Reader) claimConnection(claims []*Claim, info PageInfo, totals *totals) *ClaimConnection {
	c := &ClaimConnection{Nodes: claims, PageInfo: info, totals: totals, Edges: make([]*ClaimEdge, len(claims))}
	edges := make([]ClaimEdge, len(claims))
	for i, claim := range claims {
		c.Edges[i] = &edges[i]
		edges[i] = ClaimEdge{Cursor: r.cursor(claimList, int64(claim.row.Low), claim.ID), Node: claim}
	}
	c.PageInfo.ends(len(claims), func(i int) string { return c.Edges[i].Cursor })
	return c
}

// entityConnection makes a page of entities.
func (r *Reader) entityConnection(entities []*Entity, info PageInfo, totals *totals) *EntityConnection {
	c := &EntityConnection{Nodes: entities, PageInfo: info, totals: totals, Edges: make([]*EntityEdge, len(entities))}
	for i, e := range entities {
		c.Edges[i] = &EntityEdge{Cursor: r.cursor(entityList, 0, e.ID), Node: e}
	}
	c.PageInfo.ends(len(entities), func(i int) string { return c.Edges[i].Cursor })
	return c
}
