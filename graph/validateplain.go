package graph

import "slices"

// soundPlain tells, beside the list of plain claims, which have no fault of
// their own and none in what they refer to. The others are read whole, since
// only then their faults can be told.
func (v *validator) soundPlain() []bool {
	sound := make([]bool, len(v.plain.list))
	if len(v.purged) > 0 {
		return sound
	}
	kinds, protected := v.numberedKinds()
	inParts(len(sound), func(from, to int) struct{} {
		for i := from; i < to; i++ {
			sound[i] = v.isSound(&v.plain.list[i], kinds, protected)
		}
		return struct{}{}
	})
	return sound
}

// numberedKinds returns the kinds of known entities, and which are protected, by number.
func (v *validator) numberedKinds() (kinds []*EntityKind, protected []bool) {
	kinds, protected = make([]*EntityKind, v.terms.Len()+1), make([]bool, v.terms.Len()+1)
	for t, row := range v.entityRows {
		if n := v.terms.Find(t); n != 0 {
			kinds[n], protected[n] = row.Kind, row.Protected
		}
	}
	for _, e := range v.entities {
		if e.Kind != nil {
			kinds[e.number] = e.Kind
		}
		protected[e.number] = protected[e.number] || e.Protected
	}
	return kinds, protected
}

// isSound is checkClaim for a plain claim.
func (v *validator) isSound(c *PlainClaim, kinds []*EntityKind, protected []bool) bool {
	subject, object := kinds[c.Subject], kinds[c.Object]
	r := c.Relation
	switch {
	case subject == nil, object == nil, kinds[c.Party] == nil, kinds[c.Document] == nil,
		len(r.Domain) > 0 && !slices.Contains(r.Domain, subject),
		len(r.Range) > 0 && !slices.Contains(r.Range, object),
		r.Identity && (protected[c.Subject] || protected[c.Object]),
		v.texts != nil && v.plain.terms[c.Locator].use&namesPlace != 0: // its words are compared
		return false
	}
	return true
}

// wantedByPlain marks by number what the plain claims refer to.
func (v *validator) wantedByPlain() []bool {
	numbers := make([]bool, v.terms.Len()+1)
	for i := range v.plain.list {
		c := &v.plain.list[i]
		for _, n := range [...]uint32{c.Claim, c.Subject, c.Object, c.Party, c.Document} {
			numbers[n] = true
		}
	}
	return numbers
}

// labelled returns the sound plain claims with their batches: quads without a
// label get that of their file.
func (d *draft) labelled(labels []uint32) []PlainClaim {
	kept := d.plain.list[:0]
	for i, c := range d.plain.list {
		if len(d.unsound) > 0 && d.unsound[d.terms.Term(c.Claim)] {
			continue
		}
		if c.Batch == 0 {
			c.Batch = labels[d.plain.file[i]]
		}
		kept = append(kept, c)
	}
	return kept
}
