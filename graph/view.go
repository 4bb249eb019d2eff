package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tripartite-graph/tripartite/graph/edtf"
)

// View is a lens: what of the graph is looked at. A nil list leaves
// everything in, an empty one nothing.
type View struct {
	AssertedBy     []string // ids of parties or delegates
	ReportedBy     []string // ids of those that passed it on
	Capacities     []Capacity
	Documents      []string // ids
	Stances        []Stance
	Modes          []Mode
	Direct         *bool   // true: first-hand speech alone; false: second-hand alone
	AsOf           *string // EDTF; an EVENT happened by then, a STATE holds then
	Certainty      Certainty
	RecordedBefore *time.Time // what this graph knew then
	UndisputedOnly bool
}

// Certainty is what View.AsOf does with dates that leave it open.
type Certainty uint8

// The certainties.
const (
	CertaintyPossible Certainty = iota // keeps the undated and the overlapping
	CertaintyCertain                   // drops them
)

// String returns the certainty's name in GraphQL: CERTAIN.
func (c Certainty) String() string {
	if c == CertaintyCertain {
		return "CERTAIN"
	}
	return "POSSIBLE"
}

// Text says in words what the view looks at.
func (v *View) Text() string {
	if v == nil {
		return "everything"
	}
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	list := func(what string, isSet bool, values []string) {
		if isSet && len(values) == 0 {
			add("%s nobody", what)
		} else if isSet {
			add("%s %s", what, strings.Join(values, ", "))
		}
	}
	list("asserted by", v.AssertedBy != nil, v.AssertedBy)
	list("reported by", v.ReportedBy != nil, v.ReportedBy)
	list("in the capacity", v.Capacities != nil, textsOf(v.Capacities))
	list("in documents", v.Documents != nil, v.Documents)
	list("stances", v.Stances != nil, textsOf(v.Stances))
	list("modes", v.Modes != nil, textsOf(v.Modes))
	if v.Direct != nil {
		add("%s speech alone", map[bool]string{true: "first-hand", false: "second-hand"}[*v.Direct])
	}
	if v.AsOf != nil {
		add("as of %s (%s)", *v.AsOf, strings.ToLower(v.Certainty.String()))
	}
	if v.RecordedBefore != nil {
		add("as recorded before %s", v.RecordedBefore.UTC().Format(time.RFC3339))
	}
	if v.UndisputedOnly {
		add("undisputed only")
	}
	if len(parts) == 0 {
		return "everything"
	}
	return strings.Join(parts, "; ")
}

func textsOf[T fmt.Stringer](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v.String()
	}
	return out
}

// lens is a view compiled for one snapshot: a predicate on columns.
type lens struct {
	seq        Seq
	never      bool // nothing passes: the graph was empty then
	assertedBy map[NodeID]bool
	reportedBy map[NodeID]bool
	documents  map[NodeID]bool
	capacities uint32 // bits
	stances    uint32
	modes      uint32
	direct     *bool
	undisputed bool
	asOf       *edtf.Date
	certain    bool
}

// truthful are the modes that relation fields, neighbours, subgraphs and paths
// take unless asked otherwise: what is meant as fact.
var truthful = []Mode{Fact, Alleged}

// through compiles a view, and returns the reader of the snapshot at which it
// looks. Modes apply where the view gives none; nil stands for all.
func (r *Reader) through(ctx context.Context, v *View, modes []Mode) (*Reader, *lens, error) {
	l := &lens{seq: r.Seq(), capacities: allBits, stances: allBits, modes: bits(modes)}
	if v == nil {
		return r, l, nil
	}
	at := r
	if v.RecordedBefore != nil {
		var err error
		if at, err = r.recordedBefore(ctx, *v.RecordedBefore, l); err != nil {
			return nil, nil, err
		}
	}
	l.capacities, l.stances = bits(v.Capacities), bits(v.Stances)
	if v.Modes != nil {
		l.modes = bits(v.Modes)
	}
	l.direct = v.Direct
	l.undisputed, l.certain = v.UndisputedOnly, v.Certainty == CertaintyCertain
	if v.AsOf != nil {
		d, err := edtf.Parse(*v.AsOf)
		if err != nil {
			return nil, nil, Errorf(CodeInvalid, "view.asOf: %v", err)
		}
		l.asOf = &d
	}
	return at, l, at.fill(ctx, v, l)
}

// recordedBefore opens the graph as it was recorded at a time.
func (r *Reader) recordedBefore(ctx context.Context, t time.Time, l *lens) (*Reader, error) {
	seq, err := r.store.SeqAt(ctx, t)
	if err != nil {
		return nil, err
	}
	if seq == 0 { // nothing was recorded yet, and 0 would open the latest
		l.never = true
		return r, nil
	}
	at, err := r.at(ctx, seq)
	if err == nil {
		l.seq = at.Seq()
	}
	return at, err
}

