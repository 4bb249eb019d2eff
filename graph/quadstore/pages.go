package quadstore

import (
	"context"
	"encoding/binary"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// page walks the keys of a range that lie within a page's bounds, forwards or
// backwards, until yield returns false. Keys of pages are those of the rows
// without the table.
func (s *snapshot) page(from, to []byte, p graph.Page, yield func(key, value []byte) (bool, error)) error {
	if after := append([]byte{from[0]}, p.After...); p.After != "" && string(after) >= string(from) {
		from = append(after, 0)
	}
	if before := append([]byte{to[0]}, p.Before...); p.Before != "" {
		before[0] = from[0]
		if string(before) < string(to) {
			to = before
		}
	}
	if string(from) >= string(to) {
		return nil
	}
	it, err := s.reader.NewIter(&pebble.IterOptions{LowerBound: from, UpperBound: to})
	if err != nil {
		return readError(err)
	}
	first, next := it.First, it.Next
	if p.Backwards {
		first, next = it.Last, it.Prev
	}
	for ok := first(); ok; ok = next() {
		more, err := yield(it.Key(), it.Value())
		if err != nil || !more {
			return join(err, it.Close())
		}
	}
	return it.Close()
}

// PageBatches pages batches in the order of their first commit.
func (s *snapshot) PageBatches(_ context.Context, after graph.Key, n int) ([]graph.KeyedNode, error) {
	var out []graph.KeyedNode
	if n <= 0 {
		return nil, nil
	}
	err := s.page([]byte{tableOrder}, []byte{tableOrder + 1}, graph.Page{After: after}, func(key, _ []byte) (bool, error) {
		if graph.Seq(readID(key[1:])) > s.seq {
			return false, nil
		}
		out = append(out, graph.KeyedNode{Key: graph.Key(key[1:]), Node: readID(key[1+idSize:])})
		return len(out) < n, nil
	})
	return out, err
}

// PageEntities pages the entities of a kind in the order of their folded
// preferred names.
func (s *snapshot) PageEntities(ctx context.Context, kind *graph.EntityKind, p graph.Page) ([]graph.KeyedNode, error) {
	prefix, err := s.kindPrefix(kind)
	if prefix == nil || err != nil || p.Limit <= 0 {
		return nil, err
	}
	if p, err = s.entityBounds(ctx, prefix, p); err != nil {
		return nil, err
	}
	merged, err := s.Merges(ctx)
	if err != nil {
		return nil, err
	}
	var out []graph.KeyedNode
	err = s.page(prefix, prefixEnd(prefix), p, func(key, value []byte) (bool, error) {
		id := readID(key[len(key)-idSize:])
		d := readRow(value)
		live := graph.Live(d.intervals(), s.seq)
		if into, ok := merged[id]; live && (!ok || into == id) {
			out = append(out, graph.KeyedNode{Key: graph.Key(key[1:]), Node: id})
		}
		return len(out) < p.Limit, d.err(key)
	})
	return out, err
}

// kindPrefix returns where the entities of a kind stand, nil where there are none.
func (s *snapshot) kindPrefix(kind *graph.EntityKind) ([]byte, error) {
	if kind == nil {
		return idKey(nil, tableKinds, 0), nil
	}
	id, err := s.store.symbols.id(s.reader, kind.IRI)
	if id == 0 || err != nil {
		return nil, err
	}
	return idKey(nil, tableKinds, id), nil
}

// entityBounds turns bounds given by nodes into keys.
func (s *snapshot) entityBounds(ctx context.Context, prefix []byte, p graph.Page) (graph.Page, error) {
	rows, err := s.Entities(ctx, []graph.NodeID{p.AfterNode, p.BeforeNode})
	if err != nil {
		return p, err
	}
	key := func(r *graph.EntityRow) graph.Key {
		folded := ""
		if len(r.Names) > 0 {
			folded = graph.Fold(r.Names[0].Text.Lexical())
		}
		at := append(append(append([]byte(nil), prefix[1:]...), folded...), 0)
		return graph.Key(appendIDs(at, r.Entity))
	}
	if rows[0] != nil {
		p.After = key(rows[0])
	}
	if rows[1] != nil {
		p.Before = key(rows[1])
	}
	return p, nil
}

// PageClaims pages the live claims of a relation by first day of their date and claim.
func (s *snapshot) PageClaims(ctx context.Context, relation *graph.RelationKind, from, to graph.Day, p graph.Page) (out []graph.KeyedEdge, err error) {
	relations, err := s.pagedRelations(relation, p.Backwards)
	if err != nil || p.Limit <= 0 {
		return nil, err
	}
	if p, err = s.claimBounds(ctx, p); err != nil {
		return nil, err
	}
	states, err := s.states()
	if err != nil {
		return nil, err
	}
	defer func() { err = join(err, states.close()) }()
	for _, id := range relations {
		kind, err := s.relation(id)
		if err != nil {
			return nil, err
		}
		if kind == nil {
			continue
		}
		prefix := idKey(nil, tableRelations, id)
		first, last := appendDay(prefix[:len(prefix):len(prefix)], from), prefixEnd(appendDay(prefix[:len(prefix):len(prefix)], to))
		err = s.page(first, last, p, func(key, value []byte) (bool, error) {
			e, err := s.keyedEdge(key, value, kind, states)
			if e != nil {
				out = append(out, *e)
			}
			return len(out) < p.Limit, err
		})
		if err != nil || len(out) >= p.Limit {
			return out, err
		}
	}
	return out, nil
}

// pagedRelations returns the nodes of the relations to page, in order.
func (s *snapshot) pagedRelations(relation *graph.RelationKind, backwards bool) ([]graph.NodeID, error) {
	if relation != nil {
		return s.relationIDs([]*graph.RelationKind{relation})
	}
	it, err := s.reader.NewIter(&pebble.IterOptions{LowerBound: []byte{tableRelations}, UpperBound: []byte{tableRelations + 1}})
	if err != nil {
		return nil, readError(err)
	}
	var out []graph.NodeID
	for ok := it.First(); ok; ok = it.SeekGE(idKey(nil, tableRelations, out[len(out)-1]+1)) {
		out = append(out, readID(it.Key()[1:]))
	}
	if backwards {
		for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
	}
	return out, it.Close()
}

// claimBounds turns bounds given by claims into keys.
func (s *snapshot) claimBounds(ctx context.Context, p graph.Page) (graph.Page, error) {
	rows, err := s.Claims(ctx, []graph.NodeID{p.AfterNode, p.BeforeNode})
	if err != nil {
		return p, err
	}
	key := func(r *graph.ClaimRow) (graph.Key, error) {
		relation, err := s.store.symbols.id(s.reader, r.Relation.IRI)
		return graph.Key(appendIDs(appendDay(appendIDs(nil, relation), r.Low), r.Claim)), err
	}
	if rows[0] != nil && rows[0].Relation != nil {
		if p.After, err = key(rows[0]); err != nil {
			return p, err
		}
	}
	if rows[1] != nil && rows[1].Relation != nil {
		p.Before, err = key(rows[1])
	}
	return p, err
}

// keyedEdge decodes a row of a relation; nil for a claim that is not live.
func (s *snapshot) keyedEdge(key, value []byte, kind *graph.RelationKind, states *states) (*graph.KeyedEdge, error) {
	d := readRow(value)
	e := &graph.KeyedEdge{Key: graph.Key(key[1:]), Subject: d.id()}
	e.Other = d.id()
	c := d.columns()
	if err := d.err(key); err != nil || c.first > s.seq {
		return nil, err
	}
	e.Claim = readID(key[len(key)-idSize:])
	if err := states.fill(e.Claim, &c); err != nil || !graph.Live(c.Recorded, s.seq) {
		return nil, err
	}
	e.Edge.Key, e.Relation, e.Role, e.Columns = e.Key, kind, graph.RoleSubject, c.Columns
	return e, nil
}

// Names returns the postings of a folded name.
func (s *snapshot) Names(_ context.Context, match graph.NameMatch, folded string, after graph.Key, n int) ([]graph.NamePosting, error) {
	table := byte(tableNames)
	if match == graph.TokenExact || match == graph.TokenPrefix {
		table = tableTokens
	}
	prefix := append([]byte{table}, folded...)
	if match == graph.ExactName || match == graph.TokenExact {
		prefix = append(prefix, 0)
	}
	var out []graph.NamePosting
	if n <= 0 {
		return nil, nil
	}
	err := s.page(prefix, prefixEnd(prefix), graph.Page{After: after}, func(key, value []byte) (bool, error) {
		d := readRow(value)
		if live := graph.Live(d.intervals(), s.seq); live {
			out = append(out, readPosting(key))
		}
		return len(out) < n, d.err(key)
	})
	return out, err
}

func readPosting(key []byte) graph.NamePosting {
	end := len(key) - idSize - 2
	return graph.NamePosting{
		Key: graph.Key(key[1:]), Folded: string(key[1 : end-1]),
		Entity: readID(key[end:]), Name: int(binary.BigEndian.Uint16(key[end+idSize:])),
	}
}

// Merges returns the representative of every merged entity. The map is shared:
// do not change it.
func (s *snapshot) Merges(context.Context) (map[graph.NodeID]graph.NodeID, error) {
	if s.seq == s.latest {
		s.pinned.mergeOnce.Do(func() { s.pinned.merges, s.pinned.mergeErr = s.readMerges() })
		return s.pinned.merges, s.pinned.mergeErr
	}
	s.mergeOnce.Do(func() { s.merges, s.mergeErr = s.readMerges() })
	return s.merges, s.mergeErr
}

// readMerges follows the merges in force to their ends.
func (s *snapshot) readMerges() (map[graph.NodeID]graph.NodeID, error) {
	into := map[graph.NodeID]graph.NodeID{}
	err := scan(s.reader, []byte{tableMerges}, func(key, value []byte) (bool, error) {
		d := readRow(value)
		live, to := graph.Live(d.intervals(), s.seq), d.id()
		for _, id := range d.ids() {
			if live && id != to {
				into[id] = to
			}
		}
		return true, d.err(key)
	})
	for id, to := range into {
		for steps := 0; into[to] != 0 && steps <= len(into); steps++ {
			to = into[to]
		}
		into[id] = to
	}
	return into, err
}

// PageConflicts pages the conflicts that there are at the snapshot's sequence, by id.
func (s *snapshot) PageConflicts(_ context.Context, after graph.Key, n int) ([]graph.ConflictRow, error) {
	var out []graph.ConflictRow
	if n <= 0 {
		return nil, nil
	}
	err := s.page([]byte{tableConflicts}, []byte{tableConflicts + 1}, graph.Page{After: after}, func(key, value []byte) (bool, error) {
		state, err := readConflict(key, value)
		if err == nil {
			out = s.appendConflict(out, state)
		}
		return len(out) < n, err
	})
	return out, err
}

// appendConflict adds a conflict as the snapshot shows it, if it does.
func (s *snapshot) appendConflict(out []graph.ConflictRow, state *conflictState) []graph.ConflictRow {
	r := graph.ConflictRow{Key: graph.Key(state.id), ID: state.id, Kind: state.kind, Origin: state.origin, Text: state.text}
	for _, v := range state.versions {
		r.Since = union(r.Since, []graph.Interval{v.during})
		if v.during.From <= s.seq && s.seq < v.during.To {
			r.Claims = v.claims
		}
	}
	if r.Claims == nil {
		return out
	}
	return append(out, r)
}

// ConflictsOf returns for each claim the conflicts in which it takes part.
func (s *snapshot) ConflictsOf(_ context.Context, claims []graph.NodeID) ([][]graph.ConflictRow, error) {
	out := make([][]graph.ConflictRow, len(claims))
	for i, id := range claims {
		prefix := idKey(nil, tableClashes, id)
		err := scan(s.reader, prefix, func(key, _ []byte) (bool, error) {
			at := conflictKey(graph.Term(key[len(prefix):]))
			value, err := get(s.reader, at)
			if err != nil {
				return false, err
			}
			state, err := readConflict(at, value)
			if err == nil && graph.Live(state.disputed(id), s.seq) {
				out[i] = s.appendConflict(out[i], state)
			}
			return true, err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
