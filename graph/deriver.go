package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// deriverVersion changes whenever the same quads give other rows.
const deriverVersion = 2

// Deriver turns quads into records. It holds the ontology and nothing else, so
// that the same quads give the same records in every store. It is safe for
// concurrent use.
type Deriver struct {
	ontology *Ontology
	words    map[Term]string // term of the vocabulary → its local name
	slugs    map[string]bool
	base     string // how the IRIs of our own begin
	reported string // how numbered words begin
	// predicates are the words, relations and qualifiers that may stand as
	// predicates, numbered words left out.
	predicates map[Term]*predicate
}

// predicate is what a term means where it stands as a predicate.
type predicate struct {
	relation  *RelationKind  // nil for none
	qualifier *QualifierKind // nil for none
	word      string         // "" for none
	place     int            // the number of a numbered word, 0 without
}

// NewDeriver makes a deriver for an ontology.
func NewDeriver(o *Ontology) *Deriver {
	d := &Deriver{
		ontology: o, words: map[Term]string{}, slugs: map[string]bool{}, base: "<" + o.Names.Base,
		reported: "<" + o.Names.Vocabulary + WordReportedBy + "-", predicates: map[Term]*predicate{},
	}
	for _, w := range allWords {
		d.words[o.Names.Term(w)] = w
		d.as(o.Names.Term(w)).word = w
	}
	for _, r := range o.Relations {
		d.as(r.IRI).relation = r
	}
	for _, q := range o.Qualifiers {
		d.as(q.IRI).qualifier = q
	}
	for _, k := range o.Kinds {
		d.slugs[k.Slug] = true
	}
	return d
}

// as returns what a predicate means, to be filled in.
func (d *Deriver) as(t Term) *predicate {
	p := d.predicates[t]
	if p == nil {
		p = &predicate{}
		d.predicates[t] = p
	}
	return p
}

// predicate returns what a term means where it stands as a predicate, nil for
// nothing.
func (d *Deriver) predicate(t Term) *predicate {
	if p := d.predicates[t]; p != nil {
		return p
	}
	if word, place := d.word(t); word != "" {
		return &predicate{word: word, place: place}
	}
	return nil
}

// allWords are the words that may stand as predicates.
var allWords = slices.Concat(claimWords, entityWords, factWords, nodeWords, actWords)

var (
	claimWords = []string{
		WordAssertedBy, WordReportedBy, WordStance, WordMode, WordEvent, WordDate, WordDateBasis,
		WordEvidence, WordContext, WordRevisionOf, WordAlternativeOf, WordGroup,
	}
	entityWords = []string{WordName, WordDescription, WordUnnamed, WordProtected}
	factWords   = []string{WordTitle, WordPublisher, WordIssued, WordURL, WordRetrieved, WordFileName, WordSHA256}
	nodeWords   = []string{WordParty, WordCapacity, WordSpokenBy, WordText, WordRole}
	actWords    = []string{
		WordRetracts, WordUndoes, WordFollows, WordReason, WordAgent, WordMerges, WordInto, WordPurged, WordClashes, WordSummary,
	}
)

// Fingerprint names the deriver and what of the ontology it depends on:
// records made under another fingerprint must be made anew.
func (d *Deriver) Fingerprint() string {
	h := sha256.New()
	fmt.Fprintln(h, deriverVersion, d.ontology.Names.Base, d.ontology.Names.Vocabulary)
	for _, k := range d.ontology.Kinds {
		fmt.Fprintln(h, "kind", k.IRI, k.Slug, k.Name)
	}
	for _, r := range d.ontology.Relations {
		fmt.Fprintln(h, "relation", r.IRI, r.Symmetric, kindNames(r.Domain), kindNames(r.Range), r.Value, r.Claims,
			r.Identity, r.Aspect, r.Single, r.Contradicts)
	}
	for _, q := range d.ontology.Qualifiers {
		fmt.Fprintln(h, "qualifier", q.IRI, q.Type, q.Values, q.Repeatable)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func kindNames(kinds []*EntityKind) []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.Name
	}
	return names
}

// IsStatement tells whether a quad of this predicate states something of the
// world, so that its label is a claim; any other predicate's label is a batch.
func (d *Deriver) IsStatement(predicate Term) bool { return d.ontology.Relation(predicate) != nil }

// word returns the local name of a predicate, and the number of a numbered
// one (reported-by-2), 0 without.
func (d *Deriver) word(predicate Term) (string, int) {
	if w, ok := d.words[predicate]; ok {
		return w, 0
	}
	rest, ok := strings.CutPrefix(string(predicate), d.reported)
	if !ok {
		return "", 0
	}
	n, err := strconv.Atoi(strings.TrimSuffix(rest, ">"))
	if err != nil || n < 1 || n > maxReporters {
		return "", 0
	}
	return WordReportedBy, n
}

// maxReporters bounds the chain through which a statement reached the page.
const maxReporters = 99

// isEntityID tells whether the IRI alone says that it is an entity: its path
// begins with a kind, and it has no fragment.
func (d *Deriver) isEntityID(t Term) bool {
	rest, ok := strings.CutPrefix(string(t), d.base)
	if !ok || strings.IndexByte(rest, '#') >= 0 {
		return false
	}
	slug, _, ok := strings.Cut(rest, "/")
	return ok && d.slugs[slug]
}

// sortedQuads returns the quads in the order of terms and each once, so that what is derived
// from them does not depend on the order in which they came.
func sortedQuads(quads []Quad) []Quad {
	sorted := slices.Clone(quads)
	slices.SortFunc(sorted, compareQuads)
	return slices.Compact(sorted)
}

// compareQuads orders quads by subject, predicate, object and label.
func compareQuads(a, b Quad) int {
	if c := strings.Compare(string(a.Subject), string(b.Subject)); c != 0 {
		return c
	}
	if c := strings.Compare(string(a.Predicate), string(b.Predicate)); c != 0 {
		return c
	}
	if c := strings.Compare(string(a.Object), string(b.Object)); c != 0 {
		return c
	}
	return strings.Compare(string(a.Label), string(b.Label))
}

// addTerm puts a term into a sorted set.
func addTerm(set []Term, t Term) []Term {
	at, found := slices.BinarySearch(set, t)
	if found {
		return set
	}
	return slices.Insert(set, at, t)
}
