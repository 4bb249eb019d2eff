package documents

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text is the text of one document, cut into paragraphs. It never changes, and
// is safe for parallel use.
type Text struct {
	Name       string // of the file, without its folder
	SHA256     string // of the file's bytes, lower-case hex
	paragraphs []string
	effort     atomic.Int64 // windows that searches may still hash
}

// maxEffort bounds what looking for lost words may cost for one text: some
// seconds. A text that differs in a few places stays far below; one that is
// another text altogether would keep every piece of evidence searching it whole.
const maxEffort = 5_000_000

// NewText cuts the bytes of a file into paragraphs: lines, split at LF with a
// CR before it dropped, that hold at least one character outside Unicode
// White_Space. Bytes that are no UTF-8 read as U+FFFD.
func NewText(name string, content []byte) *Text {
	t := &Text{Name: name, SHA256: HashBytes(content)}
	t.effort.Store(maxEffort)
	for line := range strings.SplitSeq(strings.ToValidUTF8(string(content), "\uFFFD"), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if strings.ContainsFunc(line, isWord) {
			t.paragraphs = append(t.paragraphs, line)
		}
	}
	return t
}

// isWord tells whether a character is outside Unicode White_Space.
func isWord(r rune) bool {
	if r < utf8.RuneSelf { // searches ask this of every window
		return r != ' ' && (r < '\t' || r > '\r')
	}
	return !unicode.Is(unicode.White_Space, r)
}

// Paragraphs returns how many paragraphs the text has.
func (t *Text) Paragraphs() int { return len(t.paragraphs) }

// Paragraph returns the n-th paragraph, from 1, untrimmed; "" beyond the last.
func (t *Text) Paragraph(n int) string {
	if n < 1 || n > len(t.paragraphs) {
		return ""
	}
	return t.paragraphs[n-1]
}

// Hash returns the lower-case hex SHA-256 of a span's words: in NFC, with each
// run of White_Space made one U+0020, the ends kept.
func Hash(words string) string { return HashBytes([]byte(normalize(words))) }

// HashBytes returns the lower-case hex SHA-256 of bytes.
func HashBytes(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func normalize(s string) string {
	if isNormal(s) {
		return s
	}
	s = norm.NFC.String(s)
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		if !isWord(r) {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}

// isNormal tells whether normalizing would change nothing: the ordinary case.
func isNormal(s string) bool {
	space, ascii := false, true
	for _, r := range s {
		if !isWord(r) && (space || r != ' ') {
			return false
		}
		space, ascii = r == ' ', ascii && r < utf8.RuneSelf
	}
	return ascii || norm.NFC.IsNormalString(s)
}
