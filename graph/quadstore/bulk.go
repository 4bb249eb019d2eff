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

// rowsBetween is after how many rows the size is looked at: to tell it takes as
// long as to write a row.
const rowsBetween = 64

// stagingDir is where sorted tables wait for their ingestion. What is in it
// when a store opens was left by an interrupted commit, and belongs to nothing.
func (s *Store) stagingDir() string { return s.fs.PathJoin(s.dir, "staging") }

// staging is what goes into sorted tables before Pebble takes them. Those of a
// large commit are written side by side, each of ours into files of its own:
// Pebble puts what overlaps nothing where it stays for good. The quads are
// written while the rest is still being derived.
type staging struct {
	store  *Store
	ctx    context.Context
	cancel context.CancelFunc
	group  *errgroup.Group
	mu     sync.Mutex
	paths  []string
}

// newStaging makes the folder; end removes it.
func (s *Store) newStaging(ctx context.Context) (*staging, error) {
	if err := s.fs.MkdirAll(s.stagingDir(), 0o755); err != nil {
		return nil, join(s.pathError("stage a load in", err), s.fs.RemoveAll(s.stagingDir()))
	}
	ctx, cancel := context.WithCancel(ctx)
	group, ctx := errgroup.WithContext(ctx)
	return &staging{store: s, ctx: ctx, cancel: cancel, group: group}, nil
}

// begin starts to write tables, so many at once; name 0 stands for all in one.
func (g *staging) begin(tables map[byte]func(put sink) error, atOnce int) {
	queue := make(chan byte, len(tables))
	for _, table := range inOrder(tables) {
		queue <- table
	}
	close(queue)
	for range atOnce {
		g.group.Go(func() error {
			for table := range queue {
				if err := g.write(table, tables[table]); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

func (g *staging) write(table byte, rows func(put sink) error) error {
	paths, err := (&stage{store: g.store, ctx: g.ctx, name: table}).write(rows)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.paths = append(g.paths, paths...)
	return err
}

// ingest waits for the tables, syncs them and their folder, and hands them to
// Pebble in one call: its manifest takes all of them or none.
func (g *staging) ingest(ctx context.Context) error {
	s := g.store
	if err := g.group.Wait(); err != nil {
		return s.pathError("stage a load in", err)
	}
	if err := syncDir(s.fs, s.stagingDir()); err != nil {
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
	if err := s.db.Ingest(ctx, g.paths); err != nil {
		return s.pathError("write to", err)
	}
	return nil
}

// end stops what is being written, and removes the folder.
func (g *staging) end() error {
	g.cancel()
	_ = g.group.Wait() // ingest returns its error; without, there is another
	return g.store.fs.RemoveAll(g.store.stagingDir())
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

// stageQuads begins to write the quads of a large commit of n, before what is
// derived of them is known; others wait in the write set.
func (s *Store) stageQuads(ctx context.Context, w *writeSet, c *changes, n int) (err error) {
	if !s.isBulk(n) || n < sideBySide {
		c.record(w.tables)
		return nil
	}
	if w.staged, err = s.newStaging(ctx); err != nil {
		return err
	}
	quads := newWriteSet().tables
	c.record(quads)
	w.staged.begin(quads, 1) // deriving needs the other processors
	return nil
}

// ingest stages a write set of n quads, and makes it part of the store.
func (s *Store) ingest(ctx context.Context, w *writeSet, n int) (err error) {
	if w.staged == nil {
		if w.staged, err = s.newStaging(ctx); err != nil {
			return err
		}
	}
	defer func() { err = join(err, w.abandon()) }()
	if n < sideBySide {
		w.staged.begin(map[byte]func(put sink) error{0: w.emit}, 1)
	} else {
		w.staged.begin(w.tables, runtime.GOMAXPROCS(0))
	}
	return w.staged.ingest(ctx)
}

// abandon ends what was staged, if anything was.
func (w *writeSet) abandon() error {
	if w.staged == nil {
		return nil
	}
	g := w.staged
	w.staged = nil
	return g.end()
}

// longTables are those that take longest to write, the longest first.
var longTables = []byte{tableEdges, tableByObject, tableByLabel, tableBySubject, tableRelations}

// inOrder returns the tables in the order in which they are begun: the short ones
// fill what time the long ones leave.
func inOrder(tables map[byte]func(put sink) error) []byte {
	rank := func(table byte) int {
		if at := bytes.IndexByte(longTables, table); at >= 0 {
			return at
		}
		return len(longTables) + int(table)
	}
	return slices.SortedFunc(maps.Keys(tables), func(a, b byte) int { return rank(a) - rank(b) })
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
	if err == nil && g.rows%rowsBetween == 0 && g.table.Raw().EstimatedSize() > tableSize {
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
	tableEdges, tableKinds, tableNames, tableRelations, tableTokens, tableOrder, tableGroups,
	tableByLabel, tableByObject, tableBySubject, tableClashes,
}
