package documents

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a text made ready for finding words in it: in NFC, with each run
// of White_Space one space, and with straight quotes for curly ones.
type folded struct {
	runes  []rune
	origin []int // where each rune stood, in code points; one more for the end
}

var straightQuotes = map[rune]rune{'‘': '\'', '’': '\'', '‛': '\'', '“': '"', '”': '"', '„': '"'}

// fold makes a text ready. Characters that combine keep the place of the first.
func fold(s string) folded {
	var f folded
	place := 0
	for len(s) > 0 {
		n := norm.NFC.NextBoundaryInString(s, true)
		if n <= 0 {
			n = len(s)
		}
		for _, r := range norm.NFC.String(s[:n]) {
			f.add(r, place)
		}
		place += utf8.RuneCountInString(s[:n])
		s = s[n:]
	}
	f.origin = append(f.origin, place)
	return f
}

func (f *folded) add(r rune, place int) {
	if !isWord(r) {
		if last := len(f.runes) - 1; last >= 0 && f.runes[last] == ' ' {
			return
		}
		r = ' '
	}
	if q, ok := straightQuotes[r]; ok {
		r = q
	}
	f.runes = append(f.runes, r)
	f.origin = append(f.origin, place)
}

// span is a half-open range of folded runes.
type span struct{ start, end int }

// occurrences returns where words stand, in order. Occurrences as whole words
// push out those inside longer words.
func (f folded) occurrences(words []rune, from int) (found []span) {
	var inside []span
	for i := from; i+len(words) <= len(f.runes); i++ {
		if !slices.Equal(f.runes[i:i+len(words)], words) {
			continue
		}
		if s := (span{i, i + len(words)}); f.whole(s) {
			found = append(found, s)
		} else {
			inside = append(inside, s)
		}
	}
	if len(found) == 0 {
		return inside
	}
	return found
}

// whole tells whether a span begins and ends at the edges of words.
func (f folded) whole(s span) bool {
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
	edge := func(i int) bool {
		return i == 0 || i == len(f.runes) || !letter(f.runes[i-1]) || !letter(f.runes[i])
	}
	return edge(s.start) && edge(s.end)
}

// find returns the places of words, which may leave out their middle:
// "first words … last words" reaches from each place of the first to the next
// place of the last.
func (f folded) find(words string) []span {
	if found := f.occurrences(foldWords(words), 0); len(found) > 0 {
		return found
	}
	first, last, ok := cutEllipsis(words)
	if !ok {
		return nil
	}
	var found []span
	for _, start := range f.occurrences(foldWords(first), 0) {
		if ends := f.occurrences(foldWords(last), start.end); len(ends) > 0 {
			found = append(found, span{start.start, ends[0].end})
		}
	}
	return found
}

// foldWords folds what somebody looks for, without spaces around it.
func foldWords(s string) []rune {
	return fold(strings.TrimFunc(s, func(r rune) bool { return !isWord(r) })).runes
}

// cutEllipsis parts words at "…" or "...".
func cutEllipsis(words string) (first, last string, ok bool) {
	for _, mark := range []string{" … ", " ... ", "…", "..."} {
		if first, last, ok = strings.Cut(words, mark); ok {
			return first, last, strings.TrimSpace(first) != "" && strings.TrimSpace(last) != ""
		}
	}
	return "", "", false
}

// agreement returns the longest beginning of words, in whole words, that the text has.
func (f folded) agreement(words string) string {
	fields := strings.Fields(words)
	for n := len(fields) - 1; n > 0; n-- {
		beginning := strings.Join(fields[:n], " ")
		if len(f.occurrences(foldWords(beginning), 0)) > 0 {
			return beginning
		}
	}
	return ""
}
