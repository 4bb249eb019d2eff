package graph

import (
	"fmt"
	"slices"
	"testing"

	"github.com/tripartite-graph/tripartite/graph/edtf"
)

var (
	person = &EntityKind{Name: "Person", Enum: "PERSON", Slug: "person", IRI: DefaultNames().Term("Person")}

	amountOf = &QualifierKind{Name: "amount", Type: QuantityValue, IRI: DefaultNames().Term("amount")}
	groundOf = &QualifierKind{Name: "ground", Type: TextValue, Repeatable: true, IRI: DefaultNames().Term("ground")}
	basisOf  = &QualifierKind{Name: "basis", Type: EntityValue, Repeatable: true, IRI: DefaultNames().Term("basis")}
	termOf   = &QualifierKind{Name: "term", Type: DurationValue, IRI: DefaultNames().Term("term")}
	scopeOf  = &QualifierKind{Name: "measure", Type: TextValue, IRI: DefaultNames().Term("measure")}

	fined   = relationKind("fined", func(r *RelationKind) { r.Single = []string{"amount", "ground", "basis", "term"} })
	freed   = relationKind("freed", func(r *RelationKind) { r.Contradicts = []string{"held"}; r.Aspect = State })
	held    = relationKind("held", func(r *RelationKind) { r.Aspect = State })
	twin    = relationKind("twin", func(r *RelationKind) { r.Symmetric = true; r.Aspect = State })
	counted = relationKind("counted", func(r *RelationKind) { r.Value = QuantityValue; r.Aspect = State })
)

func relationKind(name string, set func(*RelationKind)) *RelationKind {
	r := &RelationKind{Name: name, Enum: name, IRI: DefaultNames().Term(name)}
	set(r)
	return r
}

func testOntology() *Ontology {
	return NewOntology(DefaultNames(), []*EntityKind{person}, []*RelationKind{fined, freed, held, twin, counted},
		[]*QualifierKind{amountOf, groundOf, basisOf, termOf, scopeOf})
}

// said makes a claim "person/a RELATION person/b" of a voice in a document of the voice's own.
func said(id, voice string, relation *RelationKind, set func(*ClaimRecord)) *ClaimRecord {
	iri := DefaultNames().IRI
	c := &ClaimRecord{
		ID: iri("claim/" + id), Subject: iri("person/a"), Relation: relation, Object: iri("person/b"),
		Voices:   []VoiceRecord{{Party: iri("person/" + voice)}},
		Evidence: []EvidenceRecord{{Document: iri("document/" + voice)}},
		Low:      MinDay, High: MaxDay,
	}
	if set != nil {
		set(c)
	}
	if d, err := edtf.Parse(c.Date.Lexical()); err == nil {
		c.Low, c.High = Day(d.Low), Day(d.High)
	}
	return c
}

func with(kind *QualifierKind, value Term) func(*ClaimRecord) {
	return func(c *ClaimRecord) { c.Qualifiers = append(c.Qualifiers, QualifierRecord{Kind: kind, Value: value}) }
}

func at(event, date string) func(*ClaimRecord) {
	return func(c *ClaimRecord) {
		if event != "" {
			c.Event = DefaultNames().IRI("event/" + event)
		}
		if date != "" {
			c.Date = NewLiteral(date, "", TypeEDTF)
		}
	}
}

func stance(s Stance) func(*ClaimRecord) { return func(c *ClaimRecord) { c.Stance = s } }
func value(v string) func(*ClaimRecord) {
	return func(c *ClaimRecord) { c.Object = NewLiteral(v, "", TypeQuantity) }
}
func object(id string) func(*ClaimRecord) {
	return func(c *ClaimRecord) { c.Object = DefaultNames().IRI(id) }
}
func document(d string) func(*ClaimRecord) {
	return func(c *ClaimRecord) { c.Evidence = []EvidenceRecord{{Document: DefaultNames().IRI("document/" + d)}} }
}

func all(sets ...func(*ClaimRecord)) func(*ClaimRecord) {
	return func(c *ClaimRecord) {
		for _, set := range sets {
			set(c)
		}
	}
}

// conflictsAmong runs every group that the claims fall into.
func conflictsAmong(claims ...*ClaimRecord) []ConflictRecord {
	d := NewDeriver(testOntology())
	groups := map[string][]*ClaimRecord{}
	for _, c := range claims {
		for _, g := range d.ConflictGroups(c) {
			groups[g] = append(groups[g], c)
		}
	}
	var out []ConflictRecord
	for g, members := range groups {
		out = append(out, d.Conflicts(g, members)...)
	}
	return out
}

