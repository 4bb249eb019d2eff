package graph

import (
	"strconv"
	"strings"
)

// Locator is a place in a document: the document alone, a paragraph of it, or
// a span of a paragraph together with the hash of its words.
type Locator struct {
	Document  Term
	Paragraph int // from 1; 0: the document as a whole
	// Start and End are a half-open range of Unicode code points in the
	// untrimmed paragraph; both 0 without a span.
	Start, End int
	// SHA256 is the lower-case hex hash of the span in NFC with each run of
	// White_Space made one space; "" without a span.
	SHA256 string
}

// HasSpan tells whether the locator names a range of characters.
func (l Locator) HasSpan() bool { return l.SHA256 != "" }

// What segments of a locator look like. Every claim that is shown has one read:
// patterns would take longer than the rest of it.

// consists tells whether a text is not empty and has no other bytes than some.
func consists(s, of string) bool { return s != "" && strings.Trim(s, of) == "" }

const digits = "0123456789"

// isNumber tells of a number without leading zeros, of at most nine digits.
func isNumber(s string) bool {
	return consists(s, digits) && len(s) <= 9 && (s[0] != '0' || len(s) == 1)
}

func isParagraph(s string) bool { return strings.HasPrefix(s, "p") && consists(s[1:], digits) }

func isSpan(s string) bool {
	from, to, _ := strings.Cut(s, "-")
	return consists(from, digits) && consists(to, digits)
}

// isAnyHash tells of a SHA-256 in hex, of either case.
func isAnyHash(s string) bool { return len(s) == 64 && consists(s, digits+"abcdefABCDEF") }

// ParseLocator reads an evidence IRI: DOCUMENT/pN/START-END/HASH, DOCUMENT/pN
// or DOCUMENT. It reads from the right, since a document's id may itself hold
// slashes; numbers have no leading zeros and the hash is in lower case, so
// that one place has one IRI. Anything else that looks like a locator is
// refused with CodeInvalid.
func ParseLocator(names Names, iri Term) (Locator, error) {
	id := names.ID(iri)
	if id == "" || !strings.HasPrefix(string(iri), "<") {
		return Locator{}, badLocator(id, "is no IRI of a document")
	}
	parts := strings.Split(id, "/")
	n := len(parts)
	switch {
	case n > 3 && isSpan(parts[n-2]) && isParagraph(parts[n-3]):
		return parseSpan(names, id, parts)
	case n > 1 && isParagraph(parts[n-1]):
		paragraph, err := parseParagraph(id, parts[n-1])
		return Locator{Document: names.IRI(strings.Join(parts[:n-1], "/")), Paragraph: paragraph}.checked(id, err)
	case n > 1 && isSpan(parts[n-1]):
		return Locator{}, badLocator(id, "has a span without the hash of its words: DOCUMENT/pN/START-END/HASH (cite prints it)")
	case isAnyHash(parts[n-1]):
		return Locator{}, badLocator(id, "has a hash without a paragraph and a span before it: DOCUMENT/pN/START-END/HASH")
	}
	return Locator{Document: names.IRI(id)}, nil
}

// parseSpan reads the last three segments of a full locator.
func parseSpan(names Names, id string, parts []string) (Locator, error) {
	n := len(parts)
	paragraph, err := parseParagraph(id, parts[n-3])
	if err != nil {
		return Locator{}, err
	}
	from, to, _ := strings.Cut(parts[n-2], "-")
	if !isNumber(from) || !isNumber(to) {
		return Locator{}, badLocator(id, "has a span with a leading zero or too many digits")
	}
	start, _ := strconv.Atoi(from)
	end, _ := strconv.Atoi(to)
	if start >= end {
		return Locator{}, badLocator(id, "has a span that ends before it begins, or is empty")
	}
	if !isAnyHash(parts[n-1]) || strings.ToLower(parts[n-1]) != parts[n-1] {
		return Locator{}, badLocator(id, "must end in the SHA-256 of its words, 64 digits in lower case")
	}
	l := Locator{
		Document: names.IRI(strings.Join(parts[:n-3], "/")), Paragraph: paragraph,
		Start: start, End: end, SHA256: parts[n-1],
	}
	return l.checked(id, nil)
}

func parseParagraph(id, segment string) (int, error) {
	number := segment[1:]
	if !isNumber(number) || number == "0" {
		return 0, badLocator(id, "has no paragraph %s: they are counted from p1, without leading zeros", segment)
	}
	return strconv.Atoi(number)
}

// checked refuses a document whose own id would read as a locator: the
// reading from the right would not come back to it.
func (l Locator) checked(id string, err error) (Locator, error) {
	if err != nil {
		return Locator{}, err
	}
	s := strings.TrimSuffix(string(l.Document), ">")
	last := s[strings.LastIndex(s, "/")+1:]
	if last == "" || isParagraph(last) || isAnyHash(last) {
		return Locator{}, badLocator(id, "names its paragraph twice, or no document")
	}
	return l, nil
}

func badLocator(id, why string, args ...any) *Error {
	return Errorf(CodeInvalid, "evidence "+strconv.Quote(id)+" "+why, args...)
}

// IRI returns the evidence IRI: the inverse of ParseLocator.
func (l Locator) IRI(Names) Term {
	if l.Paragraph == 0 {
		return l.Document
	}
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(string(l.Document), ">"))
	b.WriteString("/p" + strconv.Itoa(l.Paragraph))
	if l.HasSpan() {
		b.WriteString("/" + strconv.Itoa(l.Start) + "-" + strconv.Itoa(l.End) + "/" + l.SHA256)
	}
	b.WriteString(">")
	return Term(b.String())
}

// EvidenceState is what checking a locator against its document finds.
type EvidenceState string

// The states of evidence.
const (
	EvidenceOK        EvidenceState = "ok"
	EvidenceMoved     EvidenceState = "moved"     // the words stand at another place of the document
	EvidenceChanged   EvidenceState = "changed"   // the words stand nowhere in the document
	EvidenceUnlocated EvidenceState = "unlocated" // the evidence names no paragraph
	EvidenceMissing   EvidenceState = "document missing"
)

// Source is what the graph knows of a document's file: enough to find it.
type Source struct {
	Document Term
	FileName string // "" where unknown
	SHA256   string // of the file's bytes, lower-case hex; "" where unknown
	// Spans are locators of the document, used to find the file by its words
	// where neither hash nor name does; may be nil.
	Spans []Locator
}

// Finding is what a document says at a locator.
type Finding struct {
	State EvidenceState
	// Words are the characters at the locator as the document has them now,
	// or at Moved; "" where there are none.
	Words string
	// Moved is where the words stand now, for EvidenceMoved.
	Moved Locator
	// Detail says what differs, for EvidenceChanged.
	Detail string
}

// Text is a document at hand.
type Text interface {
	// Paragraphs returns how many paragraphs the document has.
	Paragraphs() int
	// Paragraph returns the n-th paragraph, from 1; "" beyond the last.
	Paragraph(n int) string
	// Look reads the words at a locator and checks them. It costs little
	// where the evidence is ok; where it is not, the document is searched.
	Look(Locator) Finding
	// Words returns the characters at a locator whose hash is right, and
	// whether it is: Look without the search.
	Words(Locator) (string, bool)
}

// Texts finds the texts of documents. Implementations are safe for parallel use.
type Texts interface {
	// Text returns the text of a document; false where none is at hand.
	Text(Source) (Text, bool)
}
