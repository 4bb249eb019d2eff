package command

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/tripartite-graph/tripartite/documents"
)

// seeded is a store that holds the corpus, made for the first test that asks.
var seeded struct {
	once   sync.Once
	folder string
}

func TestMain(m *testing.M) {
	status := m.Run()
	if err := os.RemoveAll(seeded.folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		status = 1
	}
	os.Exit(status)
}

// sown returns a store that holds the corpus: the same for all tests, which
// only read it.
func sown(t *testing.T) string {
	t.Helper()
	seeded.once.Do(func() {
		seeds, err := filepath.Glob("../seed/*.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if seeded.folder, err = os.MkdirTemp("", "seeded"); err != nil {
			t.Fatal(err)
		}
		if status, out, complaints := call(t, "", append([]string{"load", "--store", "file:" + filepath.Join(seeded.folder, "store")}, seeds...)...); status != exitDone {
			t.Fatalf("load: %s%s", out, complaints)
		}
	})
	return "file:" + filepath.Join(seeded.folder, "store")
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
	changed := map[string]string{}
	for document, span := range spans {
		file := fileOf(t, document)
		changed[file] = changeLetter(t, dir, file, span[2], span[3])
	}
	status, out, _ := call(t, "", "verify", "--store", store, "--documents", files(t, changed), "--failed")
	for document, span := range spans {
		want := "changed\tdocument/" + document + "/p" + span[2] + "/"
		_, found, _ := strings.Cut(out, want)
		found, _, _ = strings.Cut(found, "\n")
		if status != exitFailed || !strings.Contains(found, " was ") {
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

// changeLetter returns the text of a file with one letter of a paragraph changed.
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
	return strings.Replace(string(content), old, string(letters), 1)
}
