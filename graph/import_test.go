package graph_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/schema"
	"github.com/tripartite-graph/tripartite/seed"
)

// desk is an empty store and an importer for it.
type desk struct {
	t        *testing.T
	store    *quadstore.Store
	ontology *graph.Ontology
	importer *graph.Importer
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	ontology, err := schema.Ontology(graph.DefaultNames())
	if err != nil {
		t.Fatal(err)
	}
	store, err := quadstore.Open("memory:", quadstore.Options{Ontology: ontology})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return &desk{t, store, ontology, &graph.Importer{Store: store, Ontology: ontology}}
}

// input makes an input of a text, whose name tells the format.
func input(name, text string) graph.Input {
	o := loaders.Options{Names: graph.DefaultNames(), Document: seed.Files.ReadFile}
	return loaders.Input(name, "", o, func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil })
}

func (d *desk) load(o graph.ImportOptions, inputs ...graph.Input) *graph.Report {
	d.t.Helper()
	report, err := d.importer.Import(context.Background(), inputs, o)
	if err != nil {
		d.t.Fatal(err)
	}
	return report
}

// must loads texts that are sound.
func (d *desk) must(inputs ...graph.Input) *graph.Report {
	d.t.Helper()
	report := d.load(graph.ImportOptions{Agent: "tester"}, inputs...)
	if report.Refused {
		var b bytes.Buffer
		if err := report.WriteText(&b); err != nil {
			d.t.Fatal(err)
		}
		d.t.Fatal(b.String())
	}
	return report
}

// export writes the store as N-Quads.
func (d *desk) export() string {
	d.t.Helper()
	return d.exportAs(loaders.NQuads)
}

// exportAs writes the store in a format.
func (d *desk) exportAs(f *loaders.Format) string {
	d.t.Helper()
	return d.exportPart(f, graph.ExportQuery{})
}

