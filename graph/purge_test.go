package graph_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
)

// diary says of Ann what must vanish, and of others what may stay.
const diary = head + `
- {"@id": topic/strike, "@type": Topic, name: A strike, description: led by Ann Example}
- {"@id": conflict/c, clashes: [claim/verdict, claim/leads], summary: Ann Example cannot be both}
- "@graph": {"@id": person/ann, convicted-by: court/city}
  "@id": claim/verdict
  asserted-by: {party: union/two, capacity: WORKERS}
  group: [{ground: not registered, groundLaw: law/code}]
  evidence: document/d/p2
- "@graph": {"@id": union/two, disputes: claim/verdict}
  "@id": claim/dispute
  asserted-by: union/two
  evidence: document/d/p3
- "@graph": {"@id": person/bob, leads: union/two}
  "@id": claim/leads
  asserted-by: union/one
  revision-of: claim/verdict
  evidence: document/d/p4
- "@graph": {"@id": person/bob, leads: union/one}
  "@id": claim/spoken
  asserted-by: voice/union-one
  evidence: document/d/p5
`

func (d *desk) purger() *graph.Purger {
	return &graph.Purger{Store: d.store, Ontology: d.ontology, Agent: "tester"}
}

func (d *desk) purge(dryRun bool, ids ...string) *graph.Purged {
	d.t.Helper()
	var targets []graph.Term
	for _, id := range ids {
		targets = append(targets, d.id(id))
	}
	done, err := d.purger().Purge(context.Background(), targets, "asked for", dryRun)
	if err != nil {
		d.t.Fatal(err)
	}
	return done
}

// rules are the rules that a load of a text breaks.
func (d *desk) rules(o graph.ImportOptions, inputs ...graph.Input) (rules []graph.Rule) {
	d.t.Helper()
	for _, p := range d.load(o, inputs...).Problems {
		if !slices.Contains(rules, p.Rule) {
			rules = append(rules, p.Rule)
		}
	}
	return rules
}

// TestPurgeOfAPerson: whoever is purged is named by nothing that stays, and
// cannot be loaded again; what only pointed at a purged claim stays.
func TestPurgeOfAPerson(t *testing.T) {
	d := newDesk(t)
	d.must(input("things.yaml", things), input("diary.yaml", diary))
	d.done(d.curator().Retract(context.Background(), d.id("claim/verdict"), "Ann Example was not there"))
	before := d.export()

	if dry := d.purge(true, "person/ann"); dry.Claims != 3 || dry.Entities != 1 || dry.Batches != 0 || d.export() != before {
		t.Errorf("a dry run says %+v, want Ann, the verdict, its dispute and what her voice says; it may change nothing", dry)
	}
	done := d.purge(false, "person/ann")
	if len(done.Mentions) != 1 || done.Mentions[0].Subject != d.id("topic/strike") {
		t.Errorf("mentions that stay: %v, want the topic's description", done.Mentions)
	}
	after := d.export()
	for line := range strings.Lines(after) {
		if strings.Contains(strings.ToLower(line), "ann") && !strings.Contains(line, "topic/strike") || strings.Contains(line, "claim/verdict") {
			t.Errorf("stays: %s", line)
		}
	}
	for _, id := range []string{"claim/leads", "person/bob", "union/two", "court/city"} {
		if !strings.Contains(after, string(d.id(id))) {
			t.Errorf("%s vanished along", id)
		}
	}
	entries, err := d.store.Journal(context.Background(), 0, 10)
	if err != nil || len(entries) != 3 || entries[1].Reason != "" || entries[2].Action != graph.ActionPurge || entries[2].Removed != done.Quads {
		t.Errorf("journal %+v, %v", entries, err)
	}

	if got := d.rules(graph.ImportOptions{Agent: "x"}, input("things.yaml", things)); !slices.Equal(got, []graph.Rule{graph.RulePurged}) || d.export() != after {
		t.Errorf("loading the person again breaks %v, want purged alone", got)
	}
	if got := d.rules(graph.ImportOptions{Agent: "x"}, input("old.nq", before)); !slices.Contains(got, graph.RulePurged) || d.export() != after {
		t.Errorf("loading an old export breaks %v", got)
	}
	d.load(graph.ImportOptions{Agent: "x", BestEffort: true}, input("things.yaml", things), input("diary.yaml", diary))
	if strings.Contains(d.export(), "person/ann") {
		t.Error("a best-effort load brings the person back")
	}
	_, err = d.purger().Purge(context.Background(), []graph.Term{d.id("person/ann")}, "again", false)
	d.refused(graph.CodeConflict, graph.Act{}, err)
}

