package loaders

import (
	"fmt"
	"strings"

	"github.com/tripartite-graph/tripartite/graph"
)

// node is a value of a JSON-LD or YAML-LD file, and where it stands.
type node struct {
	line, column int
	scalar       any // string, float64, bool or nil, where it is neither list nor map
	list         []*node
	members      []member // of a map, in the order of the file
	sort         nodeSort
}

type nodeSort uint8

const (
	scalarNode nodeSort = iota
	listNode
	mapNode
)

// member is one key of a map and its value.
type member struct {
	key          string
	line, column int
	value        *node
}

// get returns the value of a key, nil for none.
func (n *node) get(key string) *node {
	for _, m := range n.members {
		if m.key == key {
			return m.value
		}
	}
	return nil
}

// plain returns the value as encoding/json would.
func (n *node) plain() any {
	switch n.sort {
	case listNode:
		list := make([]any, len(n.list))
		for i, v := range n.list {
			list[i] = v.plain()
		}
		return list
	case mapNode:
		m := make(map[string]any, len(n.members))
		for _, v := range n.members {
			m[v.key] = v.value.plain()
		}
		return m
	}
	return n.scalar
}

// walk visits every map below the node, itself included.
func (n *node) walk(visit func(*node)) {
	if n.sort == mapNode {
		visit(n)
	}
	for _, v := range n.list {
		v.walk(visit)
	}
	for _, m := range n.members {
		m.value.walk(visit)
	}
}

// places finds the scalars of an item by their text, so that a quad gets the
// line of the value that it comes from.
type places struct {
	item  *node
	exact map[string]*node
}

func placesOf(item *node) *places {
	p := &places{item: item, exact: map[string]*node{}}
	p.add(item)
	return p
}

func (p *places) add(n *node) {
	if n.sort == scalarNode && n.scalar != nil {
		text := fmt.Sprint(n.scalar)
		if _, ok := p.exact[text]; !ok {
			p.exact[text] = n
		}
	}
	for _, v := range n.list {
		p.add(v)
	}
	for _, m := range n.members {
		p.add(m.value)
		if _, ok := p.exact["key "+m.key]; !ok {
			p.exact["key "+m.key] = &node{line: m.line, column: m.column}
		}
	}
}

// of returns the place of a quad: of its object's text, else of its
// predicate's key, else of the item.
func (p *places) of(q graph.Quad, names graph.Names) graph.Position {
	var candidates []string
	if q.Object.IsLiteral() {
		candidates = append(candidates, q.Object.Lexical())
	} else {
		iri := strings.Trim(string(q.Object), "<>")
		candidates = append(candidates, iri, names.ID(q.Object), strings.TrimPrefix(iri, names.Vocabulary))
	}
	predicate := strings.Trim(string(q.Predicate), "<>")
	candidates = append(candidates, "key "+predicate, "key "+strings.TrimPrefix(predicate, names.Vocabulary))
	for _, text := range candidates {
		if n, ok := p.exact[text]; ok {
			return graph.Position{Line: n.line, Column: n.column}
		}
	}
	return graph.Position{Line: p.item.line, Column: p.item.column}
}
