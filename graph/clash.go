package graph

import (
	"math"
	"slices"
	"strings"

	"github.com/tripartite-graph/tripartite/graph/edtf"
	"github.com/tripartite-graph/tripartite/graph/quantity"
)

// This file holds the rules by which two claims of a group clash. All of them
// are symmetric.

// ofBothStances returns all claims, or none where all take one stance.
func ofBothStances(claims []*ClaimRecord) []*ClaimRecord {
	if slices.ContainsFunc(claims, func(c *ClaimRecord) bool { return c.Stance != claims[0].Stance }) {
		return claims
	}
	return nil
}

// asserted returns the claims that assert: denials are left to stanceClash.
func asserted(claims []*ClaimRecord) []*ClaimRecord {
	return slices.DeleteFunc(slices.Clone(claims), func(c *ClaimRecord) bool { return c.Stance != Asserted })
}

// qualified returns the asserted claims that have details to differ in.
func qualified(claims []*ClaimRecord) []*ClaimRecord {
	return slices.DeleteFunc(asserted(claims), func(c *ClaimRecord) bool { return len(c.Qualifiers) == 0 })
}

// stanceClash: one voice asserts what another, or the same elsewhere, denies,
// of the same happening or of overlapping times. It is the only rule that sets
// a voice against itself within one document: a document that says both yes
// and no is worth showing, while two values in one breath are mostly two parts
// of one account.
func stanceClash(_ *conflictGroup, a, b *ClaimRecord) bool {
	return a.Stance != b.Stance && sameTime(a, b)
}

// sameTime tells whether two claims can be about one happening: their event is
// the same, or one of them has none and their dates can overlap.
func sameTime(a, b *ClaimRecord) bool {
	if a.Event != "" && b.Event != "" {
		return a.Event == b.Event
	}
	return overlap(a, b)
}

// overlap tells whether two dates can meet; a claim without one meets any.
func overlap(a, b *ClaimRecord) bool { return a.Low <= b.High && b.Low <= a.High }

// bothAsserted leaves denials to stanceClash, and one account's details to itself.
func bothAsserted(a, b *ClaimRecord) bool {
	return a.Stance == Asserted && b.Stance == Asserted && !sameAccount(a, b)
}

// sameAccount tells whether the same voices speak in the same document.
func sameAccount(a, b *ClaimRecord) bool {
	return slices.Equal(a.Voices, b.Voices) && sharesDocument(a, b)
}

func sharesDocument(a, b *ClaimRecord) bool {
	for _, e := range a.Evidence {
		for _, f := range b.Evidence {
			if e.Document == f.Document {
				return true
			}
		}
	}
	return false
}

// statementValueClash compares the details of one statement where no event
// ties the two; those of one event meet in its group.
func statementValueClash(_ *conflictGroup, a, b *ClaimRecord) bool {
	return bothAsserted(a, b) && !sharesEvent(a, b) && sameTime(a, b) && singlesDiffer(a, b, ConflictValue)
}

func statementGroundClash(_ *conflictGroup, a, b *ClaimRecord) bool {
	return bothAsserted(a, b) && !sharesEvent(a, b) && sameTime(a, b) && singlesDiffer(a, b, ConflictGround)
}

func sharesEvent(a, b *ClaimRecord) bool { return a.Event != "" && a.Event == b.Event }

func happeningValueClash(g *conflictGroup, a, b *ClaimRecord) bool {
	return bothAsserted(a, b) && g.sameParticipants(a, b) && singlesDiffer(a, b, ConflictValue)
}

func happeningGroundClash(g *conflictGroup, a, b *ClaimRecord) bool {
	return bothAsserted(a, b) && g.sameParticipants(a, b) && singlesDiffer(a, b, ConflictGround)
}

// dateClash: two accounts of one happening give it dates that exclude each other.
func dateClash(g *conflictGroup, a, b *ClaimRecord) bool {
	return a.Relation.Aspect == Happening && a.Date != "" && b.Date != "" &&
		bothAsserted(a, b) && !overlap(a, b) && g.sameParticipants(a, b)
}

// measureClash: two voices give one measure of one thing values whose bounds
// exclude each other, of the same happening or of overlapping times.
func measureClash(_ *conflictGroup, a, b *ClaimRecord) bool {
	return bothAsserted(a, b) && sameTime(a, b) && sameMeasure(a, b) &&
		valuesDiffer(a.Relation.Value, a.Object, b.Object)
}

