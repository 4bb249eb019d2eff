// Package loaders reads and writes the formats of quads: a file per format.
// A reader hands over quads with their lines; what they mean, and whether they
// are sound, is for graph.Importer to tell. Nothing is ever fetched.
package loaders

import (
	"bytes"
	"context"
	"io"
	"path"
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
	// stream or the sink is returned.
	Read func(r io.Reader, file string, o Options, s Sink) error
	// Write writes what was selected; nil where the format is only read.
	Write func(ctx context.Context, w io.Writer, x *graph.Export) error
}

// Formats are the formats, in the order in which Detect tries them.
var Formats = []*Format{NQuads, TriG, YAMLLD, JSONLD, CSV}

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
	names := make([]string, len(Formats))
	for i, f := range Formats {
		names[i] = f.Name
	}
	return names
}

// Extensions lists the endings of names that tell a format.
func Extensions() []string {
	var out []string
	for _, f := range Formats {
		out = append(out, f.Extensions...)
	}
	return out
}

// Detect returns the format of a file by its name (.gz left out of account),
// else by its first bytes.
func Detect(name string, head []byte) *Format {
	ext := strings.ToLower(path.Ext(strings.TrimSuffix(name, ".gz")))
	for _, f := range Formats {
		if slices.Contains(f.Extensions, ext) {
			return f
		}
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	first, _, _ := bytes.Cut(head, []byte("\n"))
	switch {
	case bytes.HasPrefix(head, []byte("@prefix")), bytes.HasPrefix(head, []byte("@base")), bytes.HasPrefix(head, []byte("PREFIX")):
		return TriG
	case bytes.HasPrefix(head, []byte("{")), bytes.HasPrefix(head, []byte("[")):
		return JSONLD
	case bytes.Contains(head, []byte(`"@context":`)), bytes.HasPrefix(head, []byte("%YAML")), bytes.HasPrefix(head, []byte("---")):
		return YAMLLD
	case bytes.HasSuffix(bytes.TrimRight(first, " \t\r"), []byte(".")), bytes.HasPrefix(first, []byte("#")):
		return NQuads
	}
	return nil
}

// syntax makes a fault of syntax at a place.
func syntax(line, column int, message string) graph.Problem {
	return graph.Problem{Rule: graph.RuleSyntax, Position: graph.Position{Line: line, Column: column}, Message: message}
}
