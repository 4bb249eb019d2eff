package quadstore

import (
	"encoding/binary"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/tripartite-graph/tripartite/graph"
)

// usualRows is how many rows most entities have in each table.
var usualRows = map[byte]int{tableEntities: 1, tableKinds: 2, tableNames: 1, tableTokens: 2}

// deriveEntities writes the rows of the entities that were touched, some by
// each of several workers with views of their own.
func (d *derivation) deriveEntities() error {
	ids := d.touched.entities.sorted()
	const worthIt = 1 << 9
	workers := max(1, min(runtime.GOMAXPROCS(0), len(ids)/worthIt))
	if workers == 1 {
		return deriveEntities(d.before, d.after, ids, d.rows)
	}
	var group errgroup.Group
	found := []derivedRows{d.rows} // nobody else writes there now
	for w := range workers {
		if w > 0 {
			found = append(found, derivedRows{})
		}
		own, into := ids[len(ids)*w/workers:len(ids)*(w+1)/workers], found[w]
		group.Go(func() error {
			for table, n := range usualRows {
				into[table] = slices.Grow(into[table], n*len(own))
			}
			before, after := d.before.again(), d.after.again()
			err := deriveEntities(before, after, own, into)
			return join(err, before.close(), after.close())
		})
	}
	err := group.Wait()
	for _, rows := range found[1:] {
		d.rows.join(rows)
	}
	return err
}

func deriveEntities(before, after *side, ids []graph.NodeID, out derivedRows) error {
	for _, id := range ids {
		var rows [2][]row
		for i, side := range []*side{before, after} {
			if side == nil || !side.known(id) {
				continue
			}
			var err error
			if rows[i], err = side.entityRows(id); err != nil {
				return err
			}
		}
		out.replace(rows[0], rows[1])
	}
	return nil
}

// entity is an entity as one side of a commit has it.
type entity struct {
	side   *side
	id     graph.NodeID
	record *graph.EntityRecord
	quads  []quadRow // that have it for a subject
	nodes  []quadRow // that have its names for a subject
	in     *interner
}

// entityRows makes an entity's own row and those by which it is found; none
// where the quads give it no kind. The list is good until the next one is made.
func (s *side) entityRows(id graph.NodeID) ([]row, error) {
	var err error
	if s.rows, err = s.appendQuads(s.rows[:0], bySubject, id); err != nil {
		return nil, err
	}
	e := &entity{side: s, id: id, quads: s.rows, in: &interner{terms: s.d.terms}}
	if err := e.read(); err != nil || e.record == nil || e.record.Kind == nil {
		return nil, err
	}
	recorded, err := e.live(s.d.words.kind, e.in.id(e.record.Kind.IRI), e.record.Batches)
	if err != nil {
		return nil, err
	}
	names, err := e.names()
	if err != nil {
		return nil, err
	}
	whole, err := e.row(recorded, names)
	if err != nil {
		return nil, err
	}
	s.made = s.made[:0]
	e.put(idKey(s.text.room(idSize+1), tableEntities, id), whole)
	e.findable(recorded, names)
	return s.made, e.in.err
}

// put makes a row of a key, which is kept, and a value that is.
func (e *entity) put(key, value []byte) {
	e.side.made = append(e.side.made, row{key: e.side.text.keep(key), value: value})
}

func (e *entity) read() error {
	quads, err := e.side.d.terms.quads(e.side.terms[:0], e.quads)
	if err != nil {
		return err
	}
	e.side.terms = quads
	term, err := e.side.d.terms.term(e.id)
	if err != nil {
		return err
	}
	nodes := nodeReader{side: e.side}
	e.record, _ = e.side.d.deriver.Entity(term, quads, nodes.read)
	e.nodes = nodes.rows
	return nodes.err
}

