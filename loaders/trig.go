package loaders

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/tripartite-graph/tripartite/graph"
)

// TriG is RDF 1.1 TriG, and Turtle within it: a graph of one statement for
// each claim, and what is said about the claims outside of them.
var TriG = &Format{
	Name:       "trig",
	MediaTypes: []string{"application/trig", "text/turtle"},
	Extensions: []string{".trig", ".ttl"},
	Read: func(r io.Reader, _ string, o Options, s Sink) error {
		data, err := readAll(r, o)
		if err != nil {
			return err
		}
		t := &trig{text: strings.TrimPrefix(string(data), "\ufeff"), base: o.Names.Base, sink: s, line: 1,
			prefixes: map[string]string{}, blanks: map[string]graph.Term{}}
		return t.document()
	},
	Write: writeTriG,
}

// trig reads one document by recursive descent. A fault of syntax ends the
// reading: what follows could be anything.
type trig struct {
	text     string
	at       int
	base     string
	prefixes map[string]string
	blanks   map[string]graph.Term // label in the file → ours
	count    int                   // blank nodes so far
	depth    int
	label    graph.Term
	sink     Sink

	// line and start are those of counted, a place not after at.
	line, start, counted int
}

// trigFault ends the descent; sinkError is an error of the sink.
type (
	trigFault string
	sinkError struct{ error }
)

func (t *trig) fail(format string, args ...any) { panic(trigFault(fmt.Sprintf(format, args...))) }

func (t *trig) document() (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case trigFault:
			p := t.position(t.at)
			t.sink.Fault(syntax(p.Line, p.Column, string(r)))
		case sinkError:
			err = r.error
		default:
			panic(r)
		}
	}()
	if !utf8.ValidString(t.text) {
		t.fail("the file is not UTF-8")
	}
	for t.blank(); t.at < len(t.text); t.blank() {
		t.statement()
	}
	return nil
}

// position returns the line and column of a place not before the last one.
func (t *trig) position(at int) graph.Position {
	for ; t.counted < at; t.counted++ {
		if t.text[t.counted] == '\n' {
			t.line++
			t.start = t.counted + 1
		}
	}
	return graph.Position{Line: t.line, Column: utf8.RuneCountInString(t.text[min(t.start, at):at]) + 1}
}

// blank passes over white space and comments.
func (t *trig) blank() {
	for t.at < len(t.text) {
		switch t.text[t.at] {
		case ' ', '\t', '\r', '\n':
			t.at++
		case '#':
			if end := strings.IndexAny(t.text[t.at:], "\r\n"); end >= 0 {
				t.at += end
			} else {
				t.at = len(t.text)
			}
		default:
			return
		}
	}
}

// peek returns the next byte that is not blank, 0 at the end.
func (t *trig) peek() byte {
	t.blank()
	if t.at == len(t.text) {
		return 0
	}
	return t.text[t.at]
}

// accept takes a byte if it is the next one.
func (t *trig) accept(b byte) bool {
	if t.peek() != b {
		return false
	}
	t.at++
	return true
}

func (t *trig) expect(b byte) {
	if !t.accept(b) {
		t.unexpected("%q", b)
	}
}

// unexpected tells what should stand here.
func (t *trig) unexpected(format string, args ...any) {
	what := fmt.Sprintf(format, args...)
	if t.peek() == 0 {
		t.fail("the file ends where %s should stand", what)
	}
	r, _ := utf8.DecodeRuneInString(t.text[t.at:])
	t.fail("%q stands where %s should stand", r, what)
}

