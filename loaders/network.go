package loaders

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/edtf"
)

// A network is what programs that draw graphs take: a node for each entity, an
// edge for each claim. A value, or a claim that another is about, is a node
// too, so that every claim is one edge. Every edge carries its source.

// field is an attribute of nodes or edges.
type field struct {
	name    string
	boolean bool
}

var (
	nodeFields = []field{{name: "iri"}, {name: "kind"}, {name: "names"}, {name: "description"}, {name: "unnamed", boolean: true}, {name: "protected", boolean: true}}
	edgeFields = []field{
		{name: "iri"}, {name: "relation"}, {name: "stance"}, {name: "mode"}, {name: "date"}, {name: "event"}, {name: "assertedBy"},
		{name: "capacity"}, {name: "spokenBy"}, {name: "reportedBy"}, {name: "documents"}, {name: "evidence"}, {name: "qualifiers"},
		{name: "disputed", boolean: true},
	}
)

// element is a node or an edge; values stand in the order of the fields, ""
// where there is none.
type element struct {
	id, label      string
	source, target string // of an edge
	start, end     string // ISO 8601 days; "" where open or unknown
	values         []string
}

// network hands over nodes, then edges.
type network struct {
	export  *graph.Export
	written map[string]bool
}

// kindless are what is a node without being an entity.
const (
	valueKind = "Value"
	claimKind = "Claim"
)

// What their ids end in: nodes and edges may share no id in Cytoscape.js.
const (
	valueSuffix = "#value"
	claimSuffix = "#claim"
)

// nodes hands over every selected entity, and what else claims tie.
func (n *network) nodes(ctx context.Context, yield func(element) error) error {
	n.written = map[string]bool{}
	entity := func(e *graph.Entity) error {
		if e == nil || n.written[e.ID] {
			return nil
		}
		n.written[e.ID] = true
		return yield(entityNode(e))
	}
	if err := n.export.Entities(ctx, entity); err != nil {
		return err
	}
	return n.export.Claims(ctx, func(c *graph.Claim) error {
		if err := entity(c.Subject); err != nil {
			return err
		}
		if c.Object != nil {
			return entity(c.Object)
		}
		return n.otherNode(ctx, c, yield)
	})
}

func entityNode(e *graph.Entity) element {
	var names []string
	for _, name := range e.Names() {
		names = append(names, name.Text)
	}
	description := ""
	if e.Description != nil {
		description = *e.Description
	}
	kind := ""
	if e.Kind != nil {
		kind = e.Kind.Name
	}
	return element{id: e.ID, label: e.Name, values: []string{
		e.IRI, kind, strings.Join(names, " | "), description, strconv.FormatBool(e.Unnamed), strconv.FormatBool(e.Protected),
	}}
}

// otherNode hands over the node of a value or of a claim.
func (n *network) otherNode(ctx context.Context, c *graph.Claim, yield func(element) error) error {
	id, err := n.target(ctx, c)
	if err != nil || n.written[id] {
		return err
	}
	n.written[id] = true
	if c.Value != nil {
		return yield(element{id: id, label: c.Value.Lexical, values: []string{"", valueKind, "", "", "", ""}})
	}
	claim := strings.TrimSuffix(id, claimSuffix)
	return yield(element{id: id, label: claim, values: []string{strings.Trim(string(n.export.Ontology().Names.IRI(claim)), "<>"), claimKind, "", "", "", ""}})
}

// target is the node to which a claim leads.
func (n *network) target(ctx context.Context, c *graph.Claim) (string, error) {
	switch {
	case c.Object != nil:
		return c.Object.ID, nil
	case c.Value != nil:
		return c.ID + valueSuffix, nil
	}
	id, err := n.export.ObjectClaim(ctx, c)
	return id + claimSuffix, err
}

// edges hands over every selected claim.
func (n *network) edges(ctx context.Context, yield func(element) error) error {
	return n.export.Claims(ctx, func(c *graph.Claim) error {
		target, err := n.target(ctx, c)
		if err != nil {
			return err
		}
		e := element{id: c.ID, label: c.Relation.Name, source: c.Subject.ID, target: target, values: claimValues(c)}
		if c.Date != nil {
			e.start, e.end = days(*c.Date)
		}
		return yield(e)
	})
}

// claimValues are the values of edgeFields.
func claimValues(c *graph.Claim) []string {
	date, event := "", ""
	if c.Date != nil {
		date = *c.Date
	}
	if c.Event != nil {
		event = c.Event.ID
	}
	var parties, capacities, delegates, documents, evidence []string
	for _, v := range c.AssertedBy() {
		parties = append(parties, idOf(v.Party))
		capacities = append(capacities, v.Capacity.String())
		if v.SpokenBy != nil {
			delegates = append(delegates, v.SpokenBy.ID)
		}
	}
	for _, e := range c.Evidence() {
		documents = including(documents, idOf(e.Document))
		evidence = append(evidence, e.ID)
	}
	return []string{
		c.IRI, c.Relation.Name, c.Stance.String(), c.Mode.String(), date, event, join(parties), join(capacities), join(delegates),
		join(ids(c.ReportedBy())), join(documents), join(evidence), join(qualifiers(c)), strconv.FormatBool(c.Disputed),
	}
}

func join(values []string) string { return strings.Join(values, " | ") }

// including adds a text to a set.
func including(set []string, text string) []string {
	for _, s := range set {
		if s == text {
			return set
		}
	}
	return append(set, text)
}

func idOf(e *graph.Entity) string {
	if e == nil {
		return ""
	}
	return e.ID
}

func ids(entities []*graph.Entity) []string {
	var out []string
	for _, e := range entities {
		out = append(out, idOf(e))
	}
	return out
}

// qualifiers are the details of a claim as texts: name: value.
func qualifiers(c *graph.Claim) []string {
	var out []string
	for _, q := range c.Qualifiers() {
		out = append(out, q.Name+": "+qualifierText(q))
	}
	return out
}

func qualifierText(q *graph.Qualifier) string {
	switch {
	case q.Relation != nil:
		return q.Relation.Name
	case q.Entity != nil:
		return q.Entity.ID
	case q.Value != nil:
		return q.Value.Lexical
	}
	return ""
}

// days returns the first and the last day of a date, "" for an end that is
// open, unknown or no year of four digits.
func days(date string) (start, end string) {
	d, err := edtf.Parse(date)
	if err != nil {
		return "", ""
	}
	return isoDay(d.Low), isoDay(d.High)
}

func isoDay(day int32) string {
	const secondsOfDay, lastYear = 86400, 9999
	if graph.Day(day) == graph.MinDay || graph.Day(day) == graph.MaxDay {
		return ""
	}
	t := time.Unix(int64(day)*secondsOfDay, 0).UTC()
	if t.Year() < 1 || t.Year() > lastYear {
		return ""
	}
	return t.Format(time.DateOnly)
}
