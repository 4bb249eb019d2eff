package graph

import (
	"context"
	"time"
)

// RetractionsOfBatches returns for each batch the withdrawal in force, nil for
// a batch that is live.
func (r *Reader) RetractionsOfBatches(ctx context.Context, batches []*Batch) ([]*Retraction, error) {
	found, err := spread(batches, func(b *Batch) []NodeID {
		if b.Live {
			return nil
		}
		return b.row.Retractions
	}, func(nodes []NodeID) ([]*Retraction, error) { return r.retractions(ctx, nodes) })
	if err != nil {
		return nil, err
	}
	out := make([]*Retraction, len(batches))
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

// RetractionsByID returns the withdrawal of each id, undone ones too; nil where there is none.
func (r *Reader) RetractionsByID(ctx context.Context, ids []string) ([]*Retraction, error) {
	nodes, err := r.nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	return r.retractions(ctx, nodes)
}

// Time returns when the commit that the reader shows was made.
func (r *Reader) Time() time.Time { return r.snapshot.Time() }
