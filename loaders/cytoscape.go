package loaders

import (
	"bufio"
	"context"
	"errors"
	"io"

	"github.com/tripartite-graph/tripartite/graph"
)

// Cytoscape is the JSON of Cytoscape.js. It is only written.
var Cytoscape = &Format{
	Name: "cytoscape", MediaTypes: []string{"application/vnd.cytoscape+json"}, Extensions: []string{".cyjs"},
	Write: writeCytoscape,
}

func writeCytoscape(ctx context.Context, w io.Writer, x *graph.Export) error {
	out := bufio.NewWriterSize(w, 1<<16)
	n := &network{export: x}
	begun := false
	put := func(fields []field) func(element) error {
		return func(e element) error {
			if begun {
				_ = out.WriteByte(',') // Flush tells
			}
			begun = true
			_, _ = out.WriteString("\n")
			_, err := out.Write(compactJSON(map[string]any{"data": e.data(fields)}))
			return errors.Join(err, ctx.Err())
		}
	}
	_, _ = out.WriteString(`{"elements": {"nodes": [`)
	if err := n.nodes(ctx, put(nodeFields)); err != nil {
		return err
	}
	begun = false
	_, _ = out.WriteString("\n], \"edges\": [")
	if err := n.edges(ctx, put(edgeFields)); err != nil {
		return err
	}
	_, _ = out.WriteString("\n]}}\n")
	return out.Flush()
}

// data is an element as Cytoscape.js takes it.
func (e element) data(fields []field) map[string]any {
	data := map[string]any{"id": e.id, "label": e.label}
	for name, value := range map[string]string{"source": e.source, "target": e.target, "start": e.start, "end": e.end} {
		if value != "" {
			data[name] = value
		}
	}
	for i, v := range e.values {
		switch {
		case v == "":
		case fields[i].boolean:
			data[fields[i].name] = v == "true"
		default:
			data[fields[i].name] = v
		}
	}
	return data
}
