package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Claim makes the record of a claim from the quads labelled with its id and
// the quads that have it for a subject, in any order. node returns the quads
// of a voice or of a group of qualifiers. The record is nil if no quad states
// anything; faults that leave a record are returned beside it.
func (d *Deriver) Claim(id Term, quads []Quad, node func(Term) []Quad) (*ClaimRecord, []Problem) {
	r := claimReader{deriver: d, names: d.ontology.Names, node: node, record: &ClaimRecord{ID: id, Low: MinDay, High: MaxDay}}
	for _, q := range sortedQuads(quads) {
		switch p := d.predicate(q.Predicate); {
		case q.Label == id:
			r.statement(q, p)
		case q.Subject == id && (p == nil || p.relation == nil):
			r.about(q, p)
		}
	}
	r.finish()
	if r.record.Relation == nil {
		return nil, r.problems
	}
	return r.record, r.problems
}

// claimReader collects what the quads of one claim say.
type claimReader struct {
	deriver   *Deriver
	names     Names
	node      func(Term) []Quad
	record    *ClaimRecord
	problems  []Problem
	stated    bool                   // a quad has the claim for its label
	single    [len(singleWords)]Quad // words that have one value, in the order of singleWords
	reporters []reporter
	groups    []Term
}

// singleWords are the words about a claim that have one value.
var singleWords = [...]string{WordStance, WordMode, WordDateBasis, WordEvent, WordDate, WordRevisionOf, WordAlternativeOf}

// only returns the quad of a word that has one value, a zero one where it is absent.
func (r *claimReader) only(word string) *Quad {
	for i := range singleWords {
		if singleWords[i] == word {
			return &r.single[i]
		}
	}
	return nil
}

type reporter struct {
	place int
	quad  Quad
}

func (r *claimReader) fault(rule Rule, q Quad, suggestions []string, format string, args ...any) {
	r.problems = append(r.problems, Problem{
		Rule: rule, About: r.record.ID, Quad: q, Suggestions: suggestions, Message: fmt.Sprintf(format, args...),
	})
}

// called is how messages call the claim.
func (r *claimReader) called() string {
	if r.record.ID.IsBlank() {
		return "the claim"
	}
	return r.names.ID(r.record.ID)
}

// statement takes a quad that has the claim for its label.
func (r *claimReader) statement(q Quad, p *predicate) {
	var relation *RelationKind
	if p != nil {
		relation = p.relation
	}
	switch {
	case relation == nil:
		r.stated = true
		r.unknownRelation(q)
	case r.record.Relation != nil:
		r.fault(RuleTwoStatements, q, nil,
			"%s states a second thing (%s %s %s): one claim is one statement; give the other a claim of its own",
			r.called(), r.names.ID(q.Subject), relation.Name, show(r.names, q.Object))
	default:
		r.stated = true
		r.record.Subject, r.record.Relation, r.record.Object = q.Subject, relation, q.Object
		r.checkObject(q)
	}
}

func (r *claimReader) unknownRelation(q Quad) {
	if _, n := r.deriver.word(q.Predicate); n > 0 || r.deriver.words[q.Predicate] != "" || r.deriver.ontology.Qualifier(q.Predicate) != nil {
		r.fault(RuleLabel, q, nil, "%s stands inside of %s: inside stands its one statement, and what is said about it stands outside, with the claim for a subject",
			show(r.names, q.Predicate), r.called())
		return
	}
	r.fault(RuleUnknownRelation, q, r.deriver.nearestRelations(q.Predicate),
		"%s is no relation of the ontology: the query relationKinds lists them, with what each joins", show(r.names, q.Predicate))
}

// checkObject tells whether the object is of the sort that the relation takes.
// Kinds of entities are not known here.
func (r *claimReader) checkObject(q Quad) {
	relation := r.record.Relation
	if !q.Subject.IsIRI() {
		r.fault(RuleBlank, q, nil, "the subject %s is not an IRI: claims are about things that have an id", q.Subject)
	}
	if relation.Value == NoValue {
		if !q.Object.IsIRI() && !(relation.Claims && q.Object.IsBlank()) {
			r.fault(RuleRange, q, nil, "the object of %s is %s: the relation leads to %s",
				relation.Name, show(r.names, q.Object), rangeText(relation))
		}
		return
	}
	if message, rule := checkValue(r.names, relation.Value, nil, q.Object); message != "" {
		if rule == RuleQualifierValue {
			rule = RuleRange
		}
		r.fault(rule, q, nil, "the value of %s: %s", relation.Name, message)
	}
}

// rangeText says where a relation leads.
func rangeText(relation *RelationKind) string {
	switch {
	case relation.Claims:
		return "a claim"
	case relation.Value != NoValue:
		return "a value of type " + string(relation.Value)
	case len(relation.Range) == 0:
		return "an entity"
	}
	return "an entity of kind " + strings.Join(kindNames(relation.Range), ", ")
}

