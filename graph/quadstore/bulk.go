package quadstore

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"

	"github.com/cockroachdb/pebble/v2/objstorage/objstorageprovider"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/vfs"
	"golang.org/x/sync/errgroup"
)

// tableSize is the size at which a staged table is closed and another begun.
const tableSize = 64 << 20

// stagingDir is where sorted tables wait for their ingestion. What is in it
// when a store opens was left by an interrupted commit, and belongs to nothing.
func (s *Store) stagingDir() string { return s.fs.PathJoin(s.dir, "staging") }

// ingest writes a write set as sorted tables, syncs them and their folder, and
// hands them to Pebble in one call: its manifest takes all of them or none.
func (s *Store) ingest(ctx context.Context, w *writeSet, n int) (err error) {
	dir := s.stagingDir()
	defer func() { err = join(err, s.fs.RemoveAll(dir)) }()
	if err := s.fs.MkdirAll(dir, 0o755); err != nil {
		return s.pathError("stage a load in", err)
	}
	paths, err := s.stage(ctx, w, n)
	if err != nil {
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
	if err := s.db.Ingest(ctx, paths); err != nil {
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

// sideBySide is from how many quads on tables are written side by side.
const sideBySide = 20_000

// stage writes a write set of n quads into tables. Those of a large one are
// written side by side, each of ours into files of its own: Pebble puts what
// overlaps nothing where it stays for good.
func (s *Store) stage(ctx context.Context, w *writeSet, n int) (paths []string, err error) {
	if n < sideBySide {
		return (&stage{store: s, ctx: ctx}).write(w.emit)
	}
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, table := range w.order() {
		group.Go(func() error {
			own, err := (&stage{store: s, ctx: ctx, name: table}).write(w.tables[table])
			mu.Lock()
			defer mu.Unlock()
			paths = append(paths, own...)
			return err
		})
	}
	err = group.Wait()
	return paths, err
}

// longTables are those that take longest to write, the longest first.
var longTables = []byte{tableDates, tableEdges, tableByObject, tableByLabel, tableBySubject, tableRelations}

// order returns the tables in the order in which they are begun: the short ones
// fill what time the long ones leave.
func (w *writeSet) order() []byte {
	rank := func(table byte) int {
		if at := bytes.IndexByte(longTables, table); at >= 0 {
			return at
		}
		return len(longTables) + int(table)
	}
	return slices.SortedFunc(maps.Keys(w.tables), func(a, b byte) int { return rank(a) - rank(b) })
}

// stage writes rows into Pebble's tables, of bounded size.
type stage struct {
	store *Store
	ctx   context.Context
	name  byte // of our table; 0: of several
	rows  int
	paths []string
	table *sstable.Writer // the one being written, nil between two
}

// write writes a stream of rows.
func (g *stage) write(rows func(put sink) error) ([]string, error) {
	err := join(rows(g.put), g.finish())
	return g.paths, err
}

func (g *stage) put(r row) error {
	if g.rows++; g.rows%4096 == 0 && g.ctx.Err() != nil {
		return g.ctx.Err()
	}
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
	path := g.store.fs.PathJoin(g.store.stagingDir(), fmt.Sprintf("%02x%06d.sst", g.name, len(g.paths)))
	file, err := g.store.fs.Create(path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	g.paths = append(g.paths, path)
	options := g.store.tableOptions(g.name)
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

// tableOptions are those that Pebble writes its own lowest tables with. A
// filter serves look-ups of whole keys: those of indexes are only scanned.
func (s *Store) tableOptions(table byte) sstable.WriterOptions {
	options := s.pebbleOptions(nil, nil)
	options.EnsureDefaults()
	out := options.MakeWriterOptions(0, s.db.TableFormat())
	if bytes.IndexByte(scannedTables, table) >= 0 {
		out.FilterPolicy = nil
	}
	return out
}

// scannedTables are read by prefix alone, never by a whole key.
var scannedTables = []byte{
	tableEdges, tableDates, tableKinds, tableNames, tableRelations, tableTokens, tableOrder, tableGroups,
	tableByLabel, tableByObject, tableBySubject, tableClashes,
}
