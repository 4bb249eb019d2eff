package quadstore

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"github.com/tripartite-graph/tripartite/graph"
)

// Datatypes of cayley's native values.
const (
	xsdInteger  = "http://www.w3.org/2001/XMLSchema#integer"
	xsdDouble   = "http://www.w3.org/2001/XMLSchema#double"
	xsdBoolean  = "http://www.w3.org/2001/XMLSchema#boolean"
	xsdDateTime = "http://www.w3.org/2001/XMLSchema#dateTime"
)

// termOf returns the term of a value, "" for nil. Native values are written in
// one form each; a time keeps its zone and its fractions of a second.
func termOf(v quad.Value) graph.Term {
	switch v := v.(type) {
	case nil:
		return ""
	case quad.IRI:
		return graph.Term("<" + escapeIRI(string(v)) + ">")
	case quad.BNode:
		return graph.Term("_:" + string(v))
	case quad.String:
		return graph.NewLiteral(string(v), "", "")
	case quad.LangString:
		return graph.NewLiteral(string(v.Value), v.Lang, "")
	case quad.TypedString:
		return typedLiteral(string(v.Value), string(v.Type))
	case quad.Int:
		return graph.NewLiteral(strconv.FormatInt(int64(v), 10), "", xsdInteger)
	case quad.Float:
		return graph.NewLiteral(strconv.FormatFloat(float64(v), 'E', -1, 64), "", xsdDouble)
	case quad.Bool:
		return graph.NewLiteral(strconv.FormatBool(bool(v)), "", xsdBoolean)
	case quad.Time:
		return graph.NewLiteral(time.Time(v).Format(time.RFC3339Nano), "", xsdDateTime)
	}
	return graph.Term(v.String())
}

// typedLiteral writes a literal of any datatype, xsd:string too where it is
// spelled out: what was read must come back as it was.
func typedLiteral(lexical, datatype string) graph.Term {
	return graph.NewLiteral(lexical, "", "") + "^^" + termOf(quad.IRI(datatype))
}

// valueOf returns the value of a term: a native one if writing it gives the
// same bytes, else the literal as it stands.
func valueOf(t graph.Term) quad.Value {
	switch {
	case t == "":
		return nil
	case t.IsIRI():
		return quad.IRI(unescapeIRI(string(t[1 : len(t)-1])))
	case t.IsBlank():
		return quad.BNode(t[2:])
	}
	lexical, language, datatype := t.Literal()
	switch {
	case language != "":
		return quad.LangString{Value: quad.String(lexical), Lang: language}
	case datatype == "" && strings.HasSuffix(string(t), `"`):
		return quad.String(lexical)
	}
	if v := nativeOf(lexical, datatype); v != nil && termOf(v) == t {
		return v
	}
	return quad.TypedString{Value: quad.String(lexical), Type: quad.IRI(unescapeIRI(datatype))}
}

// nativeOf parses a literal of a datatype that cayley has a type for; nil where it cannot.
func nativeOf(lexical, datatype string) quad.Value {
	switch datatype {
	case xsdInteger:
		if n, err := strconv.ParseInt(lexical, 10, 64); err == nil {
			return quad.Int(n)
		}
	case xsdDouble:
		if f, err := strconv.ParseFloat(lexical, 64); err == nil {
			return quad.Float(f)
		}
	case xsdBoolean:
		if b, err := strconv.ParseBool(lexical); err == nil {
			return quad.Bool(b)
		}
	case xsdDateTime:
		if t, err := time.Parse(time.RFC3339Nano, lexical); err == nil {
			return quad.Time(t)
		}
	}
	return nil
}

// notInIRI are the bytes that N-Quads does not allow between < and >, beside
// those up to the space.
const notInIRI = "<>\"{}|^`\\"

func escapeIRI(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || strings.IndexByte(notInIRI, c) >= 0 {
			fmt.Fprintf(&b, "\\u%04X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func unescapeIRI(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	return graph.Term(`"` + s + `"`).Lexical()
}
