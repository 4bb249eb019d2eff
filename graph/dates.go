package graph

import (
	"hash/maphash"
	"sync/atomic"
)

// knownDates remembers the bounds of dates by their text: a file has a few
// thousand different ones, and each claim's is read twice, when it is checked
// and when its rows are derived. One takes the place of another in its slot.
type knownDates struct {
	seed  maphash.Seed
	slots [1 << 13]atomic.Pointer[knownDate]
}

// knownDate is an EDTF date and the days between which it lies.
type knownDate struct {
	lexical   string
	low, high Day
}

var dates = knownDates{seed: maphash.MakeSeed()}

func (k *knownDates) slot(lexical string) *atomic.Pointer[knownDate] {
	return &k.slots[maphash.String(k.seed, lexical)%uint64(len(k.slots))]
}
