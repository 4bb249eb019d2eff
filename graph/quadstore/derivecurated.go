package quadstore

import (
	"github.com/tripartite-graph/tripartite/graph"
)

// curated finds the claims that a curator says clash, while their batch was live.
func (c *conflicts) curated(id graph.NodeID) error {
	term, err := c.d.terms.term(id)
	if err != nil {
		return err
	}
	next, err := c.curatedState(id, term)
	if err != nil {
		return err
	}
	hash := groupHash("curated\n" + string(term))
	return c.put(hash[:], term, next)
}

// clash is a claim that a curator names, and when it was live and named.
type clash struct {
	claim graph.NodeID
	live  []graph.Interval
}

func (c *conflicts) curatedState(id graph.NodeID, term graph.Term) (*conflictState, error) {
	list, err := c.clashes(id)
	if err != nil {
		return nil, err
	}
	next := &conflictState{id: term, kind: graph.ConflictCurated, origin: graph.OriginCurated}
	var sets [][]graph.Interval
	for _, k := range list {
		sets = append(sets, k.live)
	}
	ends := bounds(sets...)
	for i := 0; i+1 < len(ends); i++ {
		named := nodeSet{}
		for _, k := range list {
			if graph.Live(k.live, ends[i]) {
				named.add(k.claim)
			}
		}
		if len(named) > 1 {
			next.add(graph.Interval{From: ends[i], To: ends[i+1]}, named.sorted())
		}
	}
	if len(next.versions) == 0 {
		return nil, nil
	}
	next.text, err = c.summary(id)
	return next, err
}

func (c *conflicts) clashes(id graph.NodeID) ([]clash, error) {
	if c.d.words.clashes == 0 {
		return nil, nil
	}
	rows, err := c.d.after.quads(bySubject, id, c.d.words.clashes)
	if err != nil {
		return nil, err
	}
	var list []clash
	for _, q := range rows {
		named, err := c.d.after.liveBy(q.label(), q.seq)
		if err != nil {
			return nil, err
		}
		state, err := c.d.after.claim(q.object())
		if err != nil {
			return nil, err
		}
		if state != nil {
			list = append(list, clash{q.object(), intersect(named, state.recorded)})
		}
	}
	return list, nil
}

// summary returns the curator's words; of several, the first in the order of terms.
func (c *conflicts) summary(id graph.NodeID) (string, error) {
	if c.d.words.summary == 0 {
		return "", nil
	}
	rows, err := c.d.after.quads(bySubject, id, c.d.words.summary)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	quads, err := c.d.after.quadsOf(rows)
	if err != nil {
		return "", err
	}
	text := quads[0].Object
	for _, q := range quads {
		text = min(text, q.Object)
	}
	return text.Lexical(), nil
}
