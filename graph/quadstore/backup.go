package quadstore

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/tripartite-graph/tripartite/graph"
)

// A backup is a compressed tar archive. Its first entry, backupHead, tells it
// from other archives; the rest are the store's files, in no folders.
const (
	backupHead   = "tripartite-backup.json"
	backupFormat = 1
)

// head is the content of a backup's first entry.
type head struct {
	Format   int       `json:"format"`
	Sequence graph.Seq `json:"sequence"` // of the newest commit
}

// checkpointDir is where a backup's files are held while they are read, inside
// of the store's folder: it is the one place sure to be writable and on the
// same file system, so that sorted tables are linked, not copied. What is in
// it when a store opens was left by an interrupted backup.
func (s *Store) checkpointDir() string { return s.fs.PathJoin(s.dir, "backup") }

// Backup writes the whole store as it is at one sequence, which it returns:
// quads, journal and derived rows. Readers and writers go on, save that
// commits wait for the moment in which the files are linked. One backup at a time.
func (s *Store) Backup(ctx context.Context, w io.Writer) (seq graph.Seq, err error) {
	if !s.backing.TryLock() {
		return 0, graph.Errorf(graph.CodeConflict, "a backup of this store is under way: wait for its end")
	}
	defer s.backing.Unlock()
	dir := s.checkpointDir()
	defer func() { err = join(err, s.fs.RemoveAll(dir)) }()
	if seq, err = s.checkpoint(ctx, dir); err != nil {
		return 0, err
	}
	compressed, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return 0, err
	}
	archive := tar.NewWriter(compressed)
	if err := s.pack(ctx, archive, dir, head{Format: backupFormat, Sequence: seq}); err != nil {
		return 0, err
	}
	return seq, join(archive.Close(), compressed.Close())
}

// checkpoint links the store's files into a folder, between two commits.
func (s *Store) checkpoint(ctx context.Context, dir string) (graph.Seq, error) {
	if err := s.takeWriter(ctx); err != nil {
		return 0, err
	}
	defer func() { s.writer <- struct{}{} }()
	if err := s.db.Checkpoint(dir, pebble.WithFlushedWAL()); err != nil {
		return 0, s.pathError("back up", err)
	}
	return s.Latest(), nil
}

// pack writes the head and every file of a folder.
func (s *Store) pack(ctx context.Context, archive *tar.Writer, dir string, h head) error {
	content, err := json.Marshal(h)
	if err != nil {
		return err
	}
	now := time.Now()
	if err := archive.WriteHeader(&tar.Header{Name: backupHead, Mode: 0o644, Size: int64(len(content)), ModTime: now}); err != nil {
		return err
	}
	if _, err := archive.Write(content); err != nil {
		return err
	}
	names, err := s.fs.List(dir)
	if err != nil {
		return err
	}
	slices.Sort(names)
	for _, name := range names {
		if err := packFile(ctx, archive, s.fs, s.fs.PathJoin(dir, name), now); err != nil {
			return err
		}
	}
	return nil
}

func packFile(ctx context.Context, archive *tar.Writer, fs vfs.FS, path string, now time.Time) (err error) {
	file, err := fs.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if err := archive.WriteHeader(&tar.Header{Name: fs.PathBase(path), Mode: 0o644, Size: info.Size(), ModTime: now}); err != nil {
		return err
	}
	_, err = io.Copy(archive, until{ctx, file})
	return err
}

// until reads until a context ends.
type until struct {
	ctx context.Context
	io.Reader
}

// Read reads, or returns why the context ended.
func (u until) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.Reader.Read(p)
}

// localName tells whether an entry's name is that of a file in no folder.
func localName(name string) bool {
	return filepath.IsLocal(name) && filepath.Base(name) == name && name != "."
}
