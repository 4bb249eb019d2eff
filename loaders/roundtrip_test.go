package loaders_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/graph/storetest"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/schema"
	"github.com/tripartite-graph/tripartite/seed"
)

// shelf is a store in memory.
type shelf struct {
	t        *testing.T
	store    *quadstore.Store
	ontology *graph.Ontology
}

func newShelf(t *testing.T) *shelf {
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
	return &shelf{t, store, ontology}
}

// input makes an input of bytes.
func (s *shelf) input(name, format, text string) graph.Input {
	o := loaders.Options{Names: s.ontology.Names, Ontology: s.ontology, Document: seed.Files.ReadFile}
	return loaders.Input(name, format, o, func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil })
}

func (s *shelf) load(options graph.ImportOptions, inputs ...graph.Input) *graph.Report {
	s.t.Helper()
	im := graph.Importer{Store: s.store, Ontology: s.ontology}
	report, err := im.Import(context.Background(), inputs, options)
	if err != nil {
		s.t.Fatal(err)
	}
	return report
}

// must loads what is sound.
func (s *shelf) must(inputs ...graph.Input) *graph.Report {
	s.t.Helper()
	report := s.load(graph.ImportOptions{Agent: "tester"}, inputs...)
	if len(report.Problems) > 0 {
		var b bytes.Buffer
		_ = report.WriteText(&b)
		s.t.Fatal(b.String())
	}
	return report
}

// export opens an export.
func (s *shelf) export(q graph.ExportQuery) *graph.Export {
	s.t.Helper()
	r, err := graph.NewReader(context.Background(), s.store, s.ontology, nil, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		if err := r.Close(); err != nil {
			s.t.Error(err)
		}
	})
	x, err := r.Export(context.Background(), q)
	if err != nil {
		s.t.Fatal(err)
	}
	return x
}

func (s *shelf) write(f *loaders.Format, q graph.ExportQuery) string {
	s.t.Helper()
	var b bytes.Buffer
	if err := f.Write(context.Background(), &b, s.export(q)); err != nil {
		s.t.Fatal(err)
	}
	return b.String()
}

func (s *shelf) quads() string { return s.write(loaders.NQuads, graph.ExportQuery{}) }

const corpusHead = `"@context": [context.jsonld, {"@base": "https://tripartite-graph.github.io/id/"}]
"@graph":
`

// corpus holds what formats like to lose: texts with every mark, names with
// evidence, voices, groups, a chain of reporting, values, claims about claims.
const corpus = corpusHead + `
- {"@id": document/d, "@type": Document, name: "A \"letter\"", title: "=1+1|2\\3", file-name: d.txt, issued: "2021-02", url: "https://example.org/a?b=c,d"}
- {"@id": person/жанна, "@type": Person, name: "Жанна", names: [{text: "Zhanna\nNew line\r\n", role: ALIAS, evidence: document/d/p1}, {text: " A | B ; C, \t D", role: PREFERRED}], description: "<b>&amp;</b> ]]> \u0001 \u007f 😀"}
- {"@id": "https://example.org/people#bob", "@type": Person, name: Bob Example}
- {"@id": person/protected-1, "@type": Person, name: Asel A., protected: true}
- {"@id": union/one, "@type": Union, name: {"@value": Бірінші, "@language": kk-Cyrl}}
- {"@id": union/two, "@type": Union, name: Union Two}
- {"@id": court/city, "@type": Court, name: City Court}
- {"@id": law/code, "@type": Law, name: The Code}
- {"@id": event/verdict, "@type": Event, name: The verdict}
- {"@id": topic/strike, "@type": Topic, name: Strike}
- {"@id": voice/union-one, party: union/one, capacity: WORKERS, spoken-by: person/жанна}
- "@graph": {"@id": person/жанна, convicted-by: court/city}
  "@id": claim/verdict
  asserted-by: [voice/union-one, {party: union/two, capacity: WORKERS}, {party: "https://example.org/people#bob"}]
  event: event/verdict
  date: "2017-07-25"
  date-basis: CONTEXT
  legalBasis: law/code
  ordinal: 2
  group: [{ground: "not | registered", groundLaw: law/code}, {ground: too late}]
  evidence: document/d/p2
  context: document/d/p1
- "@graph": {"@id": union/two, disputes: claim/verdict}
  asserted-by: union/two
  reported-by-1: "https://example.org/people#bob"
  reported-by-2: union/one
  evidence: document/d/p3
- "@graph": {"@id": person/жанна, convicted-by: court/city}
  asserted-by: union/two
  stance: DENIED
  event: event/verdict
  evidence: document/d/p3
- "@graph": {"@id": "https://example.org/people#bob", leads: union/two}
  asserted-by: union/one
  date: "2019/2020"
  evidence: [document/d/p4, document/d/p5]
- "@graph": {"@id": union/two, measured: "≥ 600 members"}
  asserted-by: union/two
  measure: members
  evidence: document/d/p4
- "@graph": {"@id": union/one, requested: union/two}
  asserted-by: union/one
  act: [organized, topic/strike]
  negated: true
  deadline: "2021-12"
  duration: P30D
  amount: "17..18 million KZT"
  evidence: document/d/p6
- "@graph": {"@id": union/one, affiliated-with: union/two}
  asserted-by: union/one
  mode: ALLEGED
  evidence: document/d/p7
`

