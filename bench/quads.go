package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/tripartite-graph/tripartite/graph"
)

// id returns the id of an entity in our graph.
func (w *workload) id(of string) string {
	return kinds[w.entities[number(of)].kind].slug + "/" + of
}

// writeQuads writes the workload as N-Quads in our vocabulary and returns how
// many there are.
func (w *workload) writeQuads(path string) (quads int, err error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	out := newQuadWriter(f)
	for i, e := range w.entities {
		out.entity(w.id(id(i)), kinds[e.kind].class, e.name)
	}
	for i := range w.documents {
		out.entity(fmt.Sprintf("document/doc%d", i), "Document", fmt.Sprintf("Report %d", i))
	}
	for i := range w.agents {
		out.entity(fmt.Sprintf("organization/agent%d", i), "Organization", fmt.Sprintf("Observer %d", i))
	}
	for i := range writers {
		out.entity(writer(i), "Person", "Who is written about")
	}
	for i, r := range w.relations {
		out.claim(i, w.id(id(r.source)), w.id(id(r.target)), r)
	}
	// To write it is no part of a load: the disk shall be done with it.
	return out.n, errors.Join(out.b.Flush(), f.Sync())
}

// writers is how many people the claims are about that are committed while queries
// are asked: no question is about them, so that its answer stays as it is.
const writers = 64

func writer(i int) string { return fmt.Sprintf("person/writer%d", i) }

// pair returns two writers: of 4,032 claims in a row no two state the same.
func pair(number int) (from, to string) {
	i := number % writers
	return writer(i), writer((i + 1 + number/writers%(writers-1)) % writers)
}

// quadWriter writes lines of N-Quads. Faults of the disk come out at Flush.
type quadWriter struct {
	b *bufio.Writer
	n int
}

func newQuadWriter(w io.Writer) *quadWriter { return &quadWriter{b: bufio.NewWriterSize(w, 1<<20)} }

// The beginnings of our IRIs.
const (
	base  = graph.DefaultBase
	words = graph.DefaultVocabulary
)

func (q *quadWriter) line(format string, args ...any) {
	q.n++
	fmt.Fprintf(q.b, format, args...)
}

func (q *quadWriter) entity(id, class, name string) {
	q.line("<%s%s> %s <%s%s> .\n", base, id, graph.RDFType, words, class)
	q.line("<%s%s> <%sname> \"%s\"@en .\n", base, id, words, name)
}

func (q *quadWriter) claim(i int, source, target string, r relation) {
	if ties[r.tie].turned {
		source, target = target, source
	}
	q.line("<%s%s> <%s%s> <%s%s> <%sclaim/c%d> .\n", base, source, words, ties[r.tie].relation, base, target, base, i)
	q.line("<%sclaim/c%d> <%sasserted-by> <%sorganization/agent%d> .\n", base, i, words, base, r.agent)
	q.line("<%sclaim/c%d> <%sdate> \"%s\"^^<%s> .\n", base, i, words, dateOf(r.day), graph.TypeEDTF)
	q.line("<%sclaim/c%d> <%sevidence> <%sdocument/doc%d> .\n", base, i, words, base, r.document)
}