// fill finds the nodes of the view's ids in one look-up.
func (r *Reader) fill(ctx context.Context, v *View, l *lens) error {
	nodes, err := r.nodes(ctx, slices.Concat(v.AssertedBy, v.ReportedBy, v.Documents))
	if err != nil {
		return err
	}
	take := func(ids []string) map[NodeID]bool {
		if ids == nil {
			return nil
		}
		set := map[NodeID]bool{}
		for _, n := range nodes[:len(ids)] {
			r.addCluster(set, n)
		}
		nodes = nodes[len(ids):]
		return set
	}
	l.assertedBy, l.reportedBy, l.documents = take(v.AssertedBy), take(v.ReportedBy), take(v.Documents)
	return nil
}

// addCluster adds a node and all that are one with it; 0 is nobody.
func (r *Reader) addCluster(set map[NodeID]bool, n NodeID) {
	if n == 0 {
		return
	}
	for _, member := range r.cluster(n) {
		set[member] = true
	}
}

const allBits = ^uint32(0)

// bits makes a set of enum values; nil is all.
func bits[E ~uint8](values []E) uint32 {
	if values == nil {
		return allBits
	}
	var set uint32
	for _, v := range values {
		set |= 1 << v
	}
	return set
}

// verdict is what a lens does with a claim.
type verdict uint8

const (
	drop verdict = iota
	keep
	// dropUndated and keepUndated tell that asOf met a claim without a date.
	dropUndated
	keepUndated
	// ask: whether a state surely holds depends on the ends of its interval,
	// of which the columns have the outer bounds alone.
	ask
)

// judge tells whether a claim is in the lens.
func (l *lens) judge(relation *RelationKind, c *Columns) verdict {
	if l.never || !Live(c.Recorded, l.seq) || !l.spoken(c) ||
		l.stances&(1<<c.Stance) == 0 || l.modes&(1<<c.Mode) == 0 ||
		l.undisputed && Live(c.Disputed, l.seq) {
		return drop
	}
	if l.asOf == nil {
		return keep
	}
	return l.then(relation, c)
}

// spoken tells whether who says it, how and where is in the lens.
func (l *lens) spoken(c *Columns) bool {
	if l.direct != nil && *l.direct != (len(c.Reporters) == 0) || l.documents != nil && !anyIn(l.documents, c.Documents) ||
		l.reportedBy != nil && !anyIn(l.reportedBy, c.Reporters) {
		return false
	}
	if l.assertedBy == nil && l.capacities == allBits {
		return true
	}
	for _, v := range c.Voices {
		if l.capacities&(1<<v.Capacity) != 0 && (l.assertedBy == nil || l.assertedBy[v.Party] || l.assertedBy[v.SpokenBy]) {
			return true
		}
	}
	return false
}

func anyIn(set map[NodeID]bool, nodes []NodeID) bool {
	return slices.ContainsFunc(nodes, func(n NodeID) bool { return set[n] })
}

// then tells whether a claim was true as of the lens's date.
func (l *lens) then(relation *RelationKind, c *Columns) verdict {
	low, high := Day(l.asOf.Low), Day(l.asOf.High)
	switch {
	case !c.Dated && l.certain:
		return dropUndated
	case !c.Dated:
		return keepUndated
	case relation.Aspect == Happening && l.certain:
		return keepIf(c.High <= high)
	case relation.Aspect == Happening:
		return keepIf(c.Low <= high)
	case c.Low > high || c.High < low:
		return drop
	case l.certain:
		return ask
	}
	return keep
}

func keepIf(yes bool) verdict {
	if yes {
		return keep
	}
	return drop
}

// surely tells whether a state with this date holds all through the lens's
// date: it began before and ends after, whenever within their bounds its
// ends lie. An unknown end is none that it surely outlives.
func (l *lens) surely(date Term) bool {
	d, err := edtf.Parse(date.Lexical())
	if err != nil {
		return false
	}
	if !d.Interval {
		return d.Low == d.High && d.Low <= l.asOf.Low && l.asOf.High <= d.High
	}
	from, to, _ := strings.Cut(date.Lexical(), "/")
	return begun(d, from, l.asOf.Low) && lasting(d, to, l.asOf.High)
}

func begun(d edtf.Date, from string, day int32) bool {
	if d.Start != edtf.Known {
		return d.Start == edtf.Open
	}
	start, err := edtf.Parse(from)
	return err == nil && start.High <= day
}

func lasting(d edtf.Date, to string, day int32) bool {
	if d.End != edtf.Known {
		return d.End == edtf.Open
	}
	end, err := edtf.Parse(to)
	return err == nil && day <= end.Low
}
