package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/schema"
)

// run is one run of the benchmark.
type run struct {
	program string
	dir     string // scratch
	size    int
	seed    uint64
	csv     string        // the peers' files; "": a graph of our own
	keep    bool          // take the store of an earlier run in dir
	budget  time.Duration // for each measurement
	json    bool
	peers   string // folder of the peers' scripts; "": not run
}

func main() {
	var r run
	flag.StringVar(&r.program, "program", "bin/tripartite", "the program to measure")
	flag.StringVar(&r.dir, "dir", "", "scratch folder, kept; none: a temporary one")
	flag.IntVar(&r.size, "n", fullSize, "entities")
	flag.Uint64Var(&r.seed, "seed", 1, "seed of the graph")
	flag.StringVar(&r.csv, "csv", "", "folder with entities.csv, relations.csv and queries.json")
	flag.BoolVar(&r.keep, "keep", false, "take the store that an earlier run left in -dir")
	flag.DurationVar(&r.budget, "budget", 3*time.Second, "time for each measurement")
	flag.BoolVar(&r.json, "json", false, "print JSON")
	flag.StringVar(&r.peers, "peers", "", "folder of the peers' scripts, to run them beside")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := r.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (r *run) run(ctx context.Context) (err error) {
	if r.dir == "" {
		if r.dir, err = os.MkdirTemp("", "tripartite-bench-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(r.dir)) }()
	}
	if err := os.MkdirAll(r.dir, 0o755); err != nil {
		return err
	}
	found, err := r.measure(ctx)
	if err != nil {
		return err
	}
	found.judge()
	if r.json {
		err = found.writeJSON(os.Stdout)
	} else {
		err = found.writeText(os.Stdout)
	}
	if n := found.wrong(); n > 0 {
		err = errors.Join(err, fmt.Errorf("%d answers are wrong", n))
	}
	return err
}

// measure takes every measurement, one after the other.
func (r *run) measure(ctx context.Context) (*report, error) {
	if r.peers != "" {
		if err := r.preparePeers(ctx); err != nil {
			return nil, err
		}
	}
	w, err := r.workload()
	if err != nil {
		return nil, err
	}
	found := &report{Entities: len(w.entities), Relations: len(w.relations)}
	if err := r.load(ctx, w, found); err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context, *workload, *report) error{r.ask, r.bounded, r.within, r.beside} {
		if err := step(ctx, w, found); err != nil {
			return nil, err
		}
	}
	if r.csv == "" { // the peers' generator makes two sizes, and no third
		if err := r.grow(ctx, found); err != nil {
			return nil, err
		}
	}
	if r.peers != "" {
		return found, r.runPeers(ctx, found)
	}
	return found, nil
}

func (r *run) workload() (*workload, error) {
	if r.csv != "" {
		return readFiles(r.csv)
	}
	return generate(r.size, r.seed), nil
}

func (r *run) store() string { return "file:" + filepath.Join(r.dir, "store") }

// load loads the workload into a new store.
func (r *run) load(ctx context.Context, w *workload, found *report) error {
	kept := filepath.Join(r.dir, "load.json")
	if r.keep {
		return readJSON(kept, &found.Load)
	}
	if err := os.RemoveAll(filepath.Join(r.dir, "store")); err != nil {
		return err
	}
	file := filepath.Join(r.dir, "data.nq")
	quads, err := w.writeQuads(file)
	if err != nil {
		return err
	}
	if found.Load, err = load(ctx, r.program, r.store(), file); err != nil {
		return err
	}
	found.Load.Quads, found.Load.Claims = quads, len(w.relations)
	return writeJSON(kept, found.Load)
}

// ask serves the store and asks the six queries.
func (r *run) ask(ctx context.Context, w *workload, found *report) error {
	s, err := serve(ctx, r.program, r.store())
	if err != nil {
		return err
	}
	found.StartMs = milliseconds(s.started)
	c := newClient(s.url, w)
	start := time.Now()
	if err := c.heat(); err != nil {
		return errors.Join(err, s.stop())
	}
	found.WarmMs = found.StartMs + milliseconds(time.Since(start))
	for n := 1; n < len(queries); n++ {
		t, err := c.time(n, r.budget)
		if err != nil {
			return errors.Join(err, s.stop())
		}
		if n <= 2 {
			if t.PerSecond, err = c.rate(n, r.budget); err != nil {
				return errors.Join(err, s.stop())
			}
		}
		found.Queries = append(found.Queries, t)
	}
	found.MemoryMiB, err = s.resident()
	return errors.Join(err, s.stop())
}

// within measures what needs no transport, in this process.
func (r *run) within(ctx context.Context, w *workload, found *report) error {
	o, err := schema.Ontology(graph.DefaultNames())
	if err != nil {
		return err
	}
	store, err := quadstore.Open(r.store(), quadstore.Options{Ontology: o})
	if err != nil {
		return err
	}
	if found.InProcess, err = timeWalks(ctx, store, o, w); err != nil {
		return errors.Join(err, store.Close())
	}
	found.Commits, err = timeCommits(ctx, store, o, w, r.dir)
	return errors.Join(err, store.Close())
}
