package graph_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
)

// again is a second file that brings one claim of sayings, and evidence to it.
const again = head + `
- "@graph": {"@id": person/bob, leads: union/two}
  asserted-by: union/one
  date: "2019/2020"
  evidence: [document/d/p4, document/d/p9]
`

func (d *desk) curator() *graph.Curator {
	return &graph.Curator{Store: d.store, Ontology: d.ontology, Agent: "tester"}
}

func (d *desk) id(id string) graph.Term { return d.ontology.Names.IRI(id) }

// claim returns the id of the claim that states something.
func (d *desk) claim(subject, relation, object string) graph.Term {
	d.t.Helper()
	for line := range strings.Lines(d.export()) {
		words := strings.Fields(line)
		if words[0] == string(d.id(subject)) && words[1] == string(d.ontology.Names.Term(relation)) && words[2] == string(d.id(object)) {
			return graph.Term(words[3])
		}
	}
	d.t.Fatalf("no claim %s %s %s", subject, relation, object)
	return ""
}

// live tells whether a claim is recorded and not withdrawn.
func (d *desk) live(claim graph.Term) bool {
	d.t.Helper()
	ctx := context.Background()
	s, err := d.store.At(ctx, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	defer s.Close()
	ids, err := s.IDs(ctx, []graph.Term{claim})
	if err != nil {
		d.t.Fatal(err)
	}
	rows, err := s.Claims(ctx, ids)
	if err != nil || rows[0] == nil {
		d.t.Fatal("no row of the claim", err)
	}
	return graph.Live(rows[0].Recorded, s.Seq())
}

// merged returns what represents an entity, "" for itself.
func (d *desk) merged(id string) string {
	d.t.Helper()
	ctx := context.Background()
	s, err := d.store.At(ctx, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	defer s.Close()
	ids, err := s.IDs(ctx, []graph.Term{d.id(id)})
	if err != nil {
		d.t.Fatal(err)
	}
	merges, err := s.Merges(ctx)
	if err != nil {
		d.t.Fatal(err)
	}
	to, ok := merges[ids[0]]
	if !ok || to == ids[0] {
		return ""
	}
	terms, err := s.Terms(ctx, []graph.NodeID{to})
	if err != nil {
		d.t.Fatal(err)
	}
	return d.ontology.Names.ID(terms[0])
}

// done fails the test where an act was refused.
func (d *desk) done(act graph.Act, err error) graph.Act {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	return act
}

// refused fails the test where an act was not refused with a code.
func (d *desk) refused(code graph.Code, act graph.Act, err error) {
	d.t.Helper()
	var e *graph.Error
	if !errors.As(err, &e) || e.Code != code {
		d.t.Errorf("%v with %v, want a refusal with %s", act, err, code)
	}
}

// TestExportLoadsIntoTheSameState sends a store with a history through its
// export into an empty one.
func TestExportLoadsIntoTheSameState(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	d.must(input("things.yaml", things))
	said := d.must(input("sayings.yaml", sayings))
	d.must(input("again.yaml", again))
	c := d.curator()
	leads := d.claim("person/bob", "leads", "union/two")
	verdict := d.claim("person/ann", "convicted-by", "court/city")

	d.done(c.Retract(ctx, d.id(said.Batches[0]), "superseded"))
	if d.live(verdict) || !d.live(leads) {
		t.Error("a batch's retraction hides its claims but for those that another batch brings")
	}
	if _, err := c.Undo(ctx, leads, ""); err == nil || !strings.HasSuffix(err.Error(), "is not retracted") {
		t.Errorf("undoing no retraction: %v, want to be told that the claim is not retracted", err)
	}
	d.done(c.Retract(ctx, leads, "an error"))
	d.done(c.Undo(ctx, leads, ""))
	d.done(c.Retract(ctx, leads, "an error"))
	if d.live(leads) {
		t.Error("a claim retracted again is live")
	}
	merge := d.done(c.Merge(ctx, []graph.Term{d.id("union/two")}, d.id("union/one"), "the same"))
	d.done(c.Undo(ctx, merge.ID, "not the same"))
	if d.merged("union/two") != "" {
		t.Error("an undone merge is in force")
	}
	d.done(c.Merge(ctx, []graph.Term{d.id("union/two")}, d.id("union/one"), "the same"))

	export := d.export()
	e := newDesk(t)
	e.must(input("export.nq", export))
	if e.export() != export {
		t.Error("the export of the copy differs")
	}
	if e.live(verdict) || e.live(leads) || e.merged("union/two") != "union/one" {
		t.Errorf("the copy is in another state: verdict %v, leads %v, union/two %q", e.live(verdict), e.live(leads), e.merged("union/two"))
	}
	if r := e.must(input("export.trig", d.exportAs(loaders.TriG))); r.Added != 0 {
		t.Errorf("the export as TriG has %d other quads", r.Added)
	}
	if r := e.must(input("sayings.yaml", sayings)); r.Added != 0 || e.live(verdict) {
		t.Error("loading retracted content again revives it")
	}
	e.done(e.curator().Undo(ctx, d.id(said.Batches[0]), "right after all"))
	if !e.live(verdict) {
		t.Error("undoing a retraction does not revive what it hid")
	}
}

func TestRefusedActs(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	d.must(input("things.yaml", things))
	said := d.must(input("sayings.yaml", sayings))
	c := d.curator()
	one, two, ann := d.id("union/one"), d.id("union/two"), d.id("person/ann")
	before := d.export()
	try := func(code graph.Code) func(graph.Act, error) {
		return func(act graph.Act, err error) { t.Helper(); d.refused(code, act, err) }
	}
	try(graph.CodeInvalid)(c.Retract(ctx, d.id(said.Batches[0]), " "))
	try(graph.CodeNotFound)(c.Retract(ctx, d.id("claim/none"), "x"))
	try(graph.CodeNotFound)(c.Retract(ctx, ann, "an entity is no claim"))
	try(graph.CodeConflict)(c.Undo(ctx, d.id(said.Batches[0]), ""))
	try(graph.CodeNotFound)(c.Undo(ctx, ann, ""))
	try(graph.CodeInvalid)(c.Merge(ctx, nil, one, "x"))
	try(graph.CodeNotFound)(c.Merge(ctx, []graph.Term{d.id("union/none")}, one, "x"))
	try(graph.CodeInvalid)(c.Merge(ctx, []graph.Term{d.id("person/protected-1")}, ann, "x"))
	try(graph.CodeInvalid)(c.Merge(ctx, []graph.Term{ann}, one, "x"))
	try(graph.CodeConflict)(c.Merge(ctx, []graph.Term{one}, one, "x"))
	if d.export() != before {
		t.Error("a refused act changed the store")
	}
	merge := d.done(c.Merge(ctx, []graph.Term{two}, one, "x"))
	try(graph.CodeConflict)(c.Merge(ctx, []graph.Term{two}, one, "x"))
	try(graph.CodeConflict)(c.Merge(ctx, []graph.Term{one}, two, "a circle"))
	d.done(c.Undo(ctx, merge.ID, ""))
	try(graph.CodeConflict)(c.Undo(ctx, merge.ID, ""))
	d.done(c.Retract(ctx, d.id(said.Batches[0]), "x"))
	try(graph.CodeConflict)(c.Retract(ctx, d.id(said.Batches[0]), "y"))
	try(graph.CodeConflict)(c.Undo(ctx, d.claim("person/bob", "leads", "union/two"), ""))
}
