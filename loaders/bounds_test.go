package loaders_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
)

// filler is what repeated streams are made of: bytes set one by one would take
// a minute under the race detector.
var filler = bytes.Repeat([]byte{'x'}, 1<<16)

// repeated is a stream of so many bytes of one sort after a head.
type repeated struct {
	head string
	left int64
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.head != "" {
		n := copy(p, r.head)
		r.head = r.head[n:]
		return n, nil
	}
	if r.left <= 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(int64(len(p)), r.left)], filler)
	r.left -= int64(n)
	return n, nil
}

// refused reads a stream that must be refused, and returns why. The heap may
// grow by so many bytes at most.
func refused(t *testing.T, name string, o loaders.Options, r io.Reader, growth uint64) string {
	t.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	why := ""
	in := loaders.Input(name, "", o, func() (io.ReadCloser, error) { return io.NopCloser(r), nil })
	err := in.Read(func(graph.Quad, graph.Position) error { return nil }, func(p graph.Problem) { why = p.String() })
	runtime.ReadMemStats(&after)
	if after.HeapSys > before.HeapSys+growth {
		t.Errorf("%s: the heap grew by %d MB", name, (after.HeapSys-before.HeapSys)>>20)
	}
	if err != nil {
		why = err.Error()
	}
	return why
}

func TestHostileStreams(t *testing.T) {
	const growth = 160 << 20
	small := options()
	small.MaxBytes = 1 << 20
	for _, c := range []struct {
		name, file, want string
		o                loaders.Options
		stream           io.Reader
	}{
		{"a line of 100 MB", "a.nq", "the line is longer than", options(), &repeated{`<x:a> <x:b> "`, 100 << 20}},
		{"a line of 100 MB of FollowTheMoney", "a.ftm.json", "the line is longer than", csvOptions(t), &repeated{`{"id":"`, 100 << 20}},
		{"a row of 100 MB", "a.csv", "the row is longer than", csvOptions(t), &repeated{"id,kind,name\n\"", 100 << 20}},
		{"an endless stream", "a.nq", "holds more than 1048576 bytes", small, &repeated{strings.Repeat("<x:a> <x:b> <x:c> .\n", 1<<16), 1 << 50}},
		{"a bomb", "a.nq.gz", "unpacks to more than 200 times", options(), bytes.NewReader(bomb(t))},
	} {
		if why := refused(t, c.file, c.o, c.stream, growth); !strings.Contains(why, c.want) {
			t.Errorf("%s: %q, want %q", c.name, why, c.want)
		}
	}
}

// bomb is a gzip of 80 MB that packs to a thousandth: many members of the same.
func bomb(t *testing.T) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	line := []byte("# " + strings.Repeat("x", 1<<16) + "\n")
	for range 1 << 20 / len(line) {
		if _, err := w.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return bytes.Repeat(packed.Bytes(), 80)
}

func csvOptions(t *testing.T) loaders.Options {
	t.Helper()
	o := options()
	o.Ontology = newShelf(t).ontology
	return o
}

// TestHostileTexts gives each reader bytes that are no text, a zero character,
// and what would go round in circles or out to the net.
func TestHostileTexts(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"no UTF-8", "a.nq", "<x:a> <x:b> \"\xff\" .\n", "not UTF-8"},
		{"no UTF-8", "a.trig", "<x:a> <x:b> \"\xff\" .\n", "UTF-8"},
		{"no UTF-8", "a.jsonld", "{\"a\": \"\xff\"}", "not UTF-8"},
		{"no UTF-8", "a.yaml", "a: \"\xff\"", "not UTF-8"},
		{"no UTF-8", "a.csv", "id,kind\nx:a,\xff\n", "no text"},
		{"no UTF-8", "a.ftm.json", "{\"id\": \"\xff\"}", "not UTF-8"},
		{"zero byte", "a.csv", "id,kind\nx:a,a\x00b\n", "no text"},
		{"remote context", "a.jsonld", `{"@context": "https://example.org/c"}`, "nothing is fetched"},
		{"remote context within", "a.jsonld", `{"@context": {"p": {"@id": "x:p", "@context": "https://example.org/c"}}, "@id": "x:a", "p": {"@id": "x:b"}}`, "nothing is fetched"},
		{"context that names itself", "a.jsonld", `{"@context": "circle.jsonld", "@id": "x:a"}`, "more than 8"},
		{"base that is no IRI", "a.jsonld", `{"@context": {"@base": "%"}, "@graph": []}`, "no IRI"},
		{"term that names itself", "a.jsonld", `{"@context": {"a": "b:x", "b": "a:x"}, "@id": "x:a"}`, "cyclic"},
		{"depth", "a.jsonld", strings.Repeat(`{"@graph": [`, 5000), "nested deeper"},
		{"depth", "a.yaml", strings.Repeat("[", 5000), "syntax"},
		{"truncated gzip", "a.nq.gz", "\x1f\x8b\x08\x00", "unexpected EOF"},
	} {
		o := csvOptions(t)
		found := o.Document
		o.Document = func(name string) ([]byte, error) {
			if name == "circle.jsonld" {
				return []byte(`{"@context": "circle.jsonld"}`), nil
			}
			return found(name)
		}
		if why := refused(t, c.file, o, strings.NewReader(c.text), 64<<20); !strings.Contains(why, c.want) {
			t.Errorf("%s %s: %q, want %q", c.name, c.file, why, c.want)
		}
	}
}

