package loaders

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/piprate/json-gold/ld"

	"github.com/tripartite-graph/tripartite/graph"
)

// i18n begins the datatypes that hold a text's language and direction.
const i18n = "https://www.w3.org/ns/i18n#"

// FromRDF turns N-Quads into expanded JSON-LD (JSON-LD 1.1 API, serialize RDF
// as JSON-LD). To json-gold it adds JSON literals, native types by the lexical
// space of their datatypes, and the directions of texts where they are asked
// for in datatypes. Nothing is fetched.
func FromRDF(quads string, o *ld.JsonLdOptions, directions bool) ([]any, error) {
	f := restorer{directions: directions, native: o.UseNativeTypes}
	lexical := *o
	lexical.UseNativeTypes = false
	expanded, err := ld.NewJsonLdProcessor().FromRDF(quads, &lexical)
	if err != nil {
		return nil, err
	}
	nodes, _ := expanded.([]any)
	for _, n := range nodes {
		if err := f.restore(n); err != nil {
			return nil, err
		}
	}
	return nodes, nil
}

// restorer rewrites literals.
type restorer struct{ directions, native bool }

// restore rewrites the literals below a value.
func (f restorer) restore(value any) error {
	switch v := value.(type) {
	case []any:
		for _, e := range v {
			if err := f.restore(e); err != nil {
				return err
			}
		}
	case map[string]any:
		if text, ok := v["@value"].(string); ok {
			return f.literal(v, text)
		}
		for _, e := range v {
			if err := f.restore(e); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f restorer) literal(v map[string]any, text string) error {
	datatype, _ := v["@type"].(string)
	if datatype == ld.RDFJSONLiteral || datatype == "@json" {
		var parsed any
		if err := json.Unmarshal([]byte(text), &parsed); err != nil {
			return graph.Errorf(graph.CodeInvalid, "the JSON literal %q is no JSON: %v", text, err)
		}
		v["@type"], v["@value"] = "@json", parsed
		return nil
	}
	if f.native {
		if value := nativeValue(datatype, text); value != nil {
			delete(v, "@type")
			v["@value"] = value
		}
	}
	rest, ok := strings.CutPrefix(datatype, i18n)
	if !f.directions || !ok {
		return nil
	}
	language, direction, _ := strings.Cut(rest, "_")
	delete(v, "@type")
	if language != "" {
		v["@language"] = language
	}
	if direction != "" {
		v["@direction"] = direction
	}
	return nil
}

// nativeValue returns a literal as a value of JSON, nil where that has none like it.
func nativeValue(datatype, text string) any {
	switch datatype {
	case ld.XSDBoolean:
		switch text {
		case "true", "1":
			return true
		case "false", "0":
			return false
		}
	case ld.XSDInteger, ld.XSDDouble:
		number, err := strconv.ParseFloat(text, 64)
		if err == nil && !math.IsInf(number, 0) && !math.IsNaN(number) {
			return number
		}
	}
	return nil
}
