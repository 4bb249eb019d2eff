package documents

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"

	"github.com/tripartite-graph/tripartite/graph"
)

// Failure is a cite(…) that could not be filled.
type Failure struct {
	Line int // from 1
	Err  error
}

// citePattern is cite(DOCUMENT PARAGRAPH), cite(DOCUMENT PARAGRAPH "words")
// or cite(DOCUMENT PARAGRAPH "words"#2).
var citePattern = regexp.MustCompile(`(?s)^cite\(\s*(\S+)\s+([1-9][0-9]*)(?:\s+"(.*)"\s*(?:#([1-9][0-9]*))?)?\s*\)$`)

// Fill rewrites every scalar of a YAML file that is a cite(…) into its
// locator, and leaves every other byte as it is, comments too. It returns how
// many it rewrote, and those it could not; these stay as they were.
func (c *Citer) Fill(content []byte) (filled []byte, n int, failures []Failure) {
	var out strings.Builder
	for _, t := range lexer.Tokenize(string(content)) {
		written, err := c.fillToken(t)
		if err != nil {
			failures = append(failures, Failure{Line: t.Position.Line, Err: err})
		}
		if written == "" {
			written = t.Origin
		} else {
			n++
		}
		out.WriteString(written)
	}
	return restoreEnd(out.String(), string(content)), n, failures
}

// restoreEnd adds the last line's end, which the lexer leaves out.
func restoreEnd(written, original string) []byte {
	if strings.HasSuffix(original, "\n") && !strings.HasSuffix(written, "\n") {
		written += "\n"
	}
	return []byte(written)
}

// fillToken returns a token's new text; "" where it is no cite(…) or fails.
func (c *Citer) fillToken(t *token.Token) (string, error) {
	isScalar := t.Type == token.StringType || t.Type == token.SingleQuoteType || t.Type == token.DoubleQuoteType
	value := strings.TrimSpace(t.Value)
	if !isScalar || !strings.HasPrefix(value, "cite(") {
		return "", nil
	}
	quote, err := parseCite(value)
	if err != nil {
		return "", err
	}
	locator, err := c.Cite(quote)
	if err != nil {
		return "", err
	}
	return replaceScalar(t.Origin, c.Names.ID(locator.IRI(c.Names))), nil
}

func parseCite(s string) (Quote, error) {
	m := citePattern.FindStringSubmatch(s)
	if m == nil {
		return Quote{}, graph.Errorf(graph.CodeInvalid, `%s: write cite(DOCUMENT PARAGRAPH "words"), cite(DOCUMENT PARAGRAPH "first … last"), cite(DOCUMENT PARAGRAPH "words"#2) or cite(DOCUMENT PARAGRAPH)`, s)
	}
	q := Quote{Document: m[1], Words: m[3]}
	q.Paragraph, _ = strconv.Atoi(m[2])
	q.Nth, _ = strconv.Atoi(m[4])
	return q, nil
}

// replaceScalar puts a value in the place of a scalar as it was written, with
// the same quotes and the same space around.
func replaceScalar(origin, value string) string {
	inner := strings.TrimSpace(origin)
	start := strings.Index(origin, inner)
	before, after := origin[:start], origin[start+len(inner):]
	if quote := inner[:1]; quote == `'` || quote == `"` {
		value = quote + value + quote
	}
	return before + value + after
}
