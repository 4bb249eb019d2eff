package loaders

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/tripartite-graph/tripartite/graph"
)

// cursor reads the terms of a line of N-Quads (RDF 1.1 N-Quads, section 4),
// which is UTF-8, and returns them in canonical syntax.
type cursor struct {
	text string
	at   int
}

// column is the place in code points, from 1.
func (c *cursor) column() int { return utf8.RuneCountInString(c.text[:c.at]) + 1 }

// done tells whether nothing but a comment is left.
func (c *cursor) done() bool { return c.at == len(c.text) || c.text[c.at] == '#' }

// peek returns the next byte, 0 at the end.
func (c *cursor) peek() byte {
	if c.at == len(c.text) {
		return 0
	}
	return c.text[c.at]
}

// blanks passes over spaces and tabs.
func (c *cursor) blanks() {
	for c.at < len(c.text) && (c.text[c.at] == ' ' || c.text[c.at] == '\t') {
		c.at++
	}
}

// expected tells what should stand here, and what does.
func (c *cursor) expected(what string) error {
	if c.at == len(c.text) {
		return fmt.Errorf("the line ends where %s should stand", what)
	}
	r, _ := utf8.DecodeRuneInString(c.text[c.at:])
	return fmt.Errorf("%q stands where %s should stand", r, what)
}

// iri reads an absolute IRI.
func (c *cursor) iri(what string) (graph.Term, error) {
	if c.peek() != '<' {
		return "", c.expected("the " + what + ", an IRI in angle brackets,")
	}
	end := strings.IndexByte(c.text[c.at:], '>')
	if end < 0 {
		return "", fmt.Errorf("the IRI of the %s has no end: > is missing", what)
	}
	raw := c.text[c.at+1 : c.at+end]
	iri, err := unescapeIRI(raw)
	if err != nil {
		return "", fmt.Errorf("the IRI <%s>: %w", raw, err)
	}
	term := graph.Term(c.text[c.at : c.at+end+1])
	if len(iri) != len(raw) {
		term = graph.Term("<" + iri + ">")
	}
	c.at += end + 1
	c.blanks()
	return term, nil
}

// unescapeIRI resolves the numeric escapes of an IRI and checks its characters.
func unescapeIRI(s string) (string, error) {
	if strings.IndexByte(s, '\\') >= 0 {
		var err error
		if s, err = unescape(s, false); err != nil {
			return "", err
		}
	}
	for i := range len(s) {
		if notInIRI[s[i]] {
			return "", fmt.Errorf("%q may not stand in an IRI", s[i])
		}
	}
	if !hasScheme(s) {
		return "", fmt.Errorf("is not absolute: it needs a scheme, such as https://")
	}
	return s, nil
}

// notInIRI tells which bytes may not stand in an IRI.
var notInIRI = func() (no [256]bool) {
	for c := range byte(' ' + 1) {
		no[c] = true
	}
	for _, c := range []byte("<>\"{}|^`\\") {
		no[c] = true
	}
	return no
}()

// hasScheme tells whether an IRI is absolute (RFC 3987: ALPHA, then ALPHA,
// DIGIT, +, -, . up to a colon).
func hasScheme(s string) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case c == ':':
			return i > 0
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		case i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	return false
}

// blankNode reads a blank node's label.
func (c *cursor) blankNode() (graph.Term, error) {
	start := c.at
	if !strings.HasPrefix(c.text[start:], "_:") {
		return "", c.expected("an IRI or a blank node")
	}
	end := start + 2
	for end < len(c.text) {
		r, size := utf8.DecodeRuneInString(c.text[end:])
		first := end == start+2
		if !isNameChar(r) || first && (r == '-' || r == 0xb7 || r == '.' || isCombining(r)) {
			break
		}
		end += size
	}
	for end > start+2 && c.text[end-1] == '.' { // a full stop at the end belongs to the statement
		end--
	}
	if end == start+2 {
		c.at = end
		return "", c.expected("the label of a blank node")
	}
	c.at = end
	c.blanks()
	return graph.Term(c.text[start:end]), nil
}

