package documents

import (
	"os"
	"path/filepath"
	"sync"

	"github.com/tripartite-graph/tripartite/graph"
)

// maxFileSize bounds what is taken for a document; a larger file is passed over.
const maxFileSize = 64 << 20

// Library is a folder of source texts. It implements graph.Texts, and is safe
// for parallel use.
type Library struct {
	texts  []*Text // in the order of their file names
	byHash map[string]*Text
	byName map[string]*Text // of two files of one name, the first

	mu         sync.Mutex
	recognized map[graph.Term]*Text // documents found by their spans alone
}

// Open reads the files of a folder and of the folders in it. Files that begin
// with a dot are passed over.
func Open(dir string) (*Library, error) {
	l := &Library{byHash: map[string]*Text{}, byName: map[string]*Text{}, recognized: map[graph.Term]*Text{}}
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.Name()[0] == '.' && path != dir {
			if entry.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		return l.add(path)
	})
	if err != nil {
		return nil, &graph.Error{Code: graph.CodeInvalid, Message: "the folder of documents cannot be read", Err: err}
	}
	return l, nil
}

// add reads a file, if it is one and not too large. Links are followed.
func (l *Library) add(path string) error {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxFileSize {
		return err
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	t := NewText(filepath.Base(path), content)
	l.texts = append(l.texts, t)
	l.byHash[t.SHA256] = t
	if _, taken := l.byName[t.Name]; !taken {
		l.byName[t.Name] = t
	}
	return nil
}

// Text finds the text of a document: by the hash of its file, else by the
// name of its file, else the text in which most of its spans stand where they
// should, or, if none does anywhere, in another paragraph. False where nothing fits.
func (l *Library) Text(source graph.Source) (graph.Text, bool) {
	if t := l.Find(source); t != nil {
		return t, true
	}
	return nil, false
}

// Find is Text with the type of this package; nil where nothing fits. What is
// once recognized by its spans is found without them from then on.
func (l *Library) Find(source graph.Source) *Text {
	if l == nil {
		return nil
	}
	if t, ok := l.byHash[source.SHA256]; ok {
		return t
	}
	if t, ok := l.byName[source.FileName]; ok {
		return t
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if t, ok := l.recognized[source.Document]; ok {
		return t
	}
	t := l.bySpans(source.Spans)
	if t != nil {
		l.recognized[source.Document] = t
	}
	return t
}

// bySpans returns the text in which most spans are met, nil if none meets any.
// A file with another name and a line more above has every paragraph elsewhere.
func (l *Library) bySpans(spans []graph.Locator) *Text {
	for _, count := range []func(*Text, []graph.Locator) int{(*Text).met, (*Text).shifted} {
		var best *Text
		most := 0
		for _, t := range l.texts {
			if n := count(t, spans); n > most {
				best, most = t, n
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// met counts the spans that stand where they should.
func (t *Text) met(spans []graph.Locator) (n int) {
	for _, s := range spans {
		if _, ok := t.Words(s); ok && s.HasSpan() {
			n++
		}
	}
	return n
}

// shiftedSpans is how many spans are looked for in all paragraphs.
const shiftedSpans = 64

// shifted counts the spans, of so many, that stand in some other paragraph.
func (t *Text) shifted(spans []graph.Locator) (n int) {
	for _, s := range spans[:min(shiftedSpans, len(spans))] {
		if !s.HasSpan() {
			continue
		}
		for s.Paragraph = 1; s.Paragraph <= len(t.paragraphs); s.Paragraph++ {
			if _, ok := t.Words(s); ok {
				n++
				break
			}
		}
	}
	return n
}