// TestTombstonesTravel: an export has them, in every whole format, and where they come in the
// purged thing is refused; a store that holds it is told to purge it.
func TestTombstonesTravel(t *testing.T) {
	d := newDesk(t)
	d.must(input("things.yaml", things), input("diary.yaml", diary))
	d.purge(false, "claim/leads")
	export := d.export()
	for _, f := range []*loaders.Format{loaders.NQuads, loaders.TriG, loaders.JSONLD, loaders.CSV} {
		e := newDesk(t)
		text := d.exportAs(f)
		e.must(loaders.Input("export", f.Name, loaders.Options{Names: e.ontology.Names, Ontology: e.ontology}, func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(text)), nil
		}))
		if e.export() != export {
			t.Errorf("%s: the export of the copy differs", f.Name)
		}
		if got := e.rules(graph.ImportOptions{Agent: "x"}, input("diary.yaml", diary)); !slices.Contains(got, graph.RulePurged) {
			t.Errorf("%s: loading what was purged elsewhere breaks %v", f.Name, got)
		}
	}
	holder := newDesk(t)
	holder.must(input("things.yaml", things), input("diary.yaml", diary))
	if got := holder.rules(graph.ImportOptions{Agent: "x"}, input("export.nq", export)); !slices.Contains(got, graph.RulePurged) {
		t.Errorf("a tombstone of what the store holds breaks %v", got)
	}
}

// TestPurgeOfABatchADocumentAndACluster: each with what cannot be without it.
func TestPurgeOfABatchADocumentAndACluster(t *testing.T) {
	d := newDesk(t)
	d.must(input("things.yaml", things))
	said := d.must(input("diary.yaml", diary))
	if done := d.purge(false, said.Batches[0]); done.Claims != 4 || done.Batches != 1 || done.Entities != 1 {
		t.Errorf("a batch: %+v, want its four claims and its topic", done)
	}

	d = newDesk(t)
	d.must(input("things.yaml", things), input("diary.yaml", diary))
	if done := d.purge(false, "document/d"); done.Claims != 4 || done.Entities != 1 || strings.Contains(d.export(), "document/d") {
		t.Errorf("a document: %+v, want the claims that stand in it, and no locator left", done)
	}
	if !strings.Contains(d.export(), "Ann Example") {
		t.Error("a name vanished with the place where it was read")
	}

	d = newDesk(t)
	d.must(input("things.yaml", things), input("diary.yaml", diary))
	d.done(d.curator().Merge(context.Background(), []graph.Term{d.id("union/two")}, d.id("union/one"), "the same"))
	if done := d.purge(false, "union/two"); done.Entities != 2 || strings.Contains(d.export(), "union/one") {
		t.Errorf("a merged entity: %+v, want what stands for the same, too", done)
	}
}

func TestRefusedPurges(t *testing.T) {
	d := newDesk(t)
	d.must(input("things.yaml", things))
	before := d.export()
	for _, x := range []struct {
		id, reason string
		code       graph.Code
	}{{"person/ann", " ", graph.CodeInvalid}, {"person/none", "x", graph.CodeNotFound}, {"law/code#none", "x", graph.CodeNotFound}} {
		_, err := d.purger().Purge(context.Background(), []graph.Term{d.id(x.id)}, x.reason, false)
		var e *graph.Error
		if !errors.As(err, &e) || e.Code != x.code {
			t.Errorf("%s because of %q: %v, want %s", x.id, x.reason, err, x.code)
		}
	}
	if d.export() != before {
		t.Error("a refused purge changed the store")
	}
	d.must(input("x.yaml", head+`
- {"@id": person/carl, "@type": Person, name: Carl}`))
	if got := d.rules(graph.ImportOptions{Agent: "x"}, input("y.yaml", head+`
- {"@id": tombstone/mine, purged: CLAIM, agent: me}
- {"@id": tombstone/1-abc, purged: everything, agent: me}`)); !slices.Equal(got, []graph.Rule{graph.RuleWithdrawal}) {
		t.Errorf("tombstones that are none break %v", got)
	}
}
