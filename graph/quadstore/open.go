package quadstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/tripartite-graph/tripartite/graph"
)

// DefaultBulkThreshold is how many quads a commit may hold before it is staged
// as sorted tables.
const DefaultBulkThreshold = 50_000

// DefaultCacheBytes is the size of the cache of blocks.
const DefaultCacheBytes = 64 << 20

// DefaultRowBytes is the size of the cache of decoded rows.
const DefaultRowBytes = 256 << 20

// Options say how a store is opened. The zero value serves.
type Options struct {
	// Ontology is what rows are derived with. Without one, a store keeps quads
	// alone: what was derived before stays as it is, and the next opener that
	// has an ontology rebuilds it if quads were written meanwhile.
	Ontology *graph.Ontology
	// BulkThreshold is the greatest number of changed quads that a commit
	// writes as one batch; more are staged as sorted tables and ingested.
	// 0: DefaultBulkThreshold; negative: every commit is staged.
	BulkThreshold int
	// CacheBytes bounds the cache of blocks; 0: DefaultCacheBytes.
	CacheBytes int64
	// RowBytes bounds the cache of decoded rows; 0: DefaultRowBytes.
	RowBytes int64
	// FS is the file system, for tests; nil: the one that the URL names.
	FS vfs.FS
}

// Store is a graph in Pebble. See the package's comment for its locking rule.
type Store struct {
	db       *pebble.DB
	fs       vfs.FS
	dir      string
	options  Options
	deriver  *graph.Deriver // nil without an ontology
	writer   chan struct{}  // holds one token: the writer's place
	backing  sync.Mutex     // held by a backup
	lastID   uint64         // owned by the writer
	latest   atomic.Uint64
	changeMu sync.Mutex
	changed  chan struct{} // closed at the next commit
	symbols  symbols
	counts   statsCache
	shared   atomic.Pointer[pinned] // of the latest commit; nil: none was asked for yet
	opening  sync.Mutex             // held while a snapshot of Pebble's is taken and shared
	closed   bool                   // under opening: no more snapshots
	closing  chan struct{}          // closed with it
	pins     sync.WaitGroup         // open snapshots of Pebble's
	caches   atomic.Pointer[caches]
}

// Open opens the store at a URL: file:PATH, made if it is not there, or
// memory:, which nobody else sees and which ends with the store. Where the
// ontology is another than the one that rows were derived with, they are
// rebuilt before Open returns.
func Open(url string, options Options) (*Store, error) {
	s := &Store{options: options.withDefaults(), writer: make(chan struct{}, 1), changed: make(chan struct{}), closing: make(chan struct{})}
	s.caches.Store(newCaches(s.options.RowBytes))
	if err := s.locate(url); err != nil {
		return nil, err
	}
	if options.Ontology != nil {
		s.deriver = graph.NewDeriver(options.Ontology)
	}
	if err := s.openDB(url); err != nil {
		return nil, err
	}
	if err := s.load(url); err != nil {
		return nil, join(err, s.db.Close())
	}
	return s, nil
}

func (o Options) withDefaults() Options {
	if o.BulkThreshold == 0 {
		o.BulkThreshold = DefaultBulkThreshold
	}
	if o.CacheBytes == 0 {
		o.CacheBytes = DefaultCacheBytes
	}
	if o.RowBytes == 0 {
		o.RowBytes = DefaultRowBytes
	}
	return o
}

// locate reads the URL.
func (s *Store) locate(url string) error {
	s.fs = s.options.FS
	path, isFile := strings.CutPrefix(url, "file:")
	switch {
	case url == "memory:":
		s.dir = "graph"
		if s.fs == nil {
			s.fs = vfs.NewMem()
		}
	case isFile && path != "":
		s.dir = path
		if s.fs == nil {
			s.fs = vfs.Default
		}
	default:
		return graph.Errorf(graph.CodeInvalid, "--store %q is no embedded store: write file:PATH or memory:", url)
	}
	return nil
}

func (s *Store) openDB(url string) error {
	if err := makeDir(s.fs, s.dir); err != nil {
		return s.pathError("make", err)
	}
	lock, err := pebble.LockDirectory(s.dir, s.fs)
	if err != nil {
		return s.lockError(url, err)
	}
	cache := pebble.NewCache(s.options.CacheBytes)
	defer cache.Unref()
	s.db, err = pebble.Open(s.dir, s.pebbleOptions(cache, lock))
	if err != nil {
		return join(s.pathError("open", err), lock.Close())
	}
	return lock.Close() // the database holds its own reference
}

