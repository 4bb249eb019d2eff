package loaders_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/loaders/rdfc"
)

// canonCase is an entry of the manifest of RDF Dataset Canonicalization.
type canonCase struct {
	ID, Type, Action, Result string
	HashAlgorithm            string
}

func canonCases(t *testing.T, kind string) (folder string, cases []canonCase) {
	t.Helper()
	folder = w3c(t, "rdf-canon")
	data, err := os.ReadFile(filepath.Join(folder, "manifest.jsonld"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct{ Entries []canonCase }
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	return folder, slices.DeleteFunc(m.Entries, func(c canonCase) bool { return c.Type != "rdfc:"+kind })
}

func quadsOfFile(t *testing.T, file string) []graph.Quad {
	t.Helper()
	var quads []graph.Quad
	r, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	err = loaders.NQuads.Read(r, file, loaders.Options{}, loaders.Sink{
		Quad:  func(q graph.Quad, _ graph.Position) error { quads = append(quads, q); return nil },
		Fault: func(p graph.Problem) { t.Error(p) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return quads
}

func TestW3CCanonicalization(t *testing.T) {
	folder, cases := canonCases(t, "RDFC10EvalTest")
	if len(cases) != 64 {
		t.Errorf("the manifest has %d cases, want 64", len(cases))
	}
	for _, c := range cases {
		want, err := os.ReadFile(filepath.Join(folder, c.Result))
		if err != nil {
			t.Fatal(err)
		}
		got, err := rdfc.Canonicalize(quadsOfFile(t, filepath.Join(folder, c.Action)), rdfc.Options{SHA384: c.HashAlgorithm == "SHA384"})
		if err != nil || strings.Join(got, "") != string(want) {
			t.Errorf("%s: %v\n%s\nwant\n%s", c.ID, err, strings.Join(got, ""), want)
		}
	}
}

func TestW3CCanonicalizationIsBounded(t *testing.T) {
	folder, cases := canonCases(t, "RDFC10NegativeEvalTest")
	for _, c := range cases {
		if _, err := rdfc.Canonicalize(quadsOfFile(t, filepath.Join(folder, c.Action)), rdfc.Options{}); err == nil {
			t.Errorf("%s: no error", c.ID)
		}
	}
	if len(cases) != 1 {
		t.Errorf("%d cases", len(cases))
	}
}
