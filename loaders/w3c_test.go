package loaders_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
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
	entryPattern  = regexp.MustCompile(`(?m)^<#([^>]+)> *(?:a|rdf:type) +rdft:(\w+)`)
	actionPattern = regexp.MustCompile(`mf:action\s+<([^>]+)>`)
)

// syntaxCases reads the entries of a manifest of syntax tests: file → valid.
func syntaxCases(t *testing.T, folder string) map[string]bool {
	t.Helper()
	manifest, err := os.ReadFile(filepath.Join(folder, "manifest.ttl"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(manifest)
	cases := map[string]bool{}
	for _, at := range entryPattern.FindAllStringSubmatchIndex(text, -1) {
		action := actionPattern.FindStringSubmatch(text[at[1]:])
		cases[action[1]] = strings.Contains(text[at[4]:at[5]], "Positive")
	}
	return cases
}

// faults reads a file and returns its faults of syntax.
func faults(t *testing.T, f *loaders.Format, file string) []graph.Problem {
	t.Helper()
	r, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var problems []graph.Problem
	err = f.Read(r, file, loaders.Options{Names: graph.DefaultNames()}, loaders.Sink{
		Quad:  func(graph.Quad, graph.Position) error { return nil },
		Fault: func(p graph.Problem) { problems = append(problems, p) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return problems
}

func TestW3CSyntax(t *testing.T) {
	for _, suite := range []struct {
		folder string
		cases  int
	}{{"rdf-n-quads", 87}, {"rdf-n-triples", 70}} {
		t.Run(suite.folder, func(t *testing.T) {
			folder := w3c(t, suite.folder)
			cases := syntaxCases(t, folder)
			if len(cases) != suite.cases {
				t.Fatalf("the manifest has %d cases, want %d", len(cases), suite.cases)
			}
			for file, valid := range cases {
				if found := faults(t, loaders.NQuads, filepath.Join(folder, file)); valid != (len(found) == 0) {
					t.Errorf("%s: valid %v, faults %v", file, valid, found)
				}
			}
		})
	}
}
