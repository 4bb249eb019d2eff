package graph

// Term is an RDF term in canonical N-Quads syntax: <iri>, "lex", "lex"@en or
// "lex"^^<datatype>. Equal terms are equal strings, so that terms can be map
// keys, can be sorted, and come back from a store to the byte. The zero Term
// is the absence of a term (the default graph, an unset field).
type Term string

// Quad is one statement and its label. A statement of a claim has the claim's
// IRI as its label; everything said about claims and entities has a batch's.
// An empty label is the default graph: the file's own batch takes it in.
type Quad struct {
	Subject, Predicate, Object, Label Term
}
