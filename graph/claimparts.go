package graph

import (
	"context"
	"slices"
	"time"
)

// Batch is the content of one file, as this store holds it.
type Batch struct {
	ID     string
	IRI    string
	Quads  int
	Claims int
	Live   bool // not retracted

	row *BatchRow
}

// Retraction is the withdrawal of a claim or of a batch.
type Retraction struct {
	ID       string
	Target   string // id of the claim or batch
	Reason   string
	Agent    string
	At       time.Time // when it was recorded
	Sequence Seq
	Undone   bool
}

// BatchesByID returns the batch of each id, nil where there is none.
func (r *Reader) BatchesByID(ctx context.Context, ids []string) ([]*Batch, error) {
	nodes, err := r.nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	return r.batches(ctx, nodes)
}

func (r *Reader) batches(ctx context.Context, nodes []NodeID) ([]*Batch, error) {
	rows, err := r.snapshot.Batches(ctx, nodes)
	if err != nil {
		return nil, err
	}
	out := make([]*Batch, len(rows))
	for i, row := range rows {
		if row != nil {
			out[i] = &Batch{
				ID: r.ontology.Names.ID(row.ID), IRI: string(row.ID[1 : len(row.ID)-1]),
				Quads: row.Quads, Claims: row.Claims, Live: r.live(row.Recorded), row: row,
			}
		}
	}
	return out, nil
}

// Loads returns for each batch the journal entries of the commits that brought
// it, each with the file that is the batch.
func (r *Reader) Loads(ctx context.Context, batches []*Batch) ([][]JournalEntry, error) {
	loads, err := spread(batches, func(b *Batch) []Seq { return b.row.Journal }, func(seqs []Seq) ([]JournalEntry, error) {
		return r.snapshot.Entries(ctx, seqs)
	})
	for i, entries := range loads {
		id := r.ontology.Names.IRI(batches[i].ID)
		for k, e := range entries {
			if at := slices.Index(e.Batches, id); at >= 0 && at < len(e.Files) {
				entries[k].File, entries[k].FileHash = e.Files[at].Name, e.Files[at].Hash
			}
		}
	}
	return loads, err
}

// BatchesOf returns for each claim the batches that brought it.
func (r *Reader) BatchesOf(ctx context.Context, claims []*Claim) ([][]*Batch, error) {
	return spread(claims, func(c *Claim) []NodeID { return c.row.Batches }, func(nodes []NodeID) ([]*Batch, error) {
		return r.batches(ctx, nodes)
	})
}

// BatchesOfEntities returns for each entity the batches that describe it.
func (r *Reader) BatchesOfEntities(ctx context.Context, entities []*Entity) ([][]*Batch, error) {
	return spread(entities, (*Entity).batchNodes, func(nodes []NodeID) ([]*Batch, error) {
		return r.batches(ctx, nodes)
	})
}

// ObjectClaims returns for each claim the claim that is its object, nil for none.
func (r *Reader) ObjectClaims(ctx context.Context, claims []*Claim) ([]*Claim, error) {
	return r.linked(ctx, claims, func(row *ClaimRow) NodeID { return row.ObjectOf })
}

// RevisionsOf returns for each claim the claim that it corrects, nil for none.
func (r *Reader) RevisionsOf(ctx context.Context, claims []*Claim) ([]*Claim, error) {
	return r.linked(ctx, claims, func(row *ClaimRow) NodeID { return row.RevisionOf })
}

// AlternativesOf returns for each claim the one of which it is another reading, nil for none.
func (r *Reader) AlternativesOf(ctx context.Context, claims []*Claim) ([]*Claim, error) {
	return r.linked(ctx, claims, func(row *ClaimRow) NodeID { return row.AlternativeOf })
}

func (r *Reader) linked(ctx context.Context, claims []*Claim, link func(*ClaimRow) NodeID) ([]*Claim, error) {
	found, err := spread(claims, func(c *Claim) []NodeID {
		if n := link(c.row); n != 0 {
			return []NodeID{n}
		}
		return nil
	}, func(nodes []NodeID) ([]*Claim, error) { return r.hydrate(ctx, nodes) })
	if err != nil {
		return nil, err
	}
	out := make([]*Claim, len(claims))
	for i, f := range found {
		if len(f) > 0 {
			out[i] = f[0]
		}
	}
	return out, nil
}

// RecordedAt returns when each claim was first recorded, the zero time where that is unknown.
func (r *Reader) RecordedAt(ctx context.Context, claims []*Claim) ([]time.Time, error) {
	entries, err := spread(claims, func(c *Claim) []Seq {
		if len(c.row.Recorded) == 0 {
			return nil
		}
		return []Seq{c.row.Recorded[0].From}
	}, func(seqs []Seq) ([]JournalEntry, error) { return r.snapshot.Entries(ctx, seqs) })
	if err != nil {
		return nil, err
	}
	out := make([]time.Time, len(claims))
	for i, e := range entries {
		if len(e) > 0 {
			out[i] = e[0].Time
		}
	}
	return out, nil
}

