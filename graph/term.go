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

// NumberedQuad is a quad by the numbers of its terms: subject, predicate,
// object and label, which is 0 for the default graph.
type NumberedQuad [4]uint32

// SortNumbered sorts quads by one of their columns, in linear time, and keeps
// the order of what is equal in it; no number is greater than most. scratch is
// at least as long as the list. It returns the sorted list, which lies in
// scratch, and the list that it left, whole, for scratch of the next call.
func SortNumbered(column int, list, scratch []NumberedQuad, most int) (sorted, left []NumberedQuad) {
	starts := make([]uint32, most+2)
	for i := range list {
		starts[list[i][column]+1]++
	}
	for i := 1; i < len(starts); i++ {
		starts[i] += starts[i-1]
	}
	scratch = scratch[:len(list)]
	for i := range list {
		at := &starts[list[i][column]]
		scratch[*at] = list[i]
		*at++
	}
	return scratch, list[:cap(list)]
}