// isNameChar is PN_CHARS or a full stop.
func isNameChar(r rune) bool {
	if r < 0x80 {
		return r == '.' || r == '-' || r == '_' ||
			r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return r == 0xb7 || isCombining(r) || isNameStart(r)
}

func isCombining(r rune) bool {
	return r >= 0x300 && r <= 0x36f || r == 0x203f || r == 0x2040
}

// isNameStart is PN_CHARS_BASE beyond ASCII.
func isNameStart(r rune) bool {
	for _, span := range [][2]rune{
		{0xc0, 0xd6}, {0xd8, 0xf6}, {0xf8, 0x2ff}, {0x370, 0x37d}, {0x37f, 0x1fff}, {0x200c, 0x200d},
		{0x2070, 0x218f}, {0x2c00, 0x2fef}, {0x3001, 0xd7ff}, {0xf900, 0xfdcf}, {0xfdf0, 0xfffd}, {0x10000, 0xeffff},
	} {
		if r >= span[0] && r <= span[1] {
			return true
		}
	}
	return false
}

// literal reads a literal and the blanks after it.
func (c *cursor) literal() (graph.Term, error) {
	start := c.at
	end, plain := literalEnd(c.text, start+1)
	if end < 0 {
		return "", fmt.Errorf("the literal has no end: a quote is missing")
	}
	lexical := c.text[start+1 : end]
	if !plain {
		var err error
		if lexical, err = unescape(lexical, true); err != nil {
			return "", fmt.Errorf("the literal: %w", err)
		}
	}
	c.at = end + 1
	language, datatype, err := c.suffix()
	if err != nil {
		return "", err
	}
	if plain && datatype == "" {
		term := graph.Term(c.text[start : end+1])
		if language != "" {
			term = graph.Term(c.text[start : end+2+len(language)])
		}
		c.blanks()
		return term, nil
	}
	c.blanks()
	return graph.NewLiteral(lexical, language, datatype), nil
}

// literalEnd returns the place of the closing quote, -1 for none, and whether
// the bytes between are canonical as they stand.
func literalEnd(s string, from int) (end int, plain bool) {
	plain = true
	for i := from; i < len(s); i++ {
		switch b := s[i]; {
		case b == '"':
			return i, plain
		case b == '\\':
			plain = false
			i++
		case b < 0x20 || b == 0x7f:
			plain = false
		}
	}
	return -1, false
}

// suffix reads a language tag or a datatype.
func (c *cursor) suffix() (language, datatype string, err error) {
	switch {
	case c.peek() == '@':
		end := c.at + 1
		for end < len(c.text) && isTagByte(c.text[end]) {
			end++
		}
		language = c.text[c.at+1 : end]
		if !validTag(language) {
			return "", "", fmt.Errorf("@%s is no language tag: write @en, @ru-Latn", language)
		}
		c.at = end
		return language, "", nil
	case strings.HasPrefix(c.text[c.at:], "^^"):
		c.at += 2
		term, err := c.iri("datatype")
		return "", strings.Trim(string(term), "<>"), err
	}
	return "", "", nil
}

func isTagByte(b byte) bool {
	return b == '-' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

// validTag is LANGTAG: letters, then parts of letters and digits.
func validTag(tag string) bool {
	for i, part := range strings.Split(tag, "-") {
		other := func(r rune) bool { return r > 'z' || r == '-' || !isTagByte(byte(r)) }
		if part == "" || strings.ContainsFunc(part, other) || i == 0 && strings.ContainsAny(part, "0123456789") {
			return false
		}
	}
	return true
}

// unescape resolves escapes; those of characters are of literals alone.
func unescape(s string, literal bool) (string, error) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		i++
		if i == len(s) {
			return "", fmt.Errorf("ends in a backslash")
		}
		if at := strings.IndexByte(`tbnrf"'\`, s[i]); literal && at >= 0 {
			b.WriteByte("\t\b\n\r\f\"'\\"[at])
			continue
		}
		size := map[byte]int{'u': 4, 'U': 8}[s[i]]
		point, ok := hexRune(s, i+1, size)
		if !ok {
			return "", fmt.Errorf(`\%c is no escape: \uXXXX and \UXXXXXXXX name a character`, s[i])
		}
		b.WriteRune(point)
		i += size
	}
	return b.String(), nil
}

// hexRune reads a code point of so many digits.
func hexRune(s string, from, size int) (rune, bool) {
	if size == 0 || from+size > len(s) {
		return 0, false
	}
	var point uint32
	for _, c := range []byte(s[from : from+size]) {
		digit := strings.IndexByte("0123456789abcdef", c|0x20)
		if digit < 0 || c < '0' {
			return 0, false
		}
		point = point<<4 | uint32(digit)
	}
	return rune(point), point <= utf8.MaxRune && utf8.ValidRune(rune(point))
}
