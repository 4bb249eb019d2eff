package loaders

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/tripartite-graph/tripartite/graph"
)

// CSV is the spreadsheet format: a row for each entity, claim, voice, group or
// name, a column for each word of the vocabulary (docs/csv.md). It holds every
// quad of a graph.
var CSV = &Format{
	Name:       "csv",
	MediaTypes: []string{"text/csv"},
	Extensions: []string{".csv"},
	Read:       readCSV,
	Write:      writeCSV,
}

// readCSV reads row by row, and goes on after a faulty cell.
func readCSV(r io.Reader, _ string, o Options, s Sink) error {
	if o.Ontology == nil {
		return graph.Errorf(graph.CodeInternal, "CSV is read with an ontology")
	}
	limit := o.MaxLine
	if limit == 0 {
		limit = DefaultMaxLine
	}
	c := &csvReader{columns: newColumns(o.Ontology), sink: s}
	bounded := &boundedLines{r: r, limit: limit}
	c.rows = csv.NewReader(bounded)
	err := c.read(bounded)
	var bad *csv.ParseError
	switch {
	case errors.Is(err, errLongLine):
		s.Fault(syntax(c.line+1, 0, fmt.Sprintf("the row is longer than %d bytes: a quote may be missing", limit)))
		return nil
	case errors.As(err, &bad):
		s.Fault(syntax(bad.Line, bad.Column, fmt.Sprintf("%v: a cell with a comma, a quote or a line break stands in quotes, a quote in it is doubled", bad.Err)))
		return nil
	}
	return err
}

// csvReader reads one file.
type csvReader struct {
	columns *columns
	sink    Sink
	rows    *csv.Reader
	header  []column
	line    int
	row     int
}

func (c *csvReader) fault(line, column int, format string, args ...any) {
	c.sink.Fault(syntax(line, column, fmt.Sprintf(format, args...)))
}

func (c *csvReader) read(bounded *boundedLines) error {
	c.rows.Comma = bounded.separator()
	c.rows.FieldsPerRecord = -1
	c.rows.ReuseRecord = true
	head, err := c.rows.Read()
	if err == io.EOF {
		return nil // an empty file says nothing
	}
	if err != nil || !c.columnsOf(head) {
		return err
	}
	for {
		bounded.next()
		cells, err := c.rows.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		c.row++
		if err := c.take(cells); err != nil {
			return err
		}
	}
}

// columnsOf reads the header.
func (c *csvReader) columnsOf(head []string) bool {
	seen := map[string]bool{}
	ok := true
	for i, name := range head {
		name = strings.TrimSpace(name)
		col, err := c.columns.byName(name)
		if name == "" {
			col, err = column{}, nil // a column without a header is the user's own
		} else if seen[name] {
			err = fmt.Errorf("the column %q stands twice", name)
		}
		if err != nil {
			line, at := c.rows.FieldPos(i)
			c.fault(line, at, "%v", err)
			ok = false
		}
		seen[name] = true
		c.header = append(c.header, col)
	}
	if ok && !seen[columnID] && !seen[columnRelation] {
		c.fault(1, 1, "the first row names the columns: id, kind, name@en … of entities; id, subject, relation, object, asserted-by, evidence … of claims")
		return false
	}
	return ok
}

// csvRow is a row on its way to quads.
type csvRow struct {
	id, batch, subject, predicate, object graph.Term
	quads                                 []graph.Quad
	places                                []graph.Position
	at, objectAt                          graph.Position
	bad, filled                           bool
}

// take turns a row into quads. Half a row says nothing: a faulty cell leaves
// it out.
func (c *csvReader) take(cells []string) error {
	row := &csvRow{}
	row.at.Line, row.at.Column = c.rows.FieldPos(0)
	c.line, _ = c.rows.FieldPos(len(cells) - 1)
	relation := c.relation(cells)
	for i, text := range cells {
		if i >= len(c.header) {
			if strings.TrimSpace(text) != "" {
				line, at := c.rows.FieldPos(i)
				c.fault(line, at, "the row has more cells than the header")
				row.bad = true
			}
			continue
		}
		if c.header[i].name != "" {
			c.cell(row, i, relation, text)
		}
	}
	if !row.filled || row.bad {
		return nil
	}
	return c.hand(row)
}

// relation returns the relation that a row states, nil for none.
func (c *csvReader) relation(cells []string) *graph.RelationKind {
	for i, col := range c.header {
		if col.name == columnRelation && i < len(cells) {
			return c.columns.relation[strings.TrimSpace(cells[i])]
		}
	}
	return nil
}