// full loads the corpus in two batches, withdraws a claim and merges two unions.
func full(t *testing.T) *shelf {
	t.Helper()
	s := newShelf(t)
	s.must(s.input("corpus.yaml", "", corpus))
	s.must(s.input("more.yaml", "", corpusHead+`
- {"@id": union/three, "@type": Union, name: Union Three}
- "@graph": {"@id": "https://example.org/people#bob", leads: union/two}
  asserted-by: union/one
  date: "2019/2020"
  evidence: document/d/p9
`))
	curator := graph.Curator{Store: s.store, Ontology: s.ontology, Agent: "tester"}
	if _, err := curator.Merge(context.Background(), []graph.Term{s.ontology.Names.IRI("union/three")}, s.ontology.Names.IRI("union/two"), "one union"); err != nil {
		t.Fatal(err)
	}
	if _, err := curator.Retract(context.Background(), s.claim("requested"), "misread"); err != nil {
		t.Fatal(err)
	}
	return s
}

// claim returns the claim of a relation.
func (s *shelf) claim(relation string) graph.Term {
	s.t.Helper()
	for line := range strings.Lines(s.quads()) {
		if words := strings.Fields(line); words[1] == string(s.ontology.Names.Term(relation)) {
			return graph.Term(words[len(words)-2])
		}
	}
	s.t.Fatalf("no claim %s", relation)
	return ""
}

// lossless are the formats that hold every quad.
var lossless = []*loaders.Format{loaders.NQuads, loaders.TriG, loaders.JSONLD, loaders.CSV}

func TestRoundTrips(t *testing.T) {
	if storetest.WithoutRaceDetector(t) {
		return
	}
	for name, s := range map[string]*shelf{"tests": full(t), "seed": seedStore(t)} {
		want := s.quads()
		for _, f := range lossless {
			t.Run(name+" "+f.Name, func(t *testing.T) {
				again := newShelf(t)
				again.must(again.input("export"+f.Extensions[0], f.Name, s.write(f, graph.ExportQuery{})))
				sameLines(t, again.quads(), want)
			})
		}
	}
}

func TestLoadingTwiceAddsNothing(t *testing.T) {
	s := full(t)
	for _, f := range lossless {
		text := s.write(f, graph.ExportQuery{})
		again := newShelf(t)
		for round := range 3 {
			if r := again.must(again.input("export", f.Name, text)); (r.Added > 0) != (round == 0) {
				t.Errorf("%s, loaded for the %d. time, adds %d quads", f.Name, round+1, r.Added)
			}
		}
		if r := s.must(s.input("export", f.Name, text)); r.Added != 0 {
			t.Errorf("%s adds %d quads where it came from", f.Name, r.Added)
		}
	}
}

// seeded is a store with the corpus of the project, which tests only read.
var seeded struct {
	once  sync.Once
	store *quadstore.Store
}

// seedStore returns the corpus of the project.
func seedStore(t *testing.T) *shelf {
	t.Helper()
	s := newShelf(t)
	seeded.once.Do(func() {
		files, err := filepath.Glob("../seed/*.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if seeded.store, err = quadstore.Open("memory:", quadstore.Options{Ontology: s.ontology}); err != nil {
			t.Fatal(err)
		}
		s.store = seeded.store
		var inputs []graph.Input
		for _, file := range files {
			content, err := seed.Files.ReadFile(filepath.Base(file))
			if err != nil {
				t.Fatal(err)
			}
			inputs = append(inputs, s.input(file, "", string(content)))
		}
		s.must(inputs...)
	})
	s.store = seeded.store
	return s
}

// sameLines compares two exports, and shows what one has more.
func sameLines(t *testing.T, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := strings.SplitAfter(got, "\n"), strings.SplitAfter(want, "\n")
	shown := 0
	for _, line := range g {
		if !slices.Contains(w, line) && shown < 10 {
			t.Errorf("too much: %s", line)
			shown++
		}
	}
	for _, line := range w {
		if !slices.Contains(g, line) && shown < 20 {
			t.Errorf("missing: %s", line)
			shown++
		}
	}
	if shown == 0 {
		t.Error("the order differs")
	}
}

func TestCSVInTwoFiles(t *testing.T) {
	s := full(t)
	var entities, claims bytes.Buffer
	if err := loaders.WriteCSVFiles(context.Background(), &entities, &claims, s.export(graph.ExportQuery{})); err != nil {
		t.Fatal(err)
	}
	again := newShelf(t)
	again.must(again.input("entities.csv", "", entities.String()), again.input("claims.csv", "", claims.String()))
	sameLines(t, again.quads(), s.quads())
	if rows, err := csv.NewReader(&entities).ReadAll(); err != nil || len(rows) != 1+11+2 {
		t.Errorf("%d rows of entities and their names, %v", len(rows), err)
	}
}
