package graph

import "context"

// lookUpPurged finds out which of the IRIs that the files name were purged: by
// tombstones of the store, or by those that the files bring.
func (v *validator) lookUpPurged(ctx context.Context, wanted []Term) error {
	v.purged = map[Term]bool{}
	brought := map[Term]bool{}
	for _, a := range v.acts {
		if a.word == WordPurged {
			brought[a.id] = true
		}
	}
	any, err := v.snapshot.IDs(ctx, []Term{v.names.Term(WordPurged)})
	if err != nil || any[0] == 0 && len(brought) == 0 {
		return err
	}
	tombs := make([]Term, len(wanted))
	for i, t := range wanted {
		tombs[i] = tombstoneOf(v.names, t)
	}
	stored, err := lookUpIDs(ctx, v.snapshot, tombs)
	for i, t := range wanted {
		if brought[tombs[i]] || stored[tombs[i]] != 0 {
			v.purged[t] = true
		}
	}
	return err
}

func (v *validator) faultPurged(owner, t Term, q Quad) {
	v.fault(RulePurged, owner, q, nil, "%s was purged for a person's safety, and does not come back: leave it out, with everything that names it", v.names.ID(t))
}

// checkPurged refuses what was purged, and whole batches. What names it is
// refused with its other references.
func (v *validator) checkPurged() {
	if len(v.purged) == 0 {
		return
	}
	for _, e := range v.entities {
		if v.purged[e.ID] {
			v.faultPurged(e.ID, e.ID, v.quad(e.first))
		}
	}
	for _, c := range v.claims {
		if v.purged[v.final(c.id)] {
			v.faultPurged(c.id, v.final(c.id), v.quad(c.first))
		}
	}
	for i := range v.quads {
		label := v.quads[i].NumberedQuad[3]
		if t := v.terms.Term(label); label != 0 && v.purged[t] && v.sorts[label] != sortClaim {
			q := v.quad(int32(i))
			v.faultPurged(q.Subject, t, q)
		}
	}
}

// checkTombstones refuses a new tombstone of what the store holds: a file
// cannot remove it.
func (v *validator) checkTombstones(ctx context.Context) error {
	fresh := map[Term]*act{}
	for _, a := range v.acts {
		if a.word == WordPurged && v.known[a.id] == 0 {
			fresh[a.id] = a
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	last := Term("")
	return v.snapshot.Quads(ctx, "", "", func(q Quad) error {
		for _, t := range []Term{q.Subject, q.Label} {
			if t == "" || t == last {
				continue
			}
			if a := fresh[tombstoneOf(v.names, t)]; a != nil {
				v.fault(RulePurged, a.id, v.quad(a.first), nil,
					"%s was purged where this file comes from, and this store holds it: purge it here too", v.names.ID(t))
				delete(fresh, a.id)
			}
		}
		last = q.Subject
		return nil
	})
}
