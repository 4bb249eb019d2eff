package quadstore

import (
	"encoding/binary"
	"math/bits"

	"github.com/tripartite-graph/tripartite/graph"
)

// rowVersion begins every derived row.
const rowVersion = 1

// encoder writes the fields of a row one after the other.
type encoder struct{ b []byte }

// newRow begins a row.
func newRow() *encoder { return &encoder{b: []byte{rowVersion}} }

func (e *encoder) uint(v uint64) { e.b = binary.AppendUvarint(e.b, v) }

func (e *encoder) int(v int64) { e.b = binary.AppendVarint(e.b, v) }

func (e *encoder) bool(v bool) {
	if v {
		e.b = append(e.b, 1)
	} else {
		e.b = append(e.b, 0)
	}
}

// id writes a node with its syntax in the low bits, since counters are small.
func (e *encoder) id(n graph.NodeID) { e.uint(bits.RotateLeft64(uint64(n), 64-syntaxShift)) }

func (e *encoder) ids(list []graph.NodeID) {
	e.uint(uint64(len(list)))
	for _, n := range list {
		e.id(n)
	}
}

func (e *encoder) term(t graph.Term) {
	e.uint(uint64(len(t)))
	e.b = append(e.b, t...)
}

// intervals writes each by its start and its length, 0 for one that nothing has closed.
func (e *encoder) intervals(list []graph.Interval) {
	e.uint(uint64(len(list)))
	for _, i := range list {
		e.uint(uint64(i.From))
		if i.To == graph.Forever {
			e.uint(0)
		} else {
			e.uint(uint64(i.To - i.From))
		}
	}
}

// decoder reads what encoder wrote. After a fault it returns zeros; err tells.
type decoder struct {
	b   []byte
	bad bool
}

// readRow begins to read a row.
func readRow(b []byte) *decoder {
	if len(b) == 0 || b[0] != rowVersion {
		return &decoder{bad: true}
	}
	return &decoder{b: b[1:]}
}

func (d *decoder) uint() uint64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		d.bad, d.b = true, nil
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) int() int64 {
	v, n := binary.Varint(d.b)
	if n <= 0 {
		d.bad, d.b = true, nil
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) bool() bool { return d.uint() != 0 }

func (d *decoder) id() graph.NodeID { return graph.NodeID(bits.RotateLeft64(d.uint(), syntaxShift)) }

// length reads the length of a list whose items take at least a byte each.
func (d *decoder) length() int {
	n := d.uint()
	if n > uint64(len(d.b)) {
		d.bad, d.b = true, nil
		return 0
	}
	return int(n)
}

func (d *decoder) ids() []graph.NodeID {
	n := d.length()
	if n == 0 {
		return nil
	}
	list := make([]graph.NodeID, n)
	for i := range list {
		list[i] = d.id()
	}
	return list
}

func (d *decoder) term() graph.Term {
	n := d.length()
	t := graph.Term(d.b[:n])
	d.b = d.b[n:]
	return t
}

func (d *decoder) intervals() []graph.Interval {
	n := d.length()
	if n == 0 {
		return nil
	}
	list := make([]graph.Interval, n)
	for i := range list {
		list[i].From = graph.Seq(d.uint())
		list[i].To = graph.Forever
		if length := d.uint(); length > 0 {
			list[i].To = list[i].From + graph.Seq(length)
		}
	}
	return list
}

func (d *decoder) err(key []byte) error {
	if d.bad {
		return badRow(key)
	}
	return nil
}

// columns is what stands beside every edge: graph.Columns without what changes.
type columns struct {
	graph.Columns
	first graph.Seq // of the commit that brought the claim
}

func (e *encoder) columns(c *columns) {
	e.uint(uint64(c.first))
	e.b = append(e.b, byte(c.Stance)|byte(c.Mode)<<2)
	e.bool(c.Dated)
	if c.Dated {
		e.int(int64(c.Low))
		e.int(int64(c.High))
	}
	e.uint(uint64(len(c.Voices)))
	for _, v := range c.Voices {
		e.id(v.Party)
		e.b = append(e.b, byte(v.Capacity))
		e.id(v.SpokenBy)
	}
	e.ids(c.Reporters)
	e.ids(c.Documents)
	e.id(c.Event)
}

// days reads the first of the columns: all but who says it and where.
func (d *decoder) days(c *columns) {
	c.first = graph.Seq(d.uint())
	flags := d.byte()
	c.Stance, c.Mode = graph.Stance(flags&3), graph.Mode(flags>>2)
	c.Low, c.High = graph.MinDay, graph.MaxDay
	if c.Dated = d.bool(); c.Dated {
		c.Low, c.High = graph.Day(d.int()), graph.Day(d.int())
	}
}

func (d *decoder) columns() (c columns) {
	d.days(&c)
	if n := d.length(); n > 0 {
		c.Voices = make([]graph.VoiceRef, n)
	}
	for i := range c.Voices {
		c.Voices[i] = graph.VoiceRef{Party: d.id(), Capacity: graph.Capacity(d.byte()), SpokenBy: d.id()}
	}
	c.Reporters = d.ids()
	c.Documents = d.ids()
	c.Event = d.id()
	return c
}

func (d *decoder) byte() byte {
	if len(d.b) == 0 {
		d.bad = true
		return 0
	}
	b := d.b[0]
	d.b = d.b[1:]
	return b
}
