package storetest

import (
	"fmt"
	"math/rand/v2"

	"github.com/tripartite-graph/tripartite/graph"
)

// Step is one commit of a history.
type Step struct{ Add, Remove []graph.Quad }

// History returns n commits of a small world, at random but the same for one
// seed: claims, entities, retractions, undoings, merges, curated conflicts,
// removals, and quads that mean nothing, in any order and often only in part.
func History(seed uint64, n int) []Step {
	h := &history{Rand: rand.New(rand.NewPCG(seed, 0)), written: []graph.Quad{raw("never", "was", "there", "")}}
	steps := make([]Step, n)
	for i := range steps {
		for range 1 + h.IntN(4) {
			steps[i].Add = append(steps[i].Add, h.quads()...)
		}
		for range h.IntN(4) - 1 {
			steps[i].Remove = append(steps[i].Remove, h.written[h.IntN(len(h.written))])
		}
		h.written = append(h.written, steps[i].Add...)
	}
	return steps
}

type history struct {
	*rand.Rand
	written []graph.Quad
}

// some returns one of n ids of a kind.
func (h *history) some(kind string, n int) string { return fmt.Sprint(kind, "/", h.IntN(n)) }

// quads writes one thing, and sometimes leaves a part of it out.
func (h *history) quads() []graph.Quad {
	batch := fmt.Sprint(h.IntN(6))
	var out []graph.Quad
	switch h.IntN(12) {
	case 0, 1, 2, 3, 4:
		out = h.claim().quads(batch)
	case 5, 6:
		out = h.entity(batch)
	case 7:
		out = withdraw(fmt.Sprint(h.IntN(4)), h.target())
	case 8:
		out = undo(fmt.Sprint("u", h.IntN(3)), h.some("retraction", 4))
	case 9:
		out = act(h.some("merge", 3), word(graph.WordMerges), iri(h.some("union", 3)), word(graph.WordInto), iri(h.some("union", 3)))
		if h.IntN(3) == 0 {
			out = undo(fmt.Sprint("u", h.IntN(3)), h.some("merge", 3))
		}
	case 10:
		out = act(h.some("conflict", 2), word(graph.WordClashes), iri(h.some("claim", 12)), word(graph.WordClashes), iri(h.some("claim", 12)),
			word(graph.WordSummary), text(h.some("why", 3), "en"))
	default:
		out = []graph.Quad{raw(fmt.Sprint("n", h.IntN(5)), fmt.Sprint("p", h.IntN(3)), fmt.Sprint("n", h.IntN(5)), "")}
	}
	if h.IntN(6) == 0 {
		out = out[:h.IntN(len(out))]
	}
	return out
}

func (h *history) target() string {
	if h.IntN(2) == 0 {
		return h.some("batch", 6)
	}
	return h.some("claim", 12)
}

// claim returns one of a dozen claims: what it states follows from its number,
// who says it and where may differ from batch to batch.
func (h *history) claim() claim {
	n := h.IntN(12)
	c := claim{
		id: fmt.Sprint(n), document: fmt.Sprintf("document/%d/p%d", h.IntN(3), 1+h.IntN(3)), voices: []string{h.some("union", 3)},
	}
	switch n % 4 {
	case 0, 1:
		c.subject, c.relation, c.object = "person/0", "convicted-by", "court/0"
		c.more = [][2]graph.Term{{word(graph.WordEvent), iri("event/0")}, {word("sentence"), text(fmt.Sprintf("P%dY", 1+n%3), "")}}
	case 2:
		c.subject, c.relation, c.object = fmt.Sprint("union/", n%3), "affiliated-with", fmt.Sprint("union/", (n+1)%3)
		c.more = [][2]graph.Term{{word(graph.WordStance), text([]string{"ASSERTED", "DENIED"}[n/6], "")}}
	default:
		c.subject, c.relation, c.object = fmt.Sprint("claim/", n-1), "disputes", fmt.Sprint("claim/", n-2)
	}
	if h.IntN(3) == 0 {
		c.voices = []string{fmt.Sprintf("claim/%d#v1", n)}
		c.more = append(c.more, [2]graph.Term{word(graph.WordReportedBy), iri("union/2")})
	}
	return c
}

// entity returns an entity, or the party of a voice.
func (h *history) entity(batch string) []graph.Quad {
	if h.IntN(3) == 0 {
		return []graph.Quad{{
			Subject: iri(fmt.Sprintf("claim/%d#v1", h.IntN(12))), Predicate: word(graph.WordParty), Object: iri(h.some("union", 3)), Label: iri("batch/" + batch),
		}}
	}
	return entity(batch, h.some("union", 3), "Union", h.some("Name", 4), h.some("Other Name", 4))
}
