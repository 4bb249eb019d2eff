package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// addedRelation is all that a new relation kind takes.
const addedRelation = `  "The subject praised the object." PRAISED @relation(iri: "praised", field: "praised", inverse: "praised-by", inverseField: "praisedBy", domain: [ORGANIZATION], range: [UNION])` + "\n"

// TestRelationKindIsOneLine adds a relation kind to a copy of the module by
// one line and go generate, loads a claim of it, and asks its typed fields.
func TestRelationKindIsOneLine(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a copy of the module")
	}
	dir := copyModule(t)
	ontology := filepath.Join(dir, "schema", "ontology.graphql")
	text := read(t, ontology)
	head := "enum RelationKind {\n"
	if !strings.Contains(text, head) {
		t.Fatalf("the ontology has no %q", head)
	}
	write(t, ontology, strings.Replace(text, head, head+addedRelation, 1))
	write(t, filepath.Join(dir, "resolvers", "added_test.go"), read(t, "testdata/added_test.go.txt"))
	goRun(t, dir, "generate", "./schema")
	goRun(t, dir, "test", "./resolvers", "-run", "TestAddedRelation")
}

// goRun runs a command of go in a folder.
func goRun(t *testing.T, dir string, args ...string) {
	t.Helper()
	c := exec.Command("go", args...)
	c.Dir = dir
	c.Env = append(os.Environ(), "PWD="+dir)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// copied are the parts of the module that the test needs.
var copied = []string{"go.mod", "go.sum", "gqlgen.yml", "api", "graph", "loaders", "resolvers", "schema", "seed"}

// copyModule copies what is needed of the module to a temporary folder.
func copyModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, part := range copied {
		from := filepath.Join("..", "..", part)
		err := filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
			if d != nil && d.Name() == "node_modules" {
				return fs.SkipDir
			}
			if err != nil || d.IsDir() {
				return err
			}
			rel, err := filepath.Rel(filepath.Join("..", ".."), path)
			if err != nil {
				return err
			}
			to := filepath.Join(dir, rel)
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				return err
			}
			bytes, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(to, bytes, 0o644)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func read(t *testing.T, name string) string {
	t.Helper()
	bytes, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes)
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
