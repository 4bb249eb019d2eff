package graph

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// Facets count the claims of a list by what they have in common.
type Facets struct {
	Total      int
	Relations  []RelationFacet // most first, as all but years
	Kinds      []KindFacet     // of subjects and objects: claims that one of the kind stands in
	Speakers   []SpeakerFacet
	Capacities []CapacityFacet
	Years      []YearFacet // of the first day of dates, in order
	Undated    int
}

// RelationFacet is how many claims there are of a relation.
type RelationFacet struct {
	Relation *RelationKind
	Count    int
}

// KindFacet is how many claims have an entity of a kind at one of their ends.
type KindFacet struct {
	Kind  *EntityKind
	Count int
}

// SpeakerFacet is how many claims a party makes.
type SpeakerFacet struct {
	Speaker *Entity
	Count   int
}

// CapacityFacet is how many claims are made in a capacity.
type CapacityFacet struct {
	Capacity Capacity
	Count    int
}

// YearFacet is how many claims have their first day in a year.
type YearFacet struct {
	Year  int
	Count int
}

// maxSpeakers bounds Facets.Speakers: those with the most claims.
const maxSpeakers = 200

// tally counts while a list is read.
type tally struct {
	relations  map[*RelationKind]int
	pairs      map[[2]NodeID]int
	speakers   map[NodeID]int
	capacities map[Capacity]int
	years      map[int]int
	total      int
	undated    int
}

// Facets counts the claims that pass a filter in a lens.
func (r *Reader) Facets(ctx context.Context, filter *ClaimFilter, view *View) (*Facets, error) {
	t := &tally{
		relations: map[*RelationKind]int{}, pairs: map[[2]NodeID]int{}, speakers: map[NodeID]int{},
		capacities: map[Capacity]int{}, years: map[int]int{},
	}
	at, err := r.scan(ctx, ClaimQuery{Filter: filter, View: view}, t.add)
	if err != nil {
		return nil, err
	}
	return t.facets(ctx, at)
}

func (t *tally) add(found []candidate) {
	for _, c := range found {
		t.total++
		t.relations[c.relation]++
		t.pairs[[2]NodeID{c.subject, c.object}]++
		capacities := map[Capacity]bool{}
		parties := map[NodeID]bool{}
		for _, v := range c.columns.Voices {
			capacities[v.Capacity], parties[v.Party] = true, true
		}
		for capacity := range capacities {
			t.capacities[capacity]++
		}
		for party := range parties {
			t.speakers[party]++
		}
		if !c.columns.Dated || c.columns.Low == MinDay {
			t.undated++
			continue
		}
		t.years[yearOf(c.columns.Low)]++
	}
}

// yearOf returns the year of a day.
func yearOf(d Day) int { return time.Unix(int64(d)*24*60*60, 0).UTC().Year() }

// facets sorts what was counted, and reads the entities that it needs.
func (t *tally) facets(ctx context.Context, r *Reader) (*Facets, error) {
	f := &Facets{Total: t.total, Undated: t.undated}
	for relation, n := range t.relations {
		f.Relations = append(f.Relations, RelationFacet{relation, n})
	}
	slices.SortFunc(f.Relations, func(a, b RelationFacet) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Relation.Name, b.Relation.Name))
	})
	for capacity, n := range t.capacities {
		f.Capacities = append(f.Capacities, CapacityFacet{capacity, n})
	}
	slices.SortFunc(f.Capacities, func(a, b CapacityFacet) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Capacity, b.Capacity))
	})
	for year, n := range t.years {
		f.Years = append(f.Years, YearFacet{year, n})
	}
	slices.SortFunc(f.Years, func(a, b YearFacet) int { return cmp.Compare(a.Year, b.Year) })
	if err := t.countKinds(ctx, r, f); err != nil {
		return nil, err
	}
	return f, t.countSpeakers(ctx, r, f)
}

// countKinds counts each claim once for each kind at its ends.
func (t *tally) countKinds(ctx context.Context, r *Reader, f *Facets) error {
	kinds, err := r.kindsOf(ctx, t.pairs)
	if err != nil {
		return err
	}
	counts := map[*EntityKind]int{}
	for pair, n := range t.pairs {
		subject, object := kinds[pair[0]], kinds[pair[1]]
		counts[subject] += n
		if object != subject {
			counts[object] += n
		}
	}
	delete(counts, nil)
	for kind, n := range counts {
		f.Kinds = append(f.Kinds, KindFacet{kind, n})
	}
	slices.SortFunc(f.Kinds, func(a, b KindFacet) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Kind.Name, b.Kind.Name))
	})
	return nil
}

// kindsOf returns the kinds of the entities in pairs, in one look-up.
func (r *Reader) kindsOf(ctx context.Context, pairs map[[2]NodeID]int) (map[NodeID]*EntityKind, error) {
	var nodes []NodeID
	for pair := range pairs {
		nodes = append(nodes, pair[0], pair[1])
	}
	slices.Sort(nodes)
	nodes = slices.Compact(nodes)
	rows, err := r.snapshot.Entities(ctx, nodes)
	out := map[NodeID]*EntityKind{}
	for i, row := range rows {
		if row != nil {
			out[nodes[i]] = row.Kind
		}
	}
	return out, err
}

func (t *tally) countSpeakers(ctx context.Context, r *Reader, f *Facets) error {
	byParty := map[NodeID]int{}
	for n, count := range t.speakers {
		byParty[r.rep(n)] += count
	}
	var nodes []NodeID
	for n := range byParty {
		nodes = append(nodes, n)
	}
	slices.SortFunc(nodes, func(a, b NodeID) int { return cmp.Or(cmp.Compare(byParty[b], byParty[a]), cmp.Compare(a, b)) })
	nodes = nodes[:min(len(nodes), maxSpeakers)]
	cards, err := r.load(ctx, nodes)
	if err != nil {
		return err
	}
	for _, n := range nodes {
		f.Speakers = append(f.Speakers, SpeakerFacet{cards.get(n), byParty[n]})
	}
	return nil
}
