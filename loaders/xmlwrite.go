package loaders

import (
	"bufio"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/tripartite-graph/tripartite/graph"
)

// GEXF is GEXF 1.3, of Gephi: dynamic, with the time of each claim as a spell
// of its edge. It is only written.
var GEXF = &Format{
	Name: "gexf", MediaTypes: []string{"application/gexf+xml"}, Extensions: []string{".gexf"},
	Write: func(ctx context.Context, w io.Writer, x *graph.Export) error {
		return writeXML(ctx, w, x, gexf{})
	},
}

// GraphML is GraphML 1.0 with its attributes. It is only written.
var GraphML = &Format{
	Name: "graphml", MediaTypes: []string{"application/graphml+xml"}, Extensions: []string{".graphml"},
	Write: func(ctx context.Context, w io.Writer, x *graph.Export) error {
		return writeXML(ctx, w, x, graphML{})
	},
}

// xmlDialect is how a network is written in XML.
type xmlDialect interface {
	head(*xmlWriter)
	node(*xmlWriter, element)
	between(*xmlWriter)
	edge(*xmlWriter, element)
	foot(*xmlWriter)
}

// xmlWriter writes markup; its first failure is told at the end.
type xmlWriter struct{ *bufio.Writer }

// put writes a format whose arguments are escaped. Characters that XML has not
// become U+FFFD.
func (x *xmlWriter) put(format string, args ...string) {
	escaped := make([]any, len(args))
	for i, a := range args {
		var b strings.Builder
		_ = xml.EscapeText(&b, []byte(a)) // a builder does not fail
		escaped[i] = b.String()
	}
	_, _ = fmt.Fprintf(x, format, escaped...) // Flush tells
}

func writeXML(ctx context.Context, w io.Writer, x *graph.Export, d xmlDialect) error {
	out := &xmlWriter{bufio.NewWriterSize(w, 1<<16)}
	n := &network{export: x}
	out.put(xml.Header)
	d.head(out)
	if err := n.nodes(ctx, func(e element) error { d.node(out, e); return ctx.Err() }); err != nil {
		return err
	}
	d.between(out)
	if err := n.edges(ctx, func(e element) error { d.edge(out, e); return ctx.Err() }); err != nil {
		return err
	}
	d.foot(out)
	return errors.Join(ctx.Err(), out.Flush())
}

type gexf struct{}

func (gexf) head(x *xmlWriter) {
	x.put(`<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">
`)
	for _, class := range []struct {
		name   string
		fields []field
	}{{"node", nodeFields}, {"edge", edgeFields}} {
		x.put(`<attributes class="%s" mode="static">`+"\n", class.name)
		for _, f := range class.fields {
			x.put(`<attribute id="%s" title="%s" type="%s"/>`+"\n", f.name, f.name, f.xmlType())
		}
		x.put("</attributes>\n")
	}
	x.put("<nodes>\n")
}

func (f field) xmlType() string {
	if f.boolean {
		return "boolean"
	}
	return "string"
}

func (g gexf) node(x *xmlWriter, e element) {
	x.put(`<node id="%s" label="%s">`, e.id, e.label)
	g.values(x, nodeFields, e)
	x.put("</node>\n")
}

func (gexf) values(x *xmlWriter, fields []field, e element) {
	x.put("<attvalues>")
	for i, v := range e.values {
		if v != "" {
			x.put(`<attvalue for="%s" value="%s"/>`, fields[i].name, v)
		}
	}
	x.put("</attvalues>")
}

func (gexf) between(x *xmlWriter) { x.put("</nodes>\n<edges>\n") }

func (g gexf) edge(x *xmlWriter, e element) {
	x.put(`<edge id="%s" source="%s" target="%s" label="%s" kind="%s">`, e.id, e.source, e.target, e.label, e.label)
	g.values(x, edgeFields, e)
	if e.start != "" || e.end != "" {
		x.put("<spells><spell")
		if e.start != "" {
			x.put(` start="%s"`, e.start)
		}
		if e.end != "" {
			x.put(` end="%s"`, e.end)
		}
		x.put("/></spells>")
	}
	x.put("</edge>\n")
}

func (gexf) foot(x *xmlWriter) { x.put("</edges>\n</graph>\n</gexf>\n") }

type graphML struct{}

func (graphML) head(x *xmlWriter) {
	x.put(`<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">` + "\n")
	key := func(class, name, sort string) {
		x.put(`<key id="%s-%s" for="%s" attr.name="%s" attr.type="%s"/>`+"\n", class, name, class, name, sort)
	}
	key("node", "label", "string")
	for _, f := range nodeFields {
		key("node", f.name, f.xmlType())
	}
	for _, f := range edgeFields {
		key("edge", f.name, f.xmlType())
	}
	x.put(`<graph edgedefault="directed">` + "\n")
}

func (graphML) node(x *xmlWriter, e element) {
	x.put(`<node id="%s"><data key="node-label">%s</data>`, e.id, e.label)
	for i, v := range e.values {
		if v != "" {
			x.put(`<data key="node-%s">%s</data>`, nodeFields[i].name, v)
		}
	}
	x.put("</node>\n")
}

func (graphML) between(*xmlWriter) {}

func (graphML) edge(x *xmlWriter, e element) {
	x.put(`<edge id="%s" source="%s" target="%s">`, e.id, e.source, e.target)
	for i, v := range e.values {
		if v != "" {
			x.put(`<data key="edge-%s">%s</data>`, edgeFields[i].name, v)
		}
	}
	x.put("</edge>\n")
}

func (graphML) foot(x *xmlWriter) { x.put("</graph>\n</graphml>\n") }
