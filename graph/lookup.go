package graph

import (
	"context"
	"slices"
)

// lookUpSize is how many terms or nodes one look-up asks for.
const lookUpSize = 4096

// loadVoices reads what the store holds of the voices that the files name,
// so that a claim may be said by a voice of an earlier file, and that a file
// cannot make another voice of it.
func (d *draft) loadVoices(ctx context.Context, s Snapshot) error {
	var voices []Term
	for n, used := range d.voices {
		if t := d.terms.Term(uint32(n)); used && t.IsIRI() && !d.deriver.isEntityID(t) {
			voices = append(voices, t)
		}
	}
	for _, t := range d.definedVoices() {
		if t.IsIRI() && !d.voices[d.terms.Find(t)] {
			voices = append(voices, t)
		}
	}
	ids, err := lookUpIDs(ctx, s, voices)
	if err != nil {
		return err
	}
	for _, t := range voices {
		if ids[t] == 0 {
			continue
		}
		err := s.Quads(ctx, t, "", func(q Quad) error {
			if !d.deriver.IsStatement(q.Predicate) {
				d.stored[t] = append(d.stored[t], q)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// lookUpIDs returns the nodes of the terms that the store knows.
func lookUpIDs(ctx context.Context, s Snapshot, terms []Term) (map[Term]NodeID, error) {
	known := map[Term]NodeID{}
	for chunk := range slices.Chunk(terms, lookUpSize) {
		ids, err := s.IDs(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for i, id := range ids {
			if id != 0 {
				known[chunk[i]] = id
			}
		}
	}
	return known, nil
}

// lookUp asks the store for everything that the files name, by thousands.
func (v *validator) lookUp(ctx context.Context) error {
	v.entityRows, v.claimRows, v.batchRows = map[Term]*EntityRow{}, map[Term]*ClaimRow{}, map[Term]*BatchRow{}
	v.seenTexts = map[Term]Text{}
	if v.snapshot.Seq() == 0 && !slices.ContainsFunc(v.acts, func(a *act) bool { return a.word == WordPurged }) {
		return nil // the store holds nothing, and the files bring no tombstone
	}
	var err error
	wanted := v.wanted()
	if v.known, err = lookUpIDs(ctx, v.snapshot, wanted); err != nil {
		return err
	}
	if err := v.lookUpPurged(ctx, wanted); err != nil {
		return err
	}
	var nodes []NodeID
	terms := sortedKeys(v.known)
	for _, t := range terms {
		nodes = append(nodes, v.known[t])
	}
	if err := takeRows(ctx, terms, nodes, v.snapshot.Entities, v.entityRows); err != nil {
		return err
	}
	for t, row := range v.entityRows {
		if row.Kind == nil {
			delete(v.entityRows, t)
		}
	}
	if err := takeRows(ctx, terms, nodes, v.snapshot.Claims, v.claimRows); err != nil {
		return err
	}
	return takeRows(ctx, terms, nodes, v.snapshot.Batches, v.batchRows)
}

// takeRows reads the rows of nodes into a map by term, where there are any.
func takeRows[R any](ctx context.Context, terms []Term, nodes []NodeID,
	read func(context.Context, []NodeID) ([]*R, error), into map[Term]*R,
) error {
	for from := 0; from < len(nodes); from += lookUpSize {
		to := min(from+lookUpSize, len(nodes))
		rows, err := read(ctx, nodes[from:to])
		if err != nil {
			return err
		}
		for i, row := range rows {
			if row != nil {
				into[terms[from+i]] = row
			}
		}
	}
	return nil
}

// wanted lists every IRI that the files define or refer to.
func (v *validator) wanted() []Term {
	numbers, others := v.wantedByPlain(), map[Term]bool{} // those of the files, and what stands inside of their terms
	want := func(t Term) {
		switch n := v.terms.Find(t); {
		case !t.IsIRI():
		case n != 0:
			numbers[n] = true
		default:
			others[t] = true
		}
	}
	for _, e := range v.entities {
		want(e.ID)
		for _, n := range e.Names {
			for _, w := range n.Evidence {
				want(w.Document)
			}
		}
	}
	for _, c := range v.claims {
		if c.plain > 0 {
			continue
		}
		want(v.final(c.id))
		if r := v.record(c); r != nil {
			v.references(c, r, func(_ referenceSort, t Term, _ Quad) { want(t) })
		}
	}
	for _, t := range v.definedVoices() {
		voice, _ := v.deriver.Voice(t, v.about(t))
		want(voice.Party)
		want(voice.SpokenBy)
	}
	for _, a := range v.acts {
		want(v.final(a.id))
		want(a.into)
		want(a.follows)
		for _, t := range a.targets {
			want(t)
		}
	}
	for n, is := range v.labels {
		if is {
			want(v.terms.Term(uint32(n)))
		}
	}
	wanted := sortedKeys(others)
	for _, n := range v.terms.Sorted() {
		if numbers[n] {
			wanted = append(wanted, v.terms.Term(n))
		}
	}
	return wanted
}

// checkStored compares the claims of the files with those that the store has
// under the same ids.
func (v *validator) checkStored(ctx context.Context) error {
	var rows []*ClaimRow
	var claims []*draftClaim
	for _, c := range v.claims {
		var row *ClaimRow
		if len(v.claimRows) > 0 {
			row = v.claimRows[v.final(c.id)]
		}
		switch {
		case row != nil:
			rows, claims = append(rows, row), append(claims, c)
		case !c.stated && !v.unsound[c.id]:
			v.fault(RuleStatement, c.id, v.quad(c.first), nil, "%s states nothing, here or in the store: no quad has it for a label", v.names.ID(c.id))
		}
	}
	for from := 0; from < len(rows); from += lookUpSize {
		to := min(from+lookUpSize, len(rows))
		stored, err := recordsOf(ctx, v.snapshot, v.names, rows[from:to])
		if err != nil {
			return err
		}
		for i, c := range claims[from:to] {
			v.compare(c, stored[i])
		}
	}
	return nil
}

// compare refuses a claim that differs from the one that the store has under its id.
func (v *validator) compare(c *draftClaim, stored *ClaimRecord) {
	if !c.stated {
		v.checkAddition(c, stored)
		return
	}
	if v.unsound[c.id] {
		return
	}
	if mine, theirs := ClaimTuple(v.record(c)), ClaimTuple(stored); mine != theirs {
		here, there := firstDifference(mine, theirs)
		v.fault(RuleOtherContent, c.id, v.quad(c.first), nil,
			"%s is in the store with other content (%q there, %q here): a corrected claim is a new one, which names it by %s",
			v.names.ID(v.final(c.id)), there, here, WordRevisionOf)
	}
}

// checkAddition allows a file to add evidence, and nothing else, to a claim
// that it does not state itself.
func (v *validator) checkAddition(c *draftClaim, stored *ClaimRecord) {
	for _, q := range v.about(c.id) {
		word := v.deriver.words[q.Predicate]
		if word != WordEvidence && word != WordContext {
			v.fault(RuleOtherContent, c.id, q, nil, "%s is in the store: a file that does not state it whole adds evidence to it, not %s",
				v.names.ID(c.id), show(v.names, q.Predicate))
			continue
		}
		l, err := ParseLocator(v.names, q.Object)
		if err != nil {
			continue // told already
		}
		if word == WordEvidence && !slices.Contains(statedIn(stored), l.Document) {
			v.fault(RuleOtherContent, c.id, q, nil, "%s stands in another document than %s: what another document says is another claim",
				v.names.ID(c.id), v.names.ID(l.Document))
		}
		v.checkWords(c.id, q.Object, word == WordContext)
	}
}

// recordsOf turns rows back into records, so far as a claim's identity needs it.
func recordsOf(ctx context.Context, s Snapshot, names Names, rows []*ClaimRow) ([]*ClaimRecord, error) {
	nodes := map[NodeID]bool{}
	for _, row := range rows {
		eachNode(row, func(n NodeID) { nodes[n] = true })
	}
	delete(nodes, 0)
	list := make([]NodeID, 0, len(nodes))
	for n := range nodes {
		list = append(list, n)
	}
	terms := make(map[NodeID]Term, len(list))
	for chunk := range slices.Chunk(list, lookUpSize) {
		found, err := s.Terms(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for i, t := range found {
			terms[chunk[i]] = t
		}
	}
	records := make([]*ClaimRecord, len(rows))
	for i, row := range rows {
		records[i] = recordOf(names, row, terms)
	}
	return records, nil
}

func eachNode(row *ClaimRow, visit func(NodeID)) {
	visit(row.Subject)
	visit(row.Object)
	visit(row.ObjectOf)
	visit(row.Event)
	for _, v := range row.Voices {
		visit(v.Party)
		visit(v.SpokenBy)
	}
	for _, n := range row.Reporters {
		visit(n)
	}
	for _, q := range row.Qualifiers {
		visit(q.Entity)
	}
}

func recordOf(names Names, row *ClaimRow, terms map[NodeID]Term) *ClaimRecord {
	c := &ClaimRecord{
		ID: row.ID, Subject: terms[row.Subject], Relation: row.Relation, Object: row.Value,
		Stance: row.Stance, Mode: row.Mode, Event: terms[row.Event], Date: row.Date,
	}
	if n := row.Object | row.ObjectOf; n != 0 {
		c.Object = terms[n]
	}
	for _, v := range row.Voices {
		c.Voices = append(c.Voices, VoiceRecord{terms[v.Party], v.Capacity, terms[v.SpokenBy]})
	}
	for _, n := range row.Reporters {
		c.ReportedBy = append(c.ReportedBy, terms[n])
	}
	for _, q := range row.Qualifiers {
		value := q.Value
		switch {
		case q.Entity != 0:
			value = terms[q.Entity]
		case q.Relation != nil:
			value = q.Relation.IRI
		}
		c.Qualifiers = append(c.Qualifiers, QualifierRecord{q.Kind, value, q.Group})
	}
	for _, e := range row.Evidence {
		if l, err := ParseLocator(names, e.Locator); err == nil {
			c.Evidence = append(c.Evidence, EvidenceRecord{Locator: e.Locator, Document: l.Document, Context: e.Context})
		}
	}
	c.sort()
	return c
}
