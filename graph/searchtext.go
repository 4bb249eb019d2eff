package graph

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// leading are the function words and forms of address that may stand before a
// name without being part of it, in lower case. A letter with a point ("A.") is an
// initial, and none of them.
var leading = struct{ articles, titles []string }{
	articles: []string{"the", "a", "an"},
	titles:   []string{"mr", "mrs", "ms", "miss", "dr", "prof", "г-н", "г-жа"},
}

var (
	possessive = regexp.MustCompile(`['’ʼ][sS]($|[^\pL\pN])`)
	// aside is a parenthesis at the end of a text, closed or not, that holds no number.
	aside = regexp.MustCompile(`\s*\([^()\pN]*\)?\s*$`)
	// glossed is a name with another in brackets behind it: its abbreviation, or what it is called now.
	glossed = regexp.MustCompile(`^(.*\pL.*?)\s*[(\[]([^()\[\]]+)[)\]]?\s*$`)
	// quoted is a name in double quotes within a longer text.
	quoted = regexp.MustCompile(`[“"«„]([^“”"«»„]+)[”"»“]`)
	// owned is what stands behind an owner of at most three words, without numbers.
	owned = regexp.MustCompile(`^(?:[^\s\pN]+\s+){0,2}?[^\s\pN]+['’ʼ][sS]\s+(.+)$`)
)

// fillers are words that a text may have and the name not, in lower case.
var fillers = []string{"of", "the", "and", "for", "in", "on", "at", "to", "a", "an", "de"}

// respelled are words that English writes in two ways, folded.
var respelled = [][2]string{
	{"labor", "labour"}, {"center", "centre"}, {"defense", "defence"}, {"program", "programe"},
	{"organization", "organisation"}, {"harbor", "harbour"}, {"neighbor", "neighbour"},
}

// minJoined is how long a name must be to be found without its spaces.
const minJoined = 6

// minPrefix is how many letters begin a word rather than being another one.
const minPrefix = 4

// wording is one way to read a text or a name: as it stands, or without what
// says nothing of whom it names.
type wording struct {
	folded  string
	tokens  []string
	wide    []string // the tokens with doubled letters kept, for misspellings
	acronym string   // of a text of single letters: K.N.P.R.K.
	joined  string   // without spaces; "" where too short, or where numbers would run together
	less    float64  // how much less it scores than the text as it stands
	part    bool     // a part of the text alone: it must be the whole of a name
}

func newWording(text string, less float64) wording {
	w := wording{folded: Fold(text), less: less}
	w.tokens = Tokens(w.folded)
	w.tokens = w.tokens[:min(len(w.tokens), maxQueryTokens)]
	w.wide = Tokens(foldWide(text))
	if len(w.wide) < len(w.tokens) {
		w.wide = w.tokens
	}
	if len(w.tokens) >= 2 && !slices.ContainsFunc(w.tokens, func(t string) bool { return len([]rune(t)) > 1 }) {
		w.acronym = Fold(strings.Join(w.tokens, ""))
	}
	w.joined = unspaced(w.folded)
	return w
}

// wordings returns the ways to read a text, the barest last; two that fold
// alike are one.
func wordings(text string) []wording {
	out := []wording{newWording(text, 0)}
	bare := strip(text)
	for _, w := range []wording{newWording(bare, lessBare), newWording(aside.ReplaceAllString(bare, ""), lessAside)} {
		if w.folded != "" && w.folded != out[len(out)-1].folded {
			out = append(out, w)
		}
	}
	if other := respell(out[len(out)-1].folded); other != out[len(out)-1].folded {
		out = slices.Insert(out, 0, newWording(other, lessRespelled))
	}
	for _, part := range parts(text) {
		for _, folded := range []string{Fold(strip(part)), respell(Fold(strip(part)))} {
			w := newWording(folded, lessPart)
			w.part = true
			out = slices.Insert(out, 0, w)
		}
	}
	return out
}

