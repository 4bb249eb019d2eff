// Package storetest is what every graph.Store must pass: Run checks one
// against the contract of its interface, through the interface alone. Its
// ontology and its generator of claims serve the stores' own tests and
// benchmarks too.
package storetest
