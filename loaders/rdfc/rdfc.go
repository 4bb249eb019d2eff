// Package rdfc names the blank nodes of a dataset after what is said about
// them: RDF Dataset Canonicalization 1.0 (RDFC-1.0), so that two datasets that
// differ in nothing but the labels of blank nodes have the same lines.
//
// json-gold has the algorithm's forerunner, URDNA2015, without SHA-384 and
// without a bound on the work that a hostile dataset costs.
package rdfc

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tripartite-graph/tripartite/graph"
)

// Options of a canonicalization.
type Options struct {
	SHA384 bool // in place of SHA-256
	// MaxSteps bounds the permutations that are tried; 0 means DefaultMaxSteps.
	MaxSteps int
}

// DefaultMaxSteps is far beyond what data that mean anything need.
const DefaultMaxSteps = 50_000

// Canonicalize returns the lines of canonical N-Quads, sorted, each once.
func Canonicalize(quads []graph.Quad, o Options) ([]string, error) {
	c := &canon{quads: map[graph.Term][]graph.Quad{}, first: map[graph.Term]string{}, names: newIssuer("c14n"), hash: sha256.New, left: o.MaxSteps}
	if o.SHA384 {
		c.hash = sha512.New384
	}
	if c.left == 0 {
		c.left = DefaultMaxSteps
	}
	for _, q := range quads {
		for i, t := range blanks(q) {
			if t != "" && !slices.Contains(blanks(q)[:i], t) {
				c.quads[t] = append(c.quads[t], q)
			}
		}
	}
	if err := c.name(); err != nil {
		return nil, err
	}
	lines := make([]string, len(quads))
	for i, q := range quads {
		lines[i] = replace(q, func(t graph.Term) graph.Term { return c.names.of[t] }).Line()
	}
	slices.Sort(lines)
	return slices.Compact(lines), nil
}

// blanks returns the blank nodes of a quad at the positions s, o and g, "" for
// what is none.
func blanks(q graph.Quad) []graph.Term {
	out := []graph.Term{q.Subject, q.Object, q.Label}
	for i, t := range out {
		if !t.IsBlank() {
			out[i] = ""
		}
	}
	return out
}

// positions are those of blanks.
var positions = [...]string{"s", "o", "g"}

// replace puts other terms in the place of blank nodes.
func replace(q graph.Quad, by func(graph.Term) graph.Term) graph.Quad {
	for _, t := range []*graph.Term{&q.Subject, &q.Object, &q.Label} {
		if t.IsBlank() {
			*t = by(*t)
		}
	}
	return q
}

// issuer gives out labels in order.
type issuer struct {
	prefix string
	of     map[graph.Term]graph.Term
	order  []graph.Term
}

func newIssuer(prefix string) *issuer {
	return &issuer{prefix: prefix, of: map[graph.Term]graph.Term{}}
}

func (i *issuer) issue(t graph.Term) graph.Term {
	if label, ok := i.of[t]; ok {
		return label
	}
	label := graph.Term("_:" + i.prefix + strconv.Itoa(len(i.order)))
	i.of[t] = label
	i.order = append(i.order, t)
	return label
}

func (i *issuer) clone() *issuer {
	return &issuer{i.prefix, maps.Clone(i.of), slices.Clone(i.order)}
}

// canon is a canonicalization under way (RDFC-1.0, section 4.4).
type canon struct {
	quads map[graph.Term][]graph.Quad // of each blank node
	first map[graph.Term]string       // first degree hashes
	names *issuer
	hash  func() hash.Hash
	left  int // permutations
}

