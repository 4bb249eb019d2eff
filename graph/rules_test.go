package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/documents"
	"github.com/tripartite-graph/tripartite/graph"
)

// TestRules loads, for each rule, a file that breaks it and no other.
func TestRules(t *testing.T) {
	said := `{asserted-by: union/one, evidence: document/d/p1, "@graph": {"@id": person/ann, leads: union/one}`
	for _, c := range []struct {
		name, text string
		rule       graph.Rule
	}{
		{"unknown qualifier", `- ` + said + `, legalBase: law/code}`, graph.RuleQualifier},
		{"qualifier's value", `- ` + said + `, negated: "maybe"}`, graph.RuleQualifierValue},
		{"quantity", `- ` + said + `, count: some}`, graph.RuleQuantity},
		{"stance", `- ` + said + `, stance: DENY}`, graph.RuleValue},
		{"two dates", `- ` + said + `, date: ["2017", "2018"]}`, graph.RuleTwoValues},
		{"reporters without order", `- ` + said + `, reported-by: [union/one, union/two]}`, graph.RuleReporters},
		{"two statements", `- {asserted-by: union/one, evidence: document/d/p1, "@graph": {"@id": person/ann, leads: [union/one, union/two]}}`, graph.RuleTwoStatements},
		{"statement in the default graph", `- {"@id": person/ann, leads: union/one}`, graph.RuleVoice},
		{"said inside of the claim", `- {asserted-by: union/one, evidence: document/d/p1, "@graph": {"@id": person/ann, leads: union/one, name: An}}`, graph.RuleLabel},
		{"about nothing", `- {"@id": claim/none, evidence: document/d/p1}`, graph.RuleStatement},
		{"second document", "- {\"@id\": document/e, \"@type\": Document, name: E}\n- " + strings.Replace(said, "evidence: document/d/p1", "evidence: [document/d/p1, document/e/p1]", 1) + `}`, graph.RuleDocument},
		{"unknown document", `- ` + strings.Replace(said, "document/d/p1", "document/x/p1", 1) + `}`, graph.RuleDangling},
		{"unknown claim", `- {asserted-by: union/one, evidence: document/d/p1, "@graph": {"@id": union/one, disputes: claim/none}}`, graph.RuleDangling},
		{"voice of two parties", `- {"@id": voice/union-one, party: union/two}`, graph.RuleVoiceNode},
		{"word of a voice", `- {"@id": voice/new, party: union/two, capactiy: WORKERS}`, graph.RuleVoiceNode},
		{"second kind", `- {"@id": person/ann, "@type": Union}`, graph.RuleTwoKinds},
		{"two kinds", `- {"@id": person/new, "@type": [Person, Union], name: New}`, graph.RuleTwoKinds},
		{"kind of the id", `- {"@id": person/new, "@type": Union, name: New}`, graph.RuleID},
		{"no name", `- {"@id": person/new, "@type": Person}`, graph.RuleNoName},
		{"no kind", `- {"@id": person/new, name: New}`, graph.RuleNoKind},
		{"fact of the world", `- {"@id": person/ann, shoe-size: "42"}`, graph.RuleUnknownWord},
		{"second preferred name", `- {"@id": person/ann, names: [{text: Anna, role: PREFERRED}]}`, graph.RuleTwoNames},
		{"two preferred names", `- {"@id": person/new, "@type": Person, names: [{text: A, role: PREFERRED}, {text: B, role: PREFERRED}]}`, graph.RuleTwoNames},
		{"role of a name", `- {"@id": person/ann, names: [{text: Anna, role: NICK}]}`, graph.RuleValue},
		{"an entity without an id", `- {"@type": Person, name: Nobody}`, graph.RuleBlank},
		{"protected renamed", `- {"@id": person/protected-1, name: Aselya}`, graph.RuleProtected},
		{"protected no more", `- {"@id": person/protected-1, protected: false}`, graph.RuleProtected},
		{"protected with a tie", `- {"@id": person/bob, protected: true}`, graph.RuleProtected},
		{"protected succeeded", `- {asserted-by: union/one, evidence: document/d/p1, "@graph": {"@id": person/ann, successor-of: person/protected-1}}`, graph.RuleProtected},
		{"protected split", `- {"@id": group/protected-2, "@type": Group, name: The Few, protected: true}
- {asserted-by: union/one, evidence: document/d/p1, "@graph": {"@id": group/protected-2, split-from: union/one}}`, graph.RuleProtected},
		{"protected merged", `- {"@id": merge/m, merges: person/protected-1, into: person/ann, reason: x, agent: x}`, graph.RuleProtected},
		{"merge in a circle", "- {\"@id\": merge/m, merges: union/one, into: union/two, reason: x, agent: x}\n- {\"@id\": merge/n, merges: union/two, into: union/one, reason: x, agent: x}", graph.RuleMergeCycle},
		{"merge of two kinds", `- {"@id": merge/m, merges: union/one, into: person/ann, reason: x, agent: x}`, graph.RuleMergeCycle},
		{"retraction without a reason", `- {"@id": retraction/r, retracts: claim/stored, agent: x}`, graph.RuleWithdrawal},
		{"retraction of nothing", `- {"@id": retraction/r, retracts: claim/none, reason: x, agent: x}`, graph.RuleDangling},
		{"conflict of one claim", `- {"@id": conflict/c, clashes: claim/stored, summary: x}`, graph.RuleWithdrawal},
		{"other content", `- {"@id": claim/stored, asserted-by: union/two, evidence: document/d/p1, "@graph": {"@id": person/ann, leads: union/two}}`, graph.RuleOtherContent},
		{"more than evidence", `- {"@id": claim/stored, date: "2017"}`, graph.RuleOtherContent},
		{"circle of claims", "- {\"@id\": _:a, asserted-by: union/one, evidence: document/d/p1, \"@graph\": {\"@id\": union/one, disputes: _:b}}\n- {\"@id\": _:b, asserted-by: union/one, evidence: document/d/p1, \"@graph\": {\"@id\": union/one, disputes: _:a}}", graph.RuleBlankCycle},
		{"a key twice", `- {"@id": person/ann, name: A, name: B}`, graph.RuleSyntax},
		{"no such paragraph", `- ` + strings.Replace(said, "d/p1", "d/p9", 1) + `}`, graph.RuleEvidence},
		{"other words", `- ` + strings.Replace(said, "d/p1", "d/p1/0-3/"+documents.Hash("One"), 1) + `}`, graph.RuleEvidence},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			d.importer.Texts = oneText{documents.NewText("d.txt", []byte("The first paragraph.\nThe second.\n"))}
			stored := `- {"@id": claim/stored, asserted-by: union/one, evidence: document/d/p1, "@graph": {"@id": person/ann, leads: union/two}}
- {asserted-by: union/one, evidence: document/d/p1, "@graph": {"@id": person/ann, possibly-same-as: person/bob}}` + "\n"
			d.must(input("things.yaml", things+stored))
			before := d.export()
			report := d.load(graph.ImportOptions{}, input("fault.yaml", head+c.text+"\n"))
			if !report.Refused || d.export() != before {
				t.Error("the file was not refused whole")
			}
			for _, p := range report.Problems {
				if p.Rule != c.rule || p.Line < 3 || p.File != "fault.yaml" {
					t.Errorf("want a problem of rule %s, got %s", c.rule, p)
				}
			}
		})
	}
}

