package loaders_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
)

// linkedCase is an entry of a manifest of JSON-LD.
type linkedCase struct {
	ID              string   `json:"@id"`
	Type            []string `json:"@type"`
	Input, Expect   string
	ExpectErrorCode string
	Option          struct {
		SpecVersion, ProcessingMode, Base, ExpandContext, RDFDirection string
		UseNativeTypes, UseRDFType                                     bool
	}
}

// is tells whether a case is of a type.
func (c linkedCase) is(kind string) bool { return slices.Contains(c.Type, "jld:"+kind) }

// linkedCases reads a manifest; cases of JSON-LD 1.0 alone are no cases of a
// processor of 1.1.
func linkedCases(t *testing.T, folder, file string, want int) (baseIRI string, cases []linkedCase) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, file))
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		BaseIri  string
		Sequence []linkedCase
	}
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Sequence) != want {
		t.Errorf("%s has %d cases, want %d", file, len(m.Sequence), want)
	}
	return m.BaseIri, slices.DeleteFunc(m.Sequence, func(c linkedCase) bool { return c.Option.SpecVersion == "json-ld-1.0" })
}

// judged compares the cases that fail with those that are known to.
func judged(t *testing.T, all int, failed, known map[string]string) {
	t.Helper()
	for id, why := range failed {
		if known[id] == "" {
			t.Errorf("%s: %s", id, why)
		}
	}
	for id, why := range known {
		if failed[id] == "" {
			t.Errorf("%s passes, and is listed as failing: %s", id, why)
		}
	}
	if 20*len(known) > all {
		t.Errorf("%d of %d cases fail: more than 5 %%", len(known), all)
	}
}

func TestW3CJSONLDToRDF(t *testing.T) {
	folder := w3c(t, "json-ld")
	base, cases := linkedCases(t, folder, "toRdf-manifest.jsonld", 467)
	failed := map[string]string{}
	for _, c := range cases {
		if why := toRDF(t, folder, base, c); why != "" {
			failed[c.ID] = why
		}
	}
	judged(t, len(cases), failed, toRDFFailures)
}

// toRDF returns why a case fails, "" where it passes.
func toRDF(t *testing.T, folder, base string, c linkedCase) string {
	t.Helper()
	document := func(name string) ([]byte, error) {
		return os.ReadFile(filepath.Join(folder, filepath.Dir(c.Input), strings.TrimPrefix(strings.TrimPrefix(name, base), "toRdf/")))
	}
	var before any
	if c.Option.ExpandContext != "" {
		data, err := os.ReadFile(filepath.Join(folder, c.Option.ExpandContext))
		if err != nil {
			t.Fatal(err)
		}
		var whole map[string]any
		if err := json.Unmarshal(data, &whole); err != nil {
			t.Fatal(err)
		}
		before = whole["@context"]
	}
	f := loaders.LaxJSONLD(before, c.Option.RDFDirection, func(o *ld.JsonLdOptions) {
		if c.Option.ProcessingMode != "" {
			o.ProcessingMode = c.Option.ProcessingMode
		}
	})
	o := loaders.Options{Names: graph.Names{Base: base + c.Input}, Document: document}
	if c.Option.Base != "" {
		o.Names.Base = c.Option.Base
	}
	// One entry of the manifest names a folder that the suite does not have.
	c.Input = filepath.Join("toRdf", filepath.Base(c.Input))
	lines, faults := quadsWith(t, f, filepath.Join(folder, c.Input), o)
	switch {
	case c.is("NegativeEvaluationTest") && len(faults) == 0:
		return "no fault; " + c.ExpectErrorCode
	case c.is("NegativeEvaluationTest"):
		return ""
	case len(faults) > 0:
		return faults[0].Message
	case c.Expect == "":
		return ""
	}
	want, _ := quadsOf(t, loaders.NQuads, filepath.Join(folder, c.Expect), "")
	if got, want := isomorphic(t, lines), isomorphic(t, want); got != want {
		return "gives\n" + got + "want\n" + want
	}
	return ""
}

// toRDFFailures are the cases that fail, and why.
var toRDFFailures = map[string]string{
	"#t0122": dots, "#t0123": dots, "#t0124": dots, "#t0125": dots, "#t0128": dots, "#t0130": opaque, "#t0131": opaque, "#t0132": opaque,
	"#tli11": opaque, "#tli12": "json-gold percent-encodes a base that is no IRI, in place of dropping what rests on it",
	"#te111": vocab, "#te112": vocab,
	"#tc031": "json-gold resolves a context within a context against the document, not against the context that names it",
	"#tc033": "json-gold does not look into contexts of terms that are not used",
	"#tc037": nest, "#tc038": nest,
	"#tpr28": "json-gold lets a protected term that is null be defined anew",
	"#tpr38": reverse, "#tpr39": reverse,
	"#tpr43": "json-gold forgets @container @graph of a term whose context is null",
}

// Causes that several cases share.
const (
	dots    = "json-gold removes the dots of a base where the reference has no path, against RFC 3986 5.2.2"
	opaque  = "json-gold writes /// after a scheme without authority (tag:, ex:)"
	vocab   = "json-gold resolves a relative @vocab against the document in place of joining it to the one before"
	nest    = "json-gold does not take the context of a term that is @nest"
	reverse = "json-gold refuses a @reverse that looks like a keyword in place of passing over it"
)

func TestW3CJSONLDFromRDF(t *testing.T) {
	folder := w3c(t, "json-ld")
	_, cases := linkedCases(t, folder, "fromRdf-manifest.jsonld", 54)
	failed := map[string]string{}
	for _, c := range cases {
		if why := fromRDF(t, folder, c); why != "" {
			failed[c.ID] = why
		}
	}
	judged(t, len(cases), failed, fromRDFFailures)
}

// fromRDF returns why a case fails, "" where it passes.
func fromRDF(t *testing.T, folder string, c linkedCase) string {
	t.Helper()
	lines, faults := quadsOf(t, loaders.NQuads, filepath.Join(folder, c.Input), "")
	if len(faults) > 0 {
		return faults[0].Message
	}
	o := ld.NewJsonLdOptions("")
	o.UseNativeTypes, o.UseRdfType = c.Option.UseNativeTypes, c.Option.UseRDFType
	got, err := loaders.FromRDF(strings.Join(lines, ""), o, c.Option.RDFDirection == "i18n-datatype")
	if c.is("NegativeEvaluationTest") {
		if err == nil {
			return "no fault; " + c.ExpectErrorCode
		}
		return ""
	}
	if err != nil {
		return err.Error()
	}
	data, err := os.ReadFile(filepath.Join(folder, c.Expect))
	if err != nil {
		t.Fatal(err)
	}
	var want any
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	if ld.DeepCompare(any(got), want, false) {
		return ""
	}
	return "another document"
}

// fromRDFFailures are the cases that fail, and why.
var fromRDFFailures = map[string]string{
	"#tdi11": compound, "#tdi12": compound,
}

const compound = "directions in nodes are not read: nothing here writes them"
