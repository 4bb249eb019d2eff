// Package graph holds the nouns of the domain: entities, claims and the voices
// that make them, evidence, batches, views and conflicts; what may be said
// (Ontology), how quads become claims (import), and how claims are read
// (lists, search, traversal, contradictions).
//
// It knows no transport, no file format and no database: stores implement
// Store, formats deliver Quads, and the ontology is handed in as a value.
package graph
