package documents

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
)

const harbour = "\r\n The Harbour Court\u00a0fined  the chairwoman.\r\n\u00a0\u2003\n\nThe union’s “lawyer” said: no fine. The union left.\nCafe\u0301 and union-hall"

func text(t *testing.T) *Text {
	t.Helper()
	return NewText("harbour.txt", []byte(harbour))
}

func TestParagraphs(t *testing.T) {
	got := text(t).paragraphs
	want := []string{" The Harbour Court\u00a0fined  the chairwoman.", "The union’s “lawyer” said: no fine. The union left.", "Cafe\u0301 and union-hall"}
	if !slices.Equal(got, want) {
		t.Errorf("paragraphs %q, want %q", got, want)
	}
	if p := text(t).Paragraph(4); p != "" {
		t.Errorf("a paragraph beyond the last: %q", p)
	}
}

func TestHashIsOfNormalizedWords(t *testing.T) {
	// printf ' a b ' | sha256sum
	const want = "31f3d5f3288a0017755536ca6b2e8c2659f9be9ce1cadc013dc216ac6d39c143"
	for _, same := range []string{"\u00a0\n a\t\u2003b  ", " a b "} {
		if got := Hash(same); got != want {
			t.Errorf("Hash(%q) = %s", same, got)
		}
	}
	if Hash("Cafe\u0301") != Hash("Caf\u00e9") || Hash("a b") == Hash(" a b ") {
		t.Error("the hash is not of NFC, or not of the ends")
	}
	if got := Hash(""); got != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Errorf("hash of nothing: %s", got)
	}
}

func cite(t *testing.T, q Quote) (graph.Locator, error) {
	t.Helper()
	q.Words, q.Nth = CutNth(q.Words)
	return text(t).cite("<https://example.org/harbour>", q)
}

func TestCiteFinds(t *testing.T) {
	for _, c := range []struct {
		paragraph  int
		words      string
		start, end int
	}{
		{1, "Harbour Court fined the", 5, 29},
		{1, "chairwoman.", 30, 41},
		{1, "The … chairwoman", 1, 40},
		{1, "", 0, 41},
		{2, `The union's "lawyer"`, 0, 20},
		{2, "The union#2", 36, 45},
		{2, "lawyer” … fine", 13, 34},
		{3, "Caf\u00e9", 0, 5},
		{3, "union", 10, 15},
		{3, "hall", 16, 20},
		{3, "nion", 11, 15},
	} {
		l, err := cite(t, Quote{Paragraph: c.paragraph, Words: c.words})
		if err != nil || l.Start != c.start || l.End != c.end {
			t.Errorf("cite %d %q = %d-%d, %v; want %d-%d", c.paragraph, c.words, l.Start, l.End, err, c.start, c.end)
			continue
		}
		if words, ok := text(t).Words(l); !ok || words == "" {
			t.Errorf("the locator of %q does not verify", c.words)
		}
	}
}

func TestCiteRefuses(t *testing.T) {
	for _, c := range []struct {
		paragraph int
		words     string
		code      graph.Code
		says      string
	}{
		{1, "The union", graph.CodeNotFound, "paragraph 2 has it"},
		{1, "The Harbour Court acquitted", graph.CodeNotFound, `as far as "The Harbour Court"`},
		{1, "Zebra", graph.CodeNotFound, "no paragraph has it"},
		{2, "The union", graph.CodeAmbiguous, "2 times"},
		{2, "The union#3", graph.CodeNotFound, "only 2 times"},
		{4, "The union", graph.CodeNotFound, "the last is 3"},
		{2, "left … lawyer", graph.CodeNotFound, `as far as "left"`},
	} {
		_, err := cite(t, Quote{Paragraph: c.paragraph, Words: c.words})
		var e *graph.Error
		if !errors.As(err, &e) || e.Code != c.code || !strings.Contains(e.Message, c.says) {
			t.Errorf("cite %d %q: %v; want %s with %q", c.paragraph, c.words, err, c.code, c.says)
		}
	}
}

