// Package limits holds what one request may ask at most: the transport
// refuses what is beyond, resolvers tell the bounds and keep to them.
package limits

import (
	"context"
	"time"
)

// IntrospectionDepth is how deep lists of introspection (fields, interfaces,
// possibleTypes, inputFields) may not be nested: the rule of graphql-js, which
// validation has.
const IntrospectionDepth = 3

// Limits bound what one GraphQL request may ask. The zero value of a field is
// its default.
type Limits struct {
	Tokens     int           // of the document; 2,000
	QueryBytes int           // of the document; 64 KiB
	BodyBytes  int           // of the whole request; 16 MiB, since imports are sent in it
	Values     int           // in variables, lists and objects counted too; 10,000
	Nesting    int           // of lists and objects in variables; 64
	Repeats    int           // of one response name in one selection; 20
	Depth      int           // of nested fields, those of introspection left out; 24
	Fields     int           // after fragments are spread; 5,000
	Cost       int           // fields times what they may return at most; 500,000
	Rows       int           // of the store, read for one operation; 5,000,000
	Time       time.Duration // of a request that is no stream; 30 seconds
}

// WithDefaults returns the limits with what was left open filled in.
func (l Limits) WithDefaults() Limits {
	for _, field := range []struct {
		value    *int
		standard int
	}{
		{&l.Tokens, 2000}, {&l.QueryBytes, 64 << 10}, {&l.BodyBytes, 16 << 20}, {&l.Values, 10_000}, {&l.Nesting, 64}, {&l.Repeats, 20},
		{&l.Depth, 24}, {&l.Fields, 5000}, {&l.Cost, 500_000}, {&l.Rows, 5_000_000},
	} {
		if *field.value == 0 {
			*field.value = field.standard
		}
	}
	if l.Time == 0 {
		l.Time = 30 * time.Second
	}
	return l
}

type key struct{}

// With returns a context that carries the limits of its request.
func With(ctx context.Context, l Limits) context.Context { return context.WithValue(ctx, key{}, l) }

// From returns the limits of a context; the defaults where it carries none.
func From(ctx context.Context) Limits {
	l, _ := ctx.Value(key{}).(Limits)
	return l.WithDefaults()
}
