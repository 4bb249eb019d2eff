package graph

import (
	"hash/maphash"
	"sync/atomic"
)

// knownDates remembers the bounds of dates by their text: a file has a few
// thousand different ones, and each claim's is read twice, when it is checked
// and when its rows are derived. A date stands in one of a few slots, and takes
// the place of another where they are full.
type knownDates struct {
	seed  maphash.Seed
	slots [1 << 14]atomic.Pointer[knownDate]
}

// dateSlots is in how many slots a date is looked for.
const dateSlots = 4

// knownDate is an EDTF date and the days between which it lies.
type knownDate struct {
	lexical   string
	low, high Day
}

var dates = knownDates{seed: maphash.MakeSeed()}

// find returns a date, nil for none, and the slot where it stands or may be put.
func (k *knownDates) find(lexical string) (*knownDate, *atomic.Pointer[knownDate]) {
	hash := maphash.String(k.seed, lexical)
	var free *atomic.Pointer[knownDate]
	for i := range uint64(dateSlots) {
		slot := &k.slots[(hash+i)%uint64(len(k.slots))]
		d := slot.Load()
		if d != nil && d.lexical == lexical {
			return d, slot
		}
		if d == nil && free == nil {
			free = slot
		}
	}
	if free == nil {
		free = &k.slots[(hash+hash>>32%dateSlots)%uint64(len(k.slots))]
	}
	return nil, free
}