// keyword takes a word that no name goes on from.
func (t *trig) keyword(word string, fold bool) bool {
	t.blank()
	end := t.at + len(word)
	if end > len(t.text) || t.text[t.at:end] != word && !(fold && strings.EqualFold(t.text[t.at:end], word)) {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(t.text[end:]); end < len(t.text) && (r == ':' && word[0] != '@' || r != '.' && isNameChar(r)) {
		return false
	}
	t.at = end
	return true
}

// statement reads a directive, a graph or triples of the default graph.
func (t *trig) statement() {
	switch {
	case t.keyword("@prefix", false):
		t.prefix()
		t.expect('.')
	case t.keyword("@base", false):
		t.base = t.iriRef()
		t.expect('.')
	case t.keyword("PREFIX", true):
		t.prefix()
	case t.keyword("BASE", true):
		t.base = t.iriRef()
	case t.keyword("GRAPH", true):
		t.graph(t.name())
	case t.peek() == '{':
		t.graph("")
	default:
		t.triplesOrGraph()
	}
}

func (t *trig) prefix() {
	t.blank()
	name := t.prefixName()
	if t.at == len(t.text) || t.text[t.at] != ':' {
		t.unexpected("a prefix that ends in a colon")
	}
	t.at++
	t.prefixes[name] = t.iriRef()
}

// name reads a graph's name: an IRI or a blank node.
func (t *trig) name() graph.Term {
	if t.peek() == '[' {
		t.at++
		t.expect(']')
		return t.fresh()
	}
	return t.resource("the name of a graph")
}

// graph reads a graph in braces.
func (t *trig) graph(label graph.Term) {
	t.expect('{')
	t.label = label
	for t.peek() != '}' {
		t.triples()
		if !t.accept('.') {
			break
		}
	}
	t.expect('}')
	t.label = ""
}

// triplesOrGraph reads what begins with an IRI or a node: only what follows tells.
func (t *trig) triplesOrGraph() {
	optional := false
	var subject graph.Term
	switch t.peek() {
	case '(':
		subject = t.collection()
	case '[':
		subject, optional = t.properties()
		if !optional && t.peek() == '{' {
			t.graph(subject)
			return
		}
	default:
		if subject = t.resource("a subject or a graph"); t.peek() == '{' {
			t.graph(subject)
			return
		}
	}
	if !optional || t.peek() != '.' {
		t.predicates(subject)
	}
	t.expect('.')
}

// triples reads a subject with its predicates and objects.
func (t *trig) triples() {
	switch t.peek() {
	case '(':
		t.predicates(t.collection())
	case '[':
		subject, optional := t.properties()
		if next := t.peek(); !optional || next != '.' && next != '}' {
			t.predicates(subject)
		}
	default:
		t.predicates(t.resource("a subject"))
	}
}

// predicates reads a list of predicates and their objects.
func (t *trig) predicates(subject graph.Term) {
	for {
		predicate := graph.RDFType
		if !t.keyword("a", false) {
			if t.peek() == '_' {
				t.unexpected("a predicate, an IRI,")
			}
			predicate = t.resource("a predicate")
		}
		for again := true; again; again = t.accept(',') {
			t.blank()
			at := t.position(t.at)
			t.emit(subject, predicate, t.object(), at)
		}
		if !t.accept(';') {
			return
		}
		for t.accept(';') {
		}
		if next := t.peek(); next == '.' || next == ']' || next == '}' || next == 0 {
			return
		}
	}
}

func (t *trig) emit(s, p, o graph.Term, at graph.Position) {
	if err := t.sink.Quad(graph.Quad{Subject: s, Predicate: p, Object: o, Label: t.label}, at); err != nil {
		panic(sinkError{err})
	}
}

// object reads any term.
func (t *trig) object() graph.Term {
	switch c := t.peek(); {
	case c == '(':
		return t.collection()
	case c == '[':
		node, _ := t.properties()
		return node
	case c == '"' || c == '\'':
		return t.literal(c)
	case c == '+' || c == '-' || c == '.' || c >= '0' && c <= '9':
		return t.number()
	case t.keyword("true", false):
		return graph.NewLiteral("true", "", xsd+"boolean")
	case t.keyword("false", false):
		return graph.NewLiteral("false", "", xsd+"boolean")
	}
	return t.resource("an object")
}

const xsd = "http://www.w3.org/2001/XMLSchema#"

// nested bounds the depth of collections and property lists.
func (t *trig) nested(read func()) {
	if t.depth++; t.depth > maxDepth {
		t.fail("nested deeper than %d", maxDepth)
	}
	read()
	t.depth--
}

// properties reads [ … ]; full tells whether anything stands in it.
func (t *trig) properties() (node graph.Term, full bool) {
	t.expect('[')
	node = t.fresh()
	if t.accept(']') {
		return node, false
	}
	t.nested(func() { t.predicates(node) })
	t.expect(']')
	return node, true
}

// collection reads ( … ) and returns the head of the list.
func (t *trig) collection() graph.Term {
	const rdf = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	t.expect('(')
	head, last := graph.Term(rdf+"nil>"), graph.Term("")
	for t.peek() != ')' {
		at := t.position(t.at)
		cell := t.fresh()
		if last == "" {
			head = cell
		} else {
			t.emit(last, rdf+"rest>", cell, at)
		}
		var value graph.Term
		t.nested(func() { value = t.object() })
		t.emit(cell, rdf+"first>", value, at)
		last = cell
	}
	at := t.position(t.at)
	t.expect(')')
	if last != "" {
		t.emit(last, rdf+"rest>", rdf+"nil>", at)
	}
	return head
}

// fresh returns a blank node that the file does not name.
func (t *trig) fresh() graph.Term {
	t.count++
	return graph.Term(fmt.Sprintf("_:b%d", t.count))
}

// resource reads an IRI, a prefixed name or a blank node.
func (t *trig) resource(what string) graph.Term {
	switch c := t.peek(); {
	case c == '<':
		return graph.Term("<" + t.iriRef() + ">")
	case c == '_':
		cursor := &cursor{text: t.text, at: t.at}
		label, err := cursor.blankNode()
		if err != nil {
			t.fail("%v", err)
		}
		t.at = cursor.at
		if t.blanks[string(label)] == "" {
			t.blanks[string(label)] = t.fresh()
		}
		return t.blanks[string(label)]
	case c == 0:
		t.unexpected("%s", what)
	}
	return t.prefixed(what)
}

// iriRef reads <…> and resolves it against the base.
func (t *trig) iriRef() string {
	if t.peek() != '<' {
		t.unexpected("an IRI in angle brackets")
	}
	end := strings.IndexByte(t.text[t.at:], '>')
	if end < 0 {
		t.fail("the IRI has no end: > is missing")
	}
	raw := t.text[t.at+1 : t.at+end]
	iri, err := unescape(raw, false)
	if err == nil {
		iri, err = unescapeIRI(resolveIRI(t.base, iri))
	}
	if err != nil {
		t.fail("the IRI <%s>: %v", raw, err)
	}
	t.at += end + 1
	return iri
}

// prefixName reads PN_PREFIX, which may be empty.
func (t *trig) prefixName() string {
	start := t.at
	for t.at < len(t.text) {
		r, size := utf8.DecodeRuneInString(t.text[t.at:])
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80 && isNameStart(r)
		if !isNameChar(r) || t.at == start && !letter {
			break
		}
		t.at += size
	}
	if strings.HasSuffix(t.text[start:t.at], ".") {
		t.fail("a prefix does not end in a full stop")
	}
	return t.text[start:t.at]
}

// prefixed reads a prefixed name.
func (t *trig) prefixed(what string) graph.Term {
	start := t.at
	prefix := t.prefixName()
	if t.at == len(t.text) || t.text[t.at] != ':' {
		t.at = start
		t.unexpected("%s", what)
	}
	namespace, ok := t.prefixes[prefix]
	if !ok {
		t.at = start
		t.fail("the prefix %s: is not declared", prefix)
	}
	t.at++
	iri, err := unescapeIRI(namespace + t.local())
	if err != nil {
		t.fail("the IRI <%s>: %v", iri, err)
	}
	return graph.Term("<" + iri + ">")
}

// local reads PN_LOCAL, its escapes resolved.
func (t *trig) local() string {
	var b strings.Builder
	end, kept := t.at, 0 // after the last character that may end a name
	for i := t.at; i < len(t.text); {
		r, size := utf8.DecodeRuneInString(t.text[i:])
		switch {
		case r == '%' && hexPair.MatchString(t.text[i:]):
			b.WriteString(t.text[i : i+3])
			size = 3
		case r == '\\' && i+1 < len(t.text) && strings.IndexByte("_~.-!$&'()*+,;=/?#@%", t.text[i+1]) >= 0:
			b.WriteByte(t.text[i+1])
			size = 2
		case r == ':' || isNameChar(r) && (i > t.at || r != '.' && r != '-' && r != 0xb7 && !isCombining(r)):
			b.WriteRune(r)
		default:
			size = 0
		}
		if size == 0 {
			break
		}
		i += size
		if r != '.' {
			end, kept = i, b.Len()
		}
	}
	t.at = end
	return b.String()[:kept]
}

var (
	hexPair       = regexp.MustCompile(`^%[0-9A-Fa-f]{2}`)
	numberPattern = regexp.MustCompile(`^[+-]?(?:(\d+\.\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+)|(\d*\.\d+)|(\d+))`)
)

func (t *trig) number() graph.Term {
	m := numberPattern.FindStringSubmatch(t.text[t.at:])
	if m == nil {
		t.unexpected("an object")
	}
	t.at += len(m[0])
	switch {
	case m[1] != "":
		return graph.NewLiteral(m[0], "", xsd+"double")
	case m[2] != "":
		return graph.NewLiteral(m[0], "", xsd+"decimal")
	}
	return graph.NewLiteral(m[0], "", xsd+"integer")
}

// literal reads a quoted string with its language or datatype.
func (t *trig) literal(quote byte) graph.Term {
	mark := string(quote)
	if long := strings.Repeat(mark, 3); strings.HasPrefix(t.text[t.at:], long) {
		mark = long
	}
	start := t.at + len(mark)
	end := start
	for ; !strings.HasPrefix(t.text[end:], mark); end++ {
		if end >= len(t.text) || len(mark) == 1 && (t.text[end] == '\n' || t.text[end] == '\r') {
			t.fail("the string has no end: %s is missing", mark)
		}
		if t.text[end] == '\\' {
			end++
		}
		if end >= len(t.text) {
			t.fail("the string has no end: %s is missing", mark)
		}
	}
	lexical, err := unescape(t.text[start:end], true)
	if err != nil {
		t.fail("the string: %v", err)
	}
	t.at = end + len(mark)
	if strings.HasPrefix(t.text[t.at:], "^^") {
		t.at += 2
		t.blank()
		datatype := t.resource("a datatype")
		if !datatype.IsIRI() {
			t.fail("a datatype is an IRI")
		}
		return graph.NewLiteral(lexical, "", strings.Trim(string(datatype), "<>"))
	}
	c := &cursor{text: t.text, at: t.at}
	language, _, err := c.suffix()
	if err != nil {
		t.fail("%v", err)
	}
	t.at = c.at
	return graph.NewLiteral(lexical, language, "")
}
