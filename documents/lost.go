package documents

import (
	"crypto/sha256"
	"encoding/hex"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// lost are words of which only the hash is known, to be found among many
// candidates: nothing is copied or normalized that need not be.
type lost [sha256.Size]byte

// lostWords reads a hash as Hash writes it; any other is of no words.
func lostWords(hash string) (w lost) {
	if sum, err := hex.DecodeString(hash); err == nil && len(sum) == len(w) {
		copy(w[:], sum)
	}
	return w
}

// are tells whether a candidate is the words; normal says that it is known to
// be in the form that is hashed.
func (w lost) are(candidate []byte, normal bool) bool {
	if !normal {
		candidate = []byte(normalize(string(candidate)))
	}
	return sha256.Sum256(candidate) == w
}

// window looks for the words among the windows of so many code points of a
// paragraph, and returns where in it they start, in code points.
// What is normal is so in each of its parts (Unicode Standard Annex 15,
// section 1.3), so that the windows of a normal paragraph need no look.
func (w lost) window(paragraph string, size int) (start int, words string, ok bool) {
	content, normal := []byte(paragraph), isNormal(paragraph)
	from, to := 0, 0
	for range size {
		if to == len(paragraph) {
			return 0, "", false
		}
		to += width(paragraph[to:])
	}
	for ; size > 0; start++ {
		if w.are(content[from:to], normal) {
			return start, paragraph[from:to], true
		}
		if to == len(paragraph) {
			break
		}
		from, to = from+width(paragraph[from:]), to+width(paragraph[to:])
	}
	return 0, "", false
}

// width is how many bytes the first character takes.
func width(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// steady tells whether characters are in the form that is hashed, and stay so
// whatever steady characters but spaces stand beside them: none is changed by,
// or joined to, what stands before it.
func steady(s string) bool {
	for i := range s {
		if s[i] >= utf8.RuneSelf && !norm.NFC.PropertiesString(s[i:]).BoundaryBefore() {
			return false
		}
	}
	return isNormal(s)
}