// TestZeroCharacter keeps a zero character, which RDF allows, in every format
// that can hold it.
func TestZeroCharacter(t *testing.T) {
	const ns = "<https://tripartite-graph.github.io/ns#"
	s := newShelf(t)
	s.must(s.input("a.nq", "", "<x:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "+ns+"Person> .\n<x:a> "+ns+`name> "a\u0000b" .`+"\n"))
	if !strings.Contains(s.quads(), `"a\u0000b"`) {
		t.Fatal(s.quads())
	}
	for _, f := range lossless {
		again := newShelf(t)
		again.must(again.input("b"+f.Extensions[0], f.Name, s.write(f, graph.ExportQuery{})))
		if again.quads() != s.quads() {
			t.Errorf("%s gives %s", f.Name, again.quads())
		}
	}
}

// TestCancelledExport ends an export with its context.
func TestCancelledExport(t *testing.T) {
	s := full(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, f := range loaders.Formats {
		if f.Write == nil {
			continue
		}
		if err := f.Write(ctx, io.Discard, s.export(graph.ExportQuery{})); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

func TestTruthy(t *testing.T) {
	s := full(t)
	want := s.write(loaders.NQuads, graph.ExportQuery{Truthy: true})
	var relations []string
	for line := range strings.Lines(want) {
		words := strings.Fields(line)
		relations = append(relations, words[1][len("<https://tripartite-graph.github.io/ns#"):len(words[1])-1])
		if !strings.Contains(words[len(words)-2], "/claim/") {
			t.Errorf("the label is not the claim: %s", line)
		}
	}
	// convicted-by is denied by another voice, affiliated-with alleged, requested withdrawn.
	if got := strings.Join(relations, " "); got != "leads disputes measured" {
		t.Errorf("truthy are %s", got)
	}
	for _, f := range lossless {
		var lines []string
		in := s.input("t"+f.Extensions[0], f.Name, s.write(f, graph.ExportQuery{Truthy: true}))
		err := in.Read(func(q graph.Quad, _ graph.Position) error { lines = append(lines, q.Line()); return nil }, func(p graph.Problem) { t.Error(f.Name, p) })
		if err != nil {
			t.Fatal(err)
		}
		if got := sortedLines(lines); got != sortedLines(strings.SplitAfter(want, "\n")) {
			t.Errorf("%s has\n%s", f.Name, got)
		}
	}
}

// TestSubgraph takes what lies around an entity: it loads elsewhere by itself,
// and its batches keep their names.
func TestSubgraph(t *testing.T) {
	s := full(t)
	all := s.quads()
	for depth, claims := range []int{0, 2, 4} {
		part := s.write(loaders.NQuads, graph.ExportQuery{Root: "person/жанна", Depth: depth})
		for line := range strings.Lines(part) {
			if !strings.Contains(all, line) {
				t.Errorf("depth %d adds %s", depth, line)
			}
		}
		again := newShelf(t)
		again.must(again.input("part.nq", "", part))
		sameLines(t, again.quads(), part)
		truthy := strings.Count(s.write(loaders.NQuads, graph.ExportQuery{Root: "person/жанна", Depth: depth}), "asserted-by> <")
		if truthy < claims {
			t.Errorf("depth %d has %d voices", depth, truthy)
		}
	}
}

func sortedLines(lines []string) string {
	slices.Sort(lines)
	return strings.Join(lines, "")
}
