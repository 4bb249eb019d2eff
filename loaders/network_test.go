package loaders_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
)

// opened is what conformance/open.js found.
type opened struct {
	GEXF, GraphML, Cytoscape struct{ Nodes, Edges, Attributed int }
	FTM                      struct {
		Counts map[string]int
		Faults []string
	}
}

// open opens a graph in the JavaScript libraries.
func open(t *testing.T, s *shelf) opened {
	t.Helper()
	if _, err := os.Stat("conformance/node_modules"); err != nil {
		t.Skip("needs the npm packages: npm ci in loaders/conformance (make test does)")
	}
	dir := t.TempDir()
	arguments := []string{"open.js"}
	for _, f := range []*loaders.Format{loaders.GEXF, loaders.GraphML, loaders.Cytoscape, loaders.FTM} {
		file := filepath.Join(dir, "graph"+f.Extensions[0])
		if err := os.WriteFile(file, []byte(s.write(f, graph.ExportQuery{})), 0o600); err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, file)
	}
	command := exec.Command("node", arguments...)
	command.Dir = "conformance"
	var complaints bytes.Buffer
	command.Stderr = &complaints
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, complaints.String())
	}
	var found opened
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	return found
}

// TestLibrariesOpen counts what the libraries for graphs find: every claim is
// an edge with its source, every entity a node; the corpus of the tests has a
// value and a claim about a claim beside, a withdrawn claim and a merged union less.
func TestLibrariesOpen(t *testing.T) {
	for name, s := range map[string]*shelf{"tests": full(t), "seed": seedStore(t)} {
		var nodes, edges, others int
		x := s.export(graph.ExportQuery{})
		seen := map[string]bool{}
		err := x.Claims(t.Context(), func(c *graph.Claim) error {
			edges++
			switch {
			case c.Value != nil:
				others++
			case c.Object == nil:
				id, err := x.ObjectClaim(t.Context(), c)
				if !seen[id] {
					others++
				}
				seen[id] = true
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := x.Entities(t.Context(), func(*graph.Entity) error { nodes++; return nil }); err != nil {
			t.Fatal(err)
		}
		if name == "tests" && (nodes != 10 || edges != 6 || others != 2) {
			t.Errorf("%d entities, %d claims, %d others", nodes, edges, others)
		}
		found := open(t, s)
		for format, c := range map[string]struct{ Nodes, Edges, Attributed int }{"GEXF": found.GEXF, "GraphML": found.GraphML, "Cytoscape": found.Cytoscape} {
			if c.Nodes != nodes+others || c.Edges != edges || c.Attributed != edges {
				t.Errorf("%s %s: %+v; want %d nodes, %d edges", name, format, c, nodes+others, edges)
			}
		}
		for i, fault := range found.FTM.Faults {
			if i < 10 {
				t.Errorf("%s FollowTheMoney: %s", name, fault)
			}
		}
	}
}

// gexfShape is what GEXF 1.3 allows within each element that is written here:
// its own schema is in no package registry, so that this stands for it.
var gexfShape = map[string]struct{ children, required, allowed []string }{
	"gexf":       {[]string{"meta", "graph"}, []string{"version"}, []string{"version", "xmlns", "xsi", "schemaLocation"}},
	"graph":      {[]string{"attributes", "nodes", "edges"}, nil, []string{"defaultedgetype", "mode", "timeformat", "timerepresentation", "idtype"}},
	"attributes": {[]string{"attribute"}, []string{"class"}, []string{"class", "mode"}},
	"attribute":  {nil, []string{"id", "title", "type"}, []string{"id", "title", "type"}},
	"nodes":      {[]string{"node"}, nil, []string{"count"}},
	"node":       {[]string{"attvalues"}, []string{"id"}, []string{"id", "label"}},
	"edges":      {[]string{"edge"}, nil, []string{"count"}},
	"edge":       {[]string{"attvalues", "spells"}, []string{"id", "source", "target"}, []string{"id", "source", "target", "label", "kind", "type", "weight"}},
	"attvalues":  {[]string{"attvalue"}, nil, nil},
	"attvalue":   {nil, []string{"for", "value"}, []string{"for", "value"}},
	"spells":     {[]string{"spell"}, nil, nil},
	"spell":      {nil, nil, []string{"start", "end"}},
}

var isoDate = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)

func TestGEXFKeepsToItsSchema(t *testing.T) {
	for _, s := range []*shelf{full(t), seedStore(t)} {
		checkGEXF(t, s.write(loaders.GEXF, graph.ExportQuery{}))
	}
}

func checkGEXF(t *testing.T, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	var path []string
	declared, nodes, edges, spells := map[string]bool{}, map[string]bool{}, map[string]bool{}, 0
	for {
		token, err := d.Token()
		if token == nil {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.StartElement:
			name := e.Name.Local
			a := attributes(e)
			shape, known := gexfShape[name]
			if !known || e.Name.Space != "http://gexf.net/1.3" || len(path) > 0 && !slices.Contains(gexfShape[path[len(path)-1]].children, name) {
				t.Fatalf("<%s> stands in %v", name, path)
			}
			for _, r := range shape.required {
				if _, ok := a[r]; !ok {
					t.Errorf("<%s> lacks %s: %v", name, r, a)
				}
			}
			for k := range a {
				if !slices.Contains(shape.allowed, k) {
					t.Errorf("<%s> has %s", name, k)
				}
			}
			switch name {
			case "attribute":
				declared[a["id"]] = true
			case "attvalue":
				if !declared[a["for"]] {
					t.Errorf("%s is not declared", a["for"])
				}
			case "node", "edge":
				set := map[string]map[string]bool{"node": nodes, "edge": edges}[name]
				if set[a["id"]] {
					t.Errorf("<%s> %s stands twice", name, a["id"])
				}
				set[a["id"]] = true
				if name == "edge" && (!nodes[a["source"]] || !nodes[a["target"]]) {
					t.Errorf("the edge %s ties %s and %s, which are no nodes", a["id"], a["source"], a["target"])
				}
			case "spell":
				spells++
				for _, v := range a {
					if !isoDate.MatchString(v) {
						t.Errorf("spell %v", a)
					}
				}
				if a["start"] != "" && a["end"] != "" && a["end"] < a["start"] {
					t.Errorf("spell %v", a)
				}
			}
			path = append(path, name)
		}
	}
	if len(nodes) == 0 || len(edges) == 0 || spells == 0 {
		t.Errorf("%d nodes, %d edges, %d spells", len(nodes), len(edges), spells)
	}
}

func attributes(e xml.StartElement) map[string]string {
	out := map[string]string{}
	for _, a := range e.Attr {
		out[a.Name.Local] = a.Value
	}
	return out
}