// sameMeasure tells whether nothing but their values tells two measurements
// apart: they are qualified by the same entities, their words are alike, and
// the days on which they were taken can be one.
func sameMeasure(a, b *ClaimRecord) bool {
	ours, theirs := qualifierSets(a), qualifierSets(b)
	for kind := range theirs {
		if ours[kind] == nil {
			ours[kind] = []Term{}
		}
	}
	for kind, values := range ours {
		if !agree(kind, values, theirs[kind]) {
			return false
		}
	}
	return true
}

// agree tells whether two sets of one qualifier leave two measurements comparable.
func agree(kind *QualifierKind, a, b []Term) bool {
	switch kind.Type {
	case EntityValue, RelationValue:
		return slices.Equal(a, b)
	case TextValue, DateValue:
		return len(a) == 0 || len(b) == 0 || !allDiffer(kind, a, b)
	}
	return true
}

// statusClash: the same two things stand, at overlapping times, in relations
// that exclude each other. Happenings must share their event or be dated,
// since two undated steps of one story mostly follow each other.
func statusClash(g *conflictGroup, a, b *ClaimRecord) bool {
	if !slices.Contains(g.ontology.Rivals(a.Relation), b.Relation) || a.Subject != b.Subject && !reversible(a, b) {
		return false
	}
	if a.Relation.Aspect == Happening && b.Relation.Aspect == Happening && !sharesEvent(a, b) &&
		(a.Date == "" || b.Date == "") {
		return false
	}
	return bothAsserted(a, b) && sameTime(a, b)
}

// reversible tells whether the order of two ends means nothing.
func reversible(a, b *ClaimRecord) bool { return a.Relation.Symmetric || b.Relation.Symmetric }

// listing is one end of a claim about a happening, in one document.
type listing struct{ document, fixed, other Term }

// sameParticipants tells whether two claims about one happening are accounts
// of one deed: subject and object are the same, or one of them is and no
// document names both of the others beside it. A document that does lists
// several participants (two people dismissed on one day); where none does, two
// accounts name one of them differently ("a court", the court's name).
func (g *conflictGroup) sameParticipants(a, b *ClaimRecord) bool {
	if a.Relation.Value != NoValue {
		return false // values meet in measureClash
	}
	switch {
	case a.Subject == b.Subject && a.Object == b.Object:
		return true
	case a.Subject == b.Subject:
		return !g.together(a.Subject, a.Object, b.Object)
	case a.Object == b.Object:
		return !g.together(a.Object, a.Subject, b.Subject)
	}
	return false
}

// together tells whether one document names both x and y beside a fixed end.
func (g *conflictGroup) together(fixed, x, y Term) bool {
	if g.listed == nil {
		g.list()
	}
	for _, document := range g.documents {
		if g.listed[listing{document, fixed, x}] && g.listed[listing{document, fixed, y}] {
			return true
		}
	}
	return false
}

// list notes who stands beside whom in which document.
func (g *conflictGroup) list() {
	g.listed = map[listing]bool{}
	for _, c := range g.claims {
		for _, e := range c.Evidence {
			g.documents = addTerm(g.documents, e.Document)
			g.listed[listing{e.Document, c.Subject, c.Object}] = true
			g.listed[listing{e.Document, c.Object, c.Subject}] = true
		}
	}
}

// singlesDiffer tells whether two claims differ in a qualifier of which their
// relation says that one happening has one. Grounds (qualifiers that can be
// repeated, or that are said in words) differ where the two sets have nothing
// in common; all others differ by value.
func singlesDiffer(a, b *ClaimRecord, kind ConflictKind) bool {
	if !sameSubjectMatter(a, b) {
		return false
	}
	for _, name := range a.Relation.Single {
		for _, q := range a.Qualifiers {
			if q.Kind.Name != name || groundLike(q.Kind) != (kind == ConflictGround) {
				continue
			}
			ours, theirs := valuesOf(a, q.Kind), valuesOf(b, q.Kind)
			if len(theirs) > 0 && allDiffer(q.Kind, ours, theirs) {
				return true
			}
		}
	}
	return false
}

