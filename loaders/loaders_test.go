package loaders_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
)

const contextText = `{"@context": {
  "@base": "https://tripartite-graph.github.io/id/",
  "leads": {"@id": "https://tripartite-graph.github.io/ns#leads", "@type": "@id"},
  "asserted-by": {"@id": "https://tripartite-graph.github.io/ns#asserted-by", "@type": "@id"},
  "party": {"@id": "https://tripartite-graph.github.io/ns#party", "@type": "@id"},
  "date": {"@id": "https://tripartite-graph.github.io/ns#date", "@type": "http://id.loc.gov/datatypes/edtf"},
  "count": {"@id": "https://tripartite-graph.github.io/ns#count"},
  "name": {"@id": "https://tripartite-graph.github.io/ns#name", "@language": "en"}
}}`

func options() loaders.Options {
	return loaders.Options{Names: graph.DefaultNames(), Document: func(name string) ([]byte, error) {
		if name != "context.jsonld" {
			return nil, fmt.Errorf("no file %s", name)
		}
		return []byte(contextText), nil
	}}
}

// result is what a reader hands over: lines of N-Quads, places and faults.
type result struct {
	lines  []string
	places []string
	faults []string
}

func readText(t *testing.T, name, text string, o loaders.Options) result {
	t.Helper()
	var r result
	in := loaders.Input(name, "", o, func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil })
	err := in.Read(func(q graph.Quad, at graph.Position) error {
		r.lines = append(r.lines, strings.TrimSuffix(q.Line(), "\n"))
		r.places = append(r.places, at.String())
		return nil
	}, func(p graph.Problem) { r.faults = append(r.faults, p.String()) })
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const yamlText = `# a comment
"@context": context.jsonld
"@graph":
- "@id": person/ann
  name: "Энн\n“A”"
- "@id": _:c
  "@graph": {"@id": person/ann, leads: union/one}
  asserted-by:
  - party: union/one
  - union/two
  date: "2017"
- {"@id": _:c, count: 600}
`

const jsonText = `{"@context": "context.jsonld", "@graph": [
{"@id": "person/ann", "name": "\u042d\u043d\u043d\n“A”"},
{"@id": "_:c", "@graph": {"@id": "person/ann", "leads": "union/one"},
 "asserted-by": [{"party": "union/one"}, "union/two"], "date": "2017"},
{"@id": "_:c", "count": 600}]}`

func TestYAMLAndJSONSayTheSame(t *testing.T) {
	y, j := readText(t, "a.yaml", yamlText, options()), readText(t, "a.jsonld", jsonText, options())
	if len(y.faults)+len(j.faults) > 0 {
		t.Fatal(y.faults, j.faults)
	}
	if !slices.Equal(y.lines, j.lines) {
		t.Errorf("YAML-LD:\n%s\nJSON-LD:\n%s", strings.Join(y.lines, "\n"), strings.Join(j.lines, "\n"))
	}
	const id, ns = "<https://tripartite-graph.github.io/id/", "<https://tripartite-graph.github.io/ns#"
	want := []string{
		id + "person/ann> " + ns + `name> "Энн\n“A”"@en .`,
		`_:b0 ` + ns + `count> "600"^^<http://www.w3.org/2001/XMLSchema#integer> .`,
		id + "person/ann> " + ns + "leads> " + id + "union/one> _:b0 .",
		`_:b0 ` + ns + `date> "2017"^^<http://id.loc.gov/datatypes/edtf> .`,
	}
	for _, line := range want {
		if !slices.Contains(y.lines, line) {
			t.Errorf("missing %s in\n%s", line, strings.Join(y.lines, "\n"))
		}
	}
	for i, line := range y.lines {
		switch {
		case strings.Contains(line, "#date>") && (y.places[i] != ":11:9" || j.places[i] != ":4:64"),
			strings.Contains(line, "#leads>") && (y.places[i] != ":7:40" || j.places[i] != ":3:57"),
			strings.Contains(line, "union/two>") && y.places[i] != ":10:5":
			t.Errorf("%s stands at %s and %s", line, y.places[i], j.places[i])
		}
	}
}

func TestGraphUnderAnotherName(t *testing.T) {
	r := readText(t, "a.jsonld", `{"@context": {"data": "@graph", "p": "x:p"}, "data": [{"@id": "x:a", "p": "b"}]}`, options())
	if len(r.faults) > 0 || !slices.Equal(r.lines, []string{`<x:a> <x:p> "b" .`}) {
		t.Errorf("%q %q", r.lines, r.faults)
	}
}

// TestIDsAreKept reads ids and texts that URL libraries like to change.
func TestIDsAreKept(t *testing.T) {
	for _, id := range []string{"person/жанна", "person/o'neil(x)*;,$!+~41.~", "person/100%25", "claim/x#g1", "person/a?b=c&d"} {
		r := readText(t, "a.yaml", "\"@context\": context.jsonld\n\"@graph\":\n- {\"@id\": \""+id+"\", name: \"~7e. %zz\"}\n", options())
		want := "<" + graph.DefaultBase + id + "> <" + graph.DefaultVocabulary + "name> \"~7e. %zz\"@en ."
		if len(r.faults) > 0 || !slices.Equal(r.lines, []string{want}) {
			t.Errorf("%q %q, want %s", r.lines, r.faults, want)
		}
	}
}

