package graph

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/tripartite-graph/tripartite/graph/edtf"
	"github.com/tripartite-graph/tripartite/graph/quantity"
)

// Voice reads a voice node. A node without a party is a party itself.
func (d *Deriver) Voice(id Term, quads []Quad) (VoiceRecord, []Problem) {
	r := voiceReader{names: d.ontology.Names, id: id, seen: map[string]Term{}}
	var others []Quad
	for _, q := range sortedQuads(quads) {
		switch word := d.words[q.Predicate]; word {
		case WordParty, WordCapacity, WordSpokenBy:
			r.take(word, q)
		default:
			others = append(others, q)
		}
	}
	if len(r.seen) > 0 {
		for _, q := range others {
			r.fault(q, "%s says nothing of a voice: a voice has %s, %s and %s", show(r.names, q.Predicate), WordParty, WordCapacity, WordSpokenBy)
		}
	}
	if r.record.Party == "" {
		if len(r.seen) > 0 {
			r.fault(Quad{Subject: id}, "the voice %s has no %s: whose position is it?", r.names.ID(id), WordParty)
		}
		r.record.Party = id
	}
	return r.record, r.problems
}

// voiceReader collects what the quads of one voice say.
type voiceReader struct {
	names    Names
	id       Term
	record   VoiceRecord
	seen     map[string]Term // word → value
	problems []Problem
}

func (r *voiceReader) fault(q Quad, format string, args ...any) {
	r.problems = append(r.problems, Problem{Rule: RuleVoiceNode, About: r.id, Quad: q, Message: fmt.Sprintf(format, args...)})
}

// take reads one of the words of a voice; each has one value.
func (r *voiceReader) take(word string, q Quad) {
	old, again := r.seen[word]
	r.seen[word] = q.Object
	switch {
	case again:
		r.seen[word] = old
		if old != q.Object {
			r.fault(q, "the voice %s has two values of %s, %s and %s: make it two voices",
				r.names.ID(r.id), word, show(r.names, old), show(r.names, q.Object))
		}
	case word == WordCapacity:
		var ok bool
		if r.record.Capacity, ok = enumValue[Capacity](r.names, capacityNames, q.Object); !ok {
			r.fault(q, "capacity is %s: it is one of %s", show(r.names, q.Object), strings.Join(capacityNames, ", "))
		}
	case !q.Object.IsIRI():
		r.fault(q, "%s of the voice %s is %s: it names an entity by its id", word, r.names.ID(r.id), show(r.names, q.Object))
	case word == WordParty:
		r.record.Party = q.Object
	default:
		r.record.SpokenBy = q.Object
	}
}

// evidence reads a quad that names a place in a document.
func (d *Deriver) evidence(q Quad, context bool) (EvidenceRecord, *Problem) {
	l, err := ParseLocator(d.ontology.Names, q.Object)
	if err != nil {
		return EvidenceRecord{}, &Problem{Rule: RuleLocator, Quad: q, Message: err.Error()}
	}
	return EvidenceRecord{Locator: q.Object, Document: l.Document, Context: context, Batch: q.Label}, nil
}

// show renders a term for a message: ids short, literals as they are.
func show(names Names, t Term) string {
	if t.IsIRI() {
		id := names.ID(t)
		if word, ok := strings.CutPrefix(id, names.Vocabulary); ok {
			return word
		}
		return id
	}
	const longest = 120
	if len(t) > longest {
		return strings.ToValidUTF8(string(t[:longest]), "") + "…"
	}
	return string(t)
}

