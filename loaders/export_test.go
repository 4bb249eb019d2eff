package loaders

import (
	"io"

	"github.com/piprate/json-gold/ld"
)

// LaxJSONLD reads JSON-LD as the standard has it, which drops what no context
// defines: for the suite of the standard alone.
func LaxJSONLD(expandContext any, direction string, change func(*ld.JsonLdOptions)) *Format {
	return &Format{Name: "jsonld", Read: func(r io.Reader, file string, o Options, s Sink) error {
		data, err := readAll(r, o)
		if err != nil {
			return err
		}
		root, fault := parseJSON(data)
		if fault != nil {
			s.Fault(*fault)
			return nil
		}
		l := newLinked(root, o, s)
		l.lax, l.direction = true, direction
		change(l.ld)
		return l.read(expandContext)
	}}
}
