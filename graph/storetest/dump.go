package storetest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
)

// dump writes all that a snapshot shows as lines without internal ids, so that
// two stores can be compared.
func (s *suite) dump(snap graph.Snapshot) string {
	d := &dumper{suite: s, snap: snap}
	for _, q := range s.quads(snap, "", "") {
		d.line("quad", q.Subject, q.Predicate, q.Object, q.Label)
	}
	d.entities()
	d.claims()
	d.batches()
	d.conflicts()
	return strings.Join(d.lines, "\n")
}

type dumper struct {
	*suite
	snap  graph.Snapshot
	lines []string
}

func (d *dumper) line(parts ...any) { d.lines = append(d.lines, fmt.Sprintln(parts...)) }

// name returns the id of a node, "-" for none.
func (d *dumper) name(n graph.NodeID) string {
	if n == 0 {
		return "-"
	}
	return d.term(d.snap, n)
}

func (d *dumper) names(list []graph.NodeID) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = d.name(n)
	}
	slices.Sort(out)
	return out
}

// each pages the entities of every kind.
func (d *dumper) each(yield func(graph.NodeID)) {
	var after graph.Key
	for {
		page, err := d.snap.PageEntities(d.ctx, nil, graph.Page{After: after, Limit: 7})
		require.NoError(d, err)
		for _, n := range page {
			yield(n.Node)
			after = n.Key
		}
		if len(page) < 7 {
			return
		}
	}
}

func (d *dumper) entities() {
	d.each(func(n graph.NodeID) {
		rows, err := d.snap.Entities(d.ctx, []graph.NodeID{n})
		require.NoError(d, err)
		r := rows[0]
		d.line("entity", r.ID, r.Kind.Name, r.Description, r.Unnamed, r.Protected, r.Facts, r.Recorded, d.names(r.Batches))
		for i, name := range r.Names {
			d.line("name", r.ID, name.Text, name.Role, name.Recorded, d.evidence(name.Evidence))
			found, err := d.snap.Names(d.ctx, graph.ExactName, graph.Fold(name.Text.Lexical()), "", 100)
			require.NoError(d, err)
			live := graph.Live(name.Recorded, d.snap.Seq())
			require.Equal(d, live, slices.ContainsFunc(found, func(p graph.NamePosting) bool { return p.Entity == n && p.Name == i }))
		}
		for _, role := range []graph.Role{graph.RoleSubject, graph.RoleObject, graph.RoleQualifier, graph.RoleSpeaker, graph.RoleEvent, graph.RoleDocument} {
			d.edges(n, role)
		}
	})
}

// edges writes a node's edges in the order of their claims' ids.
func (d *dumper) edges(n graph.NodeID, role graph.Role) {
	found, err := d.snap.Edges(d.ctx, []graph.NodeID{n}, graph.EdgeQuery{Roles: []graph.Role{role}})
	require.NoError(d, err)
	var list []string
	for _, e := range found[0] {
		list = append(list, fmt.Sprintln("edge", d.name(n), e.Role, e.Relation.Name, d.name(e.Other), d.name(e.Claim), d.columns(e.Columns)))
	}
	slices.Sort(list)
	d.lines = append(d.lines, list...)
}

func (d *dumper) columns(c graph.Columns) string {
	var voices []string
	for _, v := range c.Voices {
		voices = append(voices, fmt.Sprint(d.name(v.Party), v.Capacity, d.name(v.SpokenBy)))
	}
	return fmt.Sprint(c.Recorded, c.Low, c.High, c.Dated, c.Stance, c.Mode, voices, d.names(c.Reporters), d.names(c.Documents), d.name(c.Event), c.Disputed)
}

func (d *dumper) evidence(list []graph.EvidenceRow) (out []string) {
	for _, e := range list {
		out = append(out, fmt.Sprint(d.name(e.Document), e.Locator, e.Context, e.Recorded))
	}
	return out
}

// claims writes the live claims of every relation.
func (d *dumper) claims() {
	page, err := d.snap.PageClaims(d.ctx, nil, graph.MinDay, graph.MaxDay, graph.Page{Limit: 1 << 30})
	require.NoError(d, err)
	var lines []string
	for _, e := range page {
		rows, err := d.snap.Claims(d.ctx, []graph.NodeID{e.Claim})
		require.NoError(d, err)
		r := rows[0]
		require.Equal(d, r.Columns, e.Columns)
		require.Equal(d, r.Subject, e.Subject)
		line := fmt.Sprintln("claim", r.ID, d.name(r.Subject), r.Relation.Name, d.name(r.Object), d.name(r.ObjectOf), r.Value,
			d.columns(r.Columns), r.Date, r.DateBasis, d.evidence(r.Evidence), d.name(r.RevisionOf), d.name(r.AlternativeOf),
			d.names(r.Batches), d.names(r.Retractions))
		for _, q := range r.Qualifiers {
			line += fmt.Sprint(q.Kind.Name, d.name(q.Entity), q.Relation != nil, q.Value, q.Group)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	d.lines = append(d.lines, lines...)
}

func (d *dumper) batches() {
	page, err := d.snap.PageBatches(d.ctx, "", 1<<30)
	require.NoError(d, err)
	var lines []string
	for _, n := range page {
		rows, err := d.snap.Batches(d.ctx, []graph.NodeID{n.Node})
		require.NoError(d, err)
		r := rows[0]
		lines = append(lines, fmt.Sprintln("batch", r.ID, r.Quads, r.Claims, r.Recorded, r.Journal, d.names(r.Retractions)))
	}
	slices.Sort(lines)
	d.lines = append(d.lines, lines...)
}

func (d *dumper) conflicts() {
	page, err := d.snap.PageConflicts(d.ctx, "", 1<<30)
	require.NoError(d, err)
	for _, c := range page {
		d.line("conflict", c.ID, c.Kind, c.Origin, d.names(c.Claims), c.Since, c.Text)
	}
	merges, err := d.snap.Merges(d.ctx)
	require.NoError(d, err)
	var lines []string
	for from, to := range merges {
		lines = append(lines, fmt.Sprintln("merge", d.name(from), d.name(to)))
	}
	slices.Sort(lines)
	d.lines = append(d.lines, lines...)
}
