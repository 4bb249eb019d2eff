package graph

// sound keeps the quads of what has no problem, neither of its own nor of
// anything that it refers to, and counts what is dropped.
func (v *validator) sound(out []outQuad, report *Report) []outQuad {
	for t := range v.unsound {
		v.unsound[v.final(t)] = true // claims refer to each other by their final ids
	}
	for v.spread() {
	}
	owners := v.owners()
	unsound := make([]bool, v.terms.Len()+1)
	for t := range v.unsound {
		unsound[v.terms.Find(t)] = true
	}
	unsound[0] = false
	kept := out[:0]
	for _, q := range out {
		if !unsound[q.owner] && !unsound[owners[q.owner]] {
			kept = append(kept, q)
		}
	}
	for _, c := range v.claims {
		if v.unsound[c.id] {
			report.Dropped.Claims++
		}
	}
	for _, e := range v.entities {
		if v.unsound[e.ID] {
			report.Dropped.Entities++
		}
	}
	report.Dropped.Quads = len(out) - len(kept)
	return kept
}

// owners returns whose each name and group is.
func (v *validator) owners() map[uint32]uint32 {
	owners := map[uint32]uint32{}
	for i := range v.quads {
		q := &v.quads[i]
		switch v.word(q) {
		case WordName, WordGroup:
			if object := q.NumberedQuad[2]; !v.terms.Term(object).IsLiteral() {
				owners[object] = q.NumberedQuad[0]
			}
		}
	}
	return owners
}

// spread marks what refers to something unsound of the files, and tells
// whether it found any.
func (v *validator) spread() bool {
	found := false
	mark := func(owner, t Term) {
		_, stored := v.entityRows[t]
		if v.unsound[t] && !stored && v.claimRows[t] == nil && !v.unsound[owner] {
			v.unsound[owner], found = true, true
			v.unsound[v.final(owner)] = true
		}
	}
	for _, c := range v.claims {
		if r := v.record(c); r != nil {
			v.references(c, r, func(_ referenceSort, t Term, _ Quad) { mark(c.id, t) })
		}
	}
	for _, e := range v.entities {
		for _, n := range e.Names {
			for _, w := range n.Evidence {
				mark(e.ID, w.Document)
			}
		}
	}
	for _, a := range v.acts {
		for _, t := range append([]Term{a.into, a.follows}, a.targets...) {
			mark(a.id, t)
		}
	}
	return found
}
