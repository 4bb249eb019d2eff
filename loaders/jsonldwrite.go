package loaders

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/tripartite-graph/tripartite/graph"
)

// writeJSONLD writes one document: a line for each subject and label, in the
// order of N-Quads. It needs no context but its own, which shortens ids and
// words.
func writeJSONLD(ctx context.Context, w io.Writer, x *graph.Export) error {
	names := x.Ontology().Names
	out := &linkedWriter{w: bufio.NewWriterSize(w, 1<<16), names: names}
	head := map[string]any{"@base": names.Base, "@vocab": names.Vocabulary}
	_, _ = out.w.WriteString("{\"@context\": " + string(compactJSON(head)) + ",\n\"@graph\": [") // Flush tells
	err := eachSubject(ctx, x, out.subject)
	_, _ = out.w.WriteString("\n]}\n")
	return errors.Join(err, out.w.Flush())
}

// eachSubject hands over the quads of each subject together.
func eachSubject(ctx context.Context, x *graph.Export, yield func([]graph.Quad) error) error {
	var quads []graph.Quad
	err := x.Quads(ctx, func(q graph.Quad) error {
		if len(quads) > 0 && quads[0].Subject != q.Subject {
			if err := yield(quads); err != nil {
				return err
			}
			quads = quads[:0]
		}
		quads = append(quads, q)
		return nil
	})
	if err != nil || len(quads) == 0 {
		return err
	}
	return yield(quads)
}

// linkedWriter writes items of a JSON-LD document.
type linkedWriter struct {
	w     *bufio.Writer
	names graph.Names
	begun bool
}

// subject writes an item for each label of a subject's quads.
func (l *linkedWriter) subject(quads []graph.Quad) error {
	nodes := map[graph.Term]map[string]any{}
	var labels []graph.Term
	for _, q := range quads {
		node := nodes[q.Label]
		if node == nil {
			node = map[string]any{"@id": l.id(q.Subject)}
			nodes[q.Label] = node
			labels = append(labels, q.Label)
		}
		key, value := l.word(q.Predicate), l.value(q.Object)
		if q.Predicate == graph.RDFType && q.Object.IsIRI() {
			key, value = "@type", l.word(q.Object)
		}
		node[key] = with(node[key], value)
	}
	for _, label := range labels {
		item := nodes[label]
		if label != "" {
			item = map[string]any{"@id": l.id(label), "@graph": item}
		}
		if l.begun {
			_ = l.w.WriteByte(',')
		}
		l.begun = true
		_ = l.w.WriteByte('\n')
		if _, err := l.w.Write(compactJSON(item)); err != nil {
			return err
		}
	}
	return nil
}

// with adds a value to those of a key: one stands alone, several in a list.
func with(old, value any) any {
	switch v := old.(type) {
	case nil:
		return value
	case []any:
		return append(v, value)
	}
	return []any{old, value}
}

// plainID is what can stand after the base: no part of it means anything else
// to a resolver of relative references.
var plainID = regexp.MustCompile(`^[\pL\pN][\pL\pN\pM_.-]*(/[\pL\pN_-][\pL\pN\pM_.-]*)+(#[\pL\pN_-]+)?$`)

func (l *linkedWriter) id(t graph.Term) string {
	iri := strings.Trim(string(t), "<>")
	if rest, ok := strings.CutPrefix(iri, l.names.Base); ok && plainID.MatchString(rest) {
		return rest
	}
	return iri
}

var plainWord = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`)

// word shortens a word of the vocabulary.
func (l *linkedWriter) word(t graph.Term) string {
	iri := strings.Trim(string(t), "<>")
	if rest, ok := strings.CutPrefix(iri, l.names.Vocabulary); ok && plainWord.MatchString(rest) {
		return rest
	}
	return iri
}

func (l *linkedWriter) value(t graph.Term) any {
	if !t.IsLiteral() {
		return map[string]any{"@id": l.id(t)}
	}
	lexical, language, datatype := t.Literal()
	switch {
	case language != "":
		return map[string]any{"@value": lexical, "@language": language}
	case datatype != "":
		return map[string]any{"@value": lexical, "@type": l.word(graph.Term("<" + datatype + ">"))}
	}
	return lexical
}

// compactJSON encodes maps, lists and strings, which cannot fail.
func compactJSON(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
