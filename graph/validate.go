package graph

import (
	"context"
	"slices"
	"strings"
)

// validator compares a draft with the ontology and the store.
type validator struct {
	*draft
	snapshot Snapshot
	texts    Texts

	mine        map[Term]*draftEntity // entities of the files
	known       map[Term]NodeID
	entityRows  map[Term]*EntityRow
	claimRows   map[Term]*ClaimRow
	batchRows   map[Term]*BatchRow
	labels      []bool // by number: of the files
	seenTexts   map[Term]Text
	purged      map[Term]bool // what the files name and a tombstone of the store or of a file stands for
	suggestions int           // look-ups made for suggestions
}

// referenceSort is what a reference must lead to.
type referenceSort uint8

const (
	toEntity referenceSort = iota
	toClaim
	toRelation // a relation kind, or an entity
)

func (v *validator) validate(ctx context.Context) error {
	v.mine = make(map[Term]*draftEntity, len(v.entities))
	for _, e := range v.entities {
		v.mine[e.ID] = e
	}
	v.labels = make([]bool, len(v.sorts))
	for i := range v.quads {
		v.labels[v.quads[i].NumberedQuad[3]] = true
	}
	if err := v.lookUp(ctx); err != nil {
		return err
	}
	for _, e := range v.entities {
		v.checkEntity(ctx, e)
	}
	sound := v.soundPlain()
	for _, c := range v.claims {
		if c.plain > 0 && sound[c.plain-1] {
			continue
		}
		if r := v.record(c); r != nil {
			v.checkClaim(ctx, c, r)
		}
	}
	if err := v.checkNewlyProtected(ctx); err != nil {
		return err
	}
	v.checkPurged()
	if err := v.checkTombstones(ctx); err != nil {
		return err
	}
	v.checkVoices(ctx)
	v.checkLabels()
	if err := v.checkStored(ctx); err != nil {
		return err
	}
	return v.checkActs(ctx)
}

// statement is the quad that states the claim, as in the file.
func (v *validator) statement(c *draftClaim, r *ClaimRecord) Quad {
	return Quad{Subject: r.Subject, Predicate: r.Relation.IRI, Object: r.Object, Label: c.id}
}

// isLabel tells whether a quad of the files bears a label.
func (v *validator) isLabel(t Term) bool {
	n := v.terms.Find(t)
	return n != 0 && int(n) < len(v.labels) && v.labels[n]
}

// references calls visit with everything that a claim refers to, and the quad
// that does.
func (v *validator) references(c *draftClaim, r *ClaimRecord, visit func(sort referenceSort, t Term, q Quad)) {
	about := func(word string, t Term) Quad { return Quad{Subject: c.id, Predicate: v.names.Term(word), Object: t} }
	statement := v.statement(c, r)
	visit(toEntity, r.Subject, statement)
	switch {
	case r.Relation.Claims:
		visit(toClaim, r.Object, statement)
	case r.Relation.Value == NoValue:
		visit(toEntity, r.Object, statement)
	}
	for _, voice := range r.Voices {
		visit(toEntity, voice.Party, about(WordAssertedBy, voice.Party))
		visit(toEntity, voice.SpokenBy, about(WordAssertedBy, voice.Party))
	}
	for _, by := range r.ReportedBy {
		visit(toEntity, by, about(WordReportedBy, by))
	}
	visit(toEntity, r.Event, about(WordEvent, r.Event))
	for _, q := range r.Qualifiers {
		switch at := (Quad{Subject: c.id, Predicate: q.Kind.IRI, Object: q.Value}); q.Kind.Type {
		case EntityValue:
			visit(toEntity, q.Value, at)
		case RelationValue:
			visit(toRelation, q.Value, at)
		}
	}
	for _, e := range r.Evidence {
		visit(toEntity, e.Document, about(WordEvidence, e.Locator))
	}
	visit(toClaim, r.RevisionOf, about(WordRevisionOf, r.RevisionOf))
	visit(toClaim, r.AlternativeOf, about(WordAlternativeOf, r.AlternativeOf))
}

