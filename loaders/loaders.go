// Package loaders reads and writes the formats of quads: a file per format.
// A reader hands over quads with their lines; what they mean, and whether they
// are sound, is for graph.Importer to tell. Nothing is ever fetched.
package loaders

import (
	"bytes"
	"context"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/tripartite-graph/tripartite/graph"
)

// Sink takes what a reader finds in a file.
type Sink struct {
	Quad  func(graph.Quad, graph.Position) error // an error of it ends the reading
	Fault func(graph.Problem)                    // a fault of syntax: the file is not read whole
}

// Options is what a reader knows beside the bytes.
type Options struct {
	Names graph.Names
	// Ontology tells what the cells of CSV and the lines of FollowTheMoney mean.
	Ontology *graph.Ontology
	// Document returns a context by the name that a file gives it, such as
	// context.jsonld: the embedded one, or a file beside. nil: none is at hand.
	Document func(name string) ([]byte, error)
	// MaxLine bounds a line of N-Quads in bytes, and MaxFile a file that is
	// read whole (YAML-LD, JSON-LD); 0 means the defaults.
	MaxLine, MaxFile int
	// MaxBytes bounds what any file holds, unpacked; 0 means no bound.
	MaxBytes int64
}

// The bounds of what is read at once.
const (
	DefaultMaxLine = 16 << 20
	DefaultMaxFile = 256 << 20
)

// Format is a way of writing quads down.
type Format struct {
	Name       string   // of --format
	MediaTypes []string // the first is its own
	Extensions []string
	// Read reads a file; a fault of syntax goes to the sink, an error of the
	// stream or the sink is returned. nil where the format is only written.
	Read func(r io.Reader, file string, o Options, s Sink) error
	// Write writes what was selected; nil where the format is only read.
	Write func(ctx context.Context, w io.Writer, x *graph.Export) error
}

// Formats are the formats, in the order in which Detect tries them.
var Formats = []*Format{NQuads, TriG, YAMLLD, FTM, JSONLD, CSV, GEXF, GraphML, Cytoscape}

// ByName returns the format of this name, nil for none.
func ByName(name string) *Format {
	at := slices.IndexFunc(Formats, func(f *Format) bool { return f.Name == name })
	if at < 0 {
		return nil
	}
	return Formats[at]
}

// Names lists the names of the formats that can be read.
func Names() []string {
	var names []string
	for _, f := range Formats {
		if f.Read != nil {
			names = append(names, f.Name)
		}
	}
	return names
}

// Extensions lists the endings of names that tell a format.
func Extensions() []string {
	var out []string
	for _, f := range Formats {
		if f.Read != nil {
			out = append(out, f.Extensions...)
		}
	}
	return out
}

// csvHead is a first row that names a column which every CSV file has.
var csvHead = regexp.MustCompile(`(?i)(^|[,;\t])"?(id|relation)"?([,;\t]|\r?$)`)

// Detect returns the format of a file by its name (.gz left out of account),
// else by its first bytes.
func Detect(name string, head []byte) *Format {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	first, _, _ := bytes.Cut(head, []byte("\n"))
	money := bytes.HasPrefix(head, []byte("{")) && bytes.Contains(head, []byte(`"schema"`)) && !bytes.Contains(head, []byte(`"@context"`))
	for _, f := range Formats {
		ends := func(extension string) bool { return strings.HasSuffix(name, extension) }
		if slices.ContainsFunc(f.Extensions, ends) && f.Read != nil && (f != JSONLD || !money) {
			return f
		}
	}
	switch {
	case money:
		return FTM
	case bytes.HasPrefix(head, []byte("@prefix")), bytes.HasPrefix(head, []byte("@base")), bytes.HasPrefix(head, []byte("PREFIX")):
		return TriG
	case bytes.HasPrefix(head, []byte("{")), bytes.HasPrefix(head, []byte("[")):
		return JSONLD
	case bytes.Contains(head, []byte(`"@context":`)), bytes.HasPrefix(head, []byte("%YAML")), bytes.HasPrefix(head, []byte("---")):
		return YAMLLD
	case csvHead.Match(first):
		return CSV
	case bytes.HasSuffix(bytes.TrimRight(first, " \t\r"), []byte(".")), bytes.HasPrefix(first, []byte("#")):
		return NQuads
	}
	return nil
}

// syntax makes a fault of syntax at a place.
func syntax(line, column int, message string) graph.Problem {
	return graph.Problem{Rule: graph.RuleSyntax, Position: graph.Position{Line: line, Column: column}, Message: message}
}