// sameSubjectMatter tells whether what two claims say to have counted or
// measured (their qualifiers in words that cannot be repeated) is alike.
func sameSubjectMatter(a, b *ClaimRecord) bool {
	for _, q := range a.Qualifiers {
		if q.Kind.Type != TextValue || q.Kind.Repeatable {
			continue
		}
		if theirs := valuesOf(b, q.Kind); len(theirs) > 0 && !anyAlike([]Term{q.Value}, theirs) {
			return false
		}
	}
	return true
}

// groundLike tells qualifiers that say why or under which law from those that say how much or when.
func groundLike(q *QualifierKind) bool { return q.Repeatable || q.Type == TextValue }

// allDiffer tells whether no value of one set agrees with one of the other.
func allDiffer(kind *QualifierKind, a, b []Term) bool {
	if kind.Type == TextValue {
		return !anyAlike(a, b)
	}
	for _, x := range a {
		for _, y := range b {
			if !valuesDiffer(kind.Type, x, y) {
				return false
			}
		}
	}
	return true
}

// qualifierSets returns a claim's qualifiers that are not single-valued, by kind.
func qualifierSets(c *ClaimRecord) map[*QualifierKind][]Term {
	out := map[*QualifierKind][]Term{}
	for _, q := range c.Qualifiers {
		if !slices.Contains(c.Relation.Single, q.Kind.Name) {
			out[q.Kind] = addTerm(out[q.Kind], q.Value)
		}
	}
	return out
}

// valuesOf returns what a claim gives for one kind of qualifier, in whichever group.
func valuesOf(c *ClaimRecord, kind *QualifierKind) []Term {
	var out []Term
	for _, q := range c.Qualifiers {
		if q.Kind == kind {
			out = addTerm(out, q.Value)
		}
	}
	return out
}

// valuesDiffer tells whether two values of one type exclude each other.
// Quantities are compared by their bounds where the unit is the same, dates by
// their bounds, durations by their length; what cannot be compared does not differ.
func valuesDiffer(t Datatype, a, b Term) bool {
	if a == b {
		return false
	}
	switch t {
	case QuantityValue, IntegerValue:
		return quantitiesDiffer(a.Lexical(), b.Lexical())
	case DateValue:
		x, err := edtf.Parse(a.Lexical())
		y, err2 := edtf.Parse(b.Lexical())
		return err == nil && err2 == nil && (x.High < y.Low || y.High < x.Low)
	case DurationValue:
		return durationsDiffer(a.Lexical(), b.Lexical())
	case TextValue:
		return !alike(a.Lexical(), b.Lexical())
	}
	return !a.IsLiteral() || a.Lexical() != b.Lexical()
}

// approximation is how far, as a part of it, a bound that is said to be
// approximate may be off.
const approximation = 0.1

func quantitiesDiffer(a, b string) bool {
	x, err := quantity.Parse(a)
	y, err2 := quantity.Parse(b)
	return err == nil && err2 == nil && sameUnit(x.Unit, y.Unit) && (below(x, y) || below(y, x))
}

// sameUnit compares units by their fold, without the s of a plural; a plain
// number goes with any unit.
func sameUnit(a, b string) bool {
	return a == "" || b == "" || strings.TrimSuffix(Fold(a), "s") == strings.TrimSuffix(Fold(b), "s")
}

// below tells whether all of x is less than all of y.
func below(x, y quantity.Quantity) bool {
	if x.Max == nil || y.Min == nil {
		return false
	}
	top, bottom := *x.Max, *y.Min
	if x.Approximate {
		top += approximation * math.Abs(top)
	}
	if y.Approximate {
		bottom -= approximation * math.Abs(bottom)
	}
	return top < bottom || top == bottom && (x.MaxStrict || y.MinStrict)
}

// anyAlike tells whether a text of one set is like one of the other.
func anyAlike(a, b []Term) bool {
	for _, x := range a {
		for _, y := range b {
			if alike(x.Lexical(), y.Lexical()) {
				return true
			}
		}
	}
	return false
}

// alike tells whether two texts, in two curators' words, may mean one thing:
// they share a third of the shorter one's words of four letters or more.
func alike(a, b string) bool {
	x, y := contentWords(a), contentWords(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	shared := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			shared++
		}
	}
	return 3*shared >= len(x) && (shared > 0 || Fold(a) == Fold(b))
}

func contentWords(s string) []string {
	all := Tokens(Fold(s))
	long := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return len(w) < 4 })
	if len(long) == 0 {
		return all
	}
	return long
}