// about takes a quad that has the claim for its subject.
func (r *claimReader) about(q Quad, p *predicate) {
	if p == nil {
		p = &predicate{}
	}
	if p.qualifier != nil {
		r.qualifier(p.qualifier, q, 0)
		return
	}
	switch word, place := p.word, p.place; word {
	case WordAssertedBy:
		r.voice(q)
	case WordReportedBy:
		r.reporters = append(r.reporters, reporter{place, q})
	case WordEvidence, WordContext:
		r.evidence(q, word == WordContext)
	case WordGroup:
		r.groups = addTerm(r.groups, q.Object)
	case WordStance, WordMode, WordDateBasis, WordEvent, WordDate, WordRevisionOf, WordAlternativeOf:
		r.one(word, q)
	default:
		r.fault(RuleQualifier, q, r.deriver.nearestQualifiers(q.Predicate),
			"%s says nothing of a claim: no qualifier has that name", show(r.names, q.Predicate))
	}
}

// one takes a word that has a single value.
func (r *claimReader) one(word string, q Quad) {
	old := r.only(word)
	if old.Object != "" && old.Object != q.Object {
		r.fault(RuleTwoValues, q, nil, "%s has two values, %s and %s: give the second reading a claim of its own with %s",
			word, show(r.names, old.Object), show(r.names, q.Object), WordAlternativeOf)
	}
	if old.Object == "" {
		*old = q
	}
}

// readEnum returns the number of a word's value, the zero one where it is absent.
func readEnum[E ~uint8](r *claimReader, word string, values []string) E {
	q := r.only(word)
	if q.Object == "" {
		return 0
	}
	v, ok := enumValue[E](r.names, values, q.Object)
	if !ok {
		r.fault(RuleValue, *q, nearest(show(r.names, q.Object), values), "%s is %s: it is one of %s",
			word, show(r.names, q.Object), strings.Join(values, ", "))
	}
	return v
}

// iri returns the thing that a word names, "" where it is absent.
func (r *claimReader) iri(word string) Term {
	q := r.only(word)
	if q.Object.IsLiteral() {
		r.fault(RuleValue, *q, nil, "%s is %s: it names a thing by its id", word, show(r.names, q.Object))
		return ""
	}
	return q.Object
}

// date reads when the statement held or happened.
func (r *claimReader) date() {
	q := r.only(WordDate)
	if q.Object == "" {
		return
	}
	r.record.Date = q.Object
	low, high, message := dateBounds(q.Object)
	if message != "" {
		r.fault(RuleDate, *q, nil, "%s", message)
		return
	}
	r.record.Low, r.record.High = low, high
}

// voice reads one asserted-by: a party, or a voice node.
func (r *claimReader) voice(q Quad) {
	r.record.Batches = addTerm(r.record.Batches, q.Label)
	if q.Object.IsLiteral() {
		r.fault(RuleVoiceNode, q, nil, "%s is %s: it names an entity or a voice by its id", WordAssertedBy, show(r.names, q.Object))
		return
	}
	v := VoiceRecord{Party: q.Object}
	if !r.deriver.isEntityID(q.Object) {
		var problems []Problem
		v, problems = r.deriver.Voice(q.Object, r.node(q.Object))
		r.problems = append(r.problems, problems...)
	}
	if !slices.Contains(r.record.Voices, v) {
		r.record.Voices = append(r.record.Voices, v)
	}
}

// evidence reads one place where the claim stands.
func (r *claimReader) evidence(q Quad, context bool) {
	e, problem := r.deriver.evidence(q, context)
	if problem != nil {
		problem.About = r.record.ID
		r.problems = append(r.problems, *problem)
		return
	}
	r.record.Evidence = append(r.record.Evidence, e)
}

// qualifier reads one detail; group is 0 for one of the whole claim.
func (r *claimReader) qualifier(kind *QualifierKind, q Quad, group int) {
	if message, rule := checkValue(r.names, kind.Type, kind.Values, q.Object); message != "" {
		r.fault(rule, q, nearest(q.Object.Lexical(), kind.Values), "%s: %s", kind.Name, message)
	}
	value := q.Object
	if kind.Type == OneOfValue {
		value = NewLiteral(oneOf(r.names, value), "", "")
	}
	detail := QualifierRecord{Kind: kind, Value: value, Group: group}
	for _, old := range r.record.Qualifiers {
		if old == detail {
			return
		}
		if old.Kind == kind && old.Group == group && !kind.Repeatable {
			r.fault(RuleTwoValues, q, nil, "%s has two values, %s and %s: it takes one; put further ones into groups, or into claims of their own",
				kind.Name, show(r.names, old.Value), show(r.names, value))
		}
	}
	r.record.Qualifiers = append(r.record.Qualifiers, detail)
}

