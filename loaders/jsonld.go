package loaders

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/piprate/json-gold/ld"

	"github.com/tripartite-graph/tripartite/graph"
)

// JSONLD is JSON-LD 1.1. Its contexts stand inline, in a file beside, or are
// the embedded one: they are never fetched.
var JSONLD = &Format{
	Name:       "jsonld",
	MediaTypes: []string{"application/ld+json", "application/json"},
	Extensions: []string{".jsonld", ".json"},
	Read: func(r io.Reader, _ string, o Options, s Sink) error {
		data, err := readAll(r, o)
		if err != nil {
			return err
		}
		root, fault := parseJSON(data)
		if fault != nil {
			s.Fault(*fault)
			return nil
		}
		return readLinked(root, o, s)
	},
	Write: writeJSONLD,
}

// readLinked reads a document.
func readLinked(root *node, o Options, s Sink) error { return newLinked(root, o, s).read(nil) }

func newLinked(root *node, o Options, s Sink) *linked {
	l := &linked{root: root, options: o, sink: s, issuer: ld.NewIdentifierIssuer("_:b"), api: ld.NewJsonLdApi()}
	l.ld = ld.NewJsonLdOptions(o.Names.Base)
	l.ld.DocumentLoader = atHand{l}
	return l
}

// read reads each item of the top-level @graph alone, with the context of the
// document, so that its quads have its lines. before is a context that holds
// before that of the document, nil for none.
func (l *linked) read(before any) error {
	root := l.root
	if !l.lawful(root) {
		return nil
	}
	active := ld.NewContext(nil, l.ld)
	if before != nil {
		var err error
		if active, err = active.Parse(before); err != nil {
			return err
		}
	}
	items := []*node{root}
	if root.sort == listNode {
		items = root.list
	}
	if top := topGraph(root); top != nil {
		items = []*node{top}
		if top.sort == listNode {
			items = top.list
		}
		if c := root.get("@context"); c != nil {
			var ok bool
			if active, ok = l.context(active, c); !ok {
				return nil
			}
		}
	}
	for _, item := range items {
		if err := l.item(active, item); err != nil {
			return err
		}
	}
	return nil
}

// topGraph returns the value of @graph of a document that has nothing else but
// a context, nil for any other.
func topGraph(root *node) *node {
	for _, m := range root.members {
		if m.key != "@graph" && m.key != "@context" {
			return nil
		}
	}
	return root.get("@graph")
}

// linked reads one document.
type linked struct {
	root    *node
	options Options
	sink    Sink
	ld      *ld.JsonLdOptions
	api     *ld.JsonLdApi
	naming  int  // contexts that are being read, one within the other
	lax     bool // drop what no context defines, and what is no RDF, as the standard has it
	// direction says what becomes of the direction of a text, "" for nothing.
	direction string
	issuer    *ld.IdentifierIssuer // one for the document: _:x is the same everywhere in it
}

func (l *linked) fault(n *node, format string, args ...any) {
	l.sink.Fault(syntax(n.line, n.column, fmt.Sprintf(format, args...)))
}

// context adds a context to the active one.
func (l *linked) context(active *ld.Context, n *node) (*ld.Context, bool) {
	local, err := l.resolve(n.plain())
	if err == nil {
		active, err = parse(active, local)
	}
	if err != nil {
		l.fault(n, "the context: %v", err)
		return nil, false
	}
	return active, true
}

// parse adds a context to the active one; json-gold panics on a @base that
// net/url cannot parse.
func parse(active *ld.Context, local any) (parsed *ld.Context, err error) {
	defer caught("@base is no IRI, nor the end of one", &err)
	return active.Parse(local)
}

// caught makes an error of a panic.
func caught(why string, err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%s: %v", why, r)
	}
}

// resolve puts named contexts in the place of their names.
func (l *linked) resolve(context any) (any, error) {
	switch c := context.(type) {
	case []any:
		list := make([]any, len(c))
		for i, v := range c {
			var err error
			if list[i], err = l.resolve(v); err != nil {
				return nil, err
			}
		}
		return list, nil
	case string:
		return l.named(c)
	}
	return context, nil
}

// maxContexts bounds a chain of contexts of which each names the next.
const maxContexts = 8

