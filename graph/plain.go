package graph

import (
	"runtime"
	"sync"
)

// PlainClaim is a claim that is said in the plainest way, as most claims of a
// large file are: one party states a relation of two entities, at one place of
// one document, with a date or without. Its parts are the numbers that a table
// gives their terms, so that a store need not read its quads again.
type PlainClaim struct {
	Claim     uint32
	Subject   uint32
	Predicate uint32 // the IRI of Relation
	Object    uint32
	Relation  *RelationKind
	Party     uint32 // who says it, in no capacity and by nobody else
	Locator   uint32 // where it is stated
	Document  uint32 // parsed out of the locator
	Date      uint32 // 0 for none
	Low, High Day    // its bounds; MinDay, MaxDay without one
	Batch     uint32 // the label of every quad about it
}

// plainTerm is what a term of the files can be in a plain claim.
type plainTerm struct {
	low, high Day
	document  uint32
	use       plainUse
}

// plainUse is a set of uses.
type plainUse uint8

const (
	usableDate    plainUse = 1 << iota
	usableLocator          // of a document as a whole, or of a place in it
	namesPlace             // a locator that names a paragraph
	usableParty
)

// plainClaims are those of a draft.
type plainClaims struct {
	list  []PlainClaim // in the order of their numbers
	is    []bool       // by number
	terms []plainTerm  // by number
	file  []int32      // beside list: whose the claim is
}

// learn finds out what dates, locators and parties of the files say, each
// once, and numbers the documents that locators name.
func (d *draft) learn() {
	p := &d.plain
	p.terms = make([]plainTerm, d.terms.Len()+1)
	seen := make([]bool, len(p.terms))
	for i := range d.quads {
		q := &d.quads[i]
		object := q.NumberedQuad[2]
		if int(object) >= len(seen) || seen[object] {
			continue
		}
		switch d.word(q) {
		case WordDate, WordEvidence, WordAssertedBy:
			seen[object] = true
			p.terms[object] = d.plainTerm(d.terms.Term(object))
		}
	}
}

func (d *draft) plainTerm(t Term) (p plainTerm) {
	if t.IsLiteral() {
		low, high, message := dateBounds(t)
		if message == "" {
			p = plainTerm{low: low, high: high, use: usableDate}
		}
		return p
	}
	if !t.IsIRI() {
		return p
	}
	if d.deriver.isEntityID(t) {
		p.use |= usableParty
	}
	if l, err := ParseLocator(d.names, t); err == nil {
		p.document, p.use = d.terms.Number(l.Document), p.use|usableLocator
		if l.Paragraph > 0 {
			p.use |= namesPlace
		}
	}
	return p
}

// readPlain finds the plain claims of the files.
func (d *draft) readPlain() {
	p := &d.plain
	p.is = make([]bool, len(d.sorts))
	parts := inParts(len(d.sorts), func(from, to int) (found plainClaims) {
		claims := 0
		for _, sort := range d.sorts[from:to] {
			if sort == sortClaim {
				claims++
			}
		}
		found.list, found.file = make([]PlainClaim, 0, claims), make([]int32, 0, claims)
		for n := from; n < to; n++ {
			if d.sorts[n] != sortClaim {
				continue
			}
			if c, file, ok := d.plainClaim(uint32(n)); ok {
				found.list, found.file, p.is[n] = append(found.list, c), append(found.file, file), true
			}
		}
		return found
	})
	claims := 0
	for _, found := range parts {
		claims += len(found.list)
	}
	p.list, p.file = make([]PlainClaim, 0, claims), make([]int32, 0, claims)
	for _, found := range parts {
		p.list, p.file = append(p.list, found.list...), append(p.file, found.file...)
	}
}

// plainClaim reads a claim, and tells whether it is a plain one.
func (d *draft) plainClaim(number uint32) (c PlainClaim, file int32, ok bool) {
	inside, about := d.inside.of(number), d.subject.of(number)
	if len(inside) != 1 || len(about) < 2 || d.blanks && !d.terms.Term(number).IsIRI() {
		return c, 0, false
	}
	q := &d.quads[inside[0]]
	if !d.isStatement(q) {
		return c, 0, false
	}
	relation := d.predicate(q).relation
	if relation.Value != NoValue || relation.Claims {
		return c, 0, false
	}
	file = q.file
	c = PlainClaim{
		Claim: number, Subject: q.NumberedQuad[0], Predicate: q.NumberedQuad[1], Object: q.NumberedQuad[2],
		Relation: relation, Low: MinDay, High: MaxDay, Batch: d.quads[about[0]].NumberedQuad[3],
	}
	for _, at := range about {
		if q := &d.quads[at]; q.file != file || q.NumberedQuad[3] != c.Batch || !d.plainPart(&c, q) {
			return c, 0, false
		}
	}
	return c, file, c.Party != 0 && c.Locator != 0
}

// plainPart takes a quad about a claim, and tells whether a plain one has such.
func (d *draft) plainPart(c *PlainClaim, q *located) bool {
	object := q.NumberedQuad[2]
	t := &d.plain.terms[object]
	switch d.word(q) {
	case WordAssertedBy:
		if c.Party != 0 || t.use&usableParty == 0 {
			return false
		}
		c.Party = object
	case WordEvidence:
		if c.Locator != 0 || t.use&usableLocator == 0 {
			return false
		}
		c.Locator, c.Document = object, t.document
	case WordDate:
		if c.Date != 0 || t.use&usableDate == 0 {
			return false
		}
		c.Date, c.Low, c.High = object, t.low, t.high
	default:
		return false
	}
	return true
}

// leastPart is how many things are worth another worker.
const leastPart = 1 << 14

// inParts cuts a range for as many workers as run at once, and returns what
// each found, in the order of the range.
func inParts[T any](n int, work func(from, to int) T) []T {
	workers := max(1, min(runtime.GOMAXPROCS(0), n/leastPart))
	found := make([]T, workers)
	var wait sync.WaitGroup
	for i := range workers {
		wait.Go(func() { found[i] = work(n*i/workers, n*(i+1)/workers) })
	}
	wait.Wait()
	return found
}