// oneText is the text of every document.
type oneText struct{ text *documents.Text }

func (o oneText) Text(graph.Source) (graph.Text, bool) { return o.text, true }

func TestBestEffort(t *testing.T) {
	d := newDesk(t)
	d.must(input("things.yaml", things))
	report := d.load(graph.ImportOptions{BestEffort: true}, input("part.yaml", head+`
- {"@id": person/bad, "@type": Persn, name: Bad}
- {"@id": person/good, "@type": Person, name: Good, names: [{text: G., role: ALIAS}]}
- {"@graph": {"@id": person/bad, leads: union/one}, asserted-by: union/one, evidence: document/d/p1}
- {"@id": _:bad, "@graph": {"@id": person/good, leads: union/one}, asserted-by: union/one, date: tomorrow, evidence: document/d/p1}
- {"@graph": {"@id": union/two, disputes: _:bad}, asserted-by: union/two, evidence: document/d/p1}
- {"@graph": {"@id": person/good, leads: union/two}, asserted-by: {party: union/two, capacity: WORKERS}, group: [{ground: why}], evidence: document/d/p1}
`), input("broken.yaml", head+`- {"@id": person/lost, "@type": Person, name: Lost, name: Lost}`))
	if report.Refused || report.Dropped.Claims != 3 || report.Dropped.Entities != 1 || len(report.Problems) != 3 {
		t.Errorf("%+v", report)
	}
	export := d.export()
	for _, s := range []string{"person/good", "person/good#n-", "#g1", "#v1"} {
		if !strings.Contains(export, s) {
			t.Errorf("%s is left out", s)
		}
	}
	for _, s := range []string{"person/bad", "tomorrow", "ns#disputes", "person/lost", "_:"} {
		if strings.Contains(export, s) {
			t.Errorf("%s came in", s)
		}
	}
}

