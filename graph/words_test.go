package graph_test

import (
	"context"
	"testing"

	"github.com/tripartite-graph/tripartite/documents"
	"github.com/tripartite-graph/tripartite/graph"
)

func TestWordsStandInTheirParagraph(t *testing.T) {
	d := newDesk(t)
	span := "document/d/p2/0-10/" + documents.Hash("The second")
	d.must(input("things.yaml", things+`- {asserted-by: union/one, evidence: `+span+`, context: document/d/p9, "@graph": {"@id": person/ann, leads: union/two}}`+"\n"))
	ctx := context.Background()
	text := oneText{documents.NewText("d.txt", []byte("The first paragraph.\nThe second.\n"))}
	r, err := graph.NewReader(ctx, d.store, d.ontology, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }() // of a snapshot that was only read
	claims, err := r.ListClaims(ctx, graph.ClaimQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range claims.Edges[0].Node.Evidence() {
		words, paragraph := e.Text(), e.ParagraphText()
		if e.Context { // beyond the last paragraph
			if words != nil || paragraph != nil {
				t.Errorf("%v in %v, where the text has no such paragraph", words, paragraph)
			}
		} else if words == nil || *words != "The second" || paragraph == nil || *paragraph != "The second." {
			t.Errorf("%v in %v", words, paragraph)
		}
	}
}
