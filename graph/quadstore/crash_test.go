package quadstore

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/storetest"
)

// everyTable lists all tables.
var everyTable = append([]byte{
	tableJournal, tableMeta, tableDictionary, tableTerms, tableBySubject, tableByObject, tableByLabel,
}, derivedTables...)

// crashes keeps what a disk may hold if the machine fell before each operation
// that changes it.
type crashes struct {
	disk *vfs.MemFS
	rng  *rand.Rand
	kept []int // percent of what was not synced that survives: one clone each

	mu     sync.Mutex
	on     bool
	clones []*vfs.MemFS
	names  []string
}

// MaybeError is called by the file system before each operation.
func (c *crashes) MaybeError(op errorfs.Op) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.on || op.Kind.ReadOrWrite() == errorfs.OpIsRead || op.Kind == errorfs.OpFilePreallocate {
		return nil
	}
	for _, kept := range c.kept {
		c.clones = append(c.clones, c.disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: kept, RNG: c.rng}))
		c.names = append(c.names, fmt.Sprintf("before operation %d on %s, %d%% unsynced", op.Kind, op.Path, kept))
	}
	return nil
}

// String names the injector.
func (c *crashes) String() string { return "crashes" }

func (c *crashes) watch(on bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.on = on
}

// TestCrashAtEveryOperation lets the machine fall at each file operation of a
// commit. The store opens, and the commit is there whole or not at all; once
// Commit has returned, it is there.
func TestCrashAtEveryOperation(t *testing.T) {
	for _, threshold := range []int{1 << 30, -1} {
		for seed := range uint64(2) {
			t.Run(fmt.Sprintf("threshold %d, seed %d", threshold, seed), func(t *testing.T) {
				testCrashes(t, threshold, seed)
			})
		}
	}
}

func testCrashes(t *testing.T, threshold int, seed uint64) {
	options := Options{Ontology: storetest.Ontology(), BulkThreshold: threshold}
	disk := vfs.NewCrashableMem()
	c := &crashes{disk: disk, rng: rand.New(rand.NewPCG(seed, 1)), kept: []int{0, 50, 100}}
	options.FS = errorfs.Wrap(disk, c)
	s, err := Open("file:/data/graph", options)
	require.NoError(t, err)
	steps := storetest.History(seed, 12)
	for _, step := range steps[:10] {
		apply(t, s, step)
	}
	before := stored(t, s, everyTable...)
	c.watch(true)
	apply(t, s, storetest.Step{Add: append(steps[10].Add, steps[11].Add...), Remove: steps[11].Remove})
	c.watch(false)
	after := stored(t, s, everyTable...)
	require.NotEqual(t, before, after)
	durable := disk.CrashClone(vfs.CrashCloneCfg{})
	require.NoError(t, s.Close())

	require.NotEmpty(t, c.clones)
	whole := 0
	for i, clone := range c.clones {
		if found := reopened(t, clone, threshold, c.names[i]); len(found) == len(after) {
			require.Equal(t, after, found, c.names[i])
			whole++
		} else {
			require.Equal(t, before, found, c.names[i])
		}
	}
	t.Logf("%d crashes, %d after the commit was durable", len(c.clones), whole)
	require.NotZero(t, len(c.clones)-whole)
	require.Equal(t, after, reopened(t, durable, threshold, "after the commit"))
}

// reopened returns what a store holds after a fall, and checks that it can go on.
func reopened(t *testing.T, disk *vfs.MemFS, threshold int, crash string) map[string]string {
	s, err := Open("file:/data/graph", Options{FS: disk, Ontology: storetest.Ontology(), BulkThreshold: threshold})
	require.NoError(t, err, crash)
	found := stored(t, s, everyTable...)
	left, err := disk.List("/data/graph")
	require.NoError(t, err)
	require.NotContains(t, left, "staging")
	apply(t, s, storetest.Step{Add: []graph.Quad{{Subject: "<after>", Predicate: "<the>", Object: "<fall>"}}})
	require.NoError(t, s.Close())
	return found
}

