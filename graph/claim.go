package graph

import (
	"context"

	"github.com/tripartite-graph/tripartite/graph/quantity"
)

// Claim is one statement of its voices, as people see it. The entities that it
// names are read with it.
type Claim struct {
	ID        string
	IRI       string
	Subject   *Entity
	Relation  *RelationKind
	Object    *Entity // or Value, or another claim (Reader.ObjectClaims)
	Value     *Value
	Stance    Stance
	Mode      Mode
	Event     *Entity
	Date      *string // EDTF as written
	DateBasis DateBasis
	Disputed  bool // the graph holds a claim that contradicts this one

	reader *Reader
	row    *ClaimRow
}

// Value is a literal.
type Value struct {
	Lexical  string
	Datatype string // IRI
	Language *string
	Quantity *Quantity // of a quantity or a number
}

// Quantity is an amount by its bounds, nil where it has none on a side.
type Quantity struct {
	Min, Max    *float64
	Approximate bool
	Unit        *string
}

// Qualifier is a detail of a claim: an entity, a value or a relation kind.
type Qualifier struct {
	Name     string
	Value    *Value
	Entity   *Entity
	Relation *RelationKind
	Group    *int // the number of its group; nil: of the whole claim
}

// Voice is a party that says a claim, as what, and through whom.
type Voice struct {
	Party    *Entity
	Capacity Capacity
	SpokenBy *Entity
}

// Evidence is a place in a document.
type Evidence struct {
	ID        string // the locator: document/letter-2021/p15/0-117/HASH
	IRI       string
	Document  *Entity
	Paragraph *int
	Start     *int // Unicode code points of the untrimmed paragraph, half open
	End       *int
	SHA256    *string
	Context   bool // role CONTEXT; otherwise STATES

	reader  *Reader
	locator Locator
}

// rdfLangString is the datatype of literals with a language.
const rdfLangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

// newValue makes a value of a literal.
func newValue(t Term) *Value {
	lexical, language, datatype := t.Literal()
	v := &Value{Lexical: lexical, Datatype: datatype, Language: optional(language)}
	switch {
	case language != "":
		v.Datatype = rdfLangString
	case datatype == "":
		v.Datatype = XSDString
	}
	if datatype != TypeQuantity {
		return v
	}
	if q, err := quantity.Parse(lexical); err == nil {
		v.Quantity = &Quantity{Min: q.Min, Max: q.Max, Approximate: q.Approximate, Unit: optional(q.Unit)}
	}
	return v
}

// AssertedBy returns whose position the claim is.
func (c *Claim) AssertedBy() []*Voice {
	out, all := make([]*Voice, len(c.row.Voices)), make([]Voice, len(c.row.Voices))
	for i, v := range c.row.Voices {
		out[i] = &all[i]
		all[i] = Voice{Party: c.reader.card(v.Party), Capacity: v.Capacity, SpokenBy: c.reader.card(v.SpokenBy)}
	}
	return out
}

// ReportedBy returns the chain through which the claim reached the page,
// source first; empty for direct speech.
func (c *Claim) ReportedBy() []*Entity {
	out := make([]*Entity, len(c.row.Reporters))
	for i, n := range c.row.Reporters {
		out[i] = c.reader.card(n)
	}
	return out
}

// Qualifiers returns the details of the claim.
func (c *Claim) Qualifiers() []*Qualifier {
	out := make([]*Qualifier, len(c.row.Qualifiers))
	for i, q := range c.row.Qualifiers {
		out[i] = &Qualifier{Name: q.Kind.Name, Relation: q.Relation, Entity: c.reader.card(q.Entity)}
		if q.Value != "" {
			out[i].Value = newValue(q.Value)
		}
		if q.Group > 0 {
			out[i].Group = &q.Group
		}
	}
	return out
}

// Evidence returns where the claim stands.
func (c *Claim) Evidence() []*Evidence { return c.reader.evidence(c.row.Evidence, c.reader.card) }

// evidence makes evidence of the rows that are live.
func (r *Reader) evidence(rows []EvidenceRow, card func(NodeID) *Entity) []*Evidence {
	out := make([]*Evidence, 0, len(rows))
	for _, row := range rows {
		if !r.live(row.Recorded) {
			continue
		}
		e := &Evidence{
			ID: r.ontology.Names.ID(row.Locator), IRI: string(row.Locator[1 : len(row.Locator)-1]), Document: card(row.Document), Context: row.Context, reader: r,
		}
		if l, err := ParseLocator(r.ontology.Names, row.Locator); err == nil {
			e.locate(l)
		}
		out = append(out, e)
	}
	return out
}

