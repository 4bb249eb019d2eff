package command

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
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
	url, stop := serveFor(t, "--store", sown(t), "--seed", "no", "--documents", "")
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
			got := indent(t, compact(t, data))
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

func compact(t *testing.T, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := json.Compact(&out, data); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// width is how long a line of a printed answer may be.
const width = 110

// indent prints an answer so that it is read: what fits on a line stands on one.
func indent(t *testing.T, data []byte) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out, data, ""); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func write(out *bytes.Buffer, value json.RawMessage, margin string) error {
	if line := onOneLine(value); len(margin)+len(line) <= width || value[0] != '{' && value[0] != '[' {
		out.WriteString(line)
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(value))
	opened, err := d.Token()
	if err != nil {
		return err
	}
	closing := map[json.Delim]string{'{': "}", '[': "]"}[opened.(json.Delim)]
	fmt.Fprint(out, opened)
	for separator := "\n"; d.More(); separator = ",\n" {
		out.WriteString(separator + margin + "  ")
		if closing == "}" {
			key, err := d.Token()
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "%q: ", key)
		}
		var part json.RawMessage
		if err := d.Decode(&part); err != nil {
			return err
		}
		if err := write(out, part, margin+"  "); err != nil {
			return err
		}
	}
	out.WriteString("\n" + margin + closing)
	return nil
}

// onOneLine puts a space after each colon and comma outside of strings, and
// inside of braces.
func onOneLine(value json.RawMessage) string {
	var out strings.Builder
	quoted, escaped := false, false
	for i, c := range string(value) {
		switch {
		case quoted:
			quoted = c != '"' || escaped
			escaped = c == '\\' && !escaped
			out.WriteRune(c)
			continue
		case c == '"':
			quoted = true
		}
		switch {
		case c == ':' || c == ',':
			out.WriteString(string(c) + " ")
		case c == '{' && value[i+1] != '}':
			out.WriteString("{ ")
		case c == '}' && value[i-1] != '{':
			out.WriteString(" }")
		default:
			out.WriteRune(c)
		}
	}
	return out.String()
}