// TestCrashWhileOpening lets the machine fall while a store is made, and while
// another ontology's rows are rebuilt: what was committed is never lost.
func TestCrashWhileOpening(t *testing.T) {
	if storetest.WithoutRaceDetector(t) {
		return
	}
	for _, threshold := range []int{1 << 30, -1} {
		disk := vfs.NewCrashableMem()
		// Not 50: Pebble places the marker of a new manifest before it syncs the
		// folder, and a disk that kept the one and lost the other does not open.
		c := &crashes{disk: disk, rng: rand.New(rand.NewPCG(1, 1)), kept: []int{0, 100}, on: true}
		options := Options{BulkThreshold: threshold, FS: errorfs.Wrap(disk, c)}
		s, err := Open("file:/data/graph", options)
		require.NoError(t, err)
		c.watch(false)
		made := len(c.clones)
		for _, step := range storetest.History(3, 10) {
			apply(t, s, step)
		}
		require.NoError(t, s.Close())

		options.Ontology = storetest.Ontology()
		c.watch(true)
		s, err = Open("file:/data/graph", options)
		require.NoError(t, err)
		c.watch(false)
		truth := stored(t, s, everyTable...)
		require.NoError(t, s.Close())
		require.Greater(t, len(c.clones), made)
		for i, clone := range c.clones {
			found := reopened(t, clone, threshold, c.names[i])
			if i >= made {
				require.Equal(t, truth, found, c.names[i])
			}
		}
	}
}

// TestFailedStaging lets file operations of a staged load fail, as a full disk
// would: the commit returns the error, nothing of it shows, and the next commit
// is right. Of a load whose tables are written side by side, fewer are tried.
func TestFailedStaging(t *testing.T) {
	var large storetest.Step
	storetest.Generate(sideBySide/5, "batch/large", func(quads []graph.Quad) { large.Add = append(large.Add, quads...) })
	steps := storetest.History(7, 4)
	for name, c := range map[string]struct {
		load storetest.Step
		next func(int) int
	}{
		"one table":    {steps[1], func(n int) int { return n + 1 }},
		"side by side": {large, func(n int) int { return 8 * n }},
	} {
		t.Run(name, func(t *testing.T) {
			failing := 1
			for failStaging(t, steps, c.load, int64(failing)) {
				failing = c.next(failing)
			}
			require.Greater(t, failing, 6, "operations that can fail")
		})
	}
}

// failStaging lets one operation of a load's staging fail, and tells whether
// there were so many.
func failStaging(t *testing.T, steps []storetest.Step, load storetest.Step, failing int64) bool {
	full := fmt.Errorf("no space left on device")
	var n atomic.Int64
	n.Store(-1 << 30) // not yet
	inject := errorfs.InjectorFunc(func(op errorfs.Op) error {
		if !strings.Contains(op.Path, "staging") || op.Kind.ReadOrWrite() == errorfs.OpIsRead && op.Kind != errorfs.OpOpenDir || op.Kind == errorfs.OpRemoveAll {
			return nil
		}
		if n.Add(1) == failing {
			return full
		}
		return nil
	})
	fs := vfs.NewMem()
	s, err := Open("memory:", Options{Ontology: storetest.Ontology(), BulkThreshold: -1, FS: errorfs.Wrap(fs, inject)})
	require.NoError(t, err)
	apply(t, s, steps[0])
	before := stored(t, s, everyTable...)
	n.Store(0)
	failed := commitError(t, s, load)
	n.Store(-1 << 30)
	if failed == nil {
		require.NoError(t, s.Close())
		return false
	}
	require.ErrorIs(t, failed, full)
	require.Equal(t, before, stored(t, s, everyTable...))
	_, err = fs.Stat(s.stagingDir())
	require.ErrorIs(t, err, os.ErrNotExist)
	apply(t, s, steps[2])
	require.EqualValues(t, 2, s.Latest())
	truth := stored(t, s, derivedTables...)
	require.NoError(t, s.Reindex(context.Background()))
	require.Equal(t, truth, stored(t, s, derivedTables...))
	require.NoError(t, s.Close())
	return true
}

func commitError(t *testing.T, s *Store, step storetest.Step) error {
	tx, err := s.Begin(context.Background())
	require.NoError(t, err)
	require.NoError(t, tx.Add(step.Add...))
	_, err = tx.Commit(context.Background(), graph.JournalEntry{Action: graph.ActionLoad})
	return err
}
