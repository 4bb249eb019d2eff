package loaders_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/loaders/rdfc"
)

// w3c returns a folder of the W3C suites.
func w3c(t *testing.T, folder string) string {
	t.Helper()
	data := os.Getenv("TRIPARTITE_TESTDATA")
	if data == "" {
		t.Skip("TRIPARTITE_TESTDATA names no folder with the W3C suites")
	}
	return filepath.Join(data, "w3c", folder)
}

var (
	entryPattern  = regexp.MustCompile(`(?m)^<#([^>]+)>\s+(?:a|rdf:type)\s+rdft:(\w+)`)
	actionPattern = regexp.MustCompile(`mf:action\s+<([^>]+)>`)
	resultPattern = regexp.MustCompile(`mf:result\s+<([^>]+)>`)
)

// w3cCase is one entry of a manifest.
type w3cCase struct {
	name, action, result string // result is "" for a test of syntax
	valid                bool
}

// manifest reads the entries of a manifest.
func manifest(t *testing.T, folder string) []w3cCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, "manifest.ttl"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	var cases []w3cCase
	entries := entryPattern.FindAllStringSubmatchIndex(text, -1)
	for i, at := range entries {
		end := len(text)
		if i+1 < len(entries) {
			end = entries[i+1][0]
		}
		body, kind := text[at[1]:end], text[at[4]:at[5]]
		c := w3cCase{name: text[at[2]:at[3]], action: actionPattern.FindStringSubmatch(body)[1], valid: !strings.Contains(kind, "Negative")}
		if result := resultPattern.FindStringSubmatch(body); result != nil {
			c.result = result[1]
		}
		cases = append(cases, c)
	}
	return cases
}

// quadsOf reads a file of a suite: its quads as lines, and its faults.
func quadsOf(t *testing.T, f *loaders.Format, file, base string) (lines []string, faults []graph.Problem) {
	t.Helper()
	return quadsWith(t, f, file, loaders.Options{Names: graph.Names{Base: base}})
}

// quadsWith reads a file with options.
func quadsWith(t *testing.T, f *loaders.Format, file string, o loaders.Options) (lines []string, faults []graph.Problem) {
	t.Helper()
	r, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	err = f.Read(r, file, o, loaders.Sink{
		Quad:  func(q graph.Quad, _ graph.Position) error { lines = append(lines, q.Line()); return nil },
		Fault: func(p graph.Problem) { faults = append(faults, p) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines, faults
}

// isomorphic brings quads into the canonical form of RDF datasets, which does
// not depend on the labels of blank nodes.
func isomorphic(t *testing.T, lines []string) string {
	t.Helper()
	var quads []graph.Quad
	err := loaders.NQuads.Read(strings.NewReader(strings.Join(lines, "")), "", loaders.Options{}, loaders.Sink{
		Quad:  func(q graph.Quad, _ graph.Position) error { quads = append(quads, q); return nil },
		Fault: func(p graph.Problem) { t.Error(p) },
	})
	if err != nil {
		t.Fatal(err)
	}
	canonical, err := rdfc.Canonicalize(quads, rdfc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(canonical, "")
}

func TestW3C(t *testing.T) {
	for _, suite := range []struct {
		folder, base string
		format       *loaders.Format
		cases        int
	}{
		{"rdf-n-quads", "", loaders.NQuads, 87},
		{"rdf-n-triples", "", loaders.NQuads, 70},
		{"rdf-trig", "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-trig/", loaders.TriG, 356},
	} {
		t.Run(suite.folder, func(t *testing.T) {
			folder := w3c(t, suite.folder)
			cases := manifest(t, folder)
			if len(cases) != suite.cases {
				t.Errorf("the manifest has %d cases, want %d", len(cases), suite.cases)
			}
			for _, c := range cases {
				lines, faults := quadsOf(t, suite.format, filepath.Join(folder, c.action), suite.base+c.action)
				if c.valid != (len(faults) == 0) {
					t.Errorf("%s: %s: valid %v, faults %v", c.name, c.action, c.valid, faults)
				}
				if c.result == "" || !c.valid {
					continue
				}
				want, _ := quadsOf(t, loaders.NQuads, filepath.Join(folder, c.result), "")
				if got, want := isomorphic(t, lines), isomorphic(t, want); got != want {
					t.Errorf("%s: %s gives\n%s, want\n%s", c.name, c.action, got, want)
				}
			}
		})
	}
}
