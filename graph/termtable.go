package graph

import (
	"hash/maphash"
	"slices"
	"strings"
)

// TermTable numbers terms from 1, each once, in the order in which they come;
// 0 is the absence of a term. It keeps the bytes of millions of terms in a few
// pieces of memory. It is not safe for concurrent use while it grows.
type TermTable struct {
	seed  maphash.Seed
	slots []uint32        // open-addressed: number, 0 for a free slot
	marks []uint32        // of each term: what of its hash finds its slot
	terms []Term          // by number
	text  strings.Builder // where the next terms are copied to
	order []uint32        // what Sorted returned last
}

// The sizes of a new table, and of the first and the largest piece of text.
const (
	leastSlots = 64
	firstText  = 1 << 10
	mostText   = 1 << 20
)

// NewTermTable makes an empty table.
func NewTermTable() *TermTable {
	return &TermTable{
		seed: maphash.MakeSeed(), slots: make([]uint32, leastSlots), marks: make([]uint32, 1), terms: make([]Term, 1),
	}
}

// Len returns the highest number.
func (t *TermTable) Len() int { return len(t.terms) - 1 }

// Term returns the term of a number, "" of 0.
func (t *TermTable) Term(number uint32) Term { return t.terms[number] }

// Quad returns a quad by its terms.
func (t *TermTable) Quad(q NumberedQuad) Quad {
	return Quad{t.terms[q[0]], t.terms[q[1]], t.terms[q[2]], t.terms[q[3]]}
}

// Sorted returns the numbers of all terms in the order of terms. The caller
// does not change it.
func (t *TermTable) Sorted() []uint32 {
	if len(t.order) != t.Len() {
		t.order = make([]uint32, t.Len())
		for i := range t.order {
			t.order[i] = uint32(i + 1)
		}
		slices.SortFunc(t.order, func(a, b uint32) int { return strings.Compare(string(t.terms[a]), string(t.terms[b])) })
	}
	return t.order
}

// Find returns the number of a term, 0 where it has none.
func (t *TermTable) Find(term Term) uint32 {
	if term == "" {
		return 0
	}
	_, number := t.find(term, uint32(maphash.String(t.seed, string(term))))
	return number
}

// Number returns the number of a term, and gives it one where it has none.
// It keeps a copy of the term.
func (t *TermTable) Number(term Term) uint32 {
	if term == "" {
		return 0
	}
	mark := uint32(maphash.String(t.seed, string(term)))
	slot, number := t.find(term, mark)
	if number != 0 {
		return number
	}
	if 4*len(t.terms) >= 3*len(t.slots) {
		t.grow()
		slot, _ = t.find(term, mark)
	}
	number = uint32(len(t.terms))
	t.slots[slot] = number
	t.terms, t.marks = append(t.terms, t.keep(term)), append(t.marks, mark)
	return number
}

// find returns the slot of a term and its number, or the free slot where it belongs and 0.
func (t *TermTable) find(term Term, mark uint32) (slot int, number uint32) {
	last := len(t.slots) - 1
	for slot = int(mark) & last; ; slot = (slot + 1) & last {
		number = t.slots[slot]
		if number == 0 || t.marks[number] == mark && t.terms[number] == term {
			return slot, number
		}
	}
}

// grow doubles the slots.
func (t *TermTable) grow() {
	t.slots = make([]uint32, 2*len(t.slots))
	last := len(t.slots) - 1
	for number := 1; number < len(t.terms); number++ {
		slot := int(t.marks[number]) & last
		for t.slots[slot] != 0 {
			slot = (slot + 1) & last
		}
		t.slots[slot] = uint32(number)
	}
}

// keep copies a term to the end of the text.
func (t *TermTable) keep(term Term) Term {
	if t.text.Cap()-t.text.Len() < len(term) {
		size := max(min(2*t.text.Cap(), mostText), firstText, len(term))
		t.text = strings.Builder{}
		t.text.Grow(size)
	}
	from := t.text.Len()
	t.text.WriteString(string(term))
	return Term(t.text.String()[from:])
}