// grouped reads the groups of qualifiers, numbered in the order of their
// content, so that the number does not depend on how their nodes are called.
func (r *claimReader) grouped() {
	type group struct {
		key   string
		quads []Quad
	}
	var groups []group
	for _, id := range r.groups {
		if id.IsLiteral() {
			r.fault(RuleValue, Quad{Subject: r.record.ID, Predicate: r.names.Term(WordGroup), Object: id}, nil,
				"%s is %s: it is a node that holds qualifiers", WordGroup, show(r.names, id))
			continue
		}
		quads := sortedQuads(r.node(id))
		groups = append(groups, group{nodeKey(quads), quads})
	}
	slices.SortStableFunc(groups, func(a, b group) int { return strings.Compare(a.key, b.key) })
	groups = slices.CompactFunc(groups, func(a, b group) bool { return a.key == b.key })
	for i, g := range groups {
		for _, q := range g.quads {
			kind := r.deriver.ontology.Qualifier(q.Predicate)
			if kind == nil {
				r.fault(RuleQualifier, q, r.deriver.nearestQualifiers(q.Predicate),
					"%s stands in a group: a group holds qualifiers alone", show(r.names, q.Predicate))
				continue
			}
			r.qualifier(kind, q, i+1)
		}
	}
}

// nodeKey is the content of a node without its own name and batch.
func nodeKey(sorted []Quad) string {
	var b strings.Builder
	for i, q := range sorted {
		if i > 0 && q.Predicate == sorted[i-1].Predicate && q.Object == sorted[i-1].Object {
			continue // the same quad from another batch
		}
		b.WriteString(string(q.Predicate) + " " + string(q.Object) + "\n")
	}
	return b.String()
}

// finish reads what needs all quads, and sorts what is a set.
func (r *claimReader) finish() {
	c := r.record
	c.Stance = readEnum[Stance](r, WordStance, stanceNames)
	c.Mode = readEnum[Mode](r, WordMode, modeNames)
	c.DateBasis = readEnum[DateBasis](r, WordDateBasis, dateBasisNames)
	c.Event, c.RevisionOf, c.AlternativeOf = r.iri(WordEvent), r.iri(WordRevisionOf), r.iri(WordAlternativeOf)
	r.date()
	r.grouped()
	r.reported()
	c.sort()
	r.whole()
}

// sort puts what is a set into order.
func (c *ClaimRecord) sort() {
	slices.SortFunc(c.Voices, compareVoices)
	slices.SortFunc(c.Evidence, compareEvidence)
	slices.SortFunc(c.Qualifiers, func(a, b QualifierRecord) int {
		return cmp.Or(cmp.Compare(a.Group, b.Group), strings.Compare(a.Kind.Name, b.Kind.Name), cmp.Compare(a.Value, b.Value))
	})
}

// reported puts the reporters in order, source first.
func (r *claimReader) reported() {
	slices.SortStableFunc(r.reporters, func(a, b reporter) int { return a.place - b.place })
	for i, p := range r.reporters {
		if !p.quad.Object.IsIRI() {
			r.fault(RuleValue, p.quad, nil, "%s is %s: it names an entity by its id", WordReportedBy, show(r.names, p.quad.Object))
			continue
		}
		if i > 0 && p.place == r.reporters[i-1].place {
			if p.quad.Object == r.reporters[i-1].quad.Object {
				continue // the same quad from another batch
			}
			r.fault(RuleReporters, p.quad, nil, "two reporters stand at one place of the chain, %s and %s: number them from the source on, %s-1, %s-2",
				show(r.names, r.reporters[i-1].quad.Object), show(r.names, p.quad.Object), WordReportedBy, WordReportedBy)
		}
		r.record.ReportedBy = append(r.record.ReportedBy, p.quad.Object)
	}
}

// whole tells what a claim must have and this one has not.
func (r *claimReader) whole() {
	id := r.called()
	if !r.stated {
		r.fault(RuleStatement, Quad{Subject: r.record.ID}, nil, "%s states nothing: no quad has it for a label", id)
		return
	}
	statement := Quad{Subject: r.record.Subject, Label: r.record.ID}
	if r.record.Relation != nil {
		statement.Predicate, statement.Object = r.record.Relation.IRI, r.record.Object
	}
	if len(r.record.Batches) == 0 {
		r.fault(RuleVoice, statement, nil, "nobody says %s: add %s with a party or a voice", id, WordAssertedBy)
	}
	states := func(e EvidenceRecord) bool { return !e.Context }
	if !slices.ContainsFunc(r.record.Evidence, states) && !r.has(RuleLocator) {
		r.fault(RuleDocument, statement, nil, "%s stands in no document: add %s with document/D or a place in it, such as document/D/p15", id, WordEvidence)
	}
}

func (r *claimReader) has(rule Rule) bool {
	return slices.ContainsFunc(r.problems, func(p Problem) bool { return p.Rule == rule })
}

func compareVoices(a, b VoiceRecord) int {
	return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Capacity, b.Capacity), cmp.Compare(a.SpokenBy, b.SpokenBy))
}

func compareEvidence(a, b EvidenceRecord) int {
	context := 0
	if a.Context != b.Context {
		context = -1
		if a.Context {
			context = 1
		}
	}
	return cmp.Or(context, cmp.Compare(a.Locator, b.Locator), cmp.Compare(a.Batch, b.Batch))
}
