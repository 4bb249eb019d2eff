package loaders

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/tripartite-graph/tripartite/graph"
)

// YAMLLD is JSON-LD written in YAML 1.2: readable by any JSON-LD tool once
// converted, and with the line of every value.
var YAMLLD = &Format{
	Name:       "yamlld",
	MediaTypes: []string{"application/ld+yaml", "application/yaml"},
	Extensions: []string{".yaml", ".yml", ".yamlld"},
	Read: func(r io.Reader, _ string, o Options, s Sink) error {
		data, err := readAll(r, o)
		if err != nil {
			return err
		}
		root, fault := parseYAML(data)
		if fault != nil {
			s.Fault(*fault)
			return nil
		}
		if root == nil {
			return nil // an empty file says nothing
		}
		return readLinked(root, o, s)
	},
}

// parseYAML reads one YAML document with the place of every value.
func parseYAML(data []byte) (root *node, fault *graph.Problem) {
	refuse := func(line, column int, message string) (*node, *graph.Problem) {
		p := syntax(line, column, message)
		return nil, &p
	}
	if !utf8.Valid(data) {
		return refuse(0, 0, "the file is not UTF-8")
	}
	file, err := parseBytes(data)
	if err != nil {
		var at *yaml.SyntaxError
		if errors.As(err, &at) && at.Token != nil && at.Token.Position != nil {
			return refuse(at.Token.Position.Line, at.Token.Position.Column, at.Message)
		}
		return refuse(0, 0, err.Error())
	}
	y := &yamlReader{anchors: map[string]*node{}}
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if _, comment := doc.Body.(*ast.CommentGroupNode); comment {
			continue
		}
		if root != nil {
			return refuse(doc.Body.GetToken().Position.Line, 0, "a second document begins: a file holds one")
		}
		if root, err = y.read(doc.Body, 0); err != nil {
			return refuse(y.line, y.column, err.Error())
		}
	}
	return root, nil
}

// parseBytes guards against a panic of the parser on a malformed file.
func parseBytes(data []byte) (file *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the file is no YAML: %v", r)
		}
	}()
	return parser.ParseBytes(data, 0)
}

// yamlReader turns the syntax tree of a document into nodes.
type yamlReader struct {
	anchors      map[string]*node
	nodes        int // made so far, what aliases repeat included
	line, column int // of the fault
}

// maxNodes bounds what a document unfolds to: aliases of aliases grow without limit.
const maxNodes = 5_000_000

func (y *yamlReader) refuse(n ast.Node, format string, args ...any) error {
	if t := n.GetToken(); t != nil && t.Position != nil {
		y.line, y.column = t.Position.Line, t.Position.Column
	}
	return fmt.Errorf(format, args...)
}

func (y *yamlReader) read(n ast.Node, depth int) (*node, error) {
	if depth > maxDepth {
		return nil, y.refuse(n, "nested deeper than %d", maxDepth)
	}
	if y.nodes++; y.nodes > maxNodes {
		return nil, y.refuse(n, "the document unfolds to more than %d values", maxNodes)
	}
	out := &node{}
	if t := n.GetToken(); t != nil && t.Position != nil {
		out.line, out.column = t.Position.Line, t.Position.Column
	}
	switch v := n.(type) {
	case *ast.MappingNode:
		return out, y.pairs(out, v.Values, depth)
	case *ast.MappingValueNode:
		return out, y.pairs(out, []*ast.MappingValueNode{v}, depth)
	case *ast.SequenceNode:
		out.sort = listNode
		for _, e := range v.Values {
			child, err := y.read(e, depth+1)
			if err != nil {
				return nil, err
			}
			out.list = append(out.list, child)
		}
		return out, nil
	case *ast.AnchorNode:
		target, err := y.read(v.Value, depth+1)
		if err == nil {
			y.anchors[v.Name.GetToken().Value] = target
		}
		return target, err
	case *ast.AliasNode:
		target := y.anchors[v.Value.GetToken().Value]
		if target == nil {
			return nil, y.refuse(n, "the alias *%s has no anchor before it", v.Value.GetToken().Value)
		}
		y.nodes += target.size()
		return target, nil
	}
	return out, y.scalar(out, n)
}

// size counts the values of a tree.
func (n *node) size() int {
	size := 1
	for _, v := range n.list {
		size += v.size()
	}
	for _, m := range n.members {
		size += m.value.size()
	}
	return size
}

func (y *yamlReader) scalar(out *node, n ast.Node) error {
	switch v := n.(type) {
	case *ast.StringNode:
		out.scalar = v.Value
	case *ast.LiteralNode:
		out.scalar = v.Value.Value
	case *ast.BoolNode:
		out.scalar = v.Value
	case *ast.NullNode:
	case *ast.IntegerNode:
		return y.number(out, n, v.Value)
	case *ast.FloatNode:
		out.scalar = v.Value
	default:
		return y.refuse(n, "%s has no place in YAML-LD", n.Type())
	}
	return nil
}

// number takes a whole number, as far as JSON can tell it from its neighbours.
func (y *yamlReader) number(out *node, n ast.Node, value any) error {
	const exact = 1 << 53
	text := n.GetToken().Value
	if len(text) > 1 && text[0] == '0' {
		return y.refuse(n, "%s begins with 0: quote it", text)
	}
	switch i := value.(type) {
	case int64:
		out.scalar = float64(i)
		if i > exact || i < -exact {
			return y.refuse(n, "%s is too large for a number: quote it", text)
		}
	case uint64:
		out.scalar = float64(i)
		if i > exact {
			return y.refuse(n, "%s is too large for a number: quote it", text)
		}
	default:
		return y.refuse(n, "%s is no number", text)
	}
	return nil
}

func (y *yamlReader) pairs(out *node, values []*ast.MappingValueNode, depth int) error {
	out.sort = mapNode
	seen := make(map[string]bool, len(values))
	for i, v := range values {
		key, ok := v.Key.(ast.ScalarNode)
		if !ok || v.Key.Type() == ast.MergeKeyType {
			return y.refuse(v.Key, "%s is no key: keys are plain text", v.Key)
		}
		text := fmt.Sprint(key.GetValue())
		if s, ok := v.Key.(*ast.StringNode); ok {
			text = s.Value
		}
		if seen[text] {
			return y.refuse(v.Key, "the key %q stands twice", text)
		}
		seen[text] = true
		child, err := y.read(v.Value, depth+1)
		if err != nil {
			return err
		}
		at := v.Key.GetToken().Position
		if i == 0 {
			out.line, out.column = at.Line, at.Column
		}
		out.members = append(out.members, member{key: text, line: at.Line, column: at.Column, value: child})
	}
	return nil
}