// named returns the context of a document at hand, and what that names in turn.
func (l *linked) named(name string) (any, error) {
	if l.naming++; l.naming > maxContexts {
		return nil, fmt.Errorf("%s names a context that names another, and so on: more than %d", name, maxContexts)
	}
	defer func() { l.naming-- }()
	if l.options.Document == nil {
		return nil, fmt.Errorf("%s is not at hand, and nothing is fetched: put it inline", name)
	}
	data, err := l.options.Document(name)
	if err != nil {
		return nil, fmt.Errorf("%s is not at hand, and nothing is fetched: put it inline, or into a file beside (%w)", name, err)
	}
	var document struct {
		Context any `json:"@context"`
	}
	if err := json.Unmarshal(data, &document); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return l.resolve(document.Context)
}

// item reads one item of the graph.
func (l *linked) item(active *ld.Context, item *node) error {
	value := item.plain()
	if !l.known(active, item) {
		return nil
	}
	graphs, err := l.expand(active, value, item == l.root)
	if err != nil {
		l.fault(item, "%v", err)
		return nil
	}
	return l.quads(item, graphs)
}

// expand returns the node map of an item: graph → subject → property → values.
// Strings go in encoded, since json-gold percent-encodes what is not ASCII in
// the ids that it resolves; and it panics on ids that net/url cannot parse.
// whole tells that the item is all of the document.
func (l *linked) expand(active *ld.Context, value any, whole bool) (graphs map[string]any, err error) {
	defer caught("an id is no IRI, nor the end of one", &err)
	expanded, err := l.api.Expand(active, "", encode(value), l.ld, false, nil)
	graphs = map[string]any{"@default": map[string]any{}}
	if err != nil || expanded == nil { // nil: nothing that says anything
		return graphs, err
	}
	if m, ok := expanded.(map[string]any); ok && whole && len(m) == 1 && m["@graph"] != nil {
		expanded = m["@graph"] // of a document, under another name
	}
	_, err = l.api.GenerateNodeMap(ld.Arrayify(expanded), graphs, "@default", l.issuer, "", "", nil)
	return graphs, err
}

// lawful refuses what the standard does and json-gold does not: terms that
// redefine keywords, empty terms, values of several datatypes.
func (l *linked) lawful(root *node) bool {
	ok := true
	refuse := func(n *node, format string, args ...any) {
		l.fault(n, format, args...)
		ok = false
	}
	root.walk(func(n *node) {
		if c := n.get("@context"); c != nil {
			for _, terms := range append(c.list, c) {
				for _, m := range terms.members {
					switch {
					case m.key == "":
						refuse(terms, "the context has an empty term")
					case m.key == "@context", m.key == "@type" && m.value.sort == mapNode && len(m.value.members) == 0:
						refuse(m.value, "the context redefines the keyword %s", m.key)
					}
				}
			}
		}
		if t := n.get("@type"); t != nil && t.sort == listNode && n.get("@value") != nil {
			refuse(t, "a value has several datatypes: it has one")
		}
	})
	return ok
}

// known refuses keys that the context does not define: JSON-LD would drop
// them without a word, and half a claim can say the opposite of the whole.
func (l *linked) known(active *ld.Context, item *node) bool {
	ok := true
	if l.lax {
		return ok
	}
	item.walk(func(n *node) {
		if item.get("@context") != nil || n.get("@context") != nil || n.get("@value") != nil {
			return
		}
		for _, m := range n.members {
			if strings.HasPrefix(m.key, "@") && ld.IsKeyword(m.key) {
				continue
			}
			iri, err := active.ExpandIri(m.key, false, true, nil, nil)
			if err != nil || !ld.IsKeyword(iri) && !strings.Contains(iri, ":") {
				l.sink.Fault(syntax(m.line, m.column, fmt.Sprintf("the key %q is not in the context, and would be lost", m.key)))
				ok = false
			}
		}
	})
	return ok
}