func (e *Evidence) locate(l Locator) {
	e.locator = l
	if l.Paragraph > 0 {
		e.Paragraph = &l.Paragraph
	}
	if l.HasSpan() {
		e.Start, e.End, e.SHA256 = &l.Start, &l.End, &l.SHA256
	}
}

// Text returns the words at the place, nil where the document is not at hand
// or its words are no longer those that were cited.
func (e *Evidence) Text() *string {
	words, _ := e.words()
	return words
}

// ParagraphText returns the whole paragraph around the words, nil where Text is.
func (e *Evidence) ParagraphText() *string {
	_, text := e.words()
	if text == nil || e.Paragraph == nil {
		return nil
	}
	paragraph := text.Paragraph(*e.Paragraph)
	return &paragraph
}

// words returns the words at the place and the text that they are of, both nil
// where they cannot be shown.
func (e *Evidence) words() (*string, Text) {
	if e.reader.texts == nil || e.Document == nil {
		return nil, nil
	}
	text, ok := e.reader.texts.Text(e.Document.source())
	if !ok {
		return nil, nil
	}
	words, ok := text.Words(e.locator)
	if !ok {
		return nil, nil
	}
	return &words, text
}

// source says how a document's file is found.
func (e *Entity) source() Source {
	s := Source{Document: e.reader.ontology.Names.IRI(e.ID)}
	if name := e.Fact(WordFileName); name != nil {
		s.FileName = *name
	}
	if hash := e.Fact(WordSHA256); hash != nil {
		s.SHA256 = *hash
	}
	return s
}

// ClaimsByID returns the claim of each id, nil where there is none. A claim
// that was retracted is found all the same: Reader.Retractions tells.
func (r *Reader) ClaimsByID(ctx context.Context, ids []string) ([]*Claim, error) {
	nodes, err := r.nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	return r.hydrate(ctx, nodes)
}

// hydrate returns the claims of nodes, nil where there is none: one look-up
// for the claims, one for all entities that they name.
func (r *Reader) hydrate(ctx context.Context, nodes []NodeID) ([]*Claim, error) {
	out := make([]*Claim, len(nodes))
	if len(nodes) == 0 {
		return out, nil
	}
	rows, err := r.snapshot.Claims(ctx, nodes)
	if err != nil {
		return nil, err
	}
	named := make([]NodeID, 0, namedByClaim*len(nodes))
	for _, row := range rows {
		if row != nil {
			named = row.named(named)
		}
	}
	cards, err := r.load(ctx, named)
	if err != nil {
		return nil, err
	}
	all := make([]Claim, len(nodes))
	for i, row := range rows {
		if row != nil {
			out[i] = &all[i]
			r.claim(out[i], row, cards)
		}
	}
	return out, nil
}

// namedByClaim is about how many entities a claim names.
const namedByClaim = 6

// named appends the entities that a claim names.
func (row *ClaimRow) named(to []NodeID) []NodeID {
	to = append(to, row.Subject, row.Object, row.Event)
	to = append(append(to, row.Reporters...), row.Documents...)
	for _, v := range row.Voices {
		to = append(to, v.Party, v.SpokenBy)
	}
	for _, q := range row.Qualifiers {
		to = append(to, q.Entity)
	}
	for _, e := range row.Evidence {
		to = append(to, e.Document)
	}
	return to
}

func (r *Reader) claim(c *Claim, row *ClaimRow, cards cards) {
	*c = Claim{
		ID: r.ontology.Names.ID(row.ID), IRI: string(row.ID[1 : len(row.ID)-1]),
		Subject: cards.get(r.rep(row.Subject)), Relation: row.Relation, Object: cards.get(r.rep(row.Object)),
		Stance: row.Stance, Mode: row.Mode, Event: cards.get(r.rep(row.Event)),
		DateBasis: row.DateBasis, Disputed: r.live(row.Disputed), reader: r, row: row,
	}
	if row.Value != "" {
		c.Value = newValue(row.Value)
	}
	if row.Date != "" {
		c.Date = optional(row.Date.Lexical())
	}
}
