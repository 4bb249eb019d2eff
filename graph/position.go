package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// PositionQuery is a statement, or the part of one that is given.
type PositionQuery struct {
	Subject  string        // id
	Relation *RelationKind // nil: every relation
	Object   *string       // id; nil: any object
	View     *View
}

// PartyPosition is what one party says of a statement.
type PartyPosition struct {
	Party      *Entity
	Capacities []Capacity // as what it speaks of it; empty where it is silent
	Asserts    []*Claim
	Denies     []*Claim
	Withholds  []*Claim
	Silent     bool // it speaks in the same documents, or was named by the view, and says nothing of this
}

// Positions returns what each party says of a statement: those that speak
// first, then the silent ones, by name. Direct speech alone counts, unless the
// view says otherwise: what one side says that another said is no position of
// the other.
func (r *Reader) Positions(ctx context.Context, q PositionQuery) ([]*PartyPosition, error) {
	view := View{}
	if q.View != nil {
		view = *q.View
	}
	if direct := true; view.Direct == nil && view.ReportedBy == nil {
		view.Direct = &direct
	}
	r, l, err := r.through(ctx, &view, nil)
	if err != nil || l.never {
		return nil, err
	}
	said, err := r.saidOf(ctx, q, l)
	if err != nil {
		return nil, err
	}
	claims, err := r.hydrate(ctx, claimNodes(said))
	if err != nil {
		return nil, err
	}
	byParty := map[NodeID]*PartyPosition{}
	for _, c := range claims {
		c.stand(byParty)
	}
	silent, err := r.silent(ctx, l, said, byParty)
	if err != nil {
		return nil, err
	}
	return inOrder(byParty, silent), nil
}

// saidOf returns the claims in the lens that make the statement.
func (r *Reader) saidOf(ctx context.Context, q PositionQuery, l *lens) ([]candidate, error) {
	ids := []string{q.Subject}
	if q.Object != nil {
		ids = append(ids, *q.Object)
	}
	ends, err := r.EntitiesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	if i := slices.Index(ends, nil); i >= 0 {
		return nil, Errorf(CodeNotFound, "positions: there is no entity %q; look it up by search", ids[i])
	}
	query := EdgeQuery{Roles: []Role{RoleSubject}}
	if q.Relation != nil {
		query.Relations = []*RelationKind{q.Relation}
		if q.Relation.Symmetric {
			query.Roles = append(query.Roles, RoleObject)
		}
	}
	around, err := r.around(ctx, []NodeID{ends[0].node}, query)
	if err != nil {
		return nil, err
	}
	found := slices.DeleteFunc(around[0], func(c candidate) bool {
		return q.Object != nil && r.rep(c.other) != ends[1].node
	})
	seen, _, err := r.seen(ctx, l, eachOnce(found))
	ClaimsByDate.sort(seen)
	return seen, err
}

// stand adds a claim to the positions of its parties.
func (c *Claim) stand(byParty map[NodeID]*PartyPosition) {
	for _, v := range c.AssertedBy() {
		if v.Party == nil {
			continue
		}
		p := byParty[v.Party.node]
		if p == nil {
			p = &PartyPosition{Party: v.Party}
			byParty[v.Party.node] = p
		}
		if !slices.Contains(p.Capacities, v.Capacity) {
			p.Capacities = append(p.Capacities, v.Capacity)
		}
		switch c.Stance {
		case Asserted:
			p.Asserts = append(p.Asserts, c)
		case Denied:
			p.Denies = append(p.Denies, c)
		case Withheld:
			p.Withholds = append(p.Withholds, c)
		}
	}
}

// silent returns the parties that speak in the documents of what was said, and
// those that the view names, without those that have a position.
func (r *Reader) silent(ctx context.Context, l *lens, said []candidate, byParty map[NodeID]*PartyPosition) ([]*Entity, error) {
	var documents, parties []NodeID
	for _, c := range said {
		documents = append(documents, c.columns.Documents...)
	}
	slices.Sort(documents)
	around, err := r.around(ctx, slices.Compact(documents), EdgeQuery{Roles: []Role{RoleDocument}})
	if err != nil {
		return nil, err
	}
	seen, _, err := r.seen(ctx, l, slices.Concat(around...))
	if err != nil {
		return nil, err
	}
	for _, c := range seen {
		for _, v := range c.columns.Voices {
			parties = append(parties, v.Party)
		}
	}
	for n := range l.assertedBy {
		parties = append(parties, n)
	}
	cards, err := r.load(ctx, parties)
	if err != nil {
		return nil, err
	}
	var out []*Entity
	met := map[NodeID]bool{}
	for _, p := range parties {
		n := r.rep(p)
		if e := cards.get(n); e != nil && !met[n] && byParty[n] == nil && e.recorded() {
			out = append(out, e)
		}
		met[n] = true
	}
	return out, nil
}

// inOrder puts the parties that speak before the silent ones, each by name.
func inOrder(byParty map[NodeID]*PartyPosition, silent []*Entity) []*PartyPosition {
	var out []*PartyPosition
	for _, p := range byParty {
		slices.Sort(p.Capacities)
		out = append(out, p)
	}
	for _, e := range silent {
		out = append(out, &PartyPosition{Party: e, Silent: true})
	}
	slices.SortFunc(out, func(a, b *PartyPosition) int {
		if a.Silent != b.Silent {
			return map[bool]int{true: 1, false: -1}[a.Silent]
		}
		return cmp.Or(strings.Compare(a.Party.Name, b.Party.Name), strings.Compare(a.Party.ID, b.Party.ID))
	})
	return out
}