// TestTwoFilesOneID gives one id to two claims, in one command and in two.
func TestTwoFilesOneID(t *testing.T) {
	say := func(voice string) string {
		return head + `- {"@id": claim/own, asserted-by: ` + voice + `, evidence: document/d/p1, "@graph": {"@id": person/ann, leads: union/one}}`
	}
	d := newDesk(t)
	d.must(input("things.yaml", things))
	report := d.load(graph.ImportOptions{}, input("a.yaml", say("union/one")), input("b.yaml", say("union/two")))
	if len(report.Problems) != 1 || report.Problems[0].Rule != graph.RuleOtherContent || report.Problems[0].File != "b.yaml" {
		t.Errorf("in one command: %v", report.Problems)
	}
	d.must(input("a.yaml", say("union/one")), input("b.yaml", say("union/one")))
	if report = d.load(graph.ImportOptions{}, input("b.yaml", say("union/two"))); len(report.Problems) != 1 || report.Problems[0].Rule != graph.RuleOtherContent {
		t.Errorf("in two commands: %v", report.Problems)
	}
}

func TestDryRun(t *testing.T) {
	d := newDesk(t)
	report := d.load(graph.ImportOptions{DryRun: true}, input("things.yaml", things))
	if report.Refused || report.Counts.Entities != 9 || d.export() != "" || d.store.Latest() != 0 {
		t.Errorf("a dry run changed the store, or found faults: %+v", report)
	}
}

func TestReportForPrograms(t *testing.T) {
	d := newDesk(t)
	report := d.load(graph.ImportOptions{}, input("fault.yaml", head+`- {"@id": person/new, "@type": Persn, name: New}`))
	var b bytes.Buffer
	if err := report.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	var read struct {
		Refused  bool
		Problems []struct {
			File, Rule, Message string
			Line                int
			Suggestions         []string
		}
	}
	if err := json.Unmarshal(b.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	p := read.Problems[0]
	if !read.Refused || p.File != "fault.yaml" || p.Line != 3 || p.Rule != "unknown-kind" || !slices.Equal(p.Suggestions, []string{"Person"}) {
		t.Errorf("%+v", read)
	}
}

// TestLabelsAreKept loads quads that carry a batch, and some that do not.
func TestLabelsAreKept(t *testing.T) {
	d := newDesk(t)
	d.must(input("things.yaml", things))
	base := "<" + graph.DefaultBase
	claim := base + "claim/own> "
	text := base + "person/ann> <" + graph.DefaultVocabulary + "leads> " + base + "union/one> " + claim + ".\n" +
		claim + "<" + graph.DefaultVocabulary + "asserted-by> " + base + "union/one> " + base + "batch/other> .\n" +
		claim + "<" + graph.DefaultVocabulary + "evidence> " + base + "document/d/p1> " + base + "batch/other> .\n"
	report := d.must(input("carried.nq", text))
	if !slices.Equal(report.Batches, []string{"batch/other"}) {
		t.Errorf("batches %v", report.Batches)
	}
	for line := range strings.Lines(text) {
		if !strings.Contains(d.export(), line) {
			t.Errorf("changed or lost: %s", line)
		}
	}
	more := d.must(input("more.nq", claim+"<"+graph.DefaultVocabulary+"evidence> "+base+"document/d/p2> .\n"))
	if more.Added != 1 || len(more.Batches) != 1 || !strings.HasPrefix(more.Batches[0], "batch/1-") {
		t.Errorf("evidence added by another file: %+v", more)
	}
	if _, err := d.importer.Import(context.Background(), nil, graph.ImportOptions{}); err != nil {
		t.Errorf("an import of nothing: %v", err)
	}
}
