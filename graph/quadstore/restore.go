package quadstore

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path/filepath"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/tripartite-graph/tripartite/graph"
)

// Restore makes the store at a URL (file:PATH) of what Backup wrote, and
// returns its sequence. The store may not hold a commit. The files are unpacked
// into a folder beside, opened there, and renamed into place: whatever fails
// leaves nothing. Of the options, FS alone counts.
func Restore(ctx context.Context, url string, r io.Reader, options Options) (seq graph.Seq, err error) {
	target := &Store{options: options}
	if err := target.locate(url); err != nil {
		return 0, err
	}
	if options.FS == nil {
		if url == "memory:" {
			return 0, graph.Errorf(graph.CodeInvalid, "a store in memory ends with this command: restore into --store file:PATH")
		}
		if target.dir, err = filepath.Abs(target.dir); err != nil {
			return 0, err
		}
	}
	if err := target.checkVacant(url); err != nil {
		return 0, err
	}
	staging := target.dir + ".restore"
	free, err := target.claim(staging)
	if err != nil {
		return 0, err
	}
	defer func() { err = join(err, free()) }()
	unpacked := target.fs.PathJoin(staging, "store")
	if seq, err = unpack(ctx, target.fs, unpacked, r); err != nil {
		return 0, err
	}
	if err := checkUnpacked(target.fs, unpacked, seq); err != nil {
		return 0, err
	}
	return seq, target.moveIn(unpacked)
}

// checkVacant refuses a folder that holds a commit, or anything but a store.
func (s *Store) checkVacant(url string) error {
	names, err := s.fs.List(s.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && len(names) == 0:
		return nil
	case err != nil:
		return s.pathError("read", err)
	}
	if found, err := pebble.Peek(s.dir, s.fs); err != nil || !found.Exists {
		return graph.Errorf(graph.CodeConflict, "the folder %s holds other files than a store's: restore into a new folder, with --store file:PATH", s.dir)
	}
	held, err := Open(url, Options{FS: s.options.FS})
	if err != nil {
		return err
	}
	latest := held.Latest()
	if err := held.Close(); err != nil {
		return err
	}
	if latest > 0 {
		return graph.Errorf(graph.CodeConflict, "the store in the folder %s is not empty: restore into a new folder, with --store file:PATH, or move this one away first", s.dir)
	}
	return nil
}

// claim makes the staging folder, empty and ours alone, and returns what frees it.
func (s *Store) claim(staging string) (free func() error, err error) {
	if err := makeDir(s.fs, staging); err != nil {
		return nil, s.pathError("restore", err)
	}
	lock, err := pebble.LockDirectory(staging, s.fs)
	if err != nil {
		e := graph.Errorf(graph.CodeLocked, "another restore into the folder %s is under way: wait for its end", s.dir)
		e.Err = err
		return nil, e
	}
	free = func() error { return join(s.fs.RemoveAll(staging), lock.Close()) }
	if err := s.fs.RemoveAll(s.fs.PathJoin(staging, "store")); err != nil {
		return nil, join(s.pathError("restore", err), free())
	}
	return free, nil
}

// unpack writes a backup's files into a new folder and syncs them. It reads to
// the end, where the checksum is.
func unpack(ctx context.Context, disk vfs.FS, dir string, r io.Reader) (graph.Seq, error) {
	compressed, err := gzip.NewReader(until{ctx, r})
	if err != nil {
		return 0, cutOrForeign(ctx, err)
	}
	archive := tar.NewReader(compressed)
	h, err := readHead(archive)
	if err != nil {
		return 0, cutOrForeign(ctx, err)
	}
	if h.Format != backupFormat {
		return 0, graph.Errorf(graph.CodeInvalid, "the backup has format %d, this program reads format %d: restore it with the program that wrote it", h.Format, backupFormat)
	}
	if err := disk.MkdirAll(dir, 0o755); err != nil {
		return 0, err
	}
	for {
		entry, err := archive.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return 0, cutOrForeign(ctx, err)
		}
		if entry.Typeflag != tar.TypeReg || !localName(entry.Name) {
			return 0, cutOrForeign(ctx, errors.New("it holds something else than a store's files"))
		}
		if err := unpackFile(ctx, disk, disk.PathJoin(dir, entry.Name), archive); err != nil {
			return 0, err
		}
	}
	if _, err := io.Copy(io.Discard, compressed); err != nil {
		return 0, cutOrForeign(ctx, err)
	}
	return h.Sequence, syncDir(disk, dir)
}

func readHead(archive *tar.Reader) (h head, err error) {
	entry, err := archive.Next()
	if err != nil {
		return h, err
	}
	if entry.Name != backupHead {
		return h, errors.New("it does not begin with " + backupHead)
	}
	return h, json.NewDecoder(io.LimitReader(archive, 1<<10)).Decode(&h)
}

func unpackFile(ctx context.Context, disk vfs.FS, path string, content io.Reader) (err error) {
	file, err := disk.Create(path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	defer func() { err = join(err, file.Close()) }()
	buffer := make([]byte, 1<<16)
	for {
		n, reading := content.Read(buffer)
		if _, err := file.Write(buffer[:n]); err != nil {
			return err
		}
		if reading == io.EOF {
			return file.Sync()
		}
		if reading != nil {
			return cutOrForeign(ctx, reading)
		}
	}
}

// cutOrForeign says that what was read is no whole backup, unless it was the context that ended.
func cutOrForeign(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	e := graph.Errorf(graph.CodeInvalid, "this is no whole backup, and nothing was restored: give a file that the backup command wrote, uncut")
	e.Err = err
	return e
}

// checkUnpacked opens the store that was unpacked, and compares its sequence with the backup's.
func checkUnpacked(disk vfs.FS, dir string, want graph.Seq) error {
	if found, err := pebble.Peek(dir, disk); err != nil || !found.Exists {
		return graph.Errorf(graph.CodeInvalid, "the backup holds no store, and nothing was restored")
	}
	s, err := Open("file:"+dir, Options{FS: disk})
	if err != nil {
		return err
	}
	got := s.Latest()
	if err := s.Close(); err != nil {
		return err
	}
	if got != want {
		return graph.Errorf(graph.CodeInvalid, "the backup says sequence %d and holds %d, and nothing was restored: take another backup", want, got)
	}
	return nil
}

// moveIn puts the checked store in the place of an empty one.
func (s *Store) moveIn(from string) error {
	if err := s.fs.RemoveAll(s.dir); err != nil {
		return s.pathError("replace", err)
	}
	if err := s.fs.Rename(from, s.dir); err != nil {
		return s.pathError("restore", err)
	}
	return syncDir(s.fs, s.fs.PathDir(s.dir))
}
