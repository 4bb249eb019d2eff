package documents

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/tripartite-graph/tripartite/graph"
)

// maxTrials bounds the hashes that singleEdit tries for one span, about a
// tenth of a second.
const maxTrials = 200_000

// singleEdit names the one character that differs between the words of a
// locator and the paragraph as it stands. The old words are not known, only
// their hash; but the words that one replaced, inserted or deleted character
// leads to are few enough to try them all. False where no single edit explains the
// hash, or the span is too long to try.
func (t *Text) singleEdit(paragraph []rune, l graph.Locator) (string, bool) {
	letters := alphabet(paragraph)
	if (l.End-l.Start)*len(letters) > maxTrials || l.Start > len(paragraph) {
		return "", false
	}
	size := l.End - l.Start
	t.effort.Add(-int64(size * len(letters)))
	sought := lostWords(l.SHA256)
	for _, try := range []func(lost, string, []letter) (string, bool){replaced, deleted, inserted} {
		// A character more or less before the end shifts what follows it.
		for _, shift := range []int{0, 1, -1} {
			end := l.Start + size + shift
			if end > len(paragraph) || end <= l.Start {
				continue
			}
			if detail, ok := try(sought, string(paragraph[l.Start:end]), letters); ok {
				return fmt.Sprintf("paragraph %d, characters %d-%d: %s", l.Paragraph, l.Start, end, detail), true
			}
		}
	}
	return "", false
}

// letter is a character that may have stood in a text.
type letter struct {
	rune
	steady bool // and no space: it leaves steady words in the form that is hashed
}

// alphabet lists the characters that a text is likely made of.
func alphabet(paragraph []rune) []letter {
	letters := slices.Clone(paragraph)
	for r := ' '; r <= '~'; r++ {
		letters = append(letters, r)
	}
	letters = append(letters, []rune("‘’“”–—…é")...)
	slices.Sort(letters)
	var out []letter
	for _, r := range slices.Compact(letters) {
		out = append(out, letter{r, isWord(r) && steady(string(r))})
	}
	return out
}

// with puts a character between two parts of words.
func (l letter) with(room []byte, before, after string) []byte {
	return append(utf8.AppendRune(append(room[:0], before...), l.rune), after...)
}

// replaced looks for one character that stood where another stands now.
func replaced(sought lost, words string, letters []letter) (string, bool) {
	place, calm, room := 0, steady(words), []byte(nil)
	for at, now := range words {
		after := words[at+width(words[at:]):]
		for _, before := range letters {
			if room = before.with(room, words[:at], after); sought.are(room, calm && before.steady) {
				return fmt.Sprintf("%q at place %d was %q", now, place, before.rune), true
			}
		}
		place++
	}
	return "", false
}

// deleted looks for one character that is missing now.
func deleted(sought lost, words string, letters []letter) (string, bool) {
	calm, room := steady(words), []byte(nil)
	for place, at := 0, 0; ; place++ {
		for _, before := range letters {
			if room = before.with(room, words[:at], words[at:]); sought.are(room, calm && before.steady) {
				return fmt.Sprintf("%q is missing at place %d", before.rune, place), true
			}
		}
		if at == len(words) {
			return "", false
		}
		at += width(words[at:])
	}
}

// inserted looks for one character too many.
func inserted(sought lost, words string, _ []letter) (string, bool) {
	place := 0
	for at, now := range words {
		if sought.are([]byte(words[:at]+words[at+width(words[at:]):]), false) {
			return fmt.Sprintf("%q at place %d was not there", now, place), true
		}
		place++
	}
	return "", false
}
