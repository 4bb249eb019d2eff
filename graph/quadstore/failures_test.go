package quadstore_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"
	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/graph/storetest"
)

// These are the failures of cayley's own backends, each of which was seen.

func eachKind(t *testing.T, test func(t *testing.T, s *quadstore.Store, qs cayley.QuadStore)) {
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			url := kind.url
			if url == "file:" {
				url += t.TempDir()
			}
			s := open(t, url, quadstore.Options{BulkThreshold: kind.threshold})
			test(t, s, s.Cayley())
		})
	}
}

func delta(action cayley.Procedure, q quad.Quad) cayley.Delta {
	return cayley.Delta{Quad: q, Action: action}
}

func listed(t *testing.T, qs cayley.QuadStore) (out []quad.Quad) {
	it := qs.QuadsAllIterator()
	for it.Next(context.Background()) {
		out = append(out, qs.Quad(it.Result()))
	}
	require.NoError(t, it.Err())
	return out
}

// A failed transaction leaves no trace, neither at once nor in what is written later.
func TestFailedTransaction(t *testing.T) {
	eachKind(t, func(t *testing.T, s *quadstore.Store, qs cayley.QuadStore) {
		a, b := quad.MakeIRI("a", "p", "b", ""), quad.MakeIRI("b", "p", "c", "g")
		require.NoError(t, qs.ApplyDeltas([]cayley.Delta{delta(cayley.Add, a)}, cayley.IgnoreOpts{}))
		err := qs.ApplyDeltas([]cayley.Delta{
			delta(cayley.Add, quad.MakeIRI("x", "y", "z", "")), delta(cayley.Delete, a), delta(cayley.Add, b), delta(cayley.Add, b),
		}, cayley.IgnoreOpts{})
		require.True(t, cayley.IsQuadExist(err), err)
		err = qs.ApplyDeltas([]cayley.Delta{delta(cayley.Add, b), {Quad: a}}, cayley.IgnoreOpts{})
		require.True(t, cayley.IsInvalidAction(err), err)
		require.Nil(t, qs.ValueOf(quad.IRI("x")))
		require.Equal(t, []quad.Quad{a}, listed(t, qs))
		require.EqualValues(t, 1, s.Latest())
		require.NoError(t, qs.ApplyDeltas([]cayley.Delta{delta(cayley.Add, b)}, cayley.IgnoreOpts{}))
		require.Equal(t, []quad.Quad{a, b}, listed(t, qs))
		require.NotNil(t, qs.ValueOf(quad.IRI("g")))
	})
}

// Two deletes and an add of one subject keep the subject.
func TestTwoDeletesAndAnAdd(t *testing.T) {
	eachKind(t, func(t *testing.T, _ *quadstore.Store, qs cayley.QuadStore) {
		b, c, d := quad.MakeIRI("a", "p", "b", ""), quad.MakeIRI("a", "p", "c", ""), quad.MakeIRI("a", "p", "d", "")
		require.NoError(t, qs.ApplyDeltas([]cayley.Delta{delta(cayley.Add, b), delta(cayley.Add, c)}, cayley.IgnoreOpts{}))
		require.NoError(t, qs.ApplyDeltas([]cayley.Delta{
			delta(cayley.Delete, b), delta(cayley.Delete, c), delta(cayley.Add, d),
		}, cayley.IgnoreOpts{}))
		require.NotNil(t, qs.ValueOf(quad.IRI("a")))
		require.Equal(t, []quad.Quad{d}, listed(t, qs))
		require.Nil(t, qs.ValueOf(quad.IRI("b")))
	})
}

// One statement under many labels is many quads.
func TestParallelLabels(t *testing.T) {
	eachKind(t, func(t *testing.T, _ *quadstore.Store, qs cayley.QuadStore) {
		w, err := qs.NewQuadWriter()
		require.NoError(t, err)
		for i := range 5 {
			require.NoError(t, put(w, quad.MakeIRI("a", "p", "b", fmt.Sprint("g", i))))
		}
		require.NoError(t, put(w, quad.MakeIRI("a", "p", "b", "")))
		require.NoError(t, w.Close())
		require.Len(t, listed(t, qs), 6)
		size, err := qs.QuadIteratorSize(context.Background(), quad.Subject, qs.ValueOf(quad.IRI("a")))
		require.NoError(t, err)
		require.Equal(t, cayley.Size{Size: 6, Exact: true}, size)
	})
}

// Duplicates that are ignored are not counted, and keep nothing alive.
func TestIgnoredDuplicates(t *testing.T) {
	eachKind(t, func(t *testing.T, _ *quadstore.Store, qs cayley.QuadStore) {
		q := quad.MakeIRI("a", "p", "b", "")
		for range 3 {
			require.NoError(t, qs.ApplyDeltas([]cayley.Delta{delta(cayley.Add, q), delta(cayley.Add, q)}, cayley.IgnoreOpts{IgnoreDup: true}))
		}
		require.NoError(t, qs.ApplyDeltas([]cayley.Delta{delta(cayley.Delete, q)}, cayley.IgnoreOpts{}))
		for _, v := range []string{"a", "p", "b"} {
			require.Nil(t, qs.ValueOf(quad.IRI(v)))
		}
		stats, err := qs.Stats(context.Background(), true)
		require.NoError(t, err)
		require.Equal(t, cayley.Stats{Nodes: cayley.Size{Exact: true}, Quads: cayley.Size{Exact: true}}, stats)
	})
}

