package documents

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/tripartite-graph/tripartite/graph"
)

// Words returns the characters at a locator, and whether they are what the
// locator was made of. Of a paragraph without a span they are the whole
// paragraph, right by its existing.
func (t *Text) Words(l graph.Locator) (string, bool) {
	if l.Paragraph < 1 || l.Paragraph > len(t.paragraphs) {
		return "", false
	}
	paragraph := t.paragraphs[l.Paragraph-1]
	if !l.HasSpan() {
		return paragraph, true
	}
	words, ok := slice(paragraph, l.Start, l.End)
	return words, ok && Hash(words) == l.SHA256
}

// slice cuts a half-open range of code points; false where it ends beyond the
// text, of which it then returns what there is.
func slice(s string, start, end int) (string, bool) {
	from, to, n := len(s), len(s), 0
	for i := range s {
		if n == start {
			from = i
		}
		if n == end {
			to = i
			break
		}
		n++
	}
	return s[from:to], end <= utf8.RuneCountInString(s)
}

// Look reads the words at a locator and checks them. Where they differ, it
// looks for the same words at another place of the text; where they stand
// nowhere, it says what differs as closely as a hash allows.
func (t *Text) Look(l graph.Locator) graph.Finding {
	if l.Paragraph == 0 {
		return graph.Finding{State: graph.EvidenceUnlocated}
	}
	words, ok := t.Words(l)
	if ok {
		return graph.Finding{State: graph.EvidenceOK, Words: words}
	}
	if moved, there, ok := t.find(l); ok {
		return graph.Finding{State: graph.EvidenceMoved, Words: there, Moved: moved}
	}
	return graph.Finding{State: graph.EvidenceChanged, Words: words, Detail: t.difference(l, words)}
}

// Where spaces or composed characters changed, the same words are some
// characters longer or shorter: so many are tried, in so many paragraphs.
const (
	maxStretch    = 3
	nearbyStretch = 5
)

// find looks for the words of a locator, nearest paragraphs first: a window of
// the same length with the same hash in the whole text, then a window of about
// that length nearby.
func (t *Text) find(l graph.Locator) (graph.Locator, string, bool) {
	if !l.HasSpan() {
		return graph.Locator{}, "", false
	}
	size, nearest := l.End-l.Start, t.nearest(l.Paragraph)
	if found, words, ok := t.slide(l, size, nearest); ok {
		return found, words, true
	}
	nearby := nearest[:min(nearbyStretch, len(nearest))]
	for stretch := 1; stretch <= maxStretch; stretch++ {
		for _, n := range []int{size - stretch, size + stretch} {
			if found, words, ok := t.slide(l, n, nearby); ok {
				return found, words, true
			}
		}
	}
	return graph.Locator{}, "", false
}

// slide moves a window of size code points over paragraphs until its hash is right.
func (t *Text) slide(l graph.Locator, size int, paragraphs []int) (graph.Locator, string, bool) {
	sought := lostWords(l.SHA256)
	for _, n := range paragraphs {
		paragraph := t.paragraphs[n-1]
		if t.effort.Add(-int64(max(0, utf8.RuneCountInString(paragraph)-size))) < 0 {
			break
		}
		if start, words, ok := sought.window(paragraph, size); ok {
			l.Paragraph, l.Start, l.End = n, start, start+size
			return l, words, true
		}
	}
	return graph.Locator{}, "", false
}

// nearest lists the paragraphs' numbers by their distance from one of them.
func (t *Text) nearest(from int) []int {
	numbers := make([]int, len(t.paragraphs))
	for i := range numbers {
		numbers[i] = i + 1
	}
	slices.SortStableFunc(numbers, func(a, b int) int { return distance(a, from) - distance(b, from) })
	return numbers
}

func distance(a, b int) int { return max(a-b, b-a) }

// difference says what became of words that stand nowhere any more.
func (t *Text) difference(l graph.Locator, words string) string {
	if l.Paragraph > len(t.paragraphs) {
		return fmt.Sprintf("the document has %d paragraphs, not %d", len(t.paragraphs), l.Paragraph)
	}
	paragraph := []rune(t.paragraphs[l.Paragraph-1])
	if t.effort.Load() < 0 {
		return fmt.Sprintf("characters %d-%d of paragraph %d now read %q; so much of the document differs that it was not searched", l.Start, l.End, l.Paragraph, shorten(words))
	}
	if edit, ok := t.singleEdit(paragraph, l); ok {
		return edit
	}
	if l.End > len(paragraph) {
		return fmt.Sprintf("paragraph %d has %d characters, the span ends at %d", l.Paragraph, len(paragraph), l.End)
	}
	return fmt.Sprintf("characters %d-%d of paragraph %d now read %q, and more than one character differs", l.Start, l.End, l.Paragraph, shorten(words))
}

// shorten cuts long words for a message.
func shorten(words string) string {
	const most = 120
	if runes := []rune(words); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return words
}
