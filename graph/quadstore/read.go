package quadstore

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// get returns a copy of the value of a key, nil for none.
func get(r pebble.Reader, key []byte) ([]byte, error) {
	value, closer, err := r.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, readError(err)
	}
	out := append(make([]byte, 0, len(value)), value...)
	return out, closer.Close()
}

// has tells whether a key is there.
func has(r pebble.Reader, key []byte) (bool, error) {
	_, closer, err := r.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, readError(err)
	}
	return true, closer.Close()
}

func getUint(r pebble.Reader, key []byte) (uint64, error) {
	value, err := get(r, key)
	if value == nil || err != nil {
		return 0, err
	}
	n, size := binary.Uvarint(value)
	if size <= 0 {
		return 0, badRow(key)
	}
	return n, nil
}

func badRow(key []byte) error {
	return graph.Errorf(graph.CodeCorrupt, "the store's row %q cannot be read: restore a backup, or try reindex", key)
}

func readError(err error) error {
	return &graph.Error{Code: graph.CodeCorrupt, Message: "the store cannot be read", Err: err}
}

// scan calls yield with each key of a prefix, in order, until it returns false
// or an error. Key and value are valid during the call only.
func scan(r pebble.Reader, prefix []byte, yield func(key, value []byte) (bool, error)) error {
	return scanRange(r, prefix, prefixEnd(prefix), yield)
}

func scanRange(r pebble.Reader, from, to []byte, yield func(key, value []byte) (bool, error)) error {
	it, err := r.NewIter(&pebble.IterOptions{LowerBound: from, UpperBound: to})
	if err != nil {
		return readError(err)
	}
	for ok := it.First(); ok; ok = it.Next() {
		more, err := yield(it.Key(), it.Value())
		if err != nil || !more {
			return join(err, it.Close())
		}
	}
	if err := it.Close(); err != nil {
		return readError(err)
	}
	return nil
}

// anyKey tells whether some key has a prefix.
func anyKey(r pebble.Reader, prefix []byte) (found bool, err error) {
	err = scan(r, prefix, func(_, _ []byte) (bool, error) {
		found = true
		return false, nil
	})
	return found, err
}

// lastEntry returns the newest journal entry, a zero one for an empty store.
func lastEntry(r pebble.Reader) (entry graph.JournalEntry, err error) {
	it, err := r.NewIter(&pebble.IterOptions{LowerBound: []byte{tableJournal}, UpperBound: []byte{tableJournal + 1}})
	if err != nil {
		return entry, readError(err)
	}
	if it.Last() {
		entry, err = readEntry(it.Value())
	}
	return entry, join(err, it.Close())
}

// entryVersion begins the row of a journal entry; JSON follows.
const entryVersion = 1

func writeEntry(e graph.JournalEntry) ([]byte, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("write journal entry: %w", err)
	}
	return append([]byte{entryVersion}, body...), nil
}

func readEntry(row []byte) (e graph.JournalEntry, err error) {
	if len(row) == 0 || row[0] != entryVersion || json.Unmarshal(row[1:], &e) != nil {
		return e, badRow(row)
	}
	return e, nil
}

// join is errors.Join, but returns a lone error as it is: callers look at its type.
func join(errs ...error) error {
	var lone error
	for _, err := range errs {
		switch {
		case err == nil:
		case lone != nil:
			return errors.Join(errs...)
		default:
			lone = err
		}
	}
	return lone
}