// RetractionsOf returns for each claim the withdrawal in force, nil for a
// claim that is live.
func (r *Reader) RetractionsOf(ctx context.Context, claims []*Claim) ([]*Retraction, error) {
	found, err := spread(claims, func(c *Claim) []NodeID {
		if r.live(c.row.Recorded) {
			return nil
		}
		return c.row.Retractions
	}, func(nodes []NodeID) ([]*Retraction, error) { return r.retractions(ctx, nodes) })
	if err != nil {
		return nil, err
	}
	out := make([]*Retraction, len(claims))
	for i, all := range found {
		for _, one := range all {
			if one != nil && !one.Undone {
				out[i] = one
				break
			}
		}
	}
	return out, nil
}

// retractions returns the withdrawals of nodes, with the time and the target of each.
func (r *Reader) retractions(ctx context.Context, nodes []NodeID) ([]*Retraction, error) {
	rows, err := r.snapshot.Retractions(ctx, nodes)
	if err != nil {
		return nil, err
	}
	seqs, targets := make([]Seq, len(rows)), make([]NodeID, len(rows))
	for i, row := range rows {
		if row != nil {
			seqs[i], targets[i] = row.Recorded, row.Target
		}
	}
	entries, err := r.snapshot.Entries(ctx, seqs)
	if err != nil {
		return nil, err
	}
	terms, err := r.snapshot.Terms(ctx, targets)
	if err != nil {
		return nil, err
	}
	out := make([]*Retraction, len(rows))
	for i, row := range rows {
		if row != nil && row.Recorded <= r.Seq() {
			out[i] = &Retraction{
				ID: r.ontology.Names.ID(row.ID), Target: r.ontology.Names.ID(terms[i]),
				Reason: row.Reason.Lexical(), Agent: row.agent(r.ontology.Names), At: entries[i].Time,
				Sequence: row.Recorded, Undone: row.Undone != 0 && row.Undone <= r.Seq(),
			}
		}
	}
	return out, nil
}

// agent returns who retracted: words, or the id of an entity.
func (row *RetractionRow) agent(names Names) string {
	if row.Agent.IsIRI() {
		return names.ID(row.Agent)
	}
	return row.Agent.Lexical()
}

// spread asks for what each of many things needs in one look-up, and deals out the answers.
func spread[T any, K comparable, V any](of []T, keys func(T) []K, look func([]K) ([]V, error)) ([][]V, error) {
	var all []K
	at := map[K]int{}
	for _, t := range of {
		for _, k := range keys(t) {
			if _, ok := at[k]; !ok {
				at[k] = len(all)
				all = append(all, k)
			}
		}
	}
	out := make([][]V, len(of))
	if len(all) == 0 {
		return out, nil
	}
	found, err := look(all)
	if err != nil {
		return nil, err
	}
	for i, t := range of {
		for _, k := range keys(t) {
			out[i] = append(out[i], found[at[k]])
		}
	}
	return out, nil
}

// BatchConnection is a page of batches.
type BatchConnection struct {
	Edges    []*BatchEdge
	Nodes    []*Batch
	PageInfo PageInfo

	reader *Reader
}

// BatchEdge is a batch in a page.
type BatchEdge struct {
	Cursor string
	Node   *Batch
}

// TotalCount counts all batches.
func (c *BatchConnection) TotalCount(ctx context.Context) (int, error) {
	s, err := c.reader.Stats(ctx)
	return s.Batches, err
}

// ListBatches pages the batches in the order of their first commit, retracted ones too.
func (r *Reader) ListBatches(ctx context.Context, page Paging) (*BatchConnection, error) {
	w, err := r.window(ctx, batchList, page)
	if err != nil {
		return nil, err
	}
	nodes, err := r.allBatches(ctx)
	if err != nil {
		return nil, err
	}
	from, to, info := w.cut(len(nodes), func(i int, m *mark) int { return i - slices.Index(nodes, m.node) })
	batches, err := r.batches(ctx, nodes[from:to])
	if err != nil {
		return nil, err
	}
	c := &BatchConnection{Nodes: batches, PageInfo: info, reader: r}
	for _, b := range batches {
		c.Edges = append(c.Edges, &BatchEdge{Cursor: r.cursor(batchList, 0, b.ID), Node: b})
	}
	c.PageInfo.ends(len(batches), func(i int) string { return c.Edges[i].Cursor })
	return c, nil
}

// allBatches returns the nodes of all batches; a store holds one for each file.
func (r *Reader) allBatches(ctx context.Context) ([]NodeID, error) {
	var out []NodeID
	var after Key
	for {
		page, err := r.snapshot.PageBatches(ctx, after, scanChunk)
		if err != nil {
			return nil, err
		}
		for _, b := range page {
			out = append(out, b.Node)
			after = b.Key
		}
		if len(page) < scanChunk {
			return out, nil
		}
	}
}