func TestConflictsOfTwo(t *testing.T) {
	quantity := func(s string) Term { return NewLiteral(s, "", TypeQuantity) }
	for _, test := range []struct {
		name     string
		relation *RelationKind
		one, two func(*ClaimRecord)
		want     string
	}{
		{"asserted and denied, no event", fined, all(), stance(Denied), "STANCE"},
		{"asserted and denied of one event", fined, at("x", "2017"), all(at("x", "2019"), stance(Denied)), "STANCE"},
		{"asserted and denied of two events", fined, at("x", ""), all(at("y", ""), stance(Denied)), ""},
		{"a denial without event, at another time", fined, at("x", "2017"), all(at("", "2019"), stance(Denied)), ""},
		{"a denial without event or date", fined, at("x", "2017"), stance(Denied), "STANCE"},
		{"withheld", fined, all(), stance(Withheld), ""},
		{"planned", fined, stance(Denied), func(c *ClaimRecord) { c.Mode = Planned }, ""},
		{"a symmetric relation read backwards", twin, all(), func(c *ClaimRecord) {
			c.Subject, c.Object, c.Stance = c.Object, c.Subject, Denied
		}, "STANCE"},
		{"two amounts of one event", fined, all(at("x", ""), with(amountOf, quantity("100 KZT"))), all(at("x", ""), with(amountOf, quantity("200 KZT"))), "VALUE"},
		{"two amounts of two events", fined, all(at("x", ""), with(amountOf, quantity("100 KZT"))), all(at("y", ""), with(amountOf, quantity("200 KZT"))), ""},
		{"amounts within bounds", fined, all(at("x", ""), with(amountOf, quantity("≥ 100 KZT"))), all(at("x", ""), with(amountOf, quantity("200 KZT"))), ""},
		{"an approximate amount", fined, all(at("x", ""), with(amountOf, quantity("~ 800000 KZT"))), all(at("x", ""), with(amountOf, quantity("812,000 KZT"))), ""},
		{"amounts in two units", fined, all(at("x", ""), with(amountOf, quantity("100 KZT"))), all(at("x", ""), with(amountOf, quantity("200 USD"))), ""},
		{"amounts without event", fined, with(amountOf, quantity("1 KZT")), with(amountOf, quantity("2 KZT")), "VALUE"},
		{"two durations", fined, all(at("x", ""), with(termOf, NewLiteral("P4Y", "", ""))), all(at("x", ""), with(termOf, NewLiteral("P4Y6M", "", ""))), "VALUE"},
		{"one duration in two units", fined, all(at("x", ""), with(termOf, NewLiteral("P4Y", "", ""))), all(at("x", ""), with(termOf, NewLiteral("P48M", "", ""))), ""},
		{"two dates of one event", fined, at("x", "2017-07-25"), at("x", "2017-07-26"), "DATE"},
		{"a date within another", fined, at("x", "2017-07-25"), at("x", "2017-07"), ""},
		{"the court named differently", fined, at("x", "2017"), all(at("x", "2018"), object("person/c")), "DATE"},
		{"two grounds of one event", fined, all(at("x", ""), with(groundOf, NewLiteral("missing documents", "en", ""))), all(at("x", ""), with(groundOf, NewLiteral("political pressure", "en", ""))), "GROUND"},
		{"one ground in two wordings", fined, all(at("x", ""), with(groundOf, NewLiteral("documents were missing", "en", ""))), all(at("x", ""), with(groundOf, NewLiteral("incomplete documents", "en", ""))), ""},
		{"two laws", fined, all(at("x", ""), with(basisOf, "<l/1>")), all(at("x", ""), with(basisOf, "<l/2>")), "GROUND"},
		{"a law and the same with another", fined, all(at("x", ""), with(basisOf, "<l/1>")), all(at("x", ""), with(basisOf, "<l/2>"), with(basisOf, "<l/1>")), ""},
		{"two counts of one year", counted, all(value("100 members"), at("", "2017")), all(value("200 members"), at("", "2017")), "VALUE"},
		{"two counts of two years", counted, all(value("100 members"), at("", "2017")), all(value("200 members"), at("", "2019")), ""},
		{"counts of two things", counted, all(value("16 people"), with(scopeOf, NewLiteral("killed", "", ""))), all(value("60 people"), with(scopeOf, NewLiteral("wounded", "", ""))), ""},
		{"counts, singular and plural", counted, value("1 member"), value("3 members"), "VALUE"},
		{"an earlier wording", counted, value("1"), all(value("2"), func(c *ClaimRecord) { c.AlternativeOf = DefaultNames().IRI("claim/1") }), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := conflictsAmong(said("1", "v", test.relation, test.one), said("2", "w", test.relation, test.two))
			if kinds := kindsOf(got); kinds != test.want {
				t.Errorf("conflicts %q, want %q", kinds, test.want)
			}
		})
	}
}

