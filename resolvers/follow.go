package resolvers

import (
	"context"
	"encoding/base64"
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
		if from, err = parseChange(*after); err != nil {
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

// changeCursor writes the place of a commit in the journal.
func changeCursor(seq graph.Seq) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "change %d", seq))
}

// parseChange reads what changeCursor wrote; "" is the beginning.
func parseChange(cursor string) (seq graph.Seq, err error) {
	if cursor == "" {
		return 0, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		_, err = fmt.Sscanf(string(text), "change %d", &seq)
	}
	if err != nil {
		return 0, graph.Errorf(graph.CodeInvalid, "after: %q is no cursor; take one from an earlier change", cursor)
	}
	return seq, nil
}

// follower sends the entries of the journal, as they come.
type follower struct {
	config *Config
	filter *model.ChangeFilter
	at     graph.Seq // sent so far
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
		f.at = e.Seq
		if !passes(f.filter, e) {
			continue
		}
		select {
		case f.out <- &model.Change{JournalEntry: e, Cursor: changeCursor(e.Seq)}:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	return len(entries), nil
}

// passes tells whether a commit is asked for.
func passes(filter *model.ChangeFilter, e graph.JournalEntry) bool {
	if filter == nil {
		return true
	}
	actions, agents := filter.Actions.Value(), filter.Agents.Value()
	return (actions == nil || slices.Contains(actions, e.Action)) && (agents == nil || slices.Contains(agents, e.Agent))
}
