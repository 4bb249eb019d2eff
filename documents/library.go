package documents

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/tripartite-graph/tripartite/graph"
)

// maxFileSize bounds what is taken for a document; a larger file is passed over.
const maxFileSize = 64 << 20

// Library is a folder of source texts. It implements graph.Texts, and is safe
// for parallel use.
type Library struct {
	texts []*Text // in the order of their file names

	mu    sync.Mutex
	found map[graph.Term]*Text // by document: what Text answered before
}

// Open reads the files of a folder and of the folders in it. Files that begin
// with a dot are passed over.
func Open(dir string) (*Library, error) {
	l := &Library{found: map[graph.Term]*Text{}}
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
	l.texts = append(l.texts, NewText(filepath.Base(path), content))
	return nil
}

// Text finds the text of a document: by the hash of its file, else by the
// name of its file, else the text in which most of its spans stand where they
// should. False where nothing fits.
func (l *Library) Text(source graph.Source) (graph.Text, bool) {
	t := l.Find(source)
	return t, t != nil
}

// Find is Text with the type of this package; nil where nothing fits.
func (l *Library) Find(source graph.Source) *Text {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if t, ok := l.found[source.Document]; ok && (source.SHA256 == "" || source.SHA256 == t.SHA256) {
		return t
	}
	t := l.search(source)
	if t != nil {
		l.found[source.Document] = t
	}
	return t
}

func (l *Library) search(source graph.Source) *Text {
	byHash := func(t *Text) bool { return t.SHA256 == source.SHA256 }
	if i := slices.IndexFunc(l.texts, byHash); i >= 0 {
		return l.texts[i]
	}
	byName := func(t *Text) bool { return t.Name == source.FileName }
	if i := slices.IndexFunc(l.texts, byName); i >= 0 {
		return l.texts[i]
	}
	return l.bySpans(source.Spans)
}

// bySpans returns the text in which most spans are met, nil if none meets any.
func (l *Library) bySpans(spans []graph.Locator) *Text {
	met := func(t *Text) (n int) {
		for _, s := range spans {
			if _, ok := t.Words(s); ok && s.HasSpan() {
				n++
			}
		}
		return n
	}
	if len(l.texts) == 0 {
		return nil
	}
	best := slices.MaxFunc(l.texts, func(a, b *Text) int { return cmp.Compare(met(a), met(b)) })
	if met(best) == 0 {
		return nil
	}
	return best
}

// Texts returns every text of the library, in the order of file names.
func (l *Library) Texts() []*Text { return l.texts }
