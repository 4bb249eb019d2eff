package quadstore

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/storetest"
)

// secret stands in everything that the purged batch says: no compression
// shortens its first appearance in a block.
const secret = "Qx7Zsecretzw9K"

// secretly are the quads of an entity and a claim, and of their withdrawal.
func secretly() []graph.Quad {
	names := graph.DefaultNames()
	person, claim, act := names.IRI("person/"+secret), names.IRI("claim/of-"+secret), names.IRI("retraction/"+secret)
	batch, own := names.IRI("batch/"+secret), names.IRI("batch/act")
	literal := func(s string) graph.Term { return graph.NewLiteral(s, "", "") }
	return []graph.Quad{
		{Subject: person, Predicate: graph.RDFType, Object: names.Term("Person"), Label: batch},
		{Subject: person, Predicate: names.Term(graph.WordName), Object: literal(secret + " Lovelace"), Label: batch},
		{Subject: person, Predicate: names.Term("convicted-by"), Object: names.IRI("court/city"), Label: claim},
		{Subject: claim, Predicate: names.Term(graph.WordAssertedBy), Object: names.IRI("union/one"), Label: batch},
		{Subject: claim, Predicate: names.Term(graph.WordEvidence), Object: names.IRI("document/" + secret + "/p1"), Label: batch},
		{Subject: act, Predicate: names.Term(graph.WordRetracts), Object: claim, Label: own},
		{Subject: act, Predicate: names.Term(graph.WordReason), Object: literal("because of " + secret), Label: own},
	}
}

// commitAs commits with a journal entry.
func commitAs(t *testing.T, s *Store, e graph.JournalEntry, add, remove []graph.Quad) {
	t.Helper()
	tx, err := s.Begin(context.Background())
	require.NoError(t, err)
	require.NoError(t, tx.Add(add...))
	require.NoError(t, tx.Remove(remove...))
	_, err = tx.Commit(context.Background(), e)
	require.NoError(t, err)
}

// filesWith lists the files below a folder in which some bytes stand.
func filesWith(t *testing.T, dir, what string) (found []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(what)) {
			found = append(found, d.Name())
		}
		return err
	}))
	return found
}

// TestPurgeLeavesNoByte: after a purge and one opening no file of the store has
// a byte of what was purged, whichever way it had come in, and nor has a backup.
func TestPurgeLeavesNoByte(t *testing.T) {
	for _, threshold := range []int{1 << 30, -1} {
		t.Run(fmt.Sprint("threshold ", threshold), func(t *testing.T) {
			dir := t.TempDir()
			url := "file:" + dir
			options := Options{Ontology: storetest.Ontology(), BulkThreshold: threshold}
			s, err := Open(url, options)
			require.NoError(t, err)
			history := storetest.History(5, 20)
			for _, step := range history[:10] {
				apply(t, s, step)
			}
			loaded := graph.JournalEntry{Action: graph.ActionLoad, File: secret + ".nq", Reason: secret, Batches: []graph.Term{graph.DefaultNames().IRI("batch/" + secret)}}
			commitAs(t, s, loaded, secretly(), nil)
			for _, step := range history[10:] {
				apply(t, s, step)
			}
			require.NoError(t, s.Close())
			require.NotEmpty(t, filesWith(t, dir, secret), "nothing to purge")

			s, err = Open(url, options) // what the log held is in tables now
			require.NoError(t, err)
			commitAs(t, s, graph.JournalEntry{Action: graph.ActionPurge}, nil, secretly())
			before, latest := stored(t, s, everyTable...), s.Latest()
			require.False(t, strings.Contains(fmt.Sprint(before), secret), "a row has it")
			require.NoError(t, s.Reindex(context.Background()))
			require.Equal(t, before, stored(t, s, everyTable...), "a row is left of what was purged")
			require.NoError(t, s.Close())

			s, err = Open(url, options)
			require.NoError(t, err)
			delete(before, string(metaKey(metaScrub)))
			require.Equal(t, before, stored(t, s, everyTable...))
			require.Equal(t, latest, s.Latest())
			require.Empty(t, filesWith(t, dir, secret))
			var backup bytes.Buffer
			_, err = s.Backup(context.Background(), &backup)
			require.NoError(t, err)
			copied := t.TempDir()
			_, err = Restore(context.Background(), "file:"+filepath.Join(copied, "store"), &backup, Options{})
			require.NoError(t, err)
			require.Empty(t, filesWith(t, copied, secret))

			commitAs(t, s, loaded, secretly(), nil) // the store itself does not refuse: package graph does
			require.NoError(t, s.Close())
		})
	}
}

// TestPurgeSurvivesCrashes: where the machine falls while the store is written
// anew, the next opening does it whole.
func TestPurgeSurvivesCrashes(t *testing.T) {
	options := Options{Ontology: storetest.Ontology()}
	disk := vfs.NewCrashableMem()
	falls := &crashes{disk: disk, rng: rand.New(rand.NewPCG(1, 0)), kept: []int{0, 100}}
	options.FS = errorfs.Wrap(disk, falls)
	s, err := Open("file:graph", options)
	require.NoError(t, err)
	commitAs(t, s, graph.JournalEntry{Action: graph.ActionLoad}, secretly(), nil)
	apply(t, s, storetest.History(5, 1)[0])
	commitAs(t, s, graph.JournalEntry{Action: graph.ActionPurge}, nil, secretly())
	want := stored(t, s, everyTable...)
	delete(want, string(metaKey(metaScrub)))
	require.NoError(t, s.Close())

	falls.watch(true)
	s, err = Open("file:graph", options)
	falls.watch(false)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	require.Greater(t, len(falls.clones), 20)
	for i, clone := range falls.clones {
		s, err := Open("file:graph", Options{Ontology: options.Ontology, FS: clone})
		require.NoError(t, err, falls.names[i])
		require.Equal(t, want, stored(t, s, everyTable...), falls.names[i])
		require.NoError(t, s.Close())
		names, err := clone.List("graph")
		require.NoError(t, err)
		for _, name := range names {
			file, err := clone.Open("graph/" + name)
			require.NoError(t, err)
			content, err := io.ReadAll(file)
			require.NoError(t, err)
			require.False(t, bytes.Contains(content, []byte(secret)), "%s has it: %s", name, falls.names[i])
			require.NoError(t, file.Close())
		}
	}
}
