package documents

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tripartite-graph/tripartite/graph"
)

const documentPrefix = "document/"

// Citer makes the locators of words.
type Citer struct {
	Names   graph.Names
	Sources []graph.Source
	Library *Library // nil: only documents given by their path are found
}

// Quote is what a curator points at.
type Quote struct {
	Document  string // an id, with or without "document/", or the path of a text file
	Paragraph int
	Words     string // "" for the whole paragraph; may leave out its middle: "first … last"
	Nth       int    // which of several places, from 1; 0: there must be one
}

// Cite returns the locator of a quote. Errors have CodeNotFound where the
// document, the paragraph or the words are not found, and CodeAmbiguous where
// the words stand at several places of the paragraph.
func (c *Citer) Cite(q Quote) (graph.Locator, error) {
	document, text, err := c.open(q.Document)
	if err != nil {
		return graph.Locator{}, err
	}
	l, err := text.cite(document, q)
	if err != nil {
		return graph.Locator{}, fmt.Errorf("%s: %w", q.Document, err)
	}
	return l, nil
}

// open finds the document that a curator names.
func (c *Citer) open(name string) (graph.Term, *Text, error) {
	for _, s := range c.Sources {
		if s.Document == c.Names.IRI(name) || s.Document == c.Names.IRI(documentPrefix+name) {
			if t := c.Library.Find(s); t != nil {
				return s.Document, t, nil
			}
			return "", nil, graph.Errorf(graph.CodeNotFound, "the text of %s is not at hand: name the folder that holds %s with --documents or TRIPARTITE_DOCUMENTS", name, cmp.Or(s.FileName, "it"))
		}
	}
	content, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return "", nil, graph.Errorf(graph.CodeNotFound, "no document and no file is called %s; %s", name, known(c.Names, c.Sources))
	}
	if err != nil {
		return "", nil, &graph.Error{Code: graph.CodeInvalid, Message: name + " cannot be read", Err: err}
	}
	t := NewText(filepath.Base(name), content)
	return c.identify(t), t, nil
}

// identify returns the document whose file a text is; a text that no source
// describes is called after its file.
func (c *Citer) identify(t *Text) graph.Term {
	for _, same := range []func(graph.Source) bool{
		func(s graph.Source) bool { return s.SHA256 == t.SHA256 },
		func(s graph.Source) bool { return s.FileName == t.Name },
	} {
		if i := slices.IndexFunc(c.Sources, same); i >= 0 {
			return c.Sources[i].Document
		}
	}
	slug := strings.Join(strings.Fields(strings.TrimSuffix(t.Name, filepath.Ext(t.Name))), "-")
	return c.Names.IRI(documentPrefix + slug)
}

// cite makes the locator of a quote in its text.
func (t *Text) cite(document graph.Term, q Quote) (graph.Locator, error) {
	if q.Paragraph < 1 || q.Paragraph > len(t.paragraphs) {
		return graph.Locator{}, graph.Errorf(graph.CodeNotFound, "there is no paragraph %d, the last is %d", q.Paragraph, len(t.paragraphs))
	}
	l := graph.Locator{Document: document, Paragraph: q.Paragraph}
	paragraph := t.paragraphs[q.Paragraph-1]
	if q.Words == "" {
		l.End = utf8.RuneCountInString(paragraph)
		l.SHA256 = Hash(paragraph)
		return l, nil
	}
	f := fold(paragraph)
	place, err := choose(f.find(q.Words), q, f)
	if err != nil {
		return graph.Locator{}, t.explain(err, f, q)
	}
	l.Start, l.End = f.origin[place.start], f.origin[place.end]
	words, _ := slice(paragraph, l.Start, l.End)
	l.SHA256 = Hash(words)
	return l, nil
}

// choose takes the place that a quote means.
func choose(places []span, q Quote, f folded) (span, error) {
	switch {
	case len(places) == 0:
		return span{}, graph.Errorf(graph.CodeNotFound, "paragraph %d does not have %q", q.Paragraph, q.Words)
	case q.Nth > len(places):
		return span{}, graph.Errorf(graph.CodeNotFound, "%q stands in paragraph %d only %d times, there is no #%d", q.Words, q.Paragraph, len(places), q.Nth)
	case q.Nth > 0:
		return places[q.Nth-1], nil
	case len(places) > 1:
		return span{}, graph.Errorf(graph.CodeAmbiguous, "%q stands %d times in paragraph %d (%s): take more words, or say which with #1 to #%d after them",
			q.Words, len(places), q.Paragraph, surroundings(places, f), len(places))
	}
	return places[0], nil
}

// surroundings shows up to five places with the words around them.
func surroundings(places []span, f folded) string {
	const around, most = 20, 5
	var shown []string
	for i, p := range places[:min(most, len(places))] {
		from, to := max(0, p.start-around), min(len(f.runes), p.end+around)
		shown = append(shown, fmt.Sprintf("#%d …%s…", i+1, string(f.runes[from:to])))
	}
	return strings.Join(shown, "; ")
}

// explain adds to a failed search where the words do stand, or how far they agree.
func (t *Text) explain(err error, f folded, q Quote) error {
	var e *graph.Error
	if !errors.As(err, &e) || e.Code != graph.CodeNotFound || q.Nth > 0 {
		return err
	}
	for _, n := range t.nearest(q.Paragraph) {
		if n != q.Paragraph && len(fold(t.paragraphs[n-1]).find(q.Words)) > 0 {
			e.Message += fmt.Sprintf("; paragraph %d has it", n)
			return e
		}
	}
	if beginning := f.agreement(q.Words); beginning != "" {
		e.Message += fmt.Sprintf("; it agrees as far as %q, and no other paragraph has it", beginning)
	} else {
		e.Message += "; no paragraph has it"
	}
	return e
}

// CutNth takes a "#2" off the end of words: which of several places is meant.
func CutNth(words string) (string, int) {
	i := strings.LastIndexByte(words, '#')
	if i < 0 {
		return words, 0
	}
	n, err := strconv.Atoi(words[i+1:])
	if err != nil || n < 1 {
		return words, 0
	}
	return strings.TrimSpace(words[:i]), n
}
