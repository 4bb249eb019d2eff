package quadstore

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/storetest"
)

// counting is a store that counts the claims that come as plain ones.
type counting struct {
	*Store
	plain int
}

type countingTx struct {
	graph.Tx
	store *counting
}

func (c *counting) Begin(ctx context.Context) (graph.Tx, error) {
	tx, err := c.Store.Begin(ctx)
	return &countingTx{tx, c}, err
}

func (t *countingTx) AddNumbered(terms *graph.TermTable, quads graph.Numbered) error {
	t.store.plain += len(quads.Plain)
	return t.Tx.AddNumbered(terms, quads)
}

// world writes files of claims about a few entities, most of them plain.
type world struct {
	*rand.Rand
	names graph.Names
	quads []graph.Quad
}

func (w *world) say(s, p, o graph.Term, label string) {
	q := graph.Quad{Subject: s, Predicate: p, Object: o}
	if label != "" {
		q.Label = w.names.IRI(label)
	}
	w.quads = append(w.quads, q)
}

// some returns one of the five entities of a kind.
func (w *world) some(slug string) graph.Term { return w.names.IRI(fmt.Sprint(slug, "/", w.IntN(5))) }

func (w *world) entities() {
	for _, kind := range []string{"Person", "Union", "Court", "Law", "Event", "Document"} {
		for i := range 5 {
			id := w.names.IRI(fmt.Sprint(map[string]string{
				"Person": "person", "Union": "union", "Court": "court", "Law": "law", "Event": "event", "Document": "document",
			}[kind], "/", i))
			w.entity(id, kind)
		}
	}
}

// claim writes a claim, one in three with something that makes it no plain one.
func (w *world) claim(id string) {
	claim, batch := w.names.IRI(id), ""
	if w.IntN(4) == 0 {
		batch = fmt.Sprint("batch/", w.IntN(2))
	}
	about := func(word string, o graph.Term) { w.say(claim, w.names.Term(word), o, batch) }
	switch w.IntN(3) {
	case 0:
		w.say(w.some("person"), w.names.Term("convicted-by"), w.some("court"), id)
	case 1:
		w.say(w.some("union"), w.names.Term("affiliated-with"), w.some("union"), id)
	default:
		w.say(w.some("union"), w.names.Term("has-members"), graph.NewLiteral("600", "", graph.TypeQuantity), id)
	}
	about(graph.WordAssertedBy, w.some("union"))
	about(graph.WordEvidence, w.names.IRI(fmt.Sprintf("document/%d/p%d", w.IntN(5), 1+w.IntN(9))))
	if w.IntN(2) == 0 {
		about(graph.WordDate, graph.NewLiteral(fmt.Sprintf("20%02d-0%d", w.IntN(20), 1+w.IntN(9)), "", graph.TypeEDTF))
	}
	switch w.IntN(18) {
	case 0:
		about(graph.WordAssertedBy, w.some("court"))
	case 1:
		about(graph.WordEvent, w.some("event"))
	case 2:
		about(graph.WordStance, graph.NewLiteral("DENIED", "", ""))
	case 3:
		about("legalBasis", w.some("law"))
	case 4:
		about(graph.WordReportedBy, w.some("union"))
	case 5:
		about(graph.WordContext, w.names.IRI("document/0/p1"))
	}
}

// act writes a withdrawal, or a conflict that a curator found.
func (w *world) act(n int, claims []string) {
	pick := func() graph.Term { return w.names.IRI(claims[w.IntN(len(claims))]) }
	if n%2 == 0 {
		act := w.names.IRI(fmt.Sprint("retraction/", n))
		w.say(act, w.names.Term(graph.WordRetracts), pick(), "")
		w.say(act, w.names.Term(graph.WordReason), graph.NewLiteral("wrong", "", ""), "")
		w.say(act, w.names.Term(graph.WordAgent), graph.NewLiteral("tester", "", ""), "")
		return
	}
	act := w.names.IRI(fmt.Sprint("conflict/", n))
	w.say(act, w.names.Term(graph.WordClashes), w.names.IRI(claims[0]), "")
	w.say(act, w.names.Term(graph.WordClashes), w.names.IRI(claims[len(claims)-1]), "")
}

func (w *world) input(name string) graph.Input {
	quads := w.quads
	w.quads = nil
	return graph.Input{File: name, Read: func(quad func(graph.Quad, graph.Position) error, _ func(graph.Problem)) error {
		for i, q := range quads {
			if err := quad(q, graph.Position{File: name, Line: i + 1}); err != nil {
				return err
			}
		}
		return nil
	}}
}

