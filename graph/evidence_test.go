package graph

import (
	"errors"
	"strings"
	"testing"
)

const hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

func TestLocatorRoundTrip(t *testing.T) {
	names := DefaultNames()
	doc := names.IRI("document/letter-2021")
	foreign := Term("<https://example.org/reports/p-12>")
	for id, want := range map[string]Locator{
		"document/letter-2021":                            {Document: doc},
		"document/letter-2021/p15":                        {Document: doc, Paragraph: 15},
		"document/letter-2021/p15/0-117/" + hash:          {Document: doc, Paragraph: 15, End: 117, SHA256: hash},
		"document/a/b/p1/3-4/" + hash:                     {Document: names.IRI("document/a/b"), Paragraph: 1, Start: 3, End: 4, SHA256: hash},
		"https://example.org/reports/p-12":                {Document: foreign},
		"https://example.org/reports/p-12/p2":             {Document: foreign, Paragraph: 2},
		"https://example.org/reports/p-12/p2/1-9/" + hash: {Document: foreign, Paragraph: 2, Start: 1, End: 9, SHA256: hash},
	} {
		got, err := ParseLocator(names, names.IRI(id))
		if err != nil || got != want {
			t.Errorf("ParseLocator(%s) = %+v, %v; want %+v", id, got, err, want)
		}
		if back := got.IRI(names); back != names.IRI(id) {
			t.Errorf("IRI of %s = %s", id, back)
		}
	}
}

func TestLocatorRefuses(t *testing.T) {
	names := DefaultNames()
	for _, id := range []string{
		"document/d/p0",
		"document/d/p01",
		"document/d/p1/00-4/" + hash,
		"document/d/p1/0-04/" + hash,
		"document/d/p1/4-4/" + hash,
		"document/d/p1/9-4/" + hash,
		"document/d/p1/0-4",
		"document/d/p1/0-4/" + strings.ToUpper(hash),
		"document/d/p1/0-4/" + hash[:63],
		"document/d/0-4/p1/" + hash,
		"document/d/p1/0-4/words",
		"document/d/p1/" + hash,
		"document/d/" + hash,
		"document/d/p1/p2",
		"document/d/p1/p2/0-4/" + hash,
		"document/d/p9999999999",
		"/p1",
	} {
		got, err := ParseLocator(names, names.IRI(id))
		var e *Error
		if !errors.As(err, &e) || e.Code != CodeInvalid || !strings.Contains(e.Message, id) {
			t.Errorf("ParseLocator(%s) = %+v, %v; want %s naming it", id, got, err, CodeInvalid)
		}
	}
	if _, err := ParseLocator(names, `"document/d"`); err == nil {
		t.Error("a literal was taken for a locator")
	}
}
