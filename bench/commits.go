package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/loaders"
)

// commitRounds is how many small commits are timed.
const commitRounds = 60

// commitTimes are the medians of a durable commit of one claim, in
// milliseconds: through the importer with all its checks, as batches of one
// transaction, and a bare write and fsync of the same file system.
type commitTimes struct {
	Import float64 `json:"import"`
	Commit float64 `json:"commit"`
	Fsync  float64 `json:"fsync"`
}

// timeCommits commits claims one by one to a store that holds the workload.
func timeCommits(ctx context.Context, store *quadstore.Store, o *graph.Ontology, w *workload, dir string) (t commitTimes, err error) {
	var imports, commits, syncs []float64
	file, err := os.Create(filepath.Join(dir, "fsync"))
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(file.Name())) }()
	next := len(w.relations) * (1 + int(store.Latest())) // a number that no claim has yet
	for i := range commitRounds {
		start := time.Now()
		if _, err := file.Write(make([]byte, 1024)); err != nil {
			return t, err
		}
		if err := file.Sync(); err != nil {
			return t, err
		}
		syncs = append(syncs, milliseconds(time.Since(start)))

		start = time.Now()
		if err := importOne(ctx, store, o, oneClaim(next+2*i)); err != nil {
			return t, err
		}
		imports = append(imports, milliseconds(time.Since(start)))

		start = time.Now()
		if err := commitOne(ctx, store, o, next+2*i+1); err != nil {
			return t, err
		}
		commits = append(commits, milliseconds(time.Since(start)))
	}
	return commitTimes{quantile(imports, .5), quantile(commits, .5), quantile(syncs, .5)}, nil
}

// oneClaim writes a claim between two writers.
func oneClaim(number int) []byte {
	var b bytes.Buffer
	out := newQuadWriter(&b)
	from, to := pair(number)
	out.claim(number, from, to, relation{tie: contacts})
	_ = out.b.Flush() // to memory
	return b.Bytes()
}

func importOne(ctx context.Context, store *quadstore.Store, o *graph.Ontology, content []byte) error {
	in := loaders.Input("one.nq", "nquads", loaders.Options{Names: o.Names}, func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	})
	report, err := (&graph.Importer{Store: store, Ontology: o}).Import(ctx, []graph.Input{in}, graph.ImportOptions{})
	if err != nil {
		return err
	}
	return report.Err()
}

// commitOne writes a claim without the importer.
func commitOne(ctx context.Context, store *quadstore.Store, o *graph.Ontology, number int) error {
	from, to := pair(number)
	claim := o.Names.IRI(fmt.Sprintf("claim/c%d", number))
	batch := o.Names.IRI(fmt.Sprintf("batch/bench-%d", number))
	tx, err := store.Begin(ctx)
	if err != nil {
		return err
	}
	err = tx.Add(
		graph.Quad{Subject: o.Names.IRI(from), Predicate: o.Names.Term(ties[contacts].relation), Object: o.Names.IRI(to), Label: claim},
		graph.Quad{Subject: claim, Predicate: o.Names.Term(graph.WordAssertedBy), Object: o.Names.IRI("organization/agent0"), Label: batch},
		graph.Quad{Subject: claim, Predicate: o.Names.Term(graph.WordDate), Object: graph.NewLiteral(dateOf(0), "", graph.TypeEDTF), Label: batch},
		graph.Quad{Subject: claim, Predicate: o.Names.Term(graph.WordEvidence), Object: o.Names.IRI("document/doc0"), Label: batch},
	)
	if err != nil {
		return errors.Join(err, tx.Abort())
	}
	_, err = tx.Commit(ctx, graph.JournalEntry{Action: graph.ActionLoad, Agent: "bench", Batches: []graph.Term{batch}})
	return err
}