func TestFaultsOfSyntax(t *testing.T) {
	small := options()
	small.MaxLine = 64
	for _, c := range []struct {
		name, file, text, want string
		options                loaders.Options
	}{
		{"no full stop", "a.nq", "# x\n<x:a> <x:b> <x:c>\n", "2:18: syntax: the line ends", options()},
		{"relative IRI", "a.nq", "<a> <x:b> <x:c> .\n", "1:1: syntax: the IRI <a>: is not absolute", options()},
		{"long line", "a.nq", "<x:a> <x:b> <x:c> .\n<x:a> <x:b> \"" + strings.Repeat("x", 99) + "\" .\n", "2: syntax: the line is longer than 64 bytes", small},
		{"not UTF-8", "a.nq", "<x:a> <x:b> \"\xff\" .\n", "1:14: syntax: the line is not UTF-8", options()},
		{"key twice", "a.yaml", "a: 1\nb: 2\na: 3\n", "3:1: syntax: mapping key", options()},
		{"key twice", "a.jsonld", "{\"a\": 1,\n \"a\": 2}", "2:5: syntax: the key \"a\" stands twice", options()},
		{"lost key", "a.yaml", "\"@context\": context.jsonld\n\"@graph\":\n- {\"@id\": person/a, nome: A}\n", "3:21: syntax: the key \"nome\" is not in the context", options()},
		{"context elsewhere", "a.yaml", "\"@context\": https://example.org/c.jsonld\n\"@graph\": []\n", "1:13: syntax: the context: https://example.org/c.jsonld is not at hand, and nothing is fetched", options()},
		{"imported context", "a.jsonld", `{"@context": {"@import": "https://example.org/c"}, "@graph": []}`, "syntax: the context:", options()},
		{"no IRI", "a.yaml", "\"@context\": context.jsonld\n\"@graph\":\n- {\"@id\": person/a b, name: A}\n", "3:4: syntax: \"https://tripartite-graph.github.io/id/person/a b\" is no IRI", options()},
		{"two documents", "a.yaml", "--- {}\n--- {}\n", "a second document begins", options()},
		{"alias of nothing", "a.yaml", "a: *b\n", "syntax:", options()},
		{"number like a date", "a.yaml", "a: 0123\n", "1:4: syntax: 0123 begins with 0: quote it", options()},
		{"unknown format", "a", "what is this", "give it with --format", options()},
		{"after the end", "a.jsonld", "{} {}", "something stands after the end", options()},
	} {
		t.Run(c.name+" "+c.file, func(t *testing.T) {
			r := readText(t, c.file, c.text, c.options)
			if len(r.faults) != 1 || !strings.Contains(r.faults[0], c.want) {
				t.Errorf("faults %q, want one with %q", r.faults, c.want)
			}
		})
	}
}

func TestReadingGoesOnAfterAFaultyLine(t *testing.T) {
	r := readText(t, "a.nq", "<x:a> <x:b> <x:c> .\nfoo\n<x:a> <x:b> <x:d> <x:l> . # end\r<x:e> <x:b> _:b.c.\r\n", options())
	if len(r.faults) != 1 || !slices.Equal(r.lines, []string{"<x:a> <x:b> <x:c> .", "<x:a> <x:b> <x:d> <x:l> .", "<x:e> <x:b> _:b.c ."}) {
		t.Errorf("%+v", r)
	}
}

func TestAliasesAreBounded(t *testing.T) {
	text := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 9; i++ {
		text += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	r := readText(t, "bomb.yaml", text, options())
	if len(r.faults) != 1 || !strings.Contains(r.faults[0], "unfolds") {
		t.Errorf("faults %q", r.faults)
	}
}

func TestCompressedInput(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := io.WriteString(w, "<x:a> <x:b> <x:c> .\n"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(packed.Bytes())
	in := loaders.Input("-", "", options(), func() (io.ReadCloser, error) { return io.NopCloser(&packed), nil })
	n := 0
	err := in.Read(func(graph.Quad, graph.Position) error { n++; return nil }, func(p graph.Problem) { t.Error(p) })
	if err != nil || n != 1 || in.Hash() != hex.EncodeToString(sum[:]) {
		t.Errorf("%d quads, %v, hash %s", n, err, in.Hash())
	}
}

func TestDetect(t *testing.T) {
	for _, c := range []struct{ name, head, want string }{
		{"a.nq", "", "nquads"}, {"a.NQ.gz", "", "nquads"}, {"a.yml", "", "yamlld"}, {"a.jsonld", "", "jsonld"},
		{"-", "\ufeff {\"@graph\": []}", "jsonld"}, {"-", "\"@context\": x\n", "yamlld"}, {"-", "<x:a> <x:b> <x:c> .\n", "nquads"},
	} {
		if f := loaders.Detect(c.name, []byte(c.head)); f == nil || f.Name != c.want {
			t.Errorf("%s %q is detected as %v, want %s", c.name, c.head, f, c.want)
		}
	}
}