// reach is a reference of anything to an entity or claim.
func (v *validator) reach(ctx context.Context, sort referenceSort, owner, t Term, q Quad) {
	switch {
	case t == "" || t.IsLiteral(): // absent, or a fault that is told already
	case v.purged[t]:
		v.faultPurged(owner, t, q)
	case sort == toRelation && v.deriver.IsStatement(t):
	case sort == toClaim:
		if !v.isClaim(t) && v.claimRows[t] == nil {
			v.fault(RuleDangling, owner, q, nil, "no claim %s is known, neither to the store nor in these files: correct the id, or load the file that has it along", show(v.names, t))
		}
	case !v.isEntity(t):
		v.fault(RuleDangling, owner, q, v.nearestEntities(ctx, t),
			"no entity %s is known, neither to the store nor in these files: correct the id, or give it a kind and a name", show(v.names, t))
	}
}

func (v *validator) isEntity(t Term) bool { return v.mine[t] != nil || v.entityRows[t] != nil }

// kindOf returns the kind of a known entity, nil where there is none.
func (v *validator) kindOf(t Term) *EntityKind {
	if e := v.mine[t]; e != nil && e.Kind != nil {
		return e.Kind
	}
	if row := v.entityRows[t]; row != nil {
		return row.Kind
	}
	return nil
}

func (v *validator) isProtected(t Term) bool {
	e, row := v.mine[t], v.entityRows[t]
	return e != nil && e.Protected || row != nil && row.Protected
}

func (v *validator) checkClaim(ctx context.Context, c *draftClaim, record *ClaimRecord) {
	v.references(c, record, func(sort referenceSort, t Term, q Quad) { v.reach(ctx, sort, c.id, t, q) })
	statement := v.statement(c, record)
	r := record.Relation
	if kind := v.kindOf(record.Subject); kind != nil && len(r.Domain) > 0 && !slices.Contains(r.Domain, kind) {
		v.fault(RuleDomain, c.id, statement, v.fitting(kind, v.kindOf(record.Object), r.Name), "%s is a %s: the subject of %s is a %s",
			show(v.names, record.Subject), kind.Name, r.Name, strings.Join(kindNames(r.Domain), ", "))
	}
	if kind := v.kindOf(record.Object); kind != nil && len(r.Range) > 0 && !slices.Contains(r.Range, kind) {
		v.fault(RuleRange, c.id, statement, v.fitting(v.kindOf(record.Subject), kind, r.Name), "%s is a %s: the relation %s leads to %s",
			show(v.names, record.Object), kind.Name, r.Name, rangeText(r))
	}
	for _, end := range []Term{record.Subject, record.Object} {
		if r.Identity && v.isProtected(end) {
			v.fault(RuleProtected, c.id, statement, nil, "%s is protected: %s says something of its identity, and nothing may",
				show(v.names, end), r.Name)
		}
	}
	if documents := statedIn(record); len(documents) > 1 {
		v.fault(RuleDocument, c.id, Quad{Subject: c.id, Predicate: v.names.Term(WordEvidence)}, nil,
			"the claim stands in %d documents, %s and %s: what another document says is another claim",
			len(documents), show(v.names, documents[0]), show(v.names, documents[1]))
	}
	for _, e := range record.Evidence {
		v.checkWords(c.id, e.Locator, e.Context)
	}
}

// fitting returns relations like one by name that take both kinds.
func (v *validator) fitting(subject, object *EntityKind, name string) []string {
	var names []string
	for _, r := range v.deriver.ontology.Relations {
		if r.Value == NoValue && !r.Claims && (subject == nil || len(r.Domain) == 0 || slices.Contains(r.Domain, subject)) &&
			(object == nil || len(r.Range) == 0 || slices.Contains(r.Range, object)) {
			names = append(names, r.Name)
		}
	}
	return nearest(name, names)
}

