package graph

import (
	"strings"
	"unicode/utf8"
)

// XSDString is the datatype of a literal without datatype or language.
const XSDString = "http://www.w3.org/2001/XMLSchema#string"

// IsIRI tells whether the term is an IRI.
func (t Term) IsIRI() bool { return len(t) > 0 && t[0] == '<' }

// IsBlank tells whether the term is a blank node.
func (t Term) IsBlank() bool { return len(t) > 0 && t[0] == '_' }

// IsLiteral tells whether the term is a literal.
func (t Term) IsLiteral() bool { return len(t) > 0 && t[0] == '"' }

// Literal returns the parts of a literal: its lexical form with escapes
// resolved, its language tag and its datatype; a plain literal has neither of
// the last two. Of other terms it returns empty strings.
func (t Term) Literal() (lexical, language, datatype string) {
	if !t.IsLiteral() {
		return "", "", ""
	}
	end := strings.LastIndexByte(string(t), '"')
	if end == 0 {
		return "", "", ""
	}
	lexical = unescape(string(t[1:end]))
	switch rest := string(t[end+1:]); {
	case strings.HasPrefix(rest, "@"):
		return lexical, rest[1:], ""
	case strings.HasPrefix(rest, "^^<") && strings.HasSuffix(rest, ">"):
		return lexical, "", rest[3 : len(rest)-1]
	}
	return lexical, "", ""
}

// Lexical returns the lexical form of a literal.
func (t Term) Lexical() string {
	lexical, _, _ := t.Literal()
	return lexical
}

// NewLiteral makes a literal in canonical syntax; with a language the datatype
// is left out, and xsd:string is never written.
func NewLiteral(lexical, language, datatype string) Term {
	var b strings.Builder
	b.Grow(len(lexical) + len(language) + len(datatype) + 6)
	b.WriteByte('"')
	escape(&b, lexical)
	b.WriteByte('"')
	switch {
	case language != "":
		b.WriteString("@" + language)
	case datatype != "" && datatype != XSDString:
		b.WriteString("^^<" + datatype + ">")
	}
	return Term(b.String())
}

// escape writes what canonical N-Quads escapes (RDF 1.1 N-Quads, section 4,
// as RDF Dataset Canonicalization narrows it).
func escape(b *strings.Builder, s string) {
	const hex = "0123456789ABCDEF"
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' && c != 0x7f {
			continue
		}
		b.WriteString(s[from:i])
		from = i + 1
		switch c {
		case '\b':
			b.WriteString(`\b`)
		case '\t':
			b.WriteString(`\t`)
		case '\n':
			b.WriteString(`\n`)
		case '\f':
			b.WriteString(`\f`)
		case '\r':
			b.WriteString(`\r`)
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteString(`\u00`)
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	b.WriteString(s[from:])
}

// unescape resolves the escapes of N-Quads; it leaves alone what is none.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if at := strings.IndexByte(`tbnrf"'\`, s[i]); at >= 0 {
			b.WriteByte("\t\b\n\r\f\"'\\"[at])
			continue
		}
		i = unescapePoint(&b, s, i)
	}
	return b.String()
}

// unescapePoint resolves a numeric escape whose u or U stands at i, and
// returns the place of its last byte.
func unescapePoint(b *strings.Builder, s string, i int) int {
	digits := map[byte]int{'u': 4, 'U': 8}[s[i]]
	if digits == 0 || i+digits >= len(s) {
		b.WriteString(s[i-1 : i+1])
		return i
	}
	var point rune
	for _, c := range []byte(s[i+1 : i+1+digits]) {
		point = point<<4 | rune(hexValue(c))
	}
	if !utf8.ValidRune(point) {
		point = utf8.RuneError
	}
	b.WriteRune(point)
	return i + digits
}

func hexValue(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}