// parts returns what of a text may be a name by itself: the words in quotes
// of (trade union “Zarya”), and what belongs to somebody of (ILO’s Committee of Experts).
func parts(text string) []string {
	var out []string
	for _, m := range append(quoted.FindAllStringSubmatch(text, -1), owned.FindStringSubmatch(text)) {
		if len(m) > 1 && len(Fold(m[1])) > 1 && Fold(m[1]) != Fold(text) {
			out = append(out, m[1])
		}
	}
	return out
}

// gloss reads a text as a name with another behind it in brackets, both
// folded; "" where it is none.
func gloss(text string) (name, other string) {
	m := glossed.FindStringSubmatch(text)
	if m == nil {
		return "", ""
	}
	return Fold(strip(m[1])), Fold(strip(m[2]))
}

// respell writes the words of a folded text in the other way of English.
func respell(folded string) string {
	words := Tokens(folded)
	for i, w := range words {
		for _, pair := range respelled {
			switch w {
			case pair[0]:
				words[i] = pair[1]
			case pair[1]:
				words[i] = pair[0]
			}
		}
	}
	return strings.Join(words, " ")
}

// strip drops what stands before a name (articles, forms of address) and the
// possessive endings of its words. Something always remains.
func strip(text string) string {
	text = possessive.ReplaceAllString(text, "$1")
	for {
		text = strings.TrimLeftFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		first, rest, _ := strings.Cut(text, " ")
		first = strings.ToLower(first)
		if !slices.Contains(leading.articles, first) && !slices.Contains(leading.titles, strings.TrimSuffix(first, ".")) || Fold(rest) == "" {
			return text
		}
		text = rest
	}
}

// unspaced runs the words of a folded name together.
func unspaced(folded string) string {
	joined := squeeze(strings.ReplaceAll(folded, " ", ""))
	if len([]rune(joined)) < minJoined || hasDigit(joined) {
		return ""
	}
	return joined
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

// begins tells whether a name begins as the text does; a number is not the
// beginning of a longer one, and a few letters are not that of a longer word.
func (w wording) begins(name string) bool {
	rest, ok := strings.CutPrefix(name, w.folded)
	if short := len([]rune(w.folded)) < minPrefix; short && !strings.HasPrefix(rest, " ") {
		return false
	}
	return ok && !(hasDigit(rest[:min(1, len(rest))]) && hasDigit(w.folded[len(w.folded)-1:]))
}

// match tells how a folded name matches the text read in this way, and how well.
func (w wording) match(name string) (Why, float64) {
	switch {
	case name == w.folded:
		return WhyFolded, scoreFolded
	case w.part:
		return "", 0
	case w.begins(name):
		return WhyPrefix, scorePrefix + 0.09*float64(len(w.folded))/float64(len(name))
	case w.acronym != "" && w.acronym == name:
		return WhyInitials, scoreFolded - 0.01
	case w.joined != "" && w.joined == unspaced(name):
		return WhyFolded, scoreJoined
	}
	tokens := Tokens(name)
	why, score := compareTokens(w.words(), tokens)
	short := abbreviation(w.acronym, tokens)
	if len(w.tokens) == 1 {
		short = max(short, abbreviation(w.tokens[0], tokens))
	}
	if score < short {
		return WhyInitials, short
	}
	return why, score
}

// word is a word of a text that is searched for.
type word struct{ folded, wide string }

func (w wording) words() []word {
	out := make([]word, len(w.tokens))
	for i, t := range w.tokens {
		out[i] = word{t, w.wide[i]}
	}
	return out
}

// misspells tells whether the word is a misspelling of a folded one, with its
// doubled letters or without: a letter forgotten between two alike leaves a
// double, which folding alone would make a second mistake.
func (w word) misspells(token string) bool {
	return misspelled(w.folded, token) || w.wide != w.folded && misspelled(w.wide, token)
}
