package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Entity makes the record of an entity from the quads that have it for a
// subject, in any order; statements among them are passed over. node returns
// the quads of a name. The record is nil if no quad is about the entity.
func (d *Deriver) Entity(id Term, quads []Quad, node func(Term) []Quad) (*EntityRecord, []Problem) {
	r := entityReader{deriver: d, names: d.ontology.Names, node: node, record: &EntityRecord{ID: id}}
	var labels []Term
	for _, q := range sortedQuads(quads) {
		if q.Subject != id || d.IsStatement(q.Predicate) {
			continue
		}
		labels = addTerm(labels, q.Label)
		r.about(q)
	}
	if len(labels) == 0 {
		return nil, nil
	}
	if r.record.Kind == nil {
		r.record.Batches = labels
	}
	r.prefer()
	return r.record, r.problems
}

// entityReader collects what the quads of one entity say.
type entityReader struct {
	deriver  *Deriver
	names    Names
	node     func(Term) []Quad
	record   *EntityRecord
	problems []Problem
	roles    []nameSource // beside record.Names
}

// nameSource tells how a name was given.
type nameSource struct {
	quad    Quad
	literal bool // as a plain literal
	role    bool // with a role of its own
}

func (r *entityReader) fault(rule Rule, q Quad, suggestions []string, format string, args ...any) {
	r.problems = append(r.problems, Problem{
		Rule: rule, About: r.record.ID, Quad: q, Suggestions: suggestions, Message: fmt.Sprintf(format, args...),
	})
}

func (r *entityReader) about(q Quad) {
	if q.Predicate == RDFType {
		r.kind(q)
		return
	}
	switch word := r.deriver.words[q.Predicate]; {
	case word == WordName:
		r.name(q)
	case word == WordDescription:
		if !q.Object.IsLiteral() {
			r.fault(RuleValue, q, nil, "description is %s: it is a text", show(r.names, q.Object))
			return
		}
		if !slices.Contains(r.record.Description, q.Object) {
			r.record.Description = append(r.record.Description, q.Object)
		}
	case word == WordUnnamed:
		r.record.Unnamed = r.flag(q) || r.record.Unnamed
	case word == WordProtected:
		r.record.Protected = r.flag(q) || r.record.Protected
	case slices.Contains(factWords, word):
		r.fact(word, q)
	default:
		r.fault(RuleUnknownWord, q, r.deriver.nearestEntityWords(q.Predicate),
			"%s says nothing of an entity: what is said about the world is a claim, in a graph of its own", show(r.names, q.Predicate))
	}
}

// kind takes the entity's class. Of two, the first in the order of terms counts.
func (r *entityReader) kind(q Quad) {
	kind := r.deriver.ontology.Kind(q.Object)
	switch {
	case kind == nil:
		r.fault(RuleUnknownKind, q, r.deriver.nearestKinds(q.Object), "%s is no kind of the ontology: kinds are %s",
			show(r.names, q.Object), strings.Join(kindNames(r.deriver.ontology.Kinds), ", "))
	case r.record.Kind != nil && r.record.Kind != kind:
		r.fault(RuleTwoKinds, q, nil, "%s is a %s and a %s: an entity has one kind; make two entities and tie them by a claim",
			r.names.ID(q.Subject), r.record.Kind.Name, kind.Name)
	default:
		r.record.Kind = kind
		r.record.Batches = addTerm(r.record.Batches, q.Label)
	}
}

func (r *entityReader) flag(q Quad) bool {
	text := q.Object.Lexical()
	if !q.Object.IsLiteral() || text != "true" && text != "false" {
		r.fault(RuleValue, q, nil, "%s is %s: it is true or false", r.deriver.words[q.Predicate], show(r.names, q.Object))
	}
	return text == "true"
}

// fact takes a literal about a document.
func (r *entityReader) fact(word string, q Quad) {
	if message := checkFact(word, q.Object); message != "" {
		rule := RuleValue
		if word == WordIssued || word == WordRetrieved {
			rule = RuleDate
		}
		r.fault(rule, q, nil, "%s: %s", word, message)
		return
	}
	for i, f := range r.record.Facts {
		if f.Word == word && f.Value == q.Object {
			r.record.Facts[i].Batches = addTerm(f.Batches, q.Label)
			return
		}
	}
	r.record.Facts = append(r.record.Facts, FactRecord{Word: word, Value: q.Object, Batches: []Term{q.Label}})
}

func checkFact(word string, t Term) string {
	lexical := t.Lexical()
	switch {
	case word == WordURL && (t.IsIRI() || lexical != ""), word == WordPublisher && t.IsIRI():
		return ""
	case !t.IsLiteral() || lexical == "":
		return fmt.Sprintf("%s is no text", t)
	case word == WordIssued || word == WordRetrieved:
		_, _, message := dateBounds(t)
		return message
	case word == WordSHA256 && (len(lexical) != 64 || strings.Trim(lexical, "0123456789abcdef") != ""):
		return fmt.Sprintf("%q is no SHA-256: it has 64 digits of 0-9 and a-f", lexical)
	}
	return ""
}