// exportPart writes a part of the store in a format.
func (d *desk) exportPart(f *loaders.Format, q graph.ExportQuery) string {
	d.t.Helper()
	ctx := context.Background()
	r, err := graph.NewReader(ctx, d.store, d.ontology, nil, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = r.Close() }() // of a snapshot that was only read
	x, err := r.Export(ctx, q)
	if err != nil {
		d.t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(ctx, &b, x); err != nil {
		d.t.Fatal(err)
	}
	return b.String()
}

const head = `"@context": [context.jsonld, {"@base": "https://tripartite-graph.github.io/id/"}]
"@graph":
`

const things = head + `
- {"@id": document/d, "@type": Document, name: A letter, file-name: d.txt, issued: "2021-02"}
- {"@id": person/ann, "@type": Person, name: Ann Example, names: [{text: Ann Example, role: PREFERRED, evidence: document/d/p1}, {text: A. Example, role: ALIAS}]}
- {"@id": person/bob, "@type": Person, name: Bob Example}
- {"@id": person/protected-1, "@type": Person, name: Asel A., protected: true}
- {"@id": union/one, "@type": Union, name: Union One}
- {"@id": union/two, "@type": Union, name: Union Two}
- {"@id": court/city, "@type": Court, name: City Court}
- {"@id": law/code, "@type": Law, name: The Code}
- {"@id": event/verdict, "@type": Event, name: The verdict}
- {"@id": voice/union-one, party: union/one, capacity: WORKERS, spoken-by: person/ann}
`

const sayings = head + `
- "@graph": {"@id": person/ann, convicted-by: court/city}
  "@id": _:verdict
  asserted-by: [voice/union-one, {party: union/two, capacity: WORKERS}, {party: person/bob}]
  event: event/verdict
  date: "2017-07-25"
  legalBasis: law/code
  group: [{ground: not registered, groundLaw: law/code}, {ground: too late}]
  evidence: document/d/p2
- "@graph": {"@id": union/two, disputes: _:verdict}
  asserted-by: union/two
  stance: DENIED
  reported-by-1: person/bob
  reported-by-2: union/one
  evidence: document/d/p3
- "@graph": {"@id": person/bob, leads: union/two}
  asserted-by: union/one
  date: "2019/2020"
  evidence: [document/d/p4, document/d/p5]
`

func TestLoadingTwiceChangesNothing(t *testing.T) {
	d := newDesk(t)
	first := d.must(input("things.yaml", things), input("sayings.yaml", sayings))
	if first.Counts.Claims != 3 || first.Counts.Entities != 9 || len(first.Batches) != 2 || first.Added == 0 {
		t.Errorf("counts %+v, batches %v, added %d", first.Counts, first.Batches, first.Added)
	}
	entries, err := d.store.Journal(context.Background(), 0, 1)
	if err != nil || len(entries) != 1 || len(entries[0].Files) != 2 || entries[0].Files[0] == entries[0].Files[1] || entries[0].File != "things.yaml, sayings.yaml" {
		t.Errorf("journal %+v, %v: want a file for each batch", entries, err)
	}
	before := d.export()
	again := d.must(input("sayings.yaml", sayings), input("things.yaml", things))
	if again.Added != 0 || again.Seq != first.Seq {
		t.Errorf("loading again added %d quads, sequence %d after %d", again.Added, again.Seq, first.Seq)
	}
	if again := d.must(input("x.nq", before)); again.Added != 0 || again.Seq != first.Seq {
		t.Errorf("loading its own export added %d quads", again.Added)
	}
	if strings.Contains(before, "_:") {
		t.Error("a blank node stays in the store")
	}
	if d.export() != before {
		t.Error("the store changed")
	}
}

// TestSameContentSameIDs loads one content in another order, in another
// format and with other blank nodes.
func TestSameContentSameIDs(t *testing.T) {
	a, b, c := newDesk(t), newDesk(t), newDesk(t)
	a.must(input("t.yaml", things), input("s.yaml", sayings))
	items := strings.Split(strings.TrimPrefix(sayings, head), "\n- ")
	turned := head + "\n- " + items[3] + "\n- " + items[2] + "\n- " + strings.ReplaceAll(items[1],
		"{ground: not registered, groundLaw: law/code}, {ground: too late}",
		"{ground: too late}, {groundLaw: law/code, ground: not registered}")
	turned = strings.ReplaceAll(turned, "_:verdict", "_:other")
	b.must(input("t.yaml", things), input("s.yaml", turned))
	if a.export() != b.export() {
		t.Error("another order gives other quads")
	}
	c.must(input("t.yaml", things), input("s.nq", raw(t, sayings)))
	if a.export() != c.export() {
		t.Error("another format gives other quads")
	}
}

// raw turns YAML-LD into N-Quads as any converter would, blank nodes and all.
func raw(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	err := input("raw.yaml", text).Read(func(q graph.Quad, _ graph.Position) error {
		b.WriteString(q.Line())
		return nil
	}, func(p graph.Problem) { t.Error(p) })
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestTenFaults loads a file with ten different faults.
func TestTenFaults(t *testing.T) {
	d := newDesk(t)
	d.must(input("things.yaml", things))
	before := d.export()
	report := d.load(graph.ImportOptions{}, input("faults.yaml", head+`
- {"@id": person/carl, "@type": Persn, name: Carl}
- "@graph": {"@id": person/ann, convictd-by: court/city}
  asserted-by: union/one
  evidence: document/d/p1
- "@graph": {"@id": law/code, convicted-by: court/city}
  asserted-by: union/one
  evidence: document/d/p1
- "@graph": {"@id": person/ann, convicted-by: union/one}
  asserted-by: union/one
  evidence: document/d/p1
- "@graph": {"@id": person/ann, leads: union/one}
  evidence: document/d/p1
- "@graph": {"@id": person/ann, leads: union/one}
  asserted-by: union/one
- "@graph": {"@id": person/ann, leads: union/one}
  asserted-by: union/one
  date: "25.07.2017"
  evidence: document/d/p1
- "@graph": {"@id": person/ann, leads: union/one}
  asserted-by: union/one
  evidence: document/d/p01
- "@graph": {"@id": person/anne, leads: union/one}
  asserted-by: union/one
  evidence: document/d/p1
- "@graph": {"@id": person/protected-1, possibly-same-as: person/bob}
  asserted-by: union/one
  evidence: document/d/p1
`))
	want := []struct {
		line       int
		rule       graph.Rule
		suggestion string
	}{
		{4, graph.RuleUnknownKind, "Person"},
		{5, graph.RuleUnknownRelation, "convicted-by"},
		{8, graph.RuleDomain, ""},
		{11, graph.RuleRange, ""},
		{14, graph.RuleVoice, ""},
		{16, graph.RuleDocument, ""},
		{20, graph.RuleDate, ""},
		{24, graph.RuleLocator, ""},
		{25, graph.RuleDangling, "person/ann"},
		{28, graph.RuleProtected, ""},
	}
	if !report.Refused || len(report.Problems) != len(want) {
		t.Errorf("%d problems, want %d", len(report.Problems), len(want))
	}
	messages := map[string]bool{}
	for i, p := range report.Problems {
		t.Log(p)
		messages[p.Message] = true
		if i >= len(want) {
			continue
		}
		if p.Rule != want[i].rule || p.Line != want[i].line || p.File != "faults.yaml" {
			t.Errorf("problem %d is %s at %s, want %s at line %d", i, p.Rule, p.Position, want[i].rule, want[i].line)
		}
		if s := want[i].suggestion; s != "" && (len(p.Suggestions) == 0 || p.Suggestions[0] != s) {
			t.Errorf("problem %d suggests %v, want %s", i, p.Suggestions, s)
		}
	}
	if len(messages) != len(want) {
		t.Errorf("%d different messages, want %d", len(messages), len(want))
	}
	if d.export() != before || report.Seq != 1 {
		t.Error("a refused file changed the store")
	}
}
