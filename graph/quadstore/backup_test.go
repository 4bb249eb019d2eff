package quadstore

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/storetest"
)

// written is a store with a history of small and staged commits, and its backup.
func written(t *testing.T) (*Store, []byte) {
	t.Helper()
	s, err := Open("memory:", Options{Ontology: storetest.Ontology(), BulkThreshold: 20})
	require.NoError(t, err)
	for _, step := range storetest.History(3, 20) {
		apply(t, s, step)
	}
	var out bytes.Buffer
	seq, err := s.Backup(context.Background(), &out)
	require.NoError(t, err)
	require.Equal(t, s.Latest(), seq)
	_, err = s.fs.Stat(s.checkpointDir())
	require.Error(t, err, "the checkpoint is left")
	return s, out.Bytes()
}

// TestBackupRestores: every row of every table comes back, derived ones too,
// under an ontology that is the same; and the restored store goes on.
func TestBackupRestores(t *testing.T) {
	s, archive := written(t)
	disk := vfs.NewMem()
	empty, err := Open("file:/data/graph", Options{FS: disk}) // holds no commit: may be replaced
	require.NoError(t, err)
	require.NoError(t, empty.Close())
	seq, err := Restore(context.Background(), "file:/data/graph", bytes.NewReader(archive), Options{FS: disk})
	require.NoError(t, err)
	require.Equal(t, s.Latest(), seq)
	_, err = disk.Stat("/data/graph.restore")
	require.Error(t, err, "the staging folder is left")

	back, err := Open("file:/data/graph", Options{FS: disk, Ontology: storetest.Ontology()})
	require.NoError(t, err)
	require.Equal(t, stored(t, s, everyTable...), stored(t, back, everyTable...))
	journal, err := s.Journal(context.Background(), 0, 1000)
	require.NoError(t, err)
	again, err := back.Journal(context.Background(), 0, 1000)
	require.NoError(t, err)
	require.NotEmpty(t, journal)
	require.Equal(t, journal, again)
	apply(t, back, storetest.History(4, 1)[0])
	require.Equal(t, s.Latest()+1, back.Latest())
	require.NoError(t, back.Close())

	_, err = Restore(context.Background(), "file:/data/graph", bytes.NewReader(archive), Options{FS: disk})
	var refused *graph.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, graph.CodeConflict, refused.Code)
	require.NoError(t, s.Close())
}

// TestRestoreRefusesWhatIsNoBackup: cut at any length, damaged, or something
// else, it leaves nothing.
func TestRestoreRefusesWhatIsNoBackup(t *testing.T) {
	s, archive := written(t)
	require.NoError(t, s.Close())
	bad := map[string][]byte{
		"words":     []byte("no archive"),
		"trailer":   append(bytes.Clone(archive), "more"...),
		"other tar": tarOf(t, "letter.txt", "words"),
		"climbs":    tarOf(t, backupHead, `{"format":1,"sequence":1}`, "../x", "words"),
		"no store":  tarOf(t, backupHead, `{"format":1,"sequence":1}`, "x", "words"),
		"newer":     tarOf(t, backupHead, `{"format":99,"sequence":1}`),
	}
	for i := range 40 {
		bad[fmt.Sprintf("cut %d", i)] = archive[:len(archive)*i/40]
	}
	bad["cut at the end"] = archive[:len(archive)-1]
	damaged := bytes.Clone(archive)
	damaged[len(damaged)/2] ^= 4
	bad["damaged"] = damaged
	for name, content := range bad {
		disk := vfs.NewMem()
		require.NoError(t, disk.MkdirAll("/data", 0o755))
		_, err := Restore(context.Background(), "file:/data/graph", bytes.NewReader(content), Options{FS: disk})
		var refused *graph.Error
		require.ErrorAs(t, err, &refused, name)
		require.Equal(t, graph.CodeInvalid, refused.Code, name)
		left, err := disk.List("/data")
		require.NoError(t, err)
		require.Empty(t, left, name)
	}
}

// TestRestoreKeepsOtherFiles refuses a folder that is no store.
func TestRestoreKeepsOtherFiles(t *testing.T) {
	s, archive := written(t)
	require.NoError(t, s.Close())
	disk := vfs.NewMem()
	require.NoError(t, disk.MkdirAll("/data/graph", 0o755))
	file, err := disk.Create("/data/graph/letter.txt", vfs.WriteCategoryUnspecified)
	require.NoError(t, err)
	require.NoError(t, file.Close())
	_, err = Restore(context.Background(), "file:/data/graph", bytes.NewReader(archive), Options{FS: disk})
	require.ErrorContains(t, err, "holds other files")
	left, err := disk.List("/data/graph")
	require.NoError(t, err)
	require.Equal(t, []string{"letter.txt"}, left)
}

// TestBackupBesideWriters: commits go on while a slow reader takes a backup,
// which holds the store as it was.
func TestBackupBesideWriters(t *testing.T) {
	s, _ := written(t)
	before, at := stored(t, s, everyTable...), s.Latest()
	read, write := io.Pipe()
	go func() {
		_, err := s.Backup(context.Background(), write)
		write.CloseWithError(err)
	}()
	first := make([]byte, 1)
	_, err := io.ReadFull(read, first) // the files are linked
	require.NoError(t, err)
	_, err = s.Backup(context.Background(), io.Discard)
	require.ErrorContains(t, err, "under way")
	for _, step := range storetest.History(5, 10) {
		apply(t, s, step)
	}
	require.NoError(t, s.db.Compact(context.Background(), []byte{0}, []byte{0xff}, false))
	require.Greater(t, s.Latest(), at)
	disk := vfs.NewMem()
	seq, err := Restore(context.Background(), "file:/graph", io.MultiReader(bytes.NewReader(first), read), Options{FS: disk})
	require.NoError(t, err)
	require.Equal(t, at, seq)
	back, err := Open("file:/graph", Options{FS: disk, Ontology: storetest.Ontology()})
	require.NoError(t, err)
	require.Equal(t, before, stored(t, back, everyTable...))
	require.NoError(t, back.Close())
	require.NoError(t, s.Close())
}

// tarOf packs names and contents.
func tarOf(t *testing.T, pairs ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	compressed := gzip.NewWriter(&out)
	archive := tar.NewWriter(compressed)
	for i := 0; i < len(pairs); i += 2 {
		require.NoError(t, archive.WriteHeader(&tar.Header{Name: pairs[i], Size: int64(len(pairs[i+1])), Mode: 0o644}))
		_, err := io.WriteString(archive, pairs[i+1])
		require.NoError(t, err)
	}
	require.NoError(t, archive.Close())
	require.NoError(t, compressed.Close())
	return out.Bytes()
}
