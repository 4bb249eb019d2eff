// Package model holds the Go types behind GraphQL's: shells around the values
// of package graph that turn their entities into the type of each kind, and
// ask the request for what a claim or an entity does not hold itself. Enums
// and scalars are written and read here. The *.gen.go files are generated.
package model