// TestPlainToTheByte: of claims that an importer says to be plain, a commit
// writes the rows that Reindex makes of their quads.
func TestPlainToTheByte(t *testing.T) {
	plain := 0
	for seed := range uint64(6) {
		ontology := storetest.Ontology()
		store, err := Open("memory:", Options{Ontology: ontology, BulkThreshold: [2]int{-1, 1 << 30}[seed%2]})
		require.NoError(t, err)
		counted := &counting{Store: store}
		w := &world{Rand: rand.New(rand.NewPCG(seed, 1)), names: graph.DefaultNames()}
		var claims []string
		for round := range 4 {
			inputs := []graph.Input{}
			for file := range 1 + round%2 {
				if round == 0 {
					w.entities()
				}
				for i := range 40 {
					id := fmt.Sprintf("claim/%d-%d-%d", round, file, i)
					claims = append(claims, id)
					w.claim(id)
				}
				if round > 1 {
					w.act(round, claims)
				}
				inputs = append(inputs, w.input(fmt.Sprintf("%d-%d.nq", round, file)))
			}
			report, err := (&graph.Importer{Store: counted, Ontology: ontology}).Import(context.Background(), inputs, graph.ImportOptions{})
			require.NoError(t, err)
			require.Empty(t, report.Problems)
			truth := stored(t, store, derivedTables...)
			wipe(t, store)
			require.NoError(t, store.Reindex(context.Background()))
			require.Equal(t, stored(t, store, derivedTables...), truth, "round %d", round)
		}
		plain += counted.plain
		require.NoError(t, store.Close())
	}
	require.Greater(t, plain, 300)
}

func (w *world) entity(id graph.Term, kind string) {
	w.say(id, graph.RDFType, w.names.Term(kind), "")
	w.say(id, w.names.Term(graph.WordName), graph.NewLiteral(w.names.ID(id), "en", ""), "")
}

// mixed writes claims of which every second one is no plain one, about two
// entities each.
func (w *world) mixed(claims int) {
	document, party := w.names.IRI("document/d"), w.names.IRI("union/u")
	w.entity(document, "Document")
	w.entity(party, "Union")
	for i := range claims {
		id, person, court := fmt.Sprint("claim/m", i), w.names.IRI(fmt.Sprint("person/", i)), w.names.IRI(fmt.Sprint("court/", i))
		claim := w.names.IRI(id)
		w.entity(person, "Person")
		w.entity(court, "Court")
		w.say(person, w.names.Term("convicted-by"), court, id)
		w.say(claim, w.names.Term(graph.WordAssertedBy), party, "")
		w.say(claim, w.names.Term(graph.WordEvidence), w.names.IRI("document/d/p1"), "")
		if i%2 == 0 {
			w.say(claim, w.names.Term(graph.WordMode), graph.NewLiteral("ALLEGED", "", ""), "")
		}
	}
}

// allocated returns how many bytes something allocates, in all.
func allocated(do func()) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc - before.TotalAlloc)
}

// TestMixedClaimsTakeLinearWork: four times as many claims, plain ones and
// others in turn, move about four times as many bytes when they are loaded and
// when their rows are made anew.
func TestMixedClaimsTakeLinearWork(t *testing.T) {
	if storetest.WithoutRaceDetector(t) {
		return
	}
	ontology := storetest.Ontology()
	var loaded, rebuilt [2]float64
	for i, claims := range []int{2_000, 8_000} {
		store, err := Open("memory:", Options{Ontology: ontology})
		require.NoError(t, err)
		w := &world{names: graph.DefaultNames()}
		w.mixed(claims)
		in := w.input("mixed.nq")
		loaded[i] = allocated(func() {
			report, err := (&graph.Importer{Store: store, Ontology: ontology}).Import(context.Background(), []graph.Input{in}, graph.ImportOptions{})
			require.NoError(t, err)
			require.NoError(t, report.Err())
		})
		rebuilt[i] = allocated(func() { require.NoError(t, store.Reindex(context.Background())) })
		require.NoError(t, store.Close())
	}
	require.Less(t, loaded[1]/loaded[0], 6., "of %v bytes", loaded)
	require.Less(t, rebuilt[1]/rebuilt[0], 6., "of %v bytes", rebuilt)
}