// checkWords compares a piece of evidence with its document, where that is at hand.
func (v *validator) checkWords(owner, locator Term, context bool) {
	l, err := ParseLocator(v.names, locator)
	if err != nil || l.Paragraph == 0 || v.texts == nil {
		return
	}
	text, ok := v.seenTexts[l.Document]
	if !ok {
		text, _ = v.texts.Text(v.source(l.Document))
		v.seenTexts[l.Document] = text
	}
	if text == nil {
		return
	}
	word := WordEvidence
	if context {
		word = WordContext
	}
	q := Quad{Subject: owner, Predicate: v.names.Term(word), Object: locator}
	if n := text.Paragraphs(); l.Paragraph > n {
		v.fault(RuleEvidence, owner, q, nil, "%s has %d paragraphs: there is no paragraph %d; tripartite cite finds the words", show(v.names, l.Document), n, l.Paragraph)
		return
	}
	switch f := text.Look(l); f.State {
	case EvidenceMoved:
		v.fault(RuleEvidence, owner, q, []string{v.names.ID(f.Moved.IRI(v.names))}, "the words of %s stand elsewhere in the document", v.names.ID(locator))
	case EvidenceChanged:
		v.fault(RuleEvidence, owner, q, nil, "the document does not have these words at %s: %s; tripartite cite prints the locator of words", v.names.ID(locator), f.Detail)
	}
}

// source is what is known of a document's file.
func (v *validator) source(document Term) Source {
	s := Source{Document: document}
	set := func(word string, value Term) {
		switch word {
		case WordFileName:
			s.FileName = value.Lexical()
		case WordSHA256:
			s.SHA256 = value.Lexical()
		}
	}
	if row := v.entityRows[document]; row != nil {
		for _, f := range row.Facts {
			set(f.Word, f.Value)
		}
	}
	if e := v.mine[document]; e != nil {
		for _, f := range e.Facts {
			set(f.Word, f.Value)
		}
	}
	return s
}

// checkVoices checks the voices that the files define, used or not.
func (v *validator) checkVoices(ctx context.Context) {
	for _, s := range v.definedVoices() {
		voice, problems := v.deriver.Voice(s, v.about(s))
		v.note(problems...)
		if voice.Party != s {
			v.reach(ctx, toEntity, s, voice.Party, Quad{Subject: s, Predicate: v.names.Term(WordParty), Object: voice.Party})
		}
		v.reach(ctx, toEntity, s, voice.SpokenBy, Quad{Subject: s, Predicate: v.names.Term(WordSpokenBy), Object: voice.SpokenBy})
		if v.deriver.isEntityID(s) {
			v.fault(RuleID, s, Quad{Subject: s}, nil, "the voice %s has the id of an entity: call it voice/…", v.names.ID(s))
		}
	}
}

// definedVoices returns the voices of which the files say something, in order.
func (d *draft) definedVoices() (voices []Term) {
	for n, sort := range d.sorts {
		if sort == sortVoice && len(d.subject.of(uint32(n))) > 0 {
			voices = append(voices, d.terms.Term(uint32(n)))
		}
	}
	slices.Sort(voices)
	return voices
}

// checkLabels refuses labels of quads that can be no batch.
func (v *validator) checkLabels() {
	judged := make([]bool, len(v.sorts))
	bad := make([]bool, len(v.sorts))
	for i := range v.quads {
		label := v.quads[i].NumberedQuad[3]
		if label == 0 || v.sorts[label] == sortClaim && len(v.inside.of(label)) > 0 {
			continue
		}
		if !judged[label] {
			t := v.terms.Term(label)
			judged[label], bad[label] = true, v.deriver.isEntityID(t) || v.mine[t] != nil || v.claimRows[t] != nil || v.isClaim(t)
		}
		if bad[label] {
			q := v.quad(int32(i))
			v.fault(RuleLabel, q.Subject, q, nil, "%s is no batch: what is said about things stands in the default graph, or in a batch",
				show(v.names, q.Label))
		}
	}
}
