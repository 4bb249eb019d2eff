// Package seed holds the corpus: what five documents say about labour rights,
// as claims in YAML-LD. It is data like any other; the service loads it into a
// store that never held a batch.
package seed

import "embed"

// Names of files of the corpus.
const (
	Documents = "documents.yaml" // describes the source documents
	Context   = "context.jsonld" // the JSON-LD context of the vocabulary
)

// Files are the files of the corpus, and the JSON-LD context beside them.
//
//go:embed *.yaml *.jsonld
var Files embed.FS
