package quadstore_test

import (
	"path/filepath"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/graph/storetest"
)

// TestStore runs the suite that every store must pass.
func TestStore(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) { storetest.Run(t, opener(kind.url, kind.threshold)) })
	}
}

// opener opens stores by name: each test has its own file system in memory, or
// its own folder.
func opener(url string, threshold int) storetest.Open {
	disks := map[string]vfs.FS{}
	folders := map[string]string{}
	return func(t testing.TB, name string, o *graph.Ontology) graph.Store {
		options := quadstore.Options{Ontology: o, BulkThreshold: threshold}
		key, address := t.Name()+"/"+name, url
		if url == "memory:" {
			if disks[key] == nil {
				disks[key] = vfs.NewMem()
			}
			options.FS = disks[key]
		} else {
			if folders[key] == "" {
				folders[key] = filepath.Join(t.TempDir(), name)
			}
			address += folders[key]
		}
		s, err := quadstore.Open(address, options)
		require.NoError(t, err)
		return s
	}
}
