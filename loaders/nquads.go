package loaders

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/inorder"
)

// NQuads is RDF 1.1 N-Quads, and N-Triples within it. It is read strictly, as
// the grammar has it, and written canonically: sorted lines, each quad with
// its label, so that what is exported loads into the same state.
var NQuads = &Format{
	Name:       "nquads",
	MediaTypes: []string{"application/n-quads", "application/n-triples"},
	Extensions: []string{".nq", ".nquads", ".nt"},
	Read:       readNQuads,
	Write:      writeNQuads,
}

// readNQuads reads line by line, and goes on after a faulty line. Blocks of
// lines are taken apart side by side, and handed over in their order.
func readNQuads(r io.Reader, _ string, o Options, s Sink) error {
	limit := o.MaxLine
	if limit == 0 {
		limit = DefaultMaxLine
	}
	lines := 0
	err := inorder.Do(func(yield func(block) error) error {
		return eachBlock(r, limit, func(text string) error {
			b := block{strings.TrimSuffix(text, "\n"), lines + 1}
			lines += strings.Count(b.text, "\n") + 1
			return yield(b)
		})
	}, block.read, func(found *blockQuads) error { return found.handOver(s) })
	if errors.Is(err, bufio.ErrTooLong) {
		s.Fault(syntax(lines+1, 0, fmt.Sprintf("the line is longer than %d bytes", limit)))
		return nil
	}
	return err
}

// block is some whole lines of a file.
type block struct {
	text  string
	first int // number of its first line
}

// blockQuads is what a block holds, in the order of its lines.
type blockQuads struct {
	quads  []placedQuad
	faults []placedFault
}

type placedQuad struct {
	graph.Quad
	line, column int
}

// placedFault is a fault that stands before a quad of its block.
type placedFault struct {
	graph.Problem
	before int // place of the quad
}

// usedBlocks are blocks that were handed over, whose room is used again.
var usedBlocks = sync.Pool{New: func() any { return &blockQuads{} }}

// read takes a block apart.
func (b block) read() *blockQuads {
	found := usedBlocks.Get().(*blockQuads)
	n := b.first
	for line := range strings.SplitSeq(b.text, "\n") {
		found.readLines(strings.TrimSuffix(line, "\r"), n)
		n++
	}
	return found
}

// handOver gives a sink what the block holds.
func (b *blockQuads) handOver(s Sink) error {
	faults := b.faults
	for i, q := range b.quads {
		for ; len(faults) > 0 && faults[0].before <= i; faults = faults[1:] {
			s.Fault(faults[0].Problem)
		}
		if err := s.Quad(q.Quad, graph.Position{Line: q.line, Column: q.column}); err != nil {
			return err
		}
	}
	for _, f := range faults {
		s.Fault(f.Problem)
	}
	clear(b.quads) // which would keep the text of the block
	b.quads, b.faults = b.quads[:0], b.faults[:0]
	usedBlocks.Put(b)
	return nil
}

// blockSize is how much is read at a time.
const blockSize = 1 << 18

// eachBlock cuts a stream into blocks of whole lines, no line longer than a
// limit: one string for thousands of lines costs less than one for each.
func eachBlock(r io.Reader, limit int, yield func(string) error) error {
	buffer, held := make([]byte, min(blockSize, limit)), 0
	for {
		n, err := r.Read(buffer[held:])
		held += n
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			return err
		}
		if last || held == len(buffer) {
			end := held
			if !last {
				end = endOfLines(buffer)
			}
			if end > 0 {
				if err := yield(string(buffer[:end])); err != nil {
					return err
				}
			}
			held = copy(buffer, buffer[end:held])
		}
		switch {
		case last:
			return nil
		case held < len(buffer):
		case len(buffer) >= limit:
			return bufio.ErrTooLong
		default:
			buffer = append(buffer, make([]byte, min(len(buffer), limit-len(buffer)))...)
		}
	}
}

// endOfLines returns where the last whole line ends, 0 where none does. The
// first look is the fast one, and all there is in a line that is too long.
func endOfLines(b []byte) int {
	if bytes.IndexByte(b, '\n') < 0 {
		return 0
	}
	return bytes.LastIndexByte(b, '\n') + 1
}

// readLines reads a line; a lone CR ends one too.
func (b *blockQuads) readLines(line string, n int) {
	if strings.IndexByte(line, '\r') < 0 {
		b.readLine(line, n)
		return
	}
	for part := range strings.SplitSeq(line, "\r") {
		b.readLine(part, n)
	}
}

// readLine reads one line: a statement, a comment or nothing.
func (b *blockQuads) readLine(line string, n int) {
	c := &cursor{text: line}
	if !utf8.ValidString(line) {
		c.at = strings.IndexRune(line, utf8.RuneError)
		b.fault(syntax(n, c.column(), "the line is not UTF-8"))
		return
	}
	c.blanks()
	if c.done() {
		return
	}
	column := c.at + 1 // only blanks stand before it
	q, err := c.quad()
	if err != nil {
		b.fault(syntax(n, c.column(), err.Error()))
		return
	}
	b.quads = append(b.quads, placedQuad{q, n, column})
}

func (b *blockQuads) fault(p graph.Problem) {
	b.faults = append(b.faults, placedFault{p, len(b.quads)})
}

// quad reads subject, predicate, object, an optional label and the full stop.
func (c *cursor) quad() (q graph.Quad, err error) {
	if q.Subject, err = c.node("subject"); err != nil {
		return q, err
	}
	if q.Predicate, err = c.iri("predicate"); err != nil {
		return q, err
	}
	if q.Object, err = c.object(); err != nil {
		return q, err
	}
	if next := c.peek(); next == '<' || next == '_' {
		if q.Label, err = c.node("label"); err != nil {
			return q, err
		}
	}
	if c.peek() != '.' {
		return q, c.expected("a full stop after the object or the label")
	}
	c.at++
	c.blanks()
	if !c.done() {
		return q, c.expected("the end of the line, or a comment")
	}
	return q, nil
}

// node reads an IRI or a blank node, and the blanks after it.
func (c *cursor) node(what string) (graph.Term, error) {
	if c.peek() == '_' {
		return c.blankNode()
	}
	return c.iri(what)
}

// object reads an IRI, a blank node or a literal, and the blanks after it.
func (c *cursor) object() (graph.Term, error) {
	if c.peek() == '"' {
		return c.literal()
	}
	return c.node("object")
}

// writeNQuads writes quads in the order of lines.
func writeNQuads(ctx context.Context, w io.Writer, x *graph.Export) error {
	buffered := bufio.NewWriterSize(w, 1<<16)
	err := x.Quads(ctx, func(q graph.Quad) error {
		_, err := buffered.WriteString(q.Line())
		return err
	})
	return errors.Join(err, buffered.Flush())
}
