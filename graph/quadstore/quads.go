package quadstore

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// Quads streams quads in the canonical order of N-Quads lines, which is the
// order of their four terms: a term is never followed in a line by a byte
// smaller than the space that ends it.
func (s *snapshot) Quads(ctx context.Context, subject, label graph.Term, yield func(graph.Quad) error) error {
	r := s.quads.take(s)
	r.yield = yield
	return join(r.read(ctx, subject, label), s.quads.put(r))
}

// quadReader turns quads into terms. Predicates, labels and subjects come again
// and again, so it remembers a number of terms.
type quadReader struct {
	*snapshot
	yield func(graph.Quad) error
	terms map[graph.NodeID]graph.Term
	rows  *view
	texts *pebble.Iterator // over the terms; nil until one is asked for
}

const rememberedTerms = 1 << 16

// quadReaders are those of a snapshot that nobody reads with now. What they
// remember, and their iterators, serve the next: an export asks for the quads
// of one node after another.
type quadReaders struct {
	mu     sync.Mutex
	idle   []*quadReader
	closed bool
}

func (p *quadReaders) take(s *snapshot) *quadReader {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.idle); n > 0 {
		r := p.idle[n-1]
		p.idle = p.idle[:n-1]
		return r
	}
	return &quadReader{snapshot: s, terms: map[graph.NodeID]graph.Term{}, rows: newView(s.reader, counterMask, nil)}
}

func (p *quadReaders) put(r *quadReader) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return r.close()
	}
	p.idle = append(p.idle, r)
	return nil
}

func (p *quadReaders) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var err error
	for _, r := range p.idle {
		err = join(err, r.close())
	}
	p.idle, p.closed = nil, true
	return err
}

func (r *quadReader) close() error {
	err := r.rows.close()
	if r.texts != nil {
		err = join(err, r.texts.Close())
	}
	return err
}

func (r *quadReader) read(ctx context.Context, subject, label graph.Term) error {
	switch {
	case subject != "":
		return r.some(bySubject, subject, label)
	case label != "":
		return r.some(byLabel, label, "")
	}
	return r.all(ctx)
}

func (r *quadReader) term(id graph.NodeID) (graph.Term, error) {
	if t, ok := r.terms[id]; ok {
		return t, nil
	}
	t, err := r.text(id)
	if len(r.terms) >= rememberedTerms {
		clear(r.terms)
	}
	r.terms[id] = t
	return t, err
}

// text looks a term up: with one iterator for all, which is cheaper than one for each.
func (r *quadReader) text(id graph.NodeID) (graph.Term, error) {
	if id == 0 {
		return "", nil
	}
	if r.texts == nil {
		var err error
		if r.texts, err = r.reader.NewIter(&pebble.IterOptions{LowerBound: []byte{tableTerms}, UpperBound: []byte{tableTerms + 1}}); err != nil {
			return "", readError(err)
		}
	}
	var buf [idSize + 1]byte
	key := idKey(buf[:0], tableTerms, id)
	if r.texts.SeekGE(key) && string(r.texts.Key()) == string(key) {
		return graph.Term(r.texts.Value()), nil
	}
	if err := r.texts.Error(); err != nil {
		return "", readError(err)
	}
	return "", badRow(key)
}

// some streams the quads of one subject or label; label may restrict those of a subject.
func (r *quadReader) some(x *index, term, label graph.Term) error {
	id, err := lookupID(r.reader, term)
	if id == 0 || err != nil {
		return err
	}
	rows, err := r.rows.quads(x, id)
	if err != nil {
		return err
	}
	return r.emit(rows, label)
}

// emit yields the rows that were recorded by the snapshot's sequence, in the order of terms.
func (r *quadReader) emit(rows []quadRow, label graph.Term) error {
	quads := make([]graph.Quad, 0, len(rows))
	for _, row := range rows {
		if row.seq > r.seq {
			continue
		}
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
			t, err := r.text(id)
			long = append(long, t)
			return true, err
		}
		if err := ctx.Err(); err != nil {
			return false, err
		}
		rows, err := r.rows.quads(bySubject, id)
		if err != nil {
			return false, err
		}
		return true, r.emit(rows, "")
	})
	if err != nil {
		return err
	}
	return flush()
}
