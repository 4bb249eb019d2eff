package graph_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/schema"
)

// said builds quads in short: ids below the base, words of the vocabulary
// after a colon, literals in quotes; the label is a batch unless given.
func said(names graph.Names, lines ...string) []graph.Quad {
	term := func(s string) graph.Term {
		switch {
		case strings.HasPrefix(s, `"`):
			return graph.Term(s)
		case s == "a":
			return graph.RDFType
		case strings.HasPrefix(s, ":"):
			return names.Term(s[1:])
		}
		return names.IRI(s)
	}
	quads := make([]graph.Quad, len(lines))
	for i, line := range lines {
		words := strings.SplitN(line, " ", 4)
		if len(words) < 4 {
			words = append(words, "batch/b")
		}
		quads[i] = graph.Quad{Subject: term(words[0]), Predicate: term(words[1]), Object: term(words[2]), Label: term(words[3])}
	}
	return quads
}

// among returns the look-up of nodes among quads.
func among(quads []graph.Quad) func(graph.Term) []graph.Quad {
	return func(node graph.Term) []graph.Quad {
		return slices.DeleteFunc(slices.Clone(quads), func(q graph.Quad) bool { return q.Subject != node })
	}
}

func testOntology(t *testing.T) *graph.Ontology {
	t.Helper()
	o, err := schema.Ontology(graph.DefaultNames())
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestClaimFromQuads(t *testing.T) {
	o := testOntology(t)
	d := graph.NewDeriver(o)
	quads := said(o.Names,
		`person/ann :convicted-by court/city claim/c`,
		`claim/c :asserted-by voice/v`, `claim/c :asserted-by person/bob batch/c`, `claim/c :stance :DENIED`, `claim/c :mode "ALLEGED"`,
		`claim/c :date "2017-07"^^<http://id.loc.gov/datatypes/edtf>`, `claim/c :evidence document/d/p2`, `claim/c :context document/d/p1`,
		`claim/c :group claim/c#g9`, `claim/c :group claim/c#g10`, `claim/c :legalBasis law/code`,
		`claim/c#g9 :ground "b"@en`, `claim/c#g10 :ground "a"@en`, `claim/c#g10 :groundLaw law/code`,
		`voice/v :party union/one`, `voice/v :capacity :WORKERS`, `voice/v :spoken-by person/ann`)
	for i := 1; i <= 10; i++ {
		quads = append(quads, said(o.Names, `claim/c :reported-by-`+strconv.Itoa(i)+` union/u`+strconv.Itoa(11-i))...)
	}
	id := o.Names.IRI
	first, problems := d.Claim(id("claim/c"), quads, among(quads))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if first.Stance != graph.Denied || first.Mode != graph.Alleged || first.High-first.Low != 30 {
		t.Errorf("stance %s, mode %s, days %d to %d", first.Stance, first.Mode, first.Low, first.High)
	}
	voices := []graph.VoiceRecord{{Party: id("person/bob")}, {Party: id("union/one"), Capacity: graph.CapacityWorkers, SpokenBy: id("person/ann")}}
	if diff := cmp.Diff(voices, first.Voices); diff != "" {
		t.Error(diff)
	}
	if first.ReportedBy[0] != id("union/u10") || first.ReportedBy[9] != id("union/u1") {
		t.Errorf("reporters out of order: %v", first.ReportedBy)
	}
	if !slices.Equal(first.Batches, []graph.Term{id("batch/b"), id("batch/c")}) {
		t.Errorf("batches %v", first.Batches)
	}
	var details []string
	for _, q := range first.Qualifiers {
		details = append(details, strconv.Itoa(q.Group)+" "+q.Kind.Name+" "+string(q.Value))
	}
	want := []string{"0 legalBasis " + string(id("law/code")), `1 ground "a"@en`, "1 groundLaw " + string(id("law/code")), `2 ground "b"@en`}
	if diff := cmp.Diff(want, details); diff != "" {
		t.Error(diff)
	}
	for range 10 {
		rand.Shuffle(len(quads), func(i, j int) { quads[i], quads[j] = quads[j], quads[i] })
		again, _ := d.Claim(id("claim/c"), quads, among(quads))
		if graph.MintClaim(o.Names, again) != graph.MintClaim(o.Names, first) {
			t.Fatal("another order gives another id")
		}
		if diff := cmp.Diff(first.Evidence, again.Evidence); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestPreferredName(t *testing.T) {
	o := testOntology(t)
	d := graph.NewDeriver(o)
	for _, c := range []struct {
		name  string
		lines []string
		want  []string // the preferred one first
	}{
		{"a plain literal", []string{`person/a :name "Ann"@en`, `person/a :name person/a#n1`, `person/a#n1 :text "A."@en`}, []string{"PREFERRED Ann", "ALIAS A."}},
		{"an explicit role", []string{`person/a :name "Ann"@en`, `person/a :name person/a#n1`, `person/a#n1 :text "Zed"@en`, `person/a#n1 :role "PREFERRED"`}, []string{"PREFERRED Zed", "ALIAS Ann"}},
		{"English first", []string{`person/a :name "Анна"@ru`, `person/a :name "Ann"@en`}, []string{"PREFERRED Ann", "ALIAS Анна"}},
		{"the order of terms", []string{`person/a :name "B"@en`, `person/a :name "A"@en`}, []string{"PREFERRED A", "ALIAS B"}},
		{"the best of roles", []string{`person/a :name person/a#n1`, `person/a#n1 :text "one of them"@en`, `person/a#n1 :role :DESCRIPTION`}, []string{"PREFERRED one of them"}},
		{"one text twice", []string{`person/a :name "Ann"@en`, `person/a :name person/a#n1`, `person/a#n1 :text "Ann"@en`, `person/a#n1 :role "PREFERRED"`, `person/a#n1 :evidence document/d/p1`}, []string{"PREFERRED Ann"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var quads []graph.Quad
			for _, line := range append(c.lines, `person/a a :Person`) {
				quads = append(quads, nameQuad(o.Names, line))
			}
			e, problems := d.Entity(o.Names.IRI("person/a"), quads, among(quads))
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			var got []string
			for _, n := range e.Names {
				got = append(got, n.Role.String()+" "+n.Text.Lexical())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// nameQuad is said for one line whose literal may hold spaces.
func nameQuad(names graph.Names, line string) graph.Quad {
	words := strings.SplitN(line, " ", 3)
	q := said(names, words[0]+" "+words[1]+" x")[0]
	if strings.HasPrefix(words[2], `"`) {
		q.Object = graph.Term(words[2])
		return q
	}
	return said(names, line)[0]
}

func TestFingerprintFollowsTheOntology(t *testing.T) {
	o := testOntology(t)
	same := graph.NewDeriver(testOntology(t)).Fingerprint()
	if same != graph.NewDeriver(o).Fingerprint() {
		t.Error("one ontology has two fingerprints")
	}
	changed := *o.Relations[0]
	changed.Identity = !changed.Identity
	other := graph.NewOntology(o.Names, o.Kinds, append([]*graph.RelationKind{&changed}, o.Relations[1:]...), o.Qualifiers)
	if same == graph.NewDeriver(other).Fingerprint() {
		t.Error("another ontology has the same fingerprint")
	}
}