// name takes one name: a literal, or a node with text, role and evidence. The
// same text given twice is one name.
func (r *entityReader) name(q Quad) {
	found := NameRecord{Text: q.Object, Role: NameAlias, Batches: []Term{q.Label}}
	source := nameSource{quad: q, literal: true}
	if !q.Object.IsLiteral() {
		var problems []Problem
		source.literal = false
		found, source.role, problems = r.deriver.nameNode(q, r.node(q.Object))
		for _, p := range problems {
			p.About = r.record.ID
			r.problems = append(r.problems, p)
		}
	}
	if found.Text == "" {
		return
	}
	at := slices.IndexFunc(r.record.Names, func(n NameRecord) bool { return n.Text == found.Text })
	if at < 0 {
		r.record.Names, r.roles = append(r.record.Names, found), append(r.roles, source)
		return
	}
	r.sameName(at, found, source)
}

// sameName adds to a name what a further quad says of the same text.
func (r *entityReader) sameName(at int, found NameRecord, source nameSource) {
	n, old := &r.record.Names[at], &r.roles[at]
	for _, e := range found.Evidence {
		if !slices.Contains(n.Evidence, e) {
			n.Evidence = append(n.Evidence, e)
		}
	}
	for _, b := range found.Batches {
		n.Batches = addTerm(n.Batches, b)
	}
	if source.role && (!old.role || found.Role < n.Role) {
		n.Role, old.role = found.Role, true
	}
	old.literal = old.literal || source.literal
}

// nameNode reads a node with a name's text, role and evidence.
func (d *Deriver) nameNode(by Quad, quads []Quad) (NameRecord, bool, []Problem) {
	n := NameRecord{Role: NameAlias, Batches: []Term{by.Label}}
	explicit := false
	var problems []Problem
	fault := func(q Quad, format string, args ...any) {
		problems = append(problems, Problem{Rule: RuleValue, Quad: q, Message: fmt.Sprintf(format, args...)})
	}
	names := d.ontology.Names
	for _, q := range sortedQuads(quads) {
		switch d.words[q.Predicate] {
		case WordText:
			if !q.Object.IsLiteral() || n.Text != "" && n.Text != q.Object {
				fault(q, "the text of a name is one literal, not %s", show(names, q.Object))
				continue
			}
			n.Text = q.Object
		case WordRole:
			role, ok := enumValue[NameRole](names, nameRoleNames, q.Object)
			if !ok {
				fault(q, "the role of a name is %s: it is one of %s", show(names, q.Object), strings.Join(nameRoleNames, ", "))
				continue
			}
			n.Role, explicit = role, true
		case WordEvidence, WordContext:
			e, problem := d.evidence(q, d.words[q.Predicate] == WordContext)
			if problem != nil {
				problems = append(problems, *problem)
				continue
			}
			n.Evidence = append(n.Evidence, e)
		default:
			fault(q, "%s says nothing of a name: a name has %s, %s and %s", show(names, q.Predicate), WordText, WordRole, WordEvidence)
		}
	}
	slices.SortFunc(n.Evidence, compareEvidence)
	if n.Text == "" {
		fault(by, "%s is %s, which has no %s: a name is a literal, or a node with a text", WordName, show(names, by.Object), WordText)
	}
	return n, explicit, problems
}

// prefer makes one name the preferred one, and sorts the names.
func (r *entityReader) prefer() {
	names := r.record.Names
	best := -1
	for i := range names {
		if r.roles[i].role && names[i].Role == NamePreferred && best >= 0 && r.explicit(best) {
			r.fault(RuleTwoNames, r.roles[i].quad, nil, "%s has two preferred names, %s and %s: give one of them another role",
				r.names.ID(r.record.ID), names[best].Text, names[i].Text)
		}
		if best < 0 || r.rank(i) < r.rank(best) || r.rank(i) == r.rank(best) && names[i].Text < names[best].Text {
			best = i
		}
	}
	for i := range names {
		switch {
		case i == best:
			names[i].Role = NamePreferred
		case names[i].Role == NamePreferred:
			names[i].Role = NameAlias
		}
		slices.SortFunc(names[i].Evidence, compareEvidence)
	}
	slices.SortFunc(names, func(a, b NameRecord) int {
		return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Text, b.Text))
	})
}

func (r *entityReader) explicit(i int) bool {
	return r.roles[i].role && r.record.Names[i].Role == NamePreferred
}

// rank orders the candidates for the preferred name: an explicit role, then a
// plain literal, then the rest by role; English first among equals.
func (r *entityReader) rank(i int) int {
	rank := 4 + 2*int(r.record.Names[i].Role)
	switch {
	case r.explicit(i):
		rank = 0
	case r.roles[i].literal && !r.roles[i].role:
		rank = 2
	}
	if _, language, _ := r.record.Names[i].Text.Literal(); language != "en" && !strings.HasPrefix(language, "en-") {
		rank++
	}
	return rank
}

// nearestKinds returns the names of kinds like that of a class.
func (d *Deriver) nearestKinds(class Term) []string {
	return nearest(show(d.ontology.Names, class), kindNames(d.ontology.Kinds))
}

// nearestEntityWords returns the words about entities like a predicate.
func (d *Deriver) nearestEntityWords(predicate Term) []string {
	return nearest(show(d.ontology.Names, predicate), slices.Concat(entityWords, factWords))
}
