package quadstore

import (
	"context"
	"slices"
	"strings"

	"github.com/tripartite-graph/tripartite/graph"
)

// Quads streams quads in the canonical order of N-Quads lines, which is the
// order of their four terms: a term is never followed in a line by a byte
// smaller than the space that ends it.
func (s *snapshot) Quads(ctx context.Context, subject, label graph.Term, yield func(graph.Quad) error) error {
	r := &quadReader{snapshot: s, yield: yield, terms: map[graph.NodeID]graph.Term{}}
	switch {
	case subject != "":
		return r.some(bySubject, subject, label)
	case label != "":
		return r.some(byLabel, label, "")
	}
	return r.all(ctx)
}

// quadReader turns quads into terms. Predicates, labels and subjects come again
// and again, so it remembers a number of terms.
type quadReader struct {
	*snapshot
	yield func(graph.Quad) error
	terms map[graph.NodeID]graph.Term
}

const rememberedTerms = 1 << 16

func (r *quadReader) term(id graph.NodeID) (graph.Term, error) {
	if t, ok := r.terms[id]; ok {
		return t, nil
	}
	t, err := lookupTerm(r.reader, id)
	if len(r.terms) >= rememberedTerms {
		clear(r.terms)
	}
	r.terms[id] = t
	return t, err
}

// some streams the quads of one subject or label; label may restrict those of a subject.
func (r *quadReader) some(x *index, term, label graph.Term) error {
	id, err := lookupID(r.reader, term)
	if id == 0 || err != nil {
		return err
	}
	rows, err := r.quadRows(x, id)
	if err != nil {
		return err
	}
	return r.emit(rows, label)
}

// emit yields rows in the order of terms.
func (r *quadReader) emit(rows []quadRow, label graph.Term) error {
	quads := make([]graph.Quad, 0, len(rows))
	for _, row := range rows {
		var t [4]graph.Term
		for i, id := range row.quad4 {
			var err error
			if t[i], err = r.term(id); err != nil {
				return err
			}
		}
		if label == "" || label == t[3] {
			quads = append(quads, graph.Quad{Subject: t[0], Predicate: t[1], Object: t[2], Label: t[3]})
		}
	}
	slices.SortFunc(quads, compareQuads)
	for _, q := range quads {
		if err := r.yield(q); err != nil {
			return err
		}
	}
	return nil
}

func compareQuads(a, b graph.Quad) int {
	for _, pair := range [4][2]graph.Term{{a.Subject, b.Subject}, {a.Predicate, b.Predicate}, {a.Object, b.Object}, {a.Label, b.Label}} {
		if c := strings.Compare(string(pair[0]), string(pair[1])); c != 0 {
			return c
		}
	}
	return 0
}

// all walks the dictionary, which is in the order of terms but for long ones:
// those that share their first bytes are gathered and sorted.
func (r *quadReader) all(ctx context.Context) error {
	subjects := newView(r.reader, counterMask, nil)
	defer func() { _ = subjects.close() }() // only read
	var long []graph.Term
	flush := func() error {
		slices.Sort(long)
		for _, t := range long {
			if err := r.some(bySubject, t, ""); err != nil {
				return err
			}
		}
		long = long[:0]
		return nil
	}
	err := scan(r.reader, []byte{tableDictionary}, func(key, value []byte) (bool, error) {
		text, id := key[1:], readID(value)
		if len(long) > 0 && !hasPrefix(text, []byte(long[0][:longPrefix])) {
			if err := flush(); err != nil {
				return false, err
			}
		}
		if len(text) >= longPrefix {
			t, err := lookupTerm(r.reader, id)
			long = append(long, t)
			return true, err
		}
		rows, err := subjects.quads(bySubject, id)
		if err != nil {
			return false, err
		}
		return true, r.emitRecorded(ctx, rows)
	})
	if err != nil {
		return err
	}
	return flush()
}

// emitRecorded yields the rows of one subject that were recorded by the snapshot's sequence.
func (r *quadReader) emitRecorded(ctx context.Context, rows []quadRow) error {
	if len(rows) == 0 {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(q quadRow) bool { return q.seq > r.seq })
	return r.emit(rows, "")
}
