package quadstore

import (
	"slices"

	"github.com/tripartite-graph/tripartite/graph"
)

// conflictState is a conflict through time: which claims clashed when.
type conflictState struct {
	id       graph.Term
	kind     graph.ConflictKind
	origin   graph.ConflictOrigin
	text     string
	versions []conflictVersion
}

// conflictVersion is the claims of a conflict during an interval.
type conflictVersion struct {
	during graph.Interval
	claims []graph.NodeID
}

// disputed returns when a claim took part.
func (c *conflictState) disputed(claim graph.NodeID) (out []graph.Interval) {
	for _, v := range c.versions {
		if slices.Contains(v.claims, claim) {
			out = union(out, []graph.Interval{v.during})
		}
	}
	return out
}

// claims returns every claim that ever took part.
func (c *conflictState) claims() nodeSet {
	out := nodeSet{}
	for _, v := range c.versions {
		for _, n := range v.claims {
			out.add(n)
		}
	}
	return out
}

// add notes that claims clash during an interval, which follows those noted before.
func (c *conflictState) add(during graph.Interval, claims []graph.NodeID) {
	if n := len(c.versions); n > 0 {
		if last := &c.versions[n-1]; last.during.To == during.From && slices.Equal(last.claims, claims) {
			last.during.To = during.To
			return
		}
	}
	c.versions = append(c.versions, conflictVersion{during, claims})
}

func conflictKey(id graph.Term) []byte { return append([]byte{tableConflicts}, id...) }

func (c *conflictState) encode() []byte {
	e := newRow()
	e.uint(uint64(c.kind))
	e.uint(uint64(c.origin))
	e.term(graph.Term(c.text))
	e.uint(uint64(len(c.versions)))
	for _, v := range c.versions {
		e.intervals([]graph.Interval{v.during})
		e.ids(v.claims)
	}
	return e.b
}

func readConflict(key, value []byte) (*conflictState, error) {
	d := readRow(value)
	s := &conflictState{id: graph.Term(key[1:]), kind: graph.ConflictKind(d.uint()), origin: graph.ConflictOrigin(d.uint())}
	s.text = string(d.term())
	s.versions = make([]conflictVersion, d.length())
	for i := range s.versions {
		if during := d.intervals(); len(during) == 1 {
			s.versions[i].during = during[0]
		}
		s.versions[i].claims = d.ids()
	}
	return s, d.err(key)
}
