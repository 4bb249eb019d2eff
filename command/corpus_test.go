package command

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/documents"
)

// sown returns a store that holds the corpus.
func sown(t *testing.T) string {
	t.Helper()
	store := "file:" + filepath.Join(t.TempDir(), "store")
	seeds, err := filepath.Glob("../seed/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if status, out, complaints := call(t, "", append([]string{"load", "--store", store}, seeds...)...); status != exitDone {
		t.Fatalf("load: %s%s", out, complaints)
	}
	return store
}

// sources returns the folder of the corpus's documents.
func sources(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("TRIPARTITE_DOCUMENTS")
	if dir == "" {
		t.Skip("needs the documents of the corpus: TRIPARTITE_DOCUMENTS")
	}
	return dir
}

// TestEveryPieceOfEvidenceStands holds the corpus against its documents.
func TestEveryPieceOfEvidenceStands(t *testing.T) {
	dir, store := sources(t), sown(t)
	status, out, complaints := call(t, "", "verify", "--store", store, "--documents", dir)
	if status != exitDone {
		t.Errorf("%d %s", status, complaints)
	}
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, "ok\t") {
			t.Error(strings.TrimSpace(line))
		}
	}
}

var checked = regexp.MustCompile(`(?m)^ok\tdocument/([^/]+)/p(\d+)/(\d+)-(\d+)/`)

// TestOneLetterChanged changes a letter inside of a span of each document:
// the file is found by its name, and what changed is named.
func TestOneLetterChanged(t *testing.T) {
	dir, store := sources(t), sown(t)
	_, before, _ := call(t, "", "verify", "--store", store, "--documents", dir)
	spans := longest(checked.FindAllStringSubmatch(before, -1))
	if len(spans) == 0 {
		t.Fatal("the corpus has no spans")
	}
	for document, span := range spans {
		changed := changeLetter(t, dir, fileOf(t, document), span[2], span[3])
		status, out, _ := call(t, "", "verify", "--store", store, "--documents", changed, "--failed")
		want := "changed\tdocument/" + document + "/p" + span[2] + "/"
		if status != exitFailed || !strings.Contains(out, want) || !strings.Contains(out, "was") {
			t.Errorf("%s: %d %.2000s; want %s", document, status, out, want)
		}
	}
}

// longest returns the longest span of each document: a name may stand in a
// second place, where verify would find it again and call it moved.
func longest(spans [][]string) map[string][]string {
	length := func(span []string) int {
		from, _ := strconv.Atoi(span[3])
		to, _ := strconv.Atoi(span[4])
		return to - from
	}
	out := map[string][]string{}
	for _, span := range spans {
		if held := out[span[1]]; held == nil || length(span) > length(held) {
			out[span[1]] = span
		}
	}
	return out
}

// fileOf returns the name of a document's file.
func fileOf(t *testing.T, document string) string {
	t.Helper()
	p := &program{}
	citer, err := p.citer()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range citer.Sources {
		if citer.Names.ID(s.Document) == "document/"+document {
			return s.FileName
		}
	}
	t.Fatalf("%s has no file", document)
	return ""
}

// changeLetter copies a file into a folder of its own, with one letter of a
// paragraph changed.
func changeLetter(t *testing.T, dir, file, paragraph, start string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	n, _ := strconv.Atoi(paragraph)
	at, _ := strconv.Atoi(start)
	old := documents.NewText(file, content).Paragraph(n)
	letters := []rune(old)
	letters[at] = '¤'
	text := strings.Replace(string(content), old, string(letters), 1)
	return files(t, map[string]string{file: text})
}