func (c *canon) sum(text string) string {
	h := c.hash()
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

// name issues all canonical labels: first to nodes that their own quads tell
// apart, then to those that the quads of their neighbours do.
func (c *canon) name() error {
	nodes := map[string][]graph.Term{}
	for t := range c.quads {
		c.first[t] = c.firstDegree(t)
		nodes[c.first[t]] = append(nodes[c.first[t]], t)
	}
	hashes := slices.Sorted(maps.Keys(nodes))
	for _, h := range hashes {
		if len(nodes[h]) == 1 {
			c.names.issue(nodes[h][0])
		}
	}
	for _, h := range hashes {
		var paths []path
		for _, t := range nodes[h] {
			if _, named := c.names.of[t]; named {
				continue
			}
			start := newIssuer("b")
			start.issue(t)
			p, err := c.degreeN(t, start)
			if err != nil {
				return err
			}
			paths = append(paths, p)
		}
		slices.SortStableFunc(paths, func(a, b path) int { return strings.Compare(a.hash, b.hash) })
		for _, p := range paths {
			for _, t := range p.issuer.order {
				c.names.issue(t)
			}
		}
	}
	return nil
}

// firstDegree is the hash of a node's own quads (section 4.6).
func (c *canon) firstDegree(t graph.Term) string {
	lines := make([]string, len(c.quads[t]))
	for i, q := range c.quads[t] {
		lines[i] = replace(q, func(other graph.Term) graph.Term {
			if other == t {
				return "_:a"
			}
			return "_:z"
		}).Line()
	}
	slices.Sort(lines)
	return c.sum(strings.Join(lines, ""))
}

// related is the hash of a neighbour (section 4.7).
func (c *canon) related(t graph.Term, q graph.Quad, i *issuer, position string) string {
	text := position
	if position != "g" {
		text += string(q.Predicate)
	}
	if label, ok := c.names.of[t]; ok {
		return c.sum(text + string(label))
	}
	if label, ok := i.of[t]; ok {
		return c.sum(text + string(label))
	}
	return c.sum(text + c.first[t])
}

// path is a way through the neighbours of a node, by its hash.
type path struct {
	hash   string
	issuer *issuer
}

// degreeN is the hash of a node by its neighbours (section 4.8).
func (c *canon) degreeN(t graph.Term, i *issuer) (path, error) {
	neighbours := map[string][]graph.Term{}
	for _, q := range c.quads[t] {
		for at, other := range blanks(q) {
			if other != "" && other != t {
				h := c.related(other, q, i, positions[at])
				neighbours[h] = append(neighbours[h], other)
			}
		}
	}
	var data strings.Builder
	for _, h := range slices.Sorted(maps.Keys(neighbours)) {
		best, chosen := "", i
		err := permute(neighbours[h], 0, func(order []graph.Term) error {
			text, after, err := c.walk(order, i.clone(), best)
			if err == nil && after != nil && (best == "" || text < best) {
				best, chosen = text, after
			}
			return err
		})
		if err != nil {
			return path{}, err
		}
		data.WriteString(h)
		data.WriteString(best)
		i = chosen
	}
	return path{c.sum(data.String()), i}, nil
}

// walk follows one order of neighbours; it gives up, with a nil issuer, where
// the best so far is surely better.
func (c *canon) walk(order []graph.Term, i *issuer, best string) (string, *issuer, error) {
	if c.left--; c.left < 0 {
		return "", nil, graph.Errorf(graph.CodeLimit, "the blank nodes are tied so alike that naming them takes too long: give some of them IRIs")
	}
	worse := func(text string) bool { return best != "" && len(text) >= len(best) && text > best }
	text := ""
	var unnamed []graph.Term
	for _, t := range order {
		if label, ok := c.names.of[t]; ok {
			text += string(label)
		} else {
			if _, ok := i.of[t]; !ok {
				unnamed = append(unnamed, t)
			}
			text += string(i.issue(t))
		}
		if worse(text) {
			return "", nil, nil
		}
	}
	for _, t := range unnamed {
		p, err := c.degreeN(t, i)
		if err != nil {
			return "", nil, err
		}
		text += string(i.issue(t)) + "<" + p.hash + ">"
		if i = p.issuer; worse(text) {
			return "", nil, nil
		}
	}
	return text, i, nil
}

// permute calls yield with every order of a list.
func permute(list []graph.Term, from int, yield func([]graph.Term) error) error {
	if from == len(list) {
		return yield(list)
	}
	for i := from; i < len(list); i++ {
		list[from], list[i] = list[i], list[from]
		err := permute(list, from+1, yield)
		list[from], list[i] = list[i], list[from]
		if err != nil {
			return err
		}
	}
	return nil
}
