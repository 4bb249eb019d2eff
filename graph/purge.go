package graph

import (
	"context"
	"maps"
	"slices"
	"strings"
)

// Purger makes things vanish for a person's safety: the quads of a thing and of
// all that names it leave the store, with what was derived of them. A tombstone
// stays, which holds a hash of the id and nothing else, so that nobody loads
// the thing again unawares.
type Purger struct {
	Store    Store
	Ontology *Ontology
	Agent    string // who, for the tombstones and the journal
}

// Purged is what left the store, or would have.
type Purged struct {
	Claims, Entities, Batches, Quads int
	Seq                              Seq // of the commit; the newest one of a dry run
	// Mentions are the quads that stay and say a name of a purged entity in
	// their text, such as the description of another: a person decides about them.
	Mentions []Quad
}

// purgedSorts are what a tombstone may say that was purged.
var purgedSorts = []string{"CLAIM", "ENTITY", "BATCH"}

// Purge removes claims, entities and batches, and everything that names them:
// the claims in which an entity takes part, what disputes a claim, the
// withdrawal, merge or curated conflict of either, what a batch alone brought,
// and the entities that were merged with one. A dry run counts and changes nothing.
func (p *Purger) Purge(ctx context.Context, targets []Term, reason string, dryRun bool) (*Purged, error) {
	if strings.TrimSpace(reason) == "" || p.Agent == "" {
		return nil, Errorf(CodeInvalid, "a purge says who and why, without a word of what it removes: give an agent and a reason")
	}
	tx, err := p.Store.Begin(ctx)
	if err != nil {
		return nil, err
	}
	defer tx.Abort()
	e := &erasure{ontology: p.Ontology, snapshot: tx.Snapshot(), gone: map[Term]bool{}, sorts: map[Term]string{}, places: map[Term]bool{}}
	if err := e.spread(ctx, targets); err != nil {
		return nil, err
	}
	report, quads, err := e.take(ctx)
	report.Seq = tx.Snapshot().Seq()
	if err != nil || dryRun {
		return report, err
	}
	tombs := e.tombstones(p.Agent)
	if err := tx.Remove(quads...); err != nil {
		return nil, err
	}
	entry := JournalEntry{Action: ActionPurge, Agent: p.Agent, Reason: reason, Batches: []Term{tombs[0].Label}}
	report.Seq, err = commitQuads(ctx, tx, tombs, entry)
	return report, err
}

// tombstoneOf is the id of what stays of a purged thing.
func tombstoneOf(names Names, t Term) Term {
	return names.IRI(tombstonePrefix + contentHash(string(t)))
}

// erasure finds everything that vanishes with some things.
type erasure struct {
	ontology *Ontology
	snapshot Snapshot
	gone     map[Term]bool
	sorts    map[Term]string // of what gets a tombstone: one of purgedSorts
	words    map[Term]string
	places   map[Term]bool // what cites a document that vanishes
	batches  bool          // some of gone are batches
}

// spread marks the targets, and what names something marked, until nothing is found any more.
func (e *erasure) spread(ctx context.Context, targets []Term) error {
	e.words = NewDeriver(e.ontology).words
	for _, t := range targets {
		if err := e.target(ctx, t); err != nil {
			return err
		}
	}
	for known := -1; known < len(e.gone); {
		known = len(e.gone)
		brought := map[Term]bool{} // by a batch that goes; true: by one that stays, too
		err := e.snapshot.Quads(ctx, "", "", func(q Quad) error {
			e.follow(q)
			if e.batches && e.defines(q) {
				brought[q.Subject] = brought[q.Subject] || !e.gone[q.Label]
			}
			return nil
		})
		if err != nil {
			return err
		}
		for t, stays := range brought {
			if !stays {
				e.gone[t] = true
			}
		}
		if err := e.cited(ctx); err != nil {
			return err
		}
	}
	return nil
}

// target marks a claim, a batch, or an entity with all that stands for the same.
func (e *erasure) target(ctx context.Context, t Term) error {
	id := e.ontology.Names.ID(t)
	nodes, err := e.snapshot.IDs(ctx, []Term{t, tombstoneOf(e.ontology.Names, t)})
	if err != nil {
		return err
	}
	if nodes[1] != 0 {
		return Errorf(CodeConflict, "%s is purged already", id)
	}
	claim, batch, err := rowsOf(ctx, e.snapshot, t)
	if err != nil {
		return err
	}
	switch {
	case claim != nil:
		e.gone[t], e.sorts[t] = true, "CLAIM"
		return nil
	case batch != nil:
		e.gone[t], e.sorts[t], e.batches = true, "BATCH", true
		return nil
	}
	entities, err := e.snapshot.Entities(ctx, nodes[:1])
	if err != nil {
		return err
	}
	if entities[0] == nil {
		return Errorf(CodeNotFound, "%s is no claim, entity or batch of this store", id)
	}
	return e.cluster(ctx, t)
}

// cluster marks an entity, and those that are merged with it.
func (e *erasure) cluster(ctx context.Context, t Term) error {
	into, err := mergeEdges(ctx, e.snapshot)
	if err != nil {
		return err
	}
	top := func(t Term) Term {
		if up, ok := into[t]; ok {
			return up
		}
		return t
	}
	e.sorts[t] = "ENTITY"
	e.gone[t], e.gone[top(t)] = true, true
	for merged := range into {
		if top(merged) == top(t) {
			e.gone[merged] = true
		}
	}
	return nil
}

