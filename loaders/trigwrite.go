package loaders

import (
	"bufio"
	"context"
	"errors"
	"io"

	"github.com/tripartite-graph/tripartite/graph"
)

// writeTriG writes quads: those that follow each other with one
// label share a graph, in the order of N-Quads lines.
func writeTriG(ctx context.Context, w io.Writer, x *graph.Export) error {
	buffered := bufio.NewWriterSize(w, 1<<16)
	open := false
	var label graph.Term
	closeGraph := func() {
		if open && label != "" {
			_, _ = buffered.WriteString("}\n") // Flush tells
		}
	}
	err := x.Quads(ctx, func(q graph.Quad) error {
		if !open || q.Label != label {
			closeGraph()
			open, label = true, q.Label
			if label != "" {
				_, _ = buffered.WriteString(string(label) + " {\n")
			}
		}
		q.Label = ""
		_, err := buffered.WriteString(q.Line())
		return err
	})
	closeGraph()
	return errors.Join(err, buffered.Flush())
}