// A write inside an open iterator neither waits for it nor prolongs it.
func TestWriteInsideIterator(t *testing.T) {
	eachKind(t, func(t *testing.T, _ *quadstore.Store, qs cayley.QuadStore) {
		var start []cayley.Delta
		for i := range 50 {
			start = append(start, delta(cayley.Add, quad.MakeIRI(fmt.Sprint("n", i), "p", "hub", "")))
		}
		require.NoError(t, qs.ApplyDeltas(start, cayley.IgnoreOpts{}))
		for _, it := range []cayley.Iterator{qs.QuadsAllIterator(), qs.QuadIterator(quad.Object, qs.ValueOf(quad.IRI("hub"))), qs.NodesAllIterator()} {
			n := 0
			for it.Next(context.Background()) {
				n++
				q := quad.MakeIRI(fmt.Sprintf("%T-%s-%d", it, it, n), "p", "hub", "")
				require.NoError(t, qs.ApplyDeltas([]cayley.Delta{delta(cayley.Add, q)}, cayley.IgnoreOpts{}))
			}
			require.NoError(t, it.Err())
			stats, err := qs.Stats(context.Background(), true)
			require.NoError(t, err)
			require.GreaterOrEqual(t, n, 50)
			require.LessOrEqual(t, n, int(stats.Quads.Size)-n+2)
		}
	})
}

// A second opener is told who writes and where to turn; the first goes on.
func TestSecondOpener(t *testing.T) {
	url := "file:" + t.TempDir()
	s := open(t, url, quadstore.Options{Ontology: storetest.Ontology()})
	_, err := quadstore.Open(url, quadstore.Options{})
	var e *graph.Error
	require.True(t, errors.As(err, &e), err)
	require.Equal(t, graph.CodeLocked, e.Code)
	require.Contains(t, e.Message, "one writer")
	require.Contains(t, e.Message, "--store http://")
	require.Contains(t, e.Message, url)
	load(t, s, generated(5))
}

// Addresses that are no embedded store, or a folder that cannot be one, are refused.
func TestBadAddress(t *testing.T) {
	for _, url := range []string{"", "file:", "memory", "postgres://host/db", "/folder"} {
		_, err := quadstore.Open(url, quadstore.Options{})
		var e *graph.Error
		require.True(t, errors.As(err, &e), url)
		require.Equal(t, graph.CodeInvalid, e.Code)
	}
	_, err := quadstore.Open("file:/dev/null/graph", quadstore.Options{})
	var e *graph.Error
	require.True(t, errors.As(err, &e), err)
	require.Equal(t, graph.CodeInvalid, e.Code)
}

// Quads written without an ontology are derived by the next opener that has one.
func TestWrittenWithoutOntology(t *testing.T) {
	url := "file:" + t.TempDir()
	s, err := quadstore.Open(url, quadstore.Options{Ontology: storetest.Ontology()})
	require.NoError(t, err)
	quads := generated(40)
	load(t, s, quads[:len(quads)/2])
	require.NoError(t, s.Close())
	s, err = quadstore.Open(url, quadstore.Options{})
	require.NoError(t, err)
	load(t, s, quads[len(quads)/2:])
	require.Error(t, s.Reindex(context.Background()))
	require.NoError(t, s.Close())
	s = open(t, url, quadstore.Options{Ontology: storetest.Ontology()})
	snap, err := s.At(context.Background(), 0)
	require.NoError(t, err)
	stats, err := snap.Stats(context.Background())
	require.NoError(t, err)
	require.Equal(t, 40, stats.Claims)
	require.NoError(t, snap.Close())
}

// Example shows cayley's path language on a store: who is in a union that
// belongs to the confederation?
func Example() {
	s, err := quadstore.Open("memory:", quadstore.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = s.Close() }() // the process ends with it
	qs := s.Cayley()
	w, err := qs.NewQuadWriter()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, q := range []quad.Quad{
		quad.MakeIRI("union/oil", "affiliated-with", "union/confederation", "claim/1"),
		quad.MakeIRI("union/miners", "affiliated-with", "union/confederation", "claim/2"),
		quad.MakeIRI("person/amin", "leads", "union/oil", "claim/3"),
		quad.MakeIRI("person/larisa", "leads", "union/confederation", "claim/4"),
	} {
		if err := put(w, q); err != nil {
			fmt.Println(err)
		}
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	leaders := path.StartPath(qs, quad.IRI("union/confederation")).In(quad.IRI("affiliated-with")).In(quad.IRI("leads"))
	err = leaders.Iterate(context.Background()).EachValue(qs, func(v quad.Value) { fmt.Println(v) })
	if err != nil {
		fmt.Println(err)
	}
	// Output: <person/amin>
}

// put writes one quad through cayley's writer.
func put(w quad.Writer, q quad.Quad) error {
	_, err := w.WriteQuads([]quad.Quad{q})
	return err
}
