package quadstore

import (
	"context"
	"fmt"

	"github.com/cockroachdb/pebble/v2/objstorage/objstorageprovider"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// tableSize is the size at which a staged table is closed and another begun.
const tableSize = 64 << 20

// stagingDir is where sorted tables wait for their ingestion. What is in it
// when a store opens was left by an interrupted commit, and belongs to nothing.
func (s *Store) stagingDir() string { return s.fs.PathJoin(s.dir, "staging") }

// ingest writes a write set as sorted tables, syncs them and their folder, and
// hands them to Pebble in one call: its manifest takes all of them or none.
func (s *Store) ingest(ctx context.Context, w *writeSet) (err error) {
	dir := s.stagingDir()
	defer func() { err = join(err, s.fs.RemoveAll(dir)) }()
	if err := s.fs.MkdirAll(dir, 0o755); err != nil {
		return s.pathError("stage a load in", err)
	}
	stage := &stage{store: s, dir: dir}
	if err := join(w.emit(stage.put), stage.finish()); err != nil {
		return s.pathError("stage a load in", err)
	}
	if err := syncDir(s.fs, dir); err != nil {
		return s.pathError("stage a load in", err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	// Tables that overlap what is in memory would be queued behind it; a flush
	// before leaves one step that makes the load visible: the manifest's.
	if err := s.db.Flush(); err != nil {
		return s.pathError("write to", err)
	}
	if err := s.db.Ingest(ctx, stage.paths); err != nil {
		return s.pathError("write to", err)
	}
	return nil
}

func syncDir(fs vfs.FS, dir string) error {
	f, err := fs.OpenDir(dir)
	if err != nil {
		return err
	}
	return join(f.Sync(), f.Close())
}

// stage writes rows into tables of bounded size.
type stage struct {
	store *Store
	dir   string
	paths []string
	table *sstable.Writer // the one being written, nil between two
}

func (g *stage) put(r row) error {
	if g.table == nil {
		if err := g.begin(); err != nil {
			return err
		}
	}
	var err error
	if r.deleted {
		err = g.table.Delete(r.key)
	} else {
		err = g.table.Set(r.key, r.value)
	}
	if err == nil && g.table.Raw().EstimatedSize() > tableSize {
		err = g.finish()
	}
	return err
}

func (g *stage) begin() error {
	path := g.store.fs.PathJoin(g.dir, fmt.Sprintf("%06d.sst", len(g.paths)))
	file, err := g.store.fs.Create(path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	g.paths = append(g.paths, path)
	options := g.store.tableOptions()
	g.table = sstable.NewWriter(objstorageprovider.NewFileWritable(file), options)
	return nil
}

// finish syncs and closes the table being written.
func (g *stage) finish() error {
	if g.table == nil {
		return nil
	}
	table := g.table
	g.table = nil
	return table.Close()
}

// tableOptions are those that Pebble writes its own lowest tables with.
func (s *Store) tableOptions() sstable.WriterOptions {
	options := s.pebbleOptions(nil, nil)
	options.EnsureDefaults()
	return options.MakeWriterOptions(0, s.db.TableFormat())
}