func TestLook(t *testing.T) {
	l, err := cite(t, Quote{Paragraph: 1, Words: "Harbour Court fined the chairwoman"})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		now    string
		state  graph.EvidenceState
		detail string
	}{
		"as it was":     {harbour, graph.EvidenceOK, ""},
		"a line before": {"Title\n" + harbour, graph.EvidenceMoved, "p2/5-40"},
		"a word before": {strings.Replace(harbour, " The", " Then the", 1), graph.EvidenceMoved, "p1/10-45"},
		"single spaces": {strings.Replace(harbour, "  ", " ", 1), graph.EvidenceMoved, "p1/5-39"},
		"a letter":      {strings.Replace(harbour, "fined", "fired", 1), graph.EvidenceChanged, `'r' at place 16 was 'n'`},
		"a letter less": {strings.Replace(harbour, "chair", "chir", 1), graph.EvidenceChanged, `'a' is missing at place 27`},
		"a letter more": {strings.Replace(harbour, "fined", "finned", 1), graph.EvidenceChanged, `'n' at place`},
		"another word":  {strings.Replace(harbour, "fined", "freed", 1), graph.EvidenceChanged, "more than one character"},
		"cut short":     {" The Harbour", graph.EvidenceChanged, "has 12 characters"},
		"empty":         {"", graph.EvidenceChanged, "has 0 paragraphs"},
	} {
		f := NewText("", []byte(c.now)).Look(l)
		said := f.Detail
		if f.State == graph.EvidenceMoved {
			said = fmt.Sprintf("p%d/%d-%d", f.Moved.Paragraph, f.Moved.Start, f.Moved.End)
		}
		if f.State != c.state || !strings.Contains(said, c.detail) {
			t.Errorf("%s: %+v; want %s with %q", name, f, c.state, c.detail)
		}
	}
}

// TestLookIsBounded looks for words that are nowhere, again and again.
func TestLookIsBounded(t *testing.T) {
	other := NewText("", []byte(strings.Repeat(strings.Repeat("other words, ", 50)+"\n", 20)))
	other.effort.Store(100_000)
	searched, told := 0, 0
	for n := range 100 {
		f := other.Look(graph.Locator{Document: "<d>", Paragraph: 1 + n%20, Start: 3, End: 40, SHA256: Hash(fmt.Sprint(n))})
		if f.State != graph.EvidenceChanged || f.Words == "" {
			t.Fatalf("%+v", f)
		}
		if strings.Contains(f.Detail, "not searched") {
			told++
		} else {
			searched++
		}
	}
	if searched == 0 || told < 80 {
		t.Errorf("%d searched, %d given up", searched, told)
	}
}

func BenchmarkLook(b *testing.B) {
	text := NewText("harbour.txt", []byte(harbour))
	l, err := text.cite("<d>", Quote{Paragraph: 2, Words: "no fine"})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		text.Look(l)
	}
}

func TestLookWithoutSpan(t *testing.T) {
	for n, want := range map[int]graph.EvidenceState{0: graph.EvidenceUnlocated, 3: graph.EvidenceOK, 4: graph.EvidenceChanged} {
		if f := text(t).Look(graph.Locator{Document: "<d>", Paragraph: n}); f.State != want {
			t.Errorf("paragraph %d: %s, want %s", n, f.State, want)
		}
	}
}

// folder writes files and opens them.
func folder(t *testing.T, files map[string]string) (*Library, string) {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return l, dir
}

func TestLibraryFinds(t *testing.T) {
	span, err := cite(t, Quote{Paragraph: 2, Words: "no fine"})
	if err != nil {
		t.Fatal(err)
	}
	l, _ := folder(t, map[string]string{"a.txt": "other words", "b.txt": harbour, "c.txt": harbour + "!"})
	for name, c := range map[string]struct {
		source graph.Source
		want   string
	}{
		"by hash, whatever the name": {graph.Source{SHA256: HashBytes([]byte(harbour)), FileName: "a.txt"}, "b.txt"},
		"by name":                    {graph.Source{SHA256: HashBytes(nil), FileName: "c.txt"}, "c.txt"},
		"by spans":                   {graph.Source{Spans: []graph.Locator{span}}, "b.txt"},
		"by nothing":                 {graph.Source{SHA256: HashBytes(nil), FileName: "d.txt"}, ""},
	} {
		c.source.Document = graph.Term("<" + name + ">")
		got, ok := l.Text(c.source)
		if ok != (c.want != "") || ok && got.(*Text).Name != c.want {
			t.Errorf("%s: %+v, want %q", name, got, c.want)
		}
	}
}

