package loaders

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/piprate/json-gold/ld"

	"github.com/tripartite-graph/tripartite/graph"
)

// triples turns a node map into quads (JSON-LD 1.1 API, deserialize to RDF).
// What that algorithm drops in silence is a fault here.
type triples struct {
	issuer *ld.IdentifierIssuer
	label  graph.Term
	quads  []graph.Quad
	faults []string
	// invalid are faults for the standard too.
	invalid   []string
	direction string // as in linked
}

// node returns the term of an id.
func (r *triples) node(id string) graph.Term {
	id = decode(id)
	if strings.HasPrefix(id, "_:") {
		c := &cursor{text: id}
		if term, err := c.blankNode(); err == nil && c.at == len(id) {
			return term
		}
	} else if iri, err := unescapeIRI(id); err == nil && iri == id {
		return graph.Term("<" + id + ">")
	}
	r.faults = append(r.faults, fmt.Sprintf("%q is no IRI: it has a scheme, or @base before it, and no space and none of < > \" { } | ^ ` \\", id))
	return ""
}

// add adds a quad whose terms are all there; one that is not has its fault.
func (r *triples) add(s, p, o graph.Term) {
	if s != "" && p != "" && o != "" {
		r.quads = append(r.quads, graph.Quad{Subject: s, Predicate: p, Object: o, Label: r.label})
	}
}

// subject takes the properties of one node.
func (r *triples) subject(id string, properties map[string]any) {
	s := r.node(id)
	for _, property := range ld.GetOrderedKeys(properties) {
		if property != "@type" && ld.IsKeyword(property) {
			continue
		}
		predicate := graph.RDFType
		if property != "@type" {
			if predicate = r.node(property); predicate.IsBlank() {
				r.faults = append(r.faults, fmt.Sprintf("the property %s is a blank node: a property is an IRI", property))
				continue
			}
		}
		for _, value := range properties[property].([]any) {
			r.add(s, predicate, r.object(value))
		}
	}
}

// object returns the term of a value: a literal, a list or a node.
func (r *triples) object(value any) graph.Term {
	if id, ok := value.(string); ok {
		return r.node(id)
	}
	v := value.(map[string]any)
	if list, ok := v["@list"].([]any); ok {
		return r.list(list)
	}
	if id, ok := v["@id"].(string); ok {
		return r.node(id)
	}
	return r.literal(v)
}

func (r *triples) literal(v map[string]any) graph.Term {
	language, _ := v["@language"].(string)
	datatype, _ := v["@type"].(string)
	if datatype == "@json" {
		return graph.NewLiteral(canonicalJSON(decodeAll(v["@value"])), "", ld.RDFJSONLiteral)
	}
	var lexical, native string
	switch value := v["@value"].(type) {
	case string:
		lexical = decode(value)
	case bool:
		lexical, native = strconv.FormatBool(value), ld.XSDBoolean
	case float64:
		lexical, native = number(value, datatype)
	default:
		r.faults = append(r.faults, fmt.Sprintf("%v is no value that RDF has", v["@value"]))
		return ""
	}
	if datatype == "" {
		datatype = native
	}
	if datatype != "" {
		iri := r.node(datatype)
		if !iri.IsIRI() {
			r.invalid = append(r.invalid, fmt.Sprintf("the datatype %q is no IRI", decode(datatype)))
			return ""
		}
		datatype = strings.Trim(string(iri), "<>")
	}
	if language != "" && !validTag(language) || !utf8.ValidString(lexical) {
		r.faults = append(r.faults, fmt.Sprintf("%q in the language %q is no text", lexical, language))
		return ""
	}
	if direction, ok := v["@direction"].(string); ok && r.direction != "" {
		return r.directed(lexical, language, direction)
	}
	return graph.NewLiteral(lexical, language, datatype)
}

// directionDatatype holds the direction of a text in its datatype; any other
// way, in a node.
const directionDatatype = "i18n-datatype"

// directed writes a text with a direction.
func (r *triples) directed(lexical, language, direction string) graph.Term {
	language = strings.ToLower(language)
	if r.direction == directionDatatype {
		return graph.NewLiteral(lexical, "", i18n+language+"_"+direction)
	}
	node := graph.Term(r.issuer.GetId(""))
	say := func(word, value string) {
		r.add(node, graph.Term("<"+ld.RDFSyntaxNS+word+">"), graph.NewLiteral(value, "", ""))
	}
	say("value", lexical)
	say("direction", direction)
	if language != "" {
		say("language", language)
	}
	return node
}

// number is the canonical form of a number: whole ones are integers.
func number(value float64, datatype string) (lexical, native string) {
	const whole = 1e21
	if value == float64(int64(value)) && value < whole && value > -whole && datatype != ld.XSDDouble {
		return strconv.FormatInt(int64(value), 10), ld.XSDInteger
	}
	return ld.GetCanonicalDouble(value), ld.XSDDouble
}

// list writes an RDF list and returns its head.
func (r *triples) list(values []any) graph.Term {
	head := graph.Term("<" + ld.RDFNil + ">")
	for i := len(values) - 1; i >= 0; i-- {
		cell := graph.Term(r.issuer.GetId(""))
		r.add(cell, graph.Term("<"+ld.RDFFirst+">"), r.object(values[i]))
		r.add(cell, graph.Term("<"+ld.RDFRest+">"), head)
		head = cell
	}
	return head
}

// encode writes the strings of a value so that no URL library changes them:
// what is not plain in a URL, and the tilde, becomes ~ hexadecimal and a full stop.
func encode(value any) any {
	switch v := value.(type) {
	case string:
		return encodeString(v)
	case []any:
		for i := range v {
			v[i] = encode(v[i])
		}
	case map[string]any:
		for key, member := range v {
			if key != "@context" {
				v[key] = encode(member)
			}
		}
	}
	return value
}

func encodeString(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/.-_:#?@=&", r)
	}
	if strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if plain(r) {
			b.WriteRune(r)
		} else {
			b.WriteString("~" + strconv.FormatInt(int64(r), 16) + ".")
		}
	}
	return b.String()
}

// decode is the inverse of encodeString.
func decode(s string) string {
	if !strings.Contains(s, "~") {
		return s
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "~")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		digits, after, ok := strings.Cut(rest, ".")
		point, err := strconv.ParseInt(digits, 16, 32)
		if !ok || err != nil {
			b.WriteByte('~') // of a key or a context, which are not encoded
			s = rest
			continue
		}
		b.WriteRune(rune(point))
		s = after
	}
}
