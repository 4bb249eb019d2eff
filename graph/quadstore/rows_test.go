package quadstore

import (
	"context"
	"fmt"
	"testing"

	"github.com/cockroachdb/pebble/v2"
	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/storetest"
)

// stored returns every row of some tables.
func stored(t *testing.T, s *Store, tables ...byte) map[string]string {
	out := map[string]string{}
	for _, table := range tables {
		require.NoError(t, scan(s.db, []byte{table}, func(key, value []byte) (bool, error) {
			out[string(key)] = string(value)
			return true, nil
		}))
	}
	return out
}

func apply(t *testing.T, s *Store, step storetest.Step) {
	tx, err := s.Begin(context.Background())
	require.NoError(t, err)
	require.NoError(t, tx.Add(step.Add...))
	require.NoError(t, tx.Remove(step.Remove...))
	_, err = tx.Commit(context.Background(), graph.JournalEntry{Action: graph.ActionLoad})
	require.NoError(t, err)
}

// TestReindexToTheByte: after any history, by small commits and by staged ones,
// the rows that commits wrote are those that Reindex makes of nothing.
func TestReindexToTheByte(t *testing.T) {
	if storetest.WithoutRaceDetector(t) {
		return
	}
	derived := 0
	for seed := range uint64(40) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			small, err := Open("memory:", Options{Ontology: storetest.Ontology(), BulkThreshold: 1 << 30})
			require.NoError(t, err)
			bulk, err := Open("memory:", Options{Ontology: storetest.Ontology(), BulkThreshold: -1})
			require.NoError(t, err)
			for i, step := range storetest.History(seed, 25) {
				apply(t, small, step)
				apply(t, bulk, step)
				if i%8 != 0 {
					continue
				}
				truth := stored(t, small, derivedTables...)
				require.Equal(t, truth, stored(t, bulk, derivedTables...))
				require.NoError(t, small.Reindex(context.Background()))
				require.Equal(t, truth, stored(t, small, derivedTables...), "by difference, at step %d", i)
				wipe(t, bulk)
				require.NoError(t, bulk.Reindex(context.Background()))
				require.Equal(t, truth, stored(t, bulk, derivedTables...), "from nothing, at step %d", i)
			}
			quads := []byte{tableBySubject, tableByObject, tableByLabel, tableTerms, tableDictionary}
			require.Equal(t, stored(t, small, quads...), stored(t, bulk, quads...))
			derived += len(stored(t, small, tableClaims, tableEntities, tableState, tableConflicts, tableClashes))
			require.NoError(t, small.Close())
			require.NoError(t, bulk.Close())
		})
	}
	require.Greater(t, derived, 1000)
}

// wipe deletes every derived row.
func wipe(t *testing.T, s *Store) {
	for _, table := range derivedTables {
		require.NoError(t, s.db.DeleteRange([]byte{table}, []byte{table + 1}, pebble.Sync))
		require.Empty(t, stored(t, s, table))
	}
}

// TestReindexEmptiesRetiredTables: what an earlier program derived, and nobody
// reads any more, goes when rows are rebuilt.
func TestReindexEmptiesRetiredTables(t *testing.T) {
	s, err := Open("memory:", Options{Ontology: storetest.Ontology()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	for _, table := range retiredTables {
		require.NoError(t, s.db.Set([]byte{table, 'x'}, nil, pebble.Sync))
	}
	require.NoError(t, s.Reindex(context.Background()))
	require.Empty(t, stored(t, s, retiredTables...))
}
