package documents

import (
	"fmt"
	"slices"

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
	for _, try := range []func([]rune, []rune, string) (string, bool){replaced, deleted, inserted} {
		// A character more or less before the end shifts what follows it.
		for _, shift := range []int{0, 1, -1} {
			end := l.Start + size + shift
			if end > len(paragraph) || end <= l.Start {
				continue
			}
			if detail, ok := try(slices.Clone(paragraph[l.Start:end]), letters, l.SHA256); ok {
				return fmt.Sprintf("paragraph %d, characters %d-%d: %s", l.Paragraph, l.Start, end, detail), true
			}
		}
	}
	return "", false
}

// alphabet lists the characters that a text is likely made of.
func alphabet(paragraph []rune) []rune {
	letters := slices.Clone(paragraph)
	for r := ' '; r <= '~'; r++ {
		letters = append(letters, r)
	}
	letters = append(letters, []rune("‘’“”–—…é")...)
	slices.Sort(letters)
	return slices.Compact(letters)
}

// replaced looks for one character that stood where another stands now.
func replaced(words, letters []rune, hash string) (string, bool) {
	for i, now := range words {
		for _, before := range letters {
			words[i] = before
			if Hash(string(words)) == hash {
				return fmt.Sprintf("%q at place %d was %q", now, i, before), true
			}
		}
		words[i] = now
	}
	return "", false
}

// deleted looks for one character that is missing now.
func deleted(words, letters []rune, hash string) (string, bool) {
	for i := range len(words) + 1 {
		longer := slices.Insert(slices.Clone(words), i, ' ')
		for _, before := range letters {
			longer[i] = before
			if Hash(string(longer)) == hash {
				return fmt.Sprintf("%q is missing at place %d", before, i), true
			}
		}
	}
	return "", false
}

// inserted looks for one character too many.
func inserted(words, _ []rune, hash string) (string, bool) {
	for i, now := range words {
		if Hash(string(slices.Delete(slices.Clone(words), i, i+1))) == hash {
			return fmt.Sprintf("%q at place %d was not there", now, i), true
		}
	}
	return "", false
}
