package loaders

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
)

// canonicalJSON writes a JSON value as the JSON Canonicalization Scheme has it
// (RFC 8785): keys in the order of their UTF-16, no spaces.
func canonicalJSON(value any) string {
	switch v := value.(type) {
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = canonicalJSON(e)
		}
		return "[" + strings.Join(parts, ",") + "]"
	case map[string]any:
		keys := slices.SortedFunc(maps.Keys(v), func(a, b string) int {
			return cmp.Or(slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b))), strings.Compare(a, b))
		})
		parts := make([]string, len(keys))
		for i, k := range keys {
			parts[i] = canonicalJSON(k) + ":" + canonicalJSON(v[k])
		}
		return "{" + strings.Join(parts, ",") + "}"
	}
	text := string(compactJSON(value)) // numbers are those of ECMAScript
	return strings.NewReplacer(`\\`, `\\`, `\u2028`, "\u2028", `\u2029`, "\u2029").Replace(text)
}

// decodeAll undoes encode in all texts of a value; keys go in as they are.
func decodeAll(value any) any {
	switch v := value.(type) {
	case string:
		return decode(v)
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = decodeAll(e)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[k] = decodeAll(e)
		}
		return out
	}
	return value
}
