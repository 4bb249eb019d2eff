package loaders

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/tripartite-graph/tripartite/graph"
)

// writeCSV writes one file: first it looks which columns are needed, then it
// writes a row for each subject and batch. A claim's row stands where its
// subject's other quads do.
func writeCSV(ctx context.Context, w io.Writer, x *graph.Export) error {
	buffered := bufio.NewWriterSize(w, 1<<16)
	c := &csvWriter{export: x, columns: newColumns(x.Ontology()), entities: csv.NewWriter(buffered)}
	c.claims = c.entities
	if err := c.head(ctx); err != nil {
		return err
	}
	return errors.Join(c.write(ctx), buffered.Flush())
}

// WriteCSVFiles writes entities and their names to one file, claims and all
// else to another.
func WriteCSVFiles(ctx context.Context, entities, claims io.Writer, x *graph.Export) error {
	c := &csvWriter{export: x, columns: newColumns(x.Ontology()), entities: csv.NewWriter(entities), claims: csv.NewWriter(claims)}
	if err := c.head(ctx); err != nil {
		return err
	}
	return c.write(ctx)
}

// csvWriter writes rows.
type csvWriter struct {
	export           *graph.Export
	columns          *columns
	entities, claims *csv.Writer // one and the same, or two
	header           []column
	place            map[string]int
}

// head finds and writes the columns.
func (c *csvWriter) head(ctx context.Context) error {
	used := map[string]bool{columnID: true}
	err := c.export.Quads(ctx, func(q graph.Quad) error {
		if c.export.Ontology().Relation(q.Predicate) != nil && q.Label != "" {
			used[columnSubject], used[columnRelation], used[columnObject] = true, true, true
			return nil
		}
		used[c.columns.of(q.Predicate, q.Object)] = true
		used[columnBatch] = used[columnBatch] || q.Label != ""
		return nil
	})
	if err != nil {
		return err
	}
	var names, rest []string
	for name := range used {
		if name != columnBatch && !slices.Contains(fixedColumns, name) {
			rest = append(rest, name)
		}
	}
	for _, name := range fixedColumns {
		if used[name] {
			names = append(names, name)
		}
	}
	slices.Sort(rest)
	names = append(names, rest...)
	if used[columnBatch] {
		names = append(names, columnBatch)
	}
	return c.writeHead(names)
}

func (c *csvWriter) writeHead(names []string) error {
	c.place = make(map[string]int, len(names))
	for i, name := range names {
		col, err := c.columns.byName(name)
		if err != nil {
			return err
		}
		c.header = append(c.header, col)
		c.place[name] = i
	}
	if err := c.entities.Write(names); err != nil || c.entities == c.claims {
		return err
	}
	return c.claims.Write(names)
}

// write writes the rows.
func (c *csvWriter) write(ctx context.Context) error {
	err := eachSubject(ctx, c.export, func(quads []graph.Quad) error { return c.subject(ctx, quads) })
	c.entities.Flush()
	c.claims.Flush()
	return errors.Join(err, c.entities.Error(), c.claims.Error())
}

// subject writes the claims that a subject's statements belong to, and, where
// it is no claim itself, what is said about it.
func (c *csvWriter) subject(ctx context.Context, quads []graph.Quad) error {
	var about []graph.Quad
	for _, q := range quads {
		if c.export.Ontology().Relation(q.Predicate) == nil || q.Label == "" {
			about = append(about, q)
			continue
		}
		if err := c.claim(ctx, q); err != nil {
			return err
		}
	}
	if len(about) == 0 {
		return nil
	}
	claim := false
	err := c.export.Labelled(ctx, about[0].Subject, func(graph.Quad) error { claim = true; return nil })
	if err != nil || claim {
		return err
	}
	return c.rows(c.file(about), graph.Quad{}, about)
}

// claim writes the rows of a claim: one for each batch, the first with the
// statement.
func (c *csvWriter) claim(ctx context.Context, statement graph.Quad) error {
	var about []graph.Quad
	if !c.export.Truthy() {
		err := c.export.About(ctx, statement.Label, func(q graph.Quad) error {
			if c.export.Ontology().Relation(q.Predicate) == nil {
				about = append(about, q)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return c.rows(c.claims, statement, about)
}

// file tells entities, which have a kind, and their names from all else.
func (c *csvWriter) file(about []graph.Quad) *csv.Writer {
	text := c.columns.names.Term(graph.WordText)
	if slices.ContainsFunc(about, func(q graph.Quad) bool { return q.Predicate == graph.RDFType || q.Predicate == text }) {
		return c.entities
	}
	return c.claims
}

// rows writes a statement and what is said about one subject.
func (c *csvWriter) rows(w *csv.Writer, statement graph.Quad, about []graph.Quad) error {
	var labels []graph.Term
	for _, q := range about {
		if !slices.Contains(labels, q.Label) {
			labels = append(labels, q.Label)
		}
	}
	if len(labels) == 0 {
		labels = []graph.Term{""}
	}
	for _, label := range labels {
		cells := make([]string, len(c.header))
		put := func(name string, relation *graph.RelationKind, t graph.Term) {
			i := c.place[name]
			if cells[i] != "" {
				cells[i] += " | "
			}
			cells[i] += c.columns.show(c.header[i], relation, t)
		}
		if statement.Label != "" {
			relation := c.export.Ontology().Relation(statement.Predicate)
			put(columnID, nil, statement.Label)
			put(columnSubject, nil, statement.Subject)
			put(columnRelation, nil, statement.Predicate)
			put(columnObject, relation, statement.Object)
		} else {
			put(columnID, nil, about[0].Subject)
		}
		if label != "" {
			put(columnBatch, nil, label)
		}
		for _, q := range about {
			if q.Label == label {
				put(c.columns.of(q.Predicate, q.Object), nil, q.Object)
			}
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	return nil
}

// show writes a term: as plain text where that is read as the same term, else
// in the syntax of N-Quads. What a spreadsheet would take for a formula is
// never plain.
func (c *columns) show(col column, relation *graph.RelationKind, t graph.Term) string {
	text := strings.Trim(string(t), "<>")
	switch {
	case t.IsLiteral():
		text = t.Lexical()
	case col.sort == classCell, col.sort == relationCell, col.sort == actCell && strings.HasPrefix(text, c.names.Vocabulary):
		text = strings.TrimPrefix(text, c.names.Vocabulary)
	default:
		text = c.names.ID(t)
	}
	if text == "" || strings.ContainsAny(text[:1], "=+-@") || strings.ContainsFunc(text, unicode.IsControl) {
		return string(t)
	}
	text = strings.NewReplacer(`\`, `\\`, `|`, `\|`).Replace(text)
	if terms, err := c.values(col, relation, text); err != nil || len(terms) != 1 || terms[0] != t {
		return string(t)
	}
	return text
}