// live returns when what some batches say of the entity was recorded. An
// object of 0 stands for whichever the batch gives.
func (e *entity) live(predicate, object graph.NodeID, batches []graph.Term) (out []graph.Interval, err error) {
	for _, b := range batches {
		batch := e.in.id(b)
		seq := firstSeq(e.quads, quad4{0, predicate, object, batch})
		if seq == graph.Forever {
			seq = firstSeq(e.quads, quad4{0, predicate, 0, batch})
		}
		live, err := e.side.liveBy(batch, seq)
		if err != nil {
			return nil, err
		}
		out = union(out, live)
	}
	return out, e.in.err
}

// names returns when each name was recorded.
func (e *entity) names() ([][]graph.Interval, error) {
	out := make([][]graph.Interval, len(e.record.Names))
	for i, n := range e.record.Names {
		text, err := e.side.d.terms.find(n.Text)
		if err != nil {
			return nil, err
		}
		if out[i], err = e.live(e.side.d.words.name, text, n.Batches); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// row encodes the whole entity; see readEntity.
func (e *entity) row(recorded []graph.Interval, names [][]graph.Interval) ([]byte, error) {
	r, w := e.record, &encoder{b: append(e.side.text.room(roomy), rowVersion)}
	w.term(r.ID)
	w.id(e.in.id(r.Kind.IRI))
	w.intervals(recorded)
	w.bool(r.Unnamed)
	w.bool(r.Protected)
	w.uint(uint64(len(r.Names)))
	for i, n := range r.Names {
		w.term(n.Text)
		w.uint(uint64(n.Role))
		w.intervals(names[i])
		live, err := e.side.evidence(n.Evidence, e.in, 0, e.nodes)
		if err != nil {
			return nil, err
		}
		w.evidence(n.Evidence, live, e.in)
	}
	w.uint(uint64(len(r.Description)))
	for _, t := range r.Description {
		w.term(t)
	}
	batches := make([]graph.NodeID, len(r.Batches))
	for i, b := range r.Batches {
		batches[i] = e.in.id(b)
	}
	w.ids(batches)
	err := join(e.facts(w), e.in.err)
	return e.side.text.keep(w.b), err
}

func (e *entity) facts(w *encoder) error {
	names := e.side.d.words.ontology.Names
	w.uint(uint64(len(e.record.Facts)))
	for _, f := range e.record.Facts {
		live, err := e.live(e.in.id(names.Term(f.Word)), e.in.id(f.Value), f.Batches)
		if err != nil {
			return err
		}
		w.term(graph.Term(f.Word))
		w.term(f.Value)
		w.intervals(live)
	}
	return nil
}

// roomy is more than most rows and keys take.
const roomy = 512

// findable places the entity among those of its kind and among all, by its
// folded preferred name, and under each folded name and each of its words.
func (e *entity) findable(recorded []graph.Interval, names [][]graph.Interval) {
	folded := make([]string, max(1, len(names)))
	for i := range names {
		folded[i] = graph.Fold(e.record.Names[i].Text.Lexical())
	}
	value := e.intervals(recorded)
	for _, kind := range []graph.NodeID{0, e.in.id(e.record.Kind.IRI)} {
		key := append(append(idKey(e.side.text.room(roomy), tableKinds, kind), folded[0]...), 0)
		e.put(appendIDs(key, e.id), value)
	}
	for i := range names {
		value := e.intervals(names[i])
		e.posting(tableNames, folded[i], i, value)
		tokens := slices.Clone(graph.Tokens(folded[i]))
		slices.Sort(tokens)
		for _, t := range slices.Compact(tokens) {
			e.posting(tableTokens, t, i, value)
		}
	}
}

// posting places a name, by its number, under a text.
func (e *entity) posting(table byte, text string, n int, value []byte) {
	key := append(append(append(e.side.text.room(roomy), table), text...), 0)
	e.put(binary.BigEndian.AppendUint16(appendIDs(key, e.id), uint16(n)), value)
}

// intervals is a row of intervals alone.
func (e *entity) intervals(list []graph.Interval) []byte {
	w := &encoder{b: append(e.side.text.room(roomy), rowVersion)}
	w.intervals(list)
	return e.side.text.keep(w.b)
}