// TestLibraryFindsAShiftedText: another name, and a line more at its head.
func TestLibraryFindsAShiftedText(t *testing.T) {
	span, err := cite(t, Quote{Paragraph: 2, Words: "no fine"})
	if err != nil {
		t.Fatal(err)
	}
	l, _ := folder(t, map[string]string{"a.txt": "other words", "b.txt": "A new head.\n" + harbour})
	found := l.Find(graph.Source{Document: "<d>", FileName: "harbour.txt", Spans: []graph.Locator{span}})
	if found == nil || found.Name != "b.txt" {
		t.Fatalf("found %+v, want b.txt", found)
	}
	if f := found.Look(span); f.State != graph.EvidenceMoved || f.Moved.Paragraph != 3 {
		t.Errorf("%+v, want the words in paragraph 3", f)
	}
}

func TestOpenRefusesAMissingFolder(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a missing folder was opened")
	}
}

func TestFill(t *testing.T) {
	l, dir := folder(t, map[string]string{"harbour.txt": harbour})
	names := graph.DefaultNames()
	c := &Citer{Names: names, Library: l, Sources: []graph.Source{{Document: names.IRI("document/harbour"), FileName: "harbour.txt"}}}
	fine := "document/harbour/p2/27-34/" + Hash("no fine")
	path := filepath.Join(dir, "harbour.txt")
	in := `# cite(harbour 2 "no fine") in a comment stays
a: 'cite(harbour 2 "no fine")'  # so does this
é: ["cite(harbour 2 \"no fine\")", cite(document/harbour 2 "no fine")]
b:
  - cite(` + path + ` 2 "no fine")
  - 'cite(harbour 2 "The union''s … lawyer")'
  - said: cite what (you like)
`
	want := `# cite(harbour 2 "no fine") in a comment stays
a: '` + fine + `'  # so does this
é: ["` + fine + `", ` + fine + `]
b:
  - ` + fine + `
  - 'document/harbour/p2/0-19/` + Hash("The union’s “lawyer") + `'
  - said: cite what (you like)
`
	out, n, failures := c.Fill([]byte(in))
	if n != 5 || len(failures) != 0 || string(out) != want {
		t.Errorf("%d filled, failures %v:\n%s\nwant\n%s", n, failures, out, want)
	}
	again, n, failures := c.Fill(out)
	if n != 0 || len(failures) != 0 || string(again) != want {
		t.Errorf("filling twice: %d, %v", n, failures)
	}
}

func TestFillNamesTheLine(t *testing.T) {
	l, _ := folder(t, map[string]string{"harbour.txt": harbour})
	names := graph.DefaultNames()
	c := &Citer{Names: names, Library: l, Sources: []graph.Source{{Document: names.IRI("document/harbour"), FileName: "harbour.txt"}}}
	in := "a: x\nb: 'cite(harbour 1 \"no fine\")'\nc:\n- 'cite(harbour)'\n- 'cite(elsewhere 1)'\n- 'cite(harbour 2 \"no fine\")'\n"
	out, n, failures := c.Fill([]byte(in))
	var lines []int
	for _, f := range failures {
		lines = append(lines, f.Line)
	}
	if n != 1 || !slices.Equal(lines, []int{2, 4, 5}) {
		t.Errorf("%d filled, failures in lines %v: %v", n, lines, failures)
	}
	if !strings.Contains(string(out), `'cite(harbour 1 "no fine")'`) {
		t.Error("a place that failed was changed")
	}
}

func TestReadSources(t *testing.T) {
	names := graph.DefaultNames()
	in := "\"@graph\":\n- {\"@id\": document/a, \"@type\": Document, file-name: a.txt, sha256: \"00\"}\n- {\"@id\": person/b, name: B}\n"
	got, err := ReadSources(names, "x.yaml", []byte(in))
	if err != nil || len(got) != 1 || got[0].Document != names.IRI("document/a") || got[0].FileName != "a.txt" || got[0].SHA256 != "00" {
		t.Errorf("ReadSources = %+v, %v", got, err)
	}
	if _, err := ReadSources(names, "x.yaml", []byte("a: [")); err == nil || !strings.Contains(err.Error(), "x.yaml") {
		t.Errorf("a broken file: %v", err)
	}
}
