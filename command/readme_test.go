package command

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// update writes the answers into the documents: go test ./command -run Queries -update.
var update = flag.Bool("update", false, "write the answers of documented queries")

// documented is a query of a document, and the answer printed below it.
var documented = regexp.MustCompile("(?s)```graphql\n(.*?)```\n\n```json\n(.*?)```")

// TestDocumentedQueries runs every query of README and docs that has an answer
// against the corpus, and compares the two.
func TestDocumentedQueries(t *testing.T) {
	files, err := filepath.Glob("../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	url, stop := serveFor(t, "--store", "memory:", "--seed", "yes", "--documents", "")
	defer stop()
	found := 0
	for _, file := range append(files, "../README.md") {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		changed := documented.ReplaceAllFunc(content, func(block []byte) []byte {
			found++
			m := documented.FindSubmatch(block)
			var data json.RawMessage
			answer(t, url, string(m[1]), &data)
			got := indent(t, data)
			if want := strings.TrimSpace(string(m[2])); got != want && !*update {
				t.Errorf("%s: the answer to\n%s\nis\n%s\nand not\n%s", file, m[1], got, want)
			}
			return []byte("```graphql\n" + string(m[1]) + "```\n\n```json\n" + got + "\n```")
		})
		if *update && !bytes.Equal(changed, content) {
			if err := os.WriteFile(file, changed, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if found < 3 {
		t.Errorf("%d queries with answers; README has three", found)
	}
}

func indent(t *testing.T, data []byte) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.Indent(&out, data, "", "  "); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