// cell takes the values of one cell.
func (c *csvReader) cell(row *csvRow, i int, relation *graph.RelationKind, text string) {
	line, at := c.rows.FieldPos(i)
	col := c.header[i]
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		c.fault(line, at, "the cell is no text: it has a zero byte or is not UTF-8")
		row.bad = true
		return
	}
	terms, err := c.columns.values(col, relation, text)
	if err != nil {
		c.fault(line, at, "%v", err)
		row.bad = true
		return
	}
	row.filled = row.filled || len(terms) > 0
	position := graph.Position{Line: line, Column: at}
	for _, t := range terms {
		single := map[string]*graph.Term{
			columnID: &row.id, columnBatch: &row.batch, columnSubject: &row.subject, columnRelation: &row.predicate, columnObject: &row.object,
		}[col.name]
		switch {
		case single == nil:
			row.quads = append(row.quads, graph.Quad{Predicate: col.predicate, Object: t})
			row.places = append(row.places, position)
		case *single != "":
			c.fault(line, at, "the column %s takes one value", col.name)
			row.bad = true
		default:
			*single = t
		}
		if col.name == columnObject {
			row.objectAt = position
		}
	}
}

// hand hands over the quads of a row.
func (c *csvReader) hand(row *csvRow) error {
	stated := row.subject != "" || row.predicate != "" || row.object != ""
	if stated && (row.subject == "" || row.predicate == "" || row.object == "") {
		c.fault(row.at.Line, row.at.Column, "a claim has a subject, a relation and an object")
		return nil
	}
	if row.id == "" && !stated {
		c.fault(row.at.Line, row.at.Column, "the row has no id: give it one, such as person/first-last")
		return nil
	}
	if row.id == "" {
		row.id = graph.Term(fmt.Sprintf("_:row%d", c.row))
	}
	if stated {
		q := graph.Quad{Subject: row.subject, Predicate: row.predicate, Object: row.object, Label: row.id}
		if err := c.sink.Quad(q, row.objectAt); err != nil {
			return err
		}
	}
	for i, q := range row.quads {
		q.Subject, q.Label = row.id, row.batch
		if err := c.sink.Quad(q, row.places[i]); err != nil {
			return err
		}
	}
	return nil
}

// values reads the values of a cell, parted by |. A value is a term in the
// syntax of N-Quads, or plain text, in which \| and \\ stand for | and \.
func (c *columns) values(col column, relation *graph.RelationKind, text string) ([]graph.Term, error) {
	cur := &cursor{text: strings.TrimSpace(text)}
	var terms []graph.Term
	for cur.at < len(cur.text) {
		t, err := c.value(col, relation, cur)
		if err != nil {
			return nil, err
		}
		if t != "" {
			terms = append(terms, t)
		}
		if cur.spaces(); cur.at < len(cur.text) {
			if cur.text[cur.at] != '|' {
				return nil, cur.expected("a | before the next value")
			}
			cur.at++
			cur.spaces()
		}
	}
	return terms, nil
}

func (c *columns) value(col column, relation *graph.RelationKind, cur *cursor) (graph.Term, error) {
	if next := cur.peek(); next == '"' || next == '<' {
		return cur.object()
	}
	var b strings.Builder
	for ; cur.at < len(cur.text) && cur.text[cur.at] != '|'; cur.at++ {
		if cur.text[cur.at] == '\\' && cur.at+1 < len(cur.text) && strings.IndexByte(`|\`, cur.text[cur.at+1]) >= 0 {
			cur.at++
		}
		b.WriteByte(cur.text[cur.at])
	}
	text := strings.TrimSpace(b.String())
	if text == "" {
		return "", nil
	}
	return c.plain(col, relation, text)
}

// spaces passes over white space.
func (c *cursor) spaces() {
	rest := strings.TrimLeft(c.text[c.at:], " \t\r\n\u00a0")
	c.at = len(c.text) - len(rest)
}

var errLongLine = errors.New("a row is too long")

// boundedLines fails where a row is longer than a limit, and finds out how
// cells are parted.
type boundedLines struct {
	r     io.Reader
	head  []byte
	limit int
	taken int // since the last row began
}

// separator reads the first line ahead: a comma, a semicolon or a tab parts
// cells, whichever it has most of.
func (b *boundedLines) separator() rune {
	const longest = 1 << 16
	head := make([]byte, longest)
	n, _ := io.ReadFull(b.r, head) // what is wrong is told by the reading itself
	b.head = bytes.TrimPrefix(head[:n], []byte("\xef\xbb\xbf"))
	first, _, _ := bytes.Cut(b.head, []byte("\n"))
	best := ','
	for _, c := range ";\t" {
		if bytes.Count(first, []byte(string(c))) > bytes.Count(first, []byte(string(best))) {
			best = c
		}
	}
	return best
}

// next tells that a row begins.
func (b *boundedLines) next() { b.taken = 0 }

// Read implements io.Reader.
func (b *boundedLines) Read(p []byte) (n int, err error) {
	if b.taken > b.limit {
		return 0, errLongLine
	}
	if len(b.head) > 0 {
		n = copy(p, b.head)
		b.head = b.head[n:]
	} else {
		n, err = b.r.Read(p)
	}
	b.taken += n
	return n, err
}
