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

// find looks for the words of a locator in the whole text, nearest paragraphs
// first: a window of the same length with the same hash. Where the spaces of
// the text changed, the window slides over the text with its spaces made one.
func (t *Text) find(l graph.Locator) (graph.Locator, string, bool) {
	if !l.HasSpan() {
		return graph.Locator{}, "", false
	}
	for _, n := range t.nearest(l.Paragraph) {
		paragraph := []rune(t.paragraphs[n-1])
		if start, end, ok := window(paragraph, l.End-l.Start, l.SHA256); ok {
			l.Paragraph, l.Start, l.End = n, start, end
			return l, string(paragraph[start:end]), true
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

// window finds size code points with this hash: as the paragraph stands, or
// after its runs of spaces were made one.
func window(paragraph []rune, size int, hash string) (start, end int, ok bool) {
	for i := 0; i+size <= len(paragraph); i++ {
		if Hash(string(paragraph[i:i+size])) == hash {
			return i, i + size, true
		}
	}
	single, origin := squeeze(paragraph)
	if len(single) == len(paragraph) {
		return 0, 0, false
	}
	for i := 0; i+size <= len(single); i++ {
		if Hash(string(single[i:i+size])) == hash {
			return origin[i], origin[i+size], true
		}
	}
	return 0, 0, false
}

// squeeze makes each run of White_Space one space. origin maps each place of
// the result, and its end, to the paragraph.
func squeeze(paragraph []rune) (single []rune, origin []int) {
	for i, r := range paragraph {
		if isWord(r) {
			single, origin = append(single, r), append(origin, i)
		} else if i == 0 || isWord(paragraph[i-1]) {
			single, origin = append(single, ' '), append(origin, i)
		}
	}
	return single, append(origin, len(paragraph))
}

// difference says what became of words that stand nowhere any more.
func (t *Text) difference(l graph.Locator, words string) string {
	if l.Paragraph > len(t.paragraphs) {
		return fmt.Sprintf("the document has %d paragraphs, not %d", len(t.paragraphs), l.Paragraph)
	}
	paragraph := []rune(t.paragraphs[l.Paragraph-1])
	if edit, ok := singleEdit(paragraph, l); ok {
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