// makeDir makes a folder and those above it, and syncs each new one's entry in
// the folder that holds it, so that the store outlives the machine's fall.
func makeDir(fs vfs.FS, dir string) error {
	var holders []string
	for missing := dir; ; missing = fs.PathDir(missing) {
		if _, err := fs.Stat(missing); err == nil || fs.PathDir(missing) == missing {
			break
		}
		holders = append(holders, fs.PathDir(missing))
	}
	if err := fs.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, holder := range holders {
		if err := syncDir(fs, holder); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) pebbleOptions(cache *pebble.Cache, lock *pebble.Lock) *pebble.Options {
	o := &pebble.Options{
		FS: s.fs, Lock: lock, Cache: cache, Logger: quiet{pebble.DefaultLogger},
		FormatMajorVersion: pebble.FormatNewest,
		MemTableSize:       16 << 20,
	}
	for i := range o.Levels {
		o.Levels[i].FilterPolicy = bloom.FilterPolicy(10)
		o.Levels[i].Compression = func() *sstable.CompressionProfile { return sstable.FastestCompression }
	}
	return o
}

// lockError tells a store that somebody else has open from one that cannot be opened.
func (s *Store) lockError(url string, err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, os.ErrInvalid) {
		return s.pathError("lock", err)
	}
	e := graph.Errorf(graph.CodeLocked,
		"%s is in use by another process: an embedded store has one writer; ask the running server instead, with --store http://HOST:PORT", url)
	e.Err = err
	return e
}

func (s *Store) pathError(verb string, err error) error {
	code := graph.CodeInvalid
	if errors.Is(err, pebble.ErrCorruption) {
		code = graph.CodeCorrupt
	}
	e := graph.Errorf(code, "cannot %s the store in the folder %s", verb, s.dir)
	e.Err = err
	return e
}

// load reads the counters, deletes what an interrupted bulk commit or
// backup and a purge left, and rebuilds rows that another ontology made.
func (s *Store) load(url string) error {
	if err := join(s.fs.RemoveAll(s.stagingDir()), s.fs.RemoveAll(s.checkpointDir())); err != nil {
		return s.pathError("clean", err)
	}
	if err := s.checkFormat(); err != nil {
		return err
	}
	if err := s.scrub(url); err != nil {
		return err
	}
	last, err := getUint(s.db, metaKey(metaLastID))
	if err != nil {
		return err
	}
	entry, err := lastEntry(s.db)
	if err != nil {
		return err
	}
	s.lastID = last
	s.latest.Store(uint64(entry.Seq))
	s.writer <- struct{}{}
	return s.refresh()
}

func (s *Store) checkFormat() error {
	format, err := get(s.db, metaKey(metaFormat))
	if err != nil {
		return err
	}
	switch {
	case format == nil:
		return s.db.Set(metaKey(metaFormat), []byte(formatVersion), pebble.Sync)
	case string(format) != formatVersion:
		return graph.Errorf(graph.CodeCorrupt,
			"the store in the folder %s has format %q, this program reads format %s: export it with the program that wrote it, and load that", s.dir, format, formatVersion)
	}
	return nil
}

// Close lets the commit that is under way end, waits until the open snapshots
// are closed, and releases the store. Whoever wants to read or write from then
// on is refused. Closing again does nothing.
func (s *Store) Close() error {
	if !s.refuse() {
		return nil
	}
	<-s.writer // which nobody gets any more
	err := s.unshare()
	s.pins.Wait()
	if err = join(err, s.db.Close()); err != nil {
		return fmt.Errorf("close the store in the folder %s: %w", s.dir, err)
	}
	return nil
}

// refuse turns new readers and writers away; false where that was done already.
func (s *Store) refuse() bool {
	s.opening.Lock()
	defer s.opening.Unlock()
	if s.closed {
		return false
	}
	s.closed = true
	close(s.closing)
	return true
}

var errClosed = graph.Errorf(graph.CodeInternal, "the store is closed")

// takeWriter waits for the writer's place.
func (s *Store) takeWriter(ctx context.Context) error {
	select {
	case <-s.closing:
		return errClosed
	default:
	}
	select {
	case <-s.writer:
		return nil
	case <-s.closing:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// quiet drops Pebble's notes on its own doings, and keeps its errors.
type quiet struct{ pebble.Logger }

// Infof drops the note.
func (quiet) Infof(string, ...any) {}
