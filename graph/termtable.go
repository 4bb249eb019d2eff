package graph

import (
	"hash/maphash"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// TermTable numbers terms from 1, each once, in the order in which they come;
// 0 is the absence of a term. It keeps the bytes of millions of terms in a few
// pieces of memory. It is not safe for concurrent use while it grows.
type TermTable struct {
	seed  maphash.Seed
	slots []slot          // open-addressed
	terms []Term          // by number
	text  strings.Builder // where the next terms are copied to
	order []uint32        // what Sorted returned last

	marks []uint32 // room for those of Numbers
	ahead []slot
}

// slot is a number in its lower half, 0 where it is free, and in the upper half
// what of the term's hash finds it: most terms that stand in the way are passed
// over without a look at them.
type slot uint64

func newSlot(mark, number uint32) slot { return slot(mark)<<32 | slot(number) }

func (s slot) mark() uint32 { return uint32(s >> 32) }

func (s slot) number() uint32 { return uint32(s) }

// The sizes of a new table, and of the first and the largest piece of text.
const (
	leastSlots = 64
	firstText  = 1 << 10
	mostText   = 1 << 20
)

// NewTermTable makes an empty table.
func NewTermTable() *TermTable {
	return &TermTable{
		seed: maphash.MakeSeed(), slots: make([]slot, leastSlots), terms: make([]Term, 1),
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
	if n := len(t.order); n < t.Len() {
		added := make([]uint32, t.Len()-n)
		for i := range added {
			added[i] = uint32(n + i + 1)
		}
		t.order = t.merge(t.order, t.sort(added, runtime.GOMAXPROCS(0)))
	}
	return t.order
}

// Frozen returns the table as it is, to be read while this one grows: its terms
// and their order, not their numbers.
func (t *TermTable) Frozen() *TermTable {
	return &TermTable{terms: t.terms[:len(t.terms):len(t.terms)], order: t.Sorted()}
}

// sort sorts numbers in place by their terms: halves of a long list side by
// side, and again, for so many workers.
func (t *TermTable) sort(numbers []uint32, workers int) []uint32 {
	const worthIt = 1 << 14
	if workers < 2 || len(numbers) < worthIt {
		slices.SortFunc(numbers, t.compare)
		return numbers
	}
	half := len(numbers) / 2
	var wait sync.WaitGroup
	wait.Go(func() { t.sort(numbers[:half], workers/2) })
	t.sort(numbers[half:], workers-workers/2)
	wait.Wait()
	copy(numbers, t.merge(numbers[:half], numbers[half:]))
	return numbers
}

func (t *TermTable) compare(a, b uint32) int {
	return strings.Compare(string(t.terms[a]), string(t.terms[b]))
}

// merge makes one sorted list of two.
func (t *TermTable) merge(a, b []uint32) []uint32 {
	if len(a) == 0 {
		return b
	}
	merged := make([]uint32, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if t.compare(a[0], b[0]) < 0 {
			merged, a = append(merged, a[0]), a[1:]
		} else {
			merged, b = append(merged, b[0]), b[1:]
		}
	}
	return append(append(merged, a...), b...)
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
	return t.number(term, uint32(maphash.String(t.seed, string(term))))
}

// Numbers is Number for many terms. What is known of them lies all over memory:
// it is looked at once before it is needed, as a processor fetches several
// things at a time that do not depend on each other.
func (t *TermTable) Numbers(terms []Term, numbers []uint32) {
	marks, last := t.marks[:0], len(t.slots)-1
	for _, term := range terms {
		marks = append(marks, uint32(maphash.String(t.seed, string(term))))
	}
	slots := t.ahead[:0]
	for _, mark := range marks {
		slots = append(slots, t.slots[int(mark)&last])
	}
	var seen byte
	for _, s := range slots {
		if known := t.terms[s.number()]; known != "" {
			seen += known[0]
		}
	}
	runtime.KeepAlive(seen) // so that it was looked at
	for i, term := range terms {
		if numbers[i] = 0; term != "" {
			numbers[i] = t.number(term, marks[i])
		}
	}
	t.marks, t.ahead = marks, slots
}

// Fetch looks at the terms of numbers that will be asked for one by one, for the
// same reason as Numbers.
func (t *TermTable) Fetch(numbers []uint32) {
	var seen byte
	for _, n := range numbers {
		if term := t.terms[n]; term != "" {
			seen += term[0]
		}
	}
	runtime.KeepAlive(seen)
}

// number is Number for a term and what of its hash finds it.
func (t *TermTable) number(term Term, mark uint32) uint32 {
	at, number := t.find(term, mark)
	if number != 0 {
		return number
	}
	if 4*len(t.terms) >= 3*len(t.slots) {
		t.grow()
		at, _ = t.find(term, mark)
	}
	number = uint32(len(t.terms))
	t.slots[at] = newSlot(mark, number)
	t.terms = append(t.terms, t.keep(term))
	return number
}

// find returns where a term's slot is and its number, or where it belongs and 0.
func (t *TermTable) find(term Term, mark uint32) (at int, number uint32) {
	last := len(t.slots) - 1
	for at = int(mark) & last; ; at = (at + 1) & last {
		s := t.slots[at]
		number = s.number()
		if number == 0 || s.mark() == mark && t.terms[number] == term {
			return at, number
		}
	}
}

// grow doubles the slots.
func (t *TermTable) grow() {
	old := t.slots
	t.slots = make([]slot, 2*len(old))
	last := len(t.slots) - 1
	for _, s := range old {
		if s.number() == 0 {
			continue
		}
		at := int(s.mark()) & last
		for t.slots[at] != 0 {
			at = (at + 1) & last
		}
		t.slots[at] = s
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
