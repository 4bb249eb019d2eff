package graph

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// Reader reads one snapshot of a store as people see it: entities by the
// representatives of their merges, claims with the entities that they name.
// One is made for each request; it is safe for concurrent use. Every function
// takes many things at once and makes a number of look-ups that does not
// depend on how many.
type Reader struct {
	store    Store
	snapshot Snapshot
	ontology *Ontology
	texts    Texts // nil where no documents are at hand

	representative map[NodeID]NodeID   // of every merged entity
	members        map[NodeID][]NodeID // of every representative, itself left out; sorted

	mu       sync.Mutex
	entities cards           // those read so far, by representative
	past     map[Seq]*Reader // readers of earlier snapshots, for View.RecordedBefore
}

// NewReader opens a reader on the store as it was at seq; 0 means the latest.
// Texts may be nil. The caller closes it.
func NewReader(ctx context.Context, store Store, ontology *Ontology, texts Texts, seq Seq) (*Reader, error) {
	snapshot, err := store.At(ctx, seq)
	if err != nil {
		return nil, err
	}
	r := &Reader{
		store: store, snapshot: snapshot, ontology: ontology, texts: texts,
		entities: newNodeMap[*Entity](0),
	}
	if r.representative, err = snapshot.Merges(ctx); err != nil {
		return nil, errors.Join(err, snapshot.Close())
	}
	for member, of := range r.representative {
		if member != of {
			if r.members == nil {
				r.members = map[NodeID][]NodeID{}
			}
			r.members[of] = append(r.members[of], member)
		}
	}
	for _, m := range r.members {
		slices.Sort(m)
	}
	return r, nil
}

// Close releases the snapshots that the reader opened.
func (r *Reader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	errs := []error{r.snapshot.Close()}
	for _, p := range r.past {
		errs = append(errs, p.Close())
	}
	return errors.Join(errs...)
}

// Seq returns the sequence of the commit that the reader shows.
func (r *Reader) Seq() Seq { return r.snapshot.Seq() }

// Ontology returns what may be said in the graph.
func (r *Reader) Ontology() *Ontology { return r.ontology }

// Stats counts what the graph holds.
func (r *Reader) Stats(ctx context.Context) (StoreStats, error) { return r.snapshot.Stats(ctx) }

// rep returns the entity that represents a node: itself, where it was not merged.
func (r *Reader) rep(n NodeID) NodeID {
	if len(r.representative) == 0 {
		return n
	}
	if to, ok := r.representative[n]; ok {
		return to
	}
	return n
}

// cluster returns a node's representative and all that were merged into it.
func (r *Reader) cluster(n NodeID) []NodeID {
	n = r.rep(n)
	return append([]NodeID{n}, r.members[n]...)
}

// at returns a reader of an earlier snapshot, opened once.
func (r *Reader) at(ctx context.Context, seq Seq) (*Reader, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if seq >= r.Seq() {
		return r, nil
	}
	if p := r.past[seq]; p != nil {
		return p, nil
	}
	p, err := NewReader(ctx, r.store, r.ontology, r.texts, seq)
	if err == nil {
		if r.past == nil {
			r.past = map[Seq]*Reader{}
		}
		r.past[seq] = p
	}
	return p, err
}

// nodes returns the nodes of ids, 0 where the store has never seen one.
func (r *Reader) nodes(ctx context.Context, ids []string) ([]NodeID, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	terms := make([]Term, len(ids))
	for i, id := range ids {
		terms[i] = r.ontology.Names.IRI(id)
	}
	return r.snapshot.IDs(ctx, terms)
}

// live tells whether something is recorded for live in the reader's snapshot.
func (r *Reader) live(in []Interval) bool { return Live(in, r.Seq()) }