// quads hands over the quads of an item, graph by graph.
func (l *linked) quads(item *node, graphs map[string]any) error {
	r := &triples{issuer: l.issuer, direction: l.direction}
	for _, name := range ld.GetOrderedKeys(graphs) {
		r.label = ""
		if name != "@default" {
			if r.label = r.node(name); r.label == "" {
				continue // its fault is told
			}
		}
		subjects := graphs[name].(map[string]any)
		for _, id := range ld.GetOrderedKeys(subjects) {
			r.subject(id, subjects[id].(map[string]any))
		}
	}
	if l.lax {
		r.faults = nil
	}
	for _, fault := range append(r.faults, r.invalid...) {
		l.fault(item, "%s", fault)
	}
	places := placesOf(item)
	for _, q := range r.quads {
		if err := l.sink.Quad(q, places.of(q, l.options.Names)); err != nil {
			return err
		}
	}
	return nil
}

// atHand finds contexts that other contexts name among the documents at hand.
type atHand struct{ l *linked }

// LoadDocument returns the document of a name; nothing is ever fetched.
func (h atHand) LoadDocument(url string) (*ld.RemoteDocument, error) {
	context, err := h.l.named(strings.TrimPrefix(url, h.l.options.Names.Base))
	if err != nil {
		return nil, err
	}
	return &ld.RemoteDocument{DocumentURL: url, Document: map[string]any{"@context": context}}, nil
}

// parseJSON reads JSON with the place of every value. Duplicate keys are refused.
func parseJSON(data []byte) (*node, *graph.Problem) {
	if !utf8.Valid(data) {
		fault := syntax(0, 0, "the file is not UTF-8")
		return nil, &fault
	}
	p := &jsonParser{data: data, decoder: json.NewDecoder(bytes.NewReader(data)), line: 1}
	root, err := p.value()
	if err == nil {
		if _, more := p.decoder.Token(); more != io.EOF {
			err = fmt.Errorf("something stands after the end of the document")
		}
	}
	if err != nil {
		line, column := p.place(p.decoder.InputOffset())
		fault := syntax(line, column, err.Error())
		return nil, &fault
	}
	return root, nil
}

type jsonParser struct {
	data    []byte
	decoder *json.Decoder
	depth   int
	// line counts the line feeds before offset.
	offset int64
	line   int
	start  int64 // of the line
}

// maxDepth bounds nesting.
const maxDepth = 200

// place returns line and column of an offset not before the last one.
func (p *jsonParser) place(offset int64) (int, int) {
	for ; p.offset < offset; p.offset++ {
		if p.data[p.offset] == '\n' {
			p.line++
			p.start = p.offset + 1
		}
	}
	return p.line, utf8.RuneCount(p.data[p.start:max(p.start, offset)]) + 1
}

// next returns the next token and where it begins.
func (p *jsonParser) next() (json.Token, int, int, error) {
	p.decoder.More() // moves to the next token's first byte
	from := p.decoder.InputOffset()
	for from < int64(len(p.data)) && strings.IndexByte(" \t\r\n,:", p.data[from]) >= 0 {
		from++
	}
	line, column := p.place(from)
	token, err := p.decoder.Token()
	return token, line, column, err
}

func (p *jsonParser) value() (*node, error) {
	token, line, column, err := p.next()
	if err != nil {
		return nil, err
	}
	n := &node{line: line, column: column}
	delim, ok := token.(json.Delim)
	if !ok {
		n.scalar = token
		return n, nil
	}
	if p.depth++; p.depth > maxDepth {
		return nil, fmt.Errorf("nested deeper than %d", maxDepth)
	}
	defer func() { p.depth-- }()
	if delim == '[' {
		n.sort = listNode
		return n, p.elements(n)
	}
	n.sort = mapNode
	return n, p.pairs(n)
}

func (p *jsonParser) elements(n *node) error {
	for p.decoder.More() {
		v, err := p.value()
		if err != nil {
			return err
		}
		n.list = append(n.list, v)
	}
	_, err := p.decoder.Token()
	return err
}

func (p *jsonParser) pairs(n *node) error {
	seen := map[string]bool{}
	for p.decoder.More() {
		token, line, column, err := p.next()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		if seen[key] {
			return fmt.Errorf("the key %q stands twice", key)
		}
		seen[key] = true
		v, err := p.value()
		if err != nil {
			return err
		}
		n.members = append(n.members, member{key: key, line: line, column: column, value: v})
	}
	_, err := p.decoder.Token()
	return err
}
