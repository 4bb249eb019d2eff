package graph

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// How well a name matches, from 0 to 1. The steps between the ways of matching
// are wider than what moves a score within one.
const (
	scoreExact        = 1.0
	scoreFolded       = 0.97
	scoreJoined       = 0.95
	scoreGlossed      = 0.955 // two names, one in brackets behind the other
	scorePrefix       = 0.85  // and up to 0.09 for the part of the name that is given
	scoreAbbreviation = 0.8
	scoreShortened    = 0.7  // an abbreviation of the greater part of a name, from its beginning
	scoreTokens       = 0.5  // and up to 0.33 for how well and how many of the name's words match
	scorePart         = 0.36 // of a match of some of the text's words: always less than goodScore
	begunWithName     = 1.15 // of such a match where the text begins with the whole name
	lesserName        = 0.01
	lessBare          = 0.011 // a name without its article: just below any folded one
	lessRespelled     = 0.012
	lessAside         = 0.1
	lessPart          = 0.1
	ofDescription     = 0.8 // of the score of a description that is not given whole
)

// How well two words match.
const (
	wordEqual   = 1.0
	wordPrefix  = 0.8
	wordInitial = 0.7
	wordFuzzy   = 0.6
)

const (
	minFuzzy   = 4  // letters of a word that may be misspelled
	maxAcronym = 10 // letters of an abbreviation
)

// compareTokens matches the words of a text with those of a name, each with
// one at most, best pairs first. Where some of the text's words match nothing,
// half of its letters must match all the same, and not by initials alone; its
// numbers must all be there.
func compareTokens(text []word, name []string) (Why, float64) {
	used := make([]bool, len(name))
	why := WhyTokens
	spelled := false // a word, not just its initial
	var quality, matched, letters, covered float64
	for _, t := range byLength(text) {
		size := float64(len(t.folded))
		letters += size
		at, q, how := bestWord(t, name, used)
		if at < 0 {
			switch {
			case hasDigit(t.folded):
				return "", 0
			case slices.Contains(fillers, t.folded):
				letters -= size
			}
			continue
		}
		used[at] = true
		quality += q * size
		matched += size
		covered += float64(len(name[at]))
		spelled = spelled || how != WhyInitials
		if how == WhyFuzzy || how == WhyInitials && why != WhyFuzzy {
			why = how
		}
	}
	if !spelled || 2*matched < letters {
		return "", 0
	}
	coverage := covered / float64(len(strings.Join(name, "")))
	score := scoreTokens + 0.33*(quality/matched)*(0.5+0.5*coverage)
	if matched < letters {
		score *= scorePart * (1 + matched/letters)
		if beginsWith(text, name) {
			score = min(score*begunWithName, goodScore-lesserName)
		}
	}
	return why, score
}

// beginsWith tells whether a text begins with all the words of a name.
func beginsWith(text []word, name []string) bool {
	return len(name) <= len(text) && !slices.ContainsFunc(name, func(n string) bool {
		first := text[0].folded
		text = text[1:]
		return n != first
	})
}

// byLength orders words, longest first, so that initials take what the others leave.
func byLength(words []word) []word {
	out := slices.Clone(words)
	slices.SortStableFunc(out, func(a, b word) int { return len(b.folded) - len(a.folded) })
	return out
}

// bestWord finds the word of a name that a word of the text matches best.
func bestWord(t word, name []string, used []bool) (at int, quality float64, how Why) {
	at = -1
	for i, n := range name {
		if used[i] {
			continue
		}
		if q, h := compareWords(t, n); q > quality {
			at, quality, how = i, q, h
		}
	}
	return at, quality, how
}

// compareWords tells how well two folded words match, 0 for not at all. One
// with digits matches itself only.
func compareWords(w word, n string) (float64, Why) {
	t := w.folded
	switch {
	case t == n:
		return wordEqual, WhyTokens
	case hasDigit(t) || hasDigit(n):
		return 0, ""
	case initial(t, n) || initial(n, t):
		return wordInitial, WhyInitials
	case len(t) > 1 && strings.HasPrefix(n, t):
		return wordPrefix + 0.2*float64(len(t))/float64(len(n)) - 0.05, WhyTokens
	case w.misspells(n):
		return wordFuzzy, WhyFuzzy
	}
	return 0, ""
}

// initial tells whether one word is the first letter of the other.
func initial(a, b string) bool { return len([]rune(a)) == 1 && strings.HasPrefix(b, a) }

// misspelled tells whether two words of four letters or more differ by one
// letter, or by two where both are long or have the same letters.
func misspelled(a, b string) bool {
	x, y := []rune(a), []rune(b)
	short := min(len(x), len(y))
	if short < minFuzzy || len(x)-len(y) > 2 || len(y)-len(x) > 2 {
		return false
	}
	d := levenshtein.ComputeDistance(a, b)
	return d <= 1 || d == 2 && (short >= 7 || sameLetters(x, y))
}

func sameLetters(x, y []rune) bool {
	x, y = slices.Clone(x), slices.Clone(y)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// abbreviation scores letters as the initials of a name's words, with or
// without words of up to three letters (of, the, and): of all the words, or of
// two thirds of them from the first. 0: they are not.
func abbreviation(letters string, name []string) float64 {
	wanted := []rune(letters)
	if len(name) < 2 || len(wanted) < 2 || hasDigit(letters) {
		return 0
	}
	reached := make([]bool, len(wanted)+1) // letters that the words so far can account for
	reached[0] = true
	words, enough := 0, 0 // long ones; up to where the letters were all accounted for
	for _, word := range name {
		runes := []rune(word)
		for i := len(wanted); i >= 0; i-- {
			short := reached[i] && len(runes) <= 3
			reached[i] = short || i > 0 && reached[i-1] && wanted[i-1] == runes[0]
		}
		if len(runes) > 3 {
			words++
		}
		if reached[len(wanted)] {
			enough = words
		}
	}
	switch {
	case reached[len(wanted)]:
		return scoreAbbreviation
	case len(wanted) > 2 && 3*enough >= 2*words && enough > 0:
		return scoreShortened
	}
	return 0
}

// confusable are letters of folded words that are taken for each other when heard.
var confusable = []string{"bp", "dt", "gkh", "fvw", "csz", "jz", "ao", "ei"}

// beginnings returns how a word may begin whose spelling t is: its first
// letter, those that it would have without or with its first two swapped, and
// those with another letter that sounds like the first.
func beginnings(t string) []string {
	runes := []rune(t)
	out := []string{string(runes[:1]), string(runes[1:3]), string([]rune{runes[1], runes[0]})}
	for _, group := range confusable {
		if !strings.ContainsRune(group, runes[0]) {
			continue
		}
		for _, r := range group {
			if r != runes[0] {
				out = append(out, string([]rune{r, runes[1]}))
			}
		}
	}
	return out
}
