package loaders_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/schema"
)

// sow adds to a fuzzer the files of the suites that a pattern names, where
// they are at hand.
func sow(f *testing.F, patterns ...string) {
	f.Helper()
	const longest = 1 << 14 // long files slow a fuzzer down
	for _, pattern := range patterns {
		files, err := filepath.Glob(filepath.Join(os.Getenv("TRIPARTITE_TESTDATA"), pattern))
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			if len(data) <= longest {
				f.Add(string(data))
			}
		}
	}
}

// isRead checks that no file makes a reader fail, and that every quad is one
// of N-Quads.
func isRead(t *testing.T, file, text string, o loaders.Options) {
	r := readText(t, file, text, o)
	again := readText(t, "b.nq", strings.Join(r.lines, "\n"), options())
	if len(again.faults) > 0 {
		t.Errorf("%q gives %q, of which %q", text, r.lines, again.faults)
	}
}

// FuzzNQuads checks that what is read once is canonical: read again, it gives
// the same bytes.
func FuzzNQuads(f *testing.F) {
	for _, s := range []string{"<x:a> <x:b> <x:c> .", `_:a <x:b> "a\u00e9\n\\"@en-GB <x:l> . # c`, `<x:a> <x:b> "1"^^<x:int> .`, "<x:\\u00e9> <x:b> _:c..", `<x:a><x:b>"\U0001F600".`} {
		f.Add(s)
	}
	sow(f, "w3c/rdf-n-quads/*.nq", "w3c/rdf-n-triples/*.nt")
	f.Fuzz(func(t *testing.T, text string) {
		first := readText(t, "a.nq", text, options())
		second := readText(t, "b.nq", strings.Join(first.lines, "\n"), options())
		if len(second.faults) > 0 || !slices.Equal(first.lines, second.lines) {
			t.Errorf("%q is read as %q, and that as %q with %q", text, first.lines, second.lines, second.faults)
		}
	})
}

func FuzzTriG(f *testing.F) {
	f.Add("@prefix : <x:> . :g { :a a 'b'@en , 1.5e0 ; :p (1 [ :q _:x ]) . } GRAPH _:x { }")
	f.Add("BASE <x:/y/> <../a#b> <p> \"\"\"a\\u00e9\n\"\"\"^^<z>, -.5, true .")
	sow(f, "w3c/rdf-trig/*.trig")
	f.Fuzz(func(t *testing.T, text string) { isRead(t, "a.trig", text, options()) })
}

func FuzzYAMLLD(f *testing.F) {
	f.Add(yamlText)
	f.Add("\"@context\": context.jsonld\n\"@graph\": [&a {\"@id\": x}, *a]")
	f.Add("\"@graph\": {\"@id\": person/a, \"@type\": [x:y, null]}\n")
	sow(f, "w3c/json-ld/toRdf/*.jsonld") // JSON is YAML
	f.Fuzz(func(t *testing.T, text string) { isRead(t, "a.yaml", text, options()) })
}

func FuzzJSONLD(f *testing.F) {
	f.Add(jsonText)
	sow(f, "w3c/json-ld/toRdf/*.jsonld", "w3c/json-ld/fromRdf/*.jsonld")
	f.Fuzz(func(t *testing.T, text string) { isRead(t, "a.jsonld", text, options()) })
}

// withOntology are the options of readers that need the ontology.
func withOntology(f *testing.F) loaders.Options {
	ontology, err := schema.Ontology(graph.DefaultNames())
	if err != nil {
		f.Fatal(err)
	}
	o := options()
	o.Ontology = ontology
	return o
}

func FuzzCSV(f *testing.F) {
	o := withOntology(f)
	f.Add("id,kind,name@en\nperson/a,Person,\"A | \"\"B\"\"@en\"\n")
	f.Add("subject;relation;object;date;amount;asserted-by\nperson/a;leads;union/b;2017/..;\"≥ 600\";\"<x:y> | union/c\\|d\"\n")
	f.Add("\ufeffid\t<x:p>\trole\tact\n_:x\t\"a\\u0000\"^^<x:y>\tALIAS\tleads\n")
	f.Fuzz(func(t *testing.T, text string) { isRead(t, "a.csv", text, o) })
}

func FuzzFTM(f *testing.F) {
	o := withOntology(f)
	files, err := filepath.Glob(filepath.Join(os.Getenv("TRIPARTITE_TESTDATA"), "ftm", "*.ftm.json"))
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			f.Add(line)
		}
	}
	f.Add(`{"id":"a","schema":"Person","properties":{"name":["A"],"country":["kz"]},"datasets":["d e"]}` + "\n" +
		`{"id":"b","schema":"Family","properties":{"person":["a"],"relative":["a"],"startDate":["2017"],"relationship":["x"]}}`)
	f.Fuzz(func(t *testing.T, text string) { isRead(t, "a.ftm.json", text, o) })
}
