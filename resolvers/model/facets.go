package model

import "github.com/tripartite-graph/tripartite/graph"

// Facets are how the claims of a list fall into groups.
type Facets struct {
	*graph.Facets
	request Request
}

// NewFacets returns the shell of facets.
func NewFacets(r Request, f *graph.Facets) *Facets { return &Facets{f, r} }

// Relations counts by relation.
func (f *Facets) Relations() []*RelationTotal {
	return convert(f.Facets.Relations, func(c graph.RelationFacet) *RelationTotal { return &RelationTotal{c.Relation, c.Count} })
}

// Kinds counts by the kind of an entity at one of the ends.
func (f *Facets) Kinds() []*KindCount {
	return convert(f.Facets.Kinds, func(c graph.KindFacet) *KindCount { return &KindCount{c.Kind, c.Count} })
}

// Speakers counts by party.
func (f *Facets) Speakers() []*SpeakerCount {
	return convert(f.Facets.Speakers, func(c graph.SpeakerFacet) *SpeakerCount {
		return &SpeakerCount{NewEntity(f.request, c.Speaker), c.Count}
	})
}

// Capacities counts by capacity.
func (f *Facets) Capacities() []*CapacityCount {
	return convert(f.Facets.Capacities, func(c graph.CapacityFacet) *CapacityCount { return &CapacityCount{c.Capacity, c.Count} })
}

// Years counts by year.
func (f *Facets) Years() []*YearCount {
	return convert(f.Facets.Years, func(c graph.YearFacet) *YearCount { return &YearCount{c.Year, c.Count} })
}