func kindsOf(records []ConflictRecord) string {
	kinds := ""
	for _, r := range records {
		kinds += r.Kind.String()
	}
	return kinds
}

func TestContradictingRelations(t *testing.T) {
	at2018 := at("", "2018/2019")
	if got := kindsOf(conflictsAmong(said("1", "v", freed, at2018), said("2", "w", held, at("", "2019/..")))); got != "STATUS" {
		t.Errorf("overlapping: %q", got)
	}
	if got := kindsOf(conflictsAmong(said("1", "v", freed, at2018), said("2", "w", held, at("", "2020/..")))); got != "" {
		t.Errorf("one after the other: %q", got)
	}
	if got := kindsOf(conflictsAmong(said("1", "v", freed, at2018), said("2", "w", held, stance(Denied)))); got != "" {
		t.Errorf("the other denied: %q", got)
	}
}

func TestOneVoiceInOneDocument(t *testing.T) {
	amount := func(s string) func(*ClaimRecord) {
		return all(at("x", ""), with(amountOf, NewLiteral(s, "", TypeQuantity)))
	}
	if got := kindsOf(conflictsAmong(said("1", "v", fined, amount("1 KZT")), said("2", "v", fined, amount("2 KZT")))); got != "" {
		t.Errorf("two values in one account: %q", got)
	}
	if got := kindsOf(conflictsAmong(said("1", "v", fined, all()), said("2", "v", fined, stance(Denied)))); got != "STANCE" {
		t.Errorf("yes and no in one account: %q", got)
	}
	if got := kindsOf(conflictsAmong(said("1", "v", fined, amount("1 KZT")), said("2", "v", fined, all(amount("2 KZT"), document("later"))))); got != "VALUE" {
		t.Errorf("one voice in two documents: %q", got)
	}
}

func TestSeveralParticipantsOfOneEvent(t *testing.T) {
	one := said("1", "v", fined, at("x", "2017"))
	two := said("2", "v", fined, all(at("x", "2017"), object("person/c")))
	three := said("3", "w", fined, all(at("x", "2018"), object("person/c")))
	got := conflictsAmong(one, two, three)
	if len(got) != 1 || !slices.Equal(got[0].Claims, []Term{two.ID, three.ID}) {
		t.Errorf("claims 2 and 3 alone are about one participant; got %v", got)
	}
}

func TestLargeClustersAreCovered(t *testing.T) {
	var claims []*ClaimRecord
	for i := range 40 {
		claims = append(claims, said(fmt.Sprintf("%02d", i), fmt.Sprint("v", i), fined, stance(Stance(i%2))))
	}
	covered := map[Term]bool{}
	ids := map[Term]bool{}
	for _, c := range conflictsAmong(claims...) {
		if len(c.Claims) < 2 || len(c.Claims) > maxConflictClaims || ids[c.ID] {
			t.Errorf("%s has %d claims", c.ID, len(c.Claims))
		}
		ids[c.ID] = true
		stances := map[Stance]bool{}
		for _, id := range c.Claims {
			covered[id] = true
			stances[claims[slices.IndexFunc(claims, func(c *ClaimRecord) bool { return c.ID == id })].Stance] = true
		}
		if len(stances) != 2 {
			t.Errorf("%s shows one side alone", c.ID)
		}
	}
	if len(covered) != len(claims) {
		t.Errorf("%d of %d claims are in a conflict", len(covered), len(claims))
	}
}

func TestConflictsDoNotDependOnOrder(t *testing.T) {
	claims := []*ClaimRecord{said("1", "v", fined, all()), said("2", "w", fined, stance(Denied)), said("3", "u", fined, stance(Denied))}
	one := conflictsAmong(claims...)
	slices.Reverse(claims)
	two := conflictsAmong(claims...)
	if len(one) != 1 || len(two) != 1 || one[0].ID != two[0].ID || !slices.Equal(one[0].Claims, two[0].Claims) {
		t.Errorf("%v, %v", one, two)
	}
}

// TestPlainStatementsAreNotCompared: what many sources say in the same plain
// words is not compared pair by pair.
func TestPlainStatementsAreNotCompared(t *testing.T) {
	var claims []*ClaimRecord
	for i := range 100 {
		claims = append(claims, &ClaimRecord{ID: Term(fmt.Sprintf("<claim/%d>", i)), Relation: fined, Stance: Asserted})
	}
	for _, r := range rules[groupStatement] {
		if among := r.among(claims); len(among) > 0 {
			t.Errorf("%v: %d claims are compared", r.kind, len(among))
		}
	}
	claims[0].Stance = Denied
	if among := rules[groupStatement][0].among(claims); len(among) != len(claims) {
		t.Errorf("beside a denial, %d claims are compared", len(among))
	}
}