// dateBounds returns the days between which a date literal lies, or what is
// wrong with it.
func dateBounds(t Term) (low, high Day, message string) {
	lexical, _, datatype := t.Literal()
	if !t.IsLiteral() || datatype != TypeEDTF {
		return MinDay, MaxDay, fmt.Sprintf("%s is no EDTF literal: write %q^^<%s>", t, "2017-07-25", TypeEDTF)
	}
	known, slot := dates.find(lexical)
	if known != nil {
		return known.low, known.high, ""
	}
	date, err := edtf.Parse(lexical)
	if err != nil {
		return MinDay, MaxDay, err.Error()
	}
	d := &knownDate{strings.Clone(lexical), Day(date.Low), Day(date.High)}
	slot.Store(d)
	return d.low, d.high, ""
}

var (
	timePattern    = regexp.MustCompile(`^([01]\d|2[0-4]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$`)
	integerPattern = regexp.MustCompile(`^[+-]?\d+$`)
)

// checkValue returns what is wrong with a value of a type, "" for nothing, and
// the rule that it breaks.
func checkValue(names Names, datatype Datatype, values []string, t Term) (string, Rule) {
	if datatype == EntityValue || datatype == RelationValue {
		if !t.IsIRI() {
			return fmt.Sprintf("%s is no id: name an entity", show(names, t)), RuleQualifierValue
		}
		return "", ""
	}
	if datatype == OneOfValue {
		if !slices.Contains(values, oneOf(names, t)) {
			return fmt.Sprintf("%s is not one of %s", show(names, t), strings.Join(values, ", ")), RuleQualifierValue
		}
		return "", ""
	}
	if !t.IsLiteral() {
		return fmt.Sprintf("%s is no literal", show(names, t)), RuleQualifierValue
	}
	switch datatype {
	case DateValue:
		_, _, message := dateBounds(t)
		return message, RuleDate
	case QuantityValue:
		return checkQuantity(t), RuleQuantity
	}
	return checkLexical(datatype, t.Lexical()), RuleQualifierValue
}

func checkQuantity(t Term) string {
	lexical, _, datatype := t.Literal()
	if datatype != TypeQuantity {
		return fmt.Sprintf("%s is no quantity: write %q^^<%s>", t, "≥ 600", TypeQuantity)
	}
	if _, err := quantity.Parse(lexical); err != nil {
		return err.Error()
	}
	return ""
}

func checkLexical(datatype Datatype, lexical string) string {
	switch datatype {
	case DurationValue:
		if _, ok := durationDays(lexical); !ok || strings.HasSuffix(lexical, "P") || strings.HasSuffix(lexical, "T") {
			return fmt.Sprintf("%q is no duration: write P7Y for seven years, PT24H for a day's hours", lexical)
		}
	case TimeValue:
		if !timePattern.MatchString(lexical) {
			return fmt.Sprintf("%q is no time of day: write 14:30", lexical)
		}
	case IntegerValue:
		if !integerPattern.MatchString(lexical) {
			return fmt.Sprintf("%q is no whole number", lexical)
		}
	case BooleanValue:
		if lexical != "true" && lexical != "false" {
			return fmt.Sprintf("%q is neither true nor false", lexical)
		}
	case TextValue:
		if strings.TrimSpace(lexical) == "" {
			return "the text is empty"
		}
	}
	return ""
}

// oneOf returns the value of a list that a literal or a word of the vocabulary names.
func oneOf(names Names, t Term) string {
	if t.IsLiteral() {
		return t.Lexical()
	}
	return show(names, t)
}

// nearestRelations returns the names of relations like that of a predicate.
func (d *Deriver) nearestRelations(predicate Term) []string {
	names := make([]string, len(d.ontology.Relations))
	for i, r := range d.ontology.Relations {
		names[i] = r.Name
	}
	return nearest(show(d.ontology.Names, predicate), names)
}

// nearestQualifiers returns the words about claims and the qualifiers whose
// names are like that of a predicate.
func (d *Deriver) nearestQualifiers(predicate Term) []string {
	names := slices.Clone(claimWords)
	for _, q := range d.ontology.Qualifiers {
		names = append(names, q.Name)
	}
	return nearest(show(d.ontology.Names, predicate), names)
}