// defines tells whether a quad makes its subject what it is.
func (e *erasure) defines(q Quad) bool {
	switch word := e.words[q.Predicate]; word {
	case WordAssertedBy, WordParty, WordText:
		return true
	default:
		return q.Predicate == RDFType || actPrefixes[word] != ""
	}
}

// follow marks what vanishes since a quad of it does.
func (e *erasure) follow(q Quad) {
	word := e.words[q.Predicate]
	switch {
	case e.ontology.Relation(q.Predicate) != nil:
		if e.gone[q.Subject] || e.gone[q.Object] {
			e.gone[q.Label] = true
		}
		if e.gone[q.Label] {
			e.sorts[q.Label] = "CLAIM"
		}
	case e.gone[q.Subject]:
		if e.owned(q, word) {
			e.gone[q.Object] = true
		}
		if e.ontology.Kind(q.Object) != nil {
			e.sorts[q.Subject] = "ENTITY"
		}
	case word == WordEvidence || word == WordContext:
		if e.placeGone(q) {
			e.places[q.Subject] = true
		}
	case word == WordRevisionOf || word == WordAlternativeOf || word == WordFollows || word == WordName:
		// It can be without the object.
	case e.gone[q.Object]: // without it, it would say something else
		e.gone[q.Subject] = true
	}
}

// owned tells whether the object is a node that belongs to the subject alone.
func (e *erasure) owned(q Quad, word string) bool {
	if q.Object.IsLiteral() {
		return false
	}
	own := strings.HasPrefix(string(q.Object), strings.TrimSuffix(string(q.Subject), ">")+"#")
	return word == WordName || word == WordGroup || word == WordAssertedBy && own
}

// placeGone tells whether a quad names a place in a document that vanishes.
func (e *erasure) placeGone(q Quad) bool {
	l, err := ParseLocator(e.ontology.Names, q.Object)
	return err == nil && e.gone[l.Document]
}

// cited marks the claims that stand in a document that vanishes; a name can be
// without the place where it was read.
func (e *erasure) cited(ctx context.Context) error {
	for chunk := range slices.Chunk(slices.Collect(maps.Keys(e.places)), lookUpSize) {
		nodes, err := e.snapshot.IDs(ctx, chunk)
		if err != nil {
			return err
		}
		rows, err := e.snapshot.Claims(ctx, nodes)
		if err != nil {
			return err
		}
		for i, row := range rows {
			if row != nil {
				e.gone[chunk[i]] = true
			}
		}
	}
	return nil
}

// take counts the quads that vanish, and returns them.
func (e *erasure) take(ctx context.Context) (*Purged, []Quad, error) {
	var quads []Quad
	var spellings []string
	preferred, text := e.ontology.Names.Term(WordName), e.ontology.Names.Term(WordText)
	err := e.snapshot.Quads(ctx, "", "", func(q Quad) error {
		if e.vanishes(q) {
			quads = append(quads, q)
			if (q.Predicate == preferred || q.Predicate == text) && q.Object.IsLiteral() {
				spellings = append(spellings, strings.ToLower(q.Object.Lexical()))
			}
		}
		return nil
	})
	report := &Purged{Quads: len(quads)}
	for _, sort := range e.sorts {
		switch sort {
		case "CLAIM":
			report.Claims++
		case "ENTITY":
			report.Entities++
		case "BATCH":
			report.Batches++
		}
	}
	if err == nil {
		report.Mentions, err = e.mentions(ctx, spellings)
	}
	return report, quads, err
}

// vanishes tells whether a quad is of or about something that does.
func (e *erasure) vanishes(q Quad) bool {
	if e.gone[q.Subject] || e.gone[q.Object] || e.gone[q.Label] {
		return true
	}
	word := e.words[q.Predicate]
	return (word == WordEvidence || word == WordContext) && e.placeGone(q)
}

// leastSpelling is how long a name is that is looked for in other texts: a
// shorter one is a part of many words.
const leastSpelling = 4

// mentions finds the literals that stay and contain one of some spellings.
func (e *erasure) mentions(ctx context.Context, spellings []string) (found []Quad, err error) {
	spellings = slices.DeleteFunc(spellings, func(s string) bool { return len([]rune(s)) < leastSpelling })
	if len(spellings) == 0 {
		return nil, nil
	}
	err = e.snapshot.Quads(ctx, "", "", func(q Quad) error {
		if !q.Object.IsLiteral() || e.vanishes(q) {
			return nil
		}
		text := strings.ToLower(q.Object.Lexical())
		if slices.ContainsFunc(spellings, func(s string) bool { return strings.Contains(text, s) }) {
			found = append(found, q)
		}
		return nil
	})
	return found, err
}

// tombstones are the quads that stay, in a batch of their own.
func (e *erasure) tombstones(agent string) []Quad {
	names := e.ontology.Names
	var quads []Quad
	for _, t := range slices.Sorted(maps.Keys(e.sorts)) {
		tomb := tombstoneOf(names, t)
		quads = append(quads,
			Quad{Subject: tomb, Predicate: names.Term(WordPurged), Object: NewLiteral(e.sorts[t], "", "")},
			Quad{Subject: tomb, Predicate: names.Term(WordAgent), Object: NewLiteral(agent, "", "")})
	}
	batch := BatchID(names, quads, func(Term) bool { return false })
	for i := range quads {
		quads[i].Label = batch
	}
	return quads
}
