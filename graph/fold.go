package graph

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters maps what decomposition leaves alone to Latin: the Russian and
// Kazakh alphabets as English-language sources romanize them, and Latin
// letters that have no decomposition. й and ё stand here because they must be
// met before their marks are stripped.
var letters = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "e",
	'ж': "zh", 'з': "z", 'и': "i", 'й': "y", 'к': "k", 'л': "l", 'м': "m",
	'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u",
	'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "",
	'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	'ә': "a", 'ғ': "gh", 'қ': "q", 'ң': "ng", 'ө': "o", 'ұ': "u", 'ү': "u",
	'һ': "h", 'і': "i",
	'ß': "ss", 'ı': "i", 'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th",
	'æ': "ae", 'œ': "oe", 'ə': "a", '&': " and ",
}

// variants collapses what one sound is spelled as in the romanizations in use
// (BGN/PCGN, passports, newspapers, the Kazakh Latin alphabets), longest first.
var variants = strings.NewReplacer(
	"dzh", "j", "shch", "sh", "zh", "j", "dj", "j", "kh", "h", "gh", "g",
	"ng", "n", "ye", "e", "x", "ks", "q", "k", "y", "i",
)

// softO is ё after a consonant, as BGN/PCGN writes it; sources write e as often.
var softO = func() *strings.Replacer {
	var pairs []string
	for _, c := range "bcdfghjklmnpqrstvwxz" {
		pairs = append(pairs, string(c)+"yo", string(c)+"e")
	}
	return strings.NewReplacer(pairs...)
}()

// Fold reduces a name to what its spellings have in common: case, diacritics,
// punctuation and script are dropped, Cyrillic (Russian, Kazakh) and Latin
// meet, letters written twice count once. Words stay apart by one space.
// Two names with one fold are spelled alike; they need not be one thing.
func Fold(name string) string {
	return squeeze(variants.Replace(softO.Replace(squeeze(romanize(name)))))
}

// foldWide folds a name but for its doubled letters; its words are those of Fold.
func foldWide(name string) string { return variants.Replace(softO.Replace(romanize(name))) }

// romanize writes the letters and digits of a name in lower-case Latin as far
// as it knows them, and spaces for everything else.
func romanize(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	for _, r := range strings.ToLower(norm.NFC.String(name)) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == ' ' {
			b.WriteByte(byte(r)) // most of most names
			continue
		}
		if to, ok := letters[r]; ok {
			b.WriteString(to)
			continue
		}
		for _, d := range strings.ToLower(norm.NFKD.String(string(r))) {
			writeFolded(&b, d)
		}
	}
	return b.String()
}

// writeFolded keeps letters and digits, drops marks and the apostrophes that
// stand for soft signs, and turns everything else into a space.
func writeFolded(b *strings.Builder, r rune) {
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		b.WriteRune(r)
	case r >= 0x300 && r <= 0x36f, strings.ContainsRune("'’ʼʹ`´‘", r):
	case unicode.IsMark(r): // vowels of other scripts
		b.WriteRune(r)
	default:
		b.WriteByte(' ')
	}
}

// squeeze writes each letter once where it is doubled, and one space between words.
func squeeze(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	last := ' '
	for _, r := range s {
		if r == last && !unicode.IsDigit(r) {
			continue
		}
		b.WriteRune(r)
		last = r
	}
	return strings.TrimSuffix(b.String(), " ")
}

// Tokens returns the words of a folded name.
func Tokens(folded string) []string { return strings.Fields(folded) }
