package resolvers

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// journalChunk is how many entries of the journal are read at once.
const journalChunk = 100

// changes follows the commits of the store, from a cursor on.
func changes(ctx context.Context, after *string, filter *model.ChangeFilter) (<-chan *model.Change, error) {
	config := requestOf(ctx).config
	from := config.Store.Latest()
	if after != nil {
		var err error
		if from, err = resumeAt(ctx, config.Store, *after); err != nil {
			return nil, err
		}
	}
	out := make(chan *model.Change)
	go func() {
		defer close(out)
		f := follower{config: config, filter: filter, at: from, out: out}
		if err := f.run(ctx); err != nil && ctx.Err() == nil {
			config.Log.ErrorContext(ctx, "following changes", "error", err)
		}
	}()
	return out, nil
}

// changeCursor writes the place of a commit in the journal, and its time, by
// which a journal that was restored from elsewhere is known.
func changeCursor(e graph.JournalEntry) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "change %d %d", e.Seq, e.Time.UnixNano()))
}

// resumeAt reads what changeCursor wrote, and checks that the journal still
// has that commit; "" is the beginning.
func resumeAt(ctx context.Context, store graph.Store, cursor string) (graph.Seq, error) {
	if cursor == "" {
		return 0, nil
	}
	var seq graph.Seq
	var nanoseconds int64
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		_, err = fmt.Sscanf(string(text), "change %d %d", &seq, &nanoseconds)
	}
	if err != nil || seq == 0 {
		return 0, graph.Errorf(graph.CodeInvalid, "after: %q is no cursor; take one from an earlier change", cursor)
	}
	found, err := store.Journal(ctx, seq-1, 1)
	if err != nil {
		return 0, err
	}
	if latest := store.Latest(); seq > latest || len(found) > 0 && found[0].Seq == seq && found[0].Time.UnixNano() != nanoseconds {
		return 0, graph.Errorf(graph.CodeConflict,
			"after: this store, at commit %d, does not have the commit %d of that cursor: it is another one, or was restored; read what you need anew, and follow from now on, or from the beginning with \"\"", latest, seq)
	}
	return seq, nil
}

// follower sends the entries of the journal, as they come.
type follower struct {
	config *Config
	filter *model.ChangeFilter
	at     graph.Seq // read so far
	missed int       // commits that the journal lacks, not told yet
	out    chan<- *model.Change
}

// run sends until the context ends. It takes the signal of the next commit
// before it reads, so that none is missed in between.
func (f *follower) run(ctx context.Context) error {
	for {
		changed := f.config.Store.Changed()
		n, err := f.send(ctx)
		if err != nil {
			return err
		}
		if n == journalChunk {
			continue
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// send sends the next entries that pass, and returns how many it read.
func (f *follower) send(ctx context.Context) (int, error) {
	entries, err := f.config.Store.Journal(ctx, f.at, journalChunk)
	if err != nil {
		return 0, err
	}
	for _, e := range entries {
		f.missed += int(e.Seq - f.at - 1)
		f.at = e.Seq
		wanted, err := f.passes(ctx, e)
		if err != nil {
			return 0, err
		}
		if !wanted {
			continue
		}
		select {
		case f.out <- &model.Change{JournalEntry: e, Cursor: changeCursor(e), Missed: f.missed}:
			f.missed = 0
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	return len(entries), nil
}

// passes tells whether a commit is asked for.
func (f *follower) passes(ctx context.Context, e graph.JournalEntry) (bool, error) {
	if f.filter == nil {
		return true, nil
	}
	actions, agents := f.filter.Actions.Value(), f.filter.Agents.Value()
	if actions != nil && !slices.Contains(actions, e.Action) || agents != nil && !slices.Contains(agents, e.Agent) {
		return false, nil
	}
	q := graph.TouchQuery{Entities: f.filter.Entities.Value(), Relations: f.filter.Relations.Value()}
	if q.Entities == nil && q.Relations == nil {
		return true, nil
	}
	reader, err := graph.NewReader(ctx, f.config.Store, f.config.Ontology, nil, e.Seq)
	if err != nil {
		return false, err
	}
	touches, err := reader.Touches(ctx, e.Batches, q)
	return touches, errors.Join(err, reader.Close())
}
