package quadstore_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/graph/storetest"
)

// childFolder tells the test program that it is the child of TestKill: it
// loads into the store of that folder and exits.
const childFolder = "QUADSTORE_TEST_KILL"

func TestMain(m *testing.M) {
	if folder := os.Getenv(childFolder); folder != "" {
		loadAndExit(folder)
	}
	os.Exit(m.Run())
}

// loadAndExit loads two batches, one small and one staged.
func loadAndExit(folder string) {
	s, err := quadstore.Open("file:"+folder, killOptions())
	if err != nil {
		fail(err)
	}
	for _, batch := range killBatches {
		if err := loadBatch(s, batch); err != nil {
			fail(err)
		}
	}
	if err := s.Close(); err != nil {
		fail(err)
	}
	os.Exit(0)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func loadBatch(s graph.Store, b killBatch) error {
	tx, err := s.Begin(context.Background())
	if err != nil {
		return err
	}
	storetest.Generate(b.claims, b.name, func(quads []graph.Quad) {
		if err == nil {
			err = tx.Add(quads...)
		}
	})
	if err != nil {
		return err
	}
	_, err = tx.Commit(context.Background(), graph.JournalEntry{Action: graph.ActionLoad})
	return err
}

type killBatch struct {
	name   string
	claims int
}

func killOptions() quadstore.Options {
	return quadstore.Options{Ontology: storetest.Ontology(), BulkThreshold: 5000}
}

// TestKill kills a process at random moments while it loads, and opens what it
// left: each load is there whole or not at all.
func TestKill(t *testing.T) {
	whole := time.Now()
	reference := filepath.Join(t.TempDir(), "reference")
	child := start(t, reference)
	require.NoError(t, child.Wait())
	span := time.Since(whole)
	counts := []graph.StoreStats{{}}
	for seq := range killBatches {
		counts = append(counts, stats(t, reference, graph.Seq(seq+1)))
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("one load takes %v; seed %d", span, seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	seen := map[graph.Seq]int{}
	for begun := time.Now(); time.Since(begun) < killTime; {
		seen[killOnce(t, time.Duration(rng.Int64N(int64(span))), counts)]++
	}
	t.Logf("kills by what was left of the loads: %v", seen)
	require.NotEmpty(t, seen)
}

// killOnce kills a load after a while and returns how many commits it left.
func killOnce(t *testing.T, after time.Duration, counts []graph.StoreStats) graph.Seq {
	folder, err := os.MkdirTemp(t.TempDir(), "kill")
	require.NoError(t, err)
	defer func() { require.NoError(t, os.RemoveAll(folder)) }()
	child := start(t, folder)
	time.Sleep(after)
	require.NoError(t, child.Process.Signal(syscall.SIGKILL))
	_ = child.Wait() // it was killed, or had ended
	s, err := quadstore.Open("file:"+folder, killOptions())
	require.NoError(t, err, "after %v", after)
	latest := s.Latest()
	require.NoError(t, s.Close())
	require.Less(t, int(latest), len(counts))
	if latest > 0 {
		require.Equal(t, counts[latest], stats(t, folder, latest), "after %v", after)
	}
	_, err = os.Stat(filepath.Join(folder, "staging"))
	require.ErrorIs(t, err, os.ErrNotExist)
	return latest
}

func start(t *testing.T, folder string) *exec.Cmd {
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childFolder+"="+folder)
	child.Stderr = os.Stderr
	require.NoError(t, child.Start())
	return child
}

// stats counts what a store shows at a sequence, after checking that its quads
// by subject are as many as it says.
func stats(t *testing.T, folder string, seq graph.Seq) graph.StoreStats {
	s, err := quadstore.Open("file:"+folder, killOptions())
	require.NoError(t, err)
	snap, err := s.At(context.Background(), seq)
	require.NoError(t, err)
	out, err := snap.Stats(context.Background())
	require.NoError(t, err)
	n := 0
	require.NoError(t, snap.Quads(context.Background(), "", "", func(graph.Quad) error { n++; return nil }))
	require.Equal(t, out.Quads, n)
	require.NoError(t, snap.Close())
	require.NoError(t, s.Close())
	out.EntitiesByKind, out.ClaimsByRelation = nil, nil // by pointers of another ontology
	return out
}
