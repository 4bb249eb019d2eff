// Package resolvers answers GraphQL from package graph. It is thin: what the
// fields of a type ask is in resolvers/model, what they mean in graph; here
// are the fields of Query, the state of a request, and the loaders that make
// one look-up of what many fields of one level ask.
package resolvers
