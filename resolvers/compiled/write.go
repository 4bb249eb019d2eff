package compiled

import (
	"context"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// writer is an answer under way.
type writer struct {
	ctx       context.Context
	variables map[string]any
	request   model.Request
	buf       []byte
	failed    bool // given up
}

// write writes one value of a type.
type write[T any] func(*writer, T)

// member is a member of a JSON object.
type member[T any] struct {
	name  string // with quotes, the colon, and the comma before it
	write write[T]
}

// object writes a JSON object.
type object[T any] []member[T]

func (o object[T]) write(w *writer, v T) {
	w.buf = append(w.buf, '{')
	for i := range o {
		w.buf = append(w.buf, o[i].name...)
		o[i].write(w, v)
	}
	w.buf = append(w.buf, '}')
}

// compileObject compiles what selections ask of objects of a type; of makes
// the writer of a field, nil where it is left to gqlgen.
func compileObject[T any](c *compilation, typeName string, sets []ast.SelectionSet, of func(*compilation, *field) write[T]) object[T] {
	var out object[T]
	for _, f := range c.collect(typeName, sets) {
		var w write[T]
		if f.Name == "__typename" && typeName != anyEntity {
			w = func(w *writer, _ T) { w.text(typeName) }
		} else if w = of(c, f); w == nil {
			c.refuse()
		}
		if c.refused {
			return nil
		}
		name := `"` + f.Alias + `":`
		if len(out) > 0 {
			name = "," + name
		}
		out = append(out, member[T]{name, w})
	}
	return out
}

// fail gives the answer up.
func (w *writer) fail() { w.failed = true }

func (w *writer) null() { w.buf = append(w.buf, "null"...) }

const hex = "0123456789ABCDEF"

// text writes a string with the escapes that gqlgen takes.
func (w *writer) text(s string) {
	w.buf = append(w.buf, '"')
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '\\' && c != '"' {
			continue
		}
		w.buf = append(w.buf, s[from:i]...)
		from = i + 1
		switch c {
		case '\t':
			w.buf = append(w.buf, '\\', 't')
		case '\r':
			w.buf = append(w.buf, '\\', 'r')
		case '\n':
			w.buf = append(w.buf, '\\', 'n')
		case '\\', '"':
			w.buf = append(w.buf, '\\', c)
		default:
			w.buf = append(w.buf, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		}
	}
	w.buf = append(append(w.buf, s[from:]...), '"')
}

func (w *writer) number(n int) { w.buf = strconv.AppendInt(w.buf, int64(n), 10) }

// Writers of leaves.

func text[T any](of func(T) string) write[T] {
	return func(w *writer, v T) { w.text(of(v)) }
}

func textOrNull[T any](of func(T) *string) write[T] {
	return func(w *writer, v T) {
		if s := of(v); s != nil {
			w.text(*s)
		} else {
			w.null()
		}
	}
}

func number[T any](of func(T) int) write[T] {
	return func(w *writer, v T) { w.number(of(v)) }
}

func numberOrNull[T any](of func(T) *int) write[T] {
	return func(w *writer, v T) {
		if n := of(v); n != nil {
			w.number(*n)
		} else {
			w.null()
		}
	}
}

func truth[T any](of func(T) bool) write[T] {
	return func(w *writer, v T) { w.buf = strconv.AppendBool(w.buf, of(v)) }
}

// counted writes a number that is counted when it is asked for.
func counted[T any](of func(T, context.Context) (int, error)) write[T] {
	return func(w *writer, v T) {
		n, err := of(v, w.ctx)
		if err != nil {
			w.fail()
		}
		w.number(n)
	}
}

// list writes a JSON array.
func list[T, E any](of func(T) []E, each write[E]) write[T] {
	return func(w *writer, v T) {
		w.buf = append(w.buf, '[')
		for i, e := range of(v) {
			if i > 0 {
				w.buf = append(w.buf, ',')
			}
			each(w, e)
		}
		w.buf = append(w.buf, ']')
	}
}

// orNull writes what may not be there.
func orNull[T, E any](of func(T) *E, one write[*E]) write[T] {
	return func(w *writer, v T) {
		if e := of(v); e != nil {
			one(w, e)
		} else {
			w.null()
		}
	}
}
