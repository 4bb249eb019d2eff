package graph

import (
	"context"
	"fmt"
	"slices"
)

// draft is what the files of one command say, before anything of it is in the
// store. Terms are numbers within it: a file may hold millions.
type draft struct {
	deriver *Deriver
	names   Names
	files   []string
	terms   *TermTable
	quads   []located // as they were read, blank nodes told apart by file
	blanks  bool      // some term is a blank node

	predicates []*predicate // by number, as far as there are such words
	inside     lists        // claim → quads labelled with it
	subject    lists        // subject → quads about it that are no statements
	sorts      []nodeSort   // by number
	voices     []bool       // by number: voices and what may be one

	plain    plainClaims
	claims   []*draftClaim
	claimAt  []int32 // by number: place in claims, from 1
	entities []*draftEntity
	acts     []*act
	stored   map[Term][]Quad // voice → what the store holds of it
	room     []Quad          // for those of one node

	problems []Problem
	notes    []Problem     // what formats said that has no place here
	broken   map[int]bool  // files that could not be read whole
	unsound  map[Term]bool // claims, entities and nodes that have a problem
	minted   map[Term]Term // blank node → IRI
	named    map[Term]bool // claims that got their IRIs here
}

// located is a quad and its place: files by number, to keep it small.
type located struct {
	NumberedQuad
	file, line, column int32
}

// nodeSort is what a subject is.
type nodeSort uint8

const (
	sortUnknown nodeSort = iota // stands nowhere as a subject
	sortEntity
	sortClaim
	sortVoice
	sortName
	sortGroup
	sortAct
)

// draftClaim is a claim of the files. What its quads say is read again
// whenever it is asked for, since the records of millions of claims would take
// more memory than their quads.
type draftClaim struct {
	id     Term // as in the file: an IRI or a blank node
	number uint32
	first  int32
	stated bool // some quad states something
	about  bool // its object may be a claim without an id
	mark   mintMark
	plain  int32 // place in the list of plain claims, from 1; 0: it is none
}

// draftEntity is an entity of the files.
type draftEntity struct {
	*EntityRecord
	number uint32
	first  int32
}

func newDraft(d *Deriver) *draft {
	return &draft{
		deriver: d, names: d.ontology.Names, terms: NewTermTable(), stored: map[Term][]Quad{},
		broken: map[int]bool{}, unsound: map[Term]bool{}, minted: map[Term]Term{}, named: map[Term]bool{},
	}
}

// quad returns the quad at a place.
func (d *draft) quad(at int32) Quad { return d.terms.Quad(d.quads[at].NumberedQuad) }

// subjectOf and insideOf return where the quads of a node and those labelled
// with it stand.
func (d *draft) subjectOf(t Term) []int32 { return d.subject.of(d.terms.Find(t)) }

func (d *draft) insideOf(t Term) []int32 {
	n := d.terms.Find(t)
	if n == 0 && t != "" {
		return nil // of 0 are those of the default graph
	}
	return d.inside.of(n)
}

// read takes a file's quads.
func (d *draft) read(ctx context.Context, in Input) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	file := len(d.files)
	d.files = append(d.files, in.File)
	read := numbering{draft: d, file: file}
	err := in.Read(func(q Quad, at Position) error {
		read.add(q, at)
		if len(read.waiting) == 0 {
			return ctx.Err()
		}
		return nil
	}, func(p Problem) {
		p.File = in.File
		if p.Rule == RuleUnmapped {
			d.notes = append(d.notes, p)
			return
		}
		d.broken[file] = true
		d.problems = append(d.problems, p)
	})
	read.flush()
	d.quads = read.quads.join(d.quads)
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// numbering numbers the terms of a file's quads, some hundred at a time.
type numbering struct {
	draft   *draft
	file    int
	quads   pieces[located]
	before  [4]Term // of the last quad: much is as it was
	terms   []Term  // without numbers yet
	numbers []uint32
	at      NumberedQuad // where the terms of the last quad stand among them, from 1
	waiting []located    // with such places for numbers
}

// atOnce is how many quads wait for their numbers.
const atOnce = 256

func (r *numbering) add(q Quad, at Position) {
	for i, t := range [4]Term{q.Subject, q.Predicate, q.Object, q.Label} {
		if t != r.before[i] || r.at[i] == 0 {
			r.before[i] = t
			r.terms = append(r.terms, r.draft.told(t, r.file))
			r.at[i] = uint32(len(r.terms))
		}
	}
	r.waiting = append(r.waiting, located{NumberedQuad: r.at, file: int32(r.file), line: int32(at.Line), column: int32(at.Column)})
	if len(r.waiting) == atOnce {
		r.flush()
	}
}

// flush numbers what waits.
func (r *numbering) flush() {
	r.numbers = slices.Grow(r.numbers[:0], len(r.terms))[:len(r.terms)]
	r.draft.terms.Numbers(r.terms, r.numbers)
	for _, q := range r.waiting {
		for i, at := range q.NumberedQuad {
			q.NumberedQuad[i] = r.numbers[at-1]
		}
		r.quads.add(q)
	}
	clear(r.terms) // which would keep the text of the file
	r.terms, r.waiting, r.at = r.terms[:0], r.waiting[:0], NumberedQuad{}
}

// told tells blank nodes apart by file.
func (d *draft) told(t Term, file int) Term {
	if t.IsBlank() {
		d.blanks = true
		return Term(fmt.Sprintf("_:f%d.%s", file, t[2:]))
	}
	return t
}

// predicate returns what a predicate of the files means, nil for nothing.
func (d *draft) predicate(q *located) *predicate { return d.predicates[q.NumberedQuad[1]] }

// word returns the local name of a predicate of the files, without the number
// of a numbered one.
func (d *draft) word(q *located) string {
	if p := d.predicate(q); p != nil && p.place == 0 {
		return p.word
	}
	return ""
}

// isStatement tells whether a quad of the files states something.
func (d *draft) isStatement(q *located) bool {
	p := d.predicate(q)
	return p != nil && p.relation != nil
}

// group sorts the quads by what they are about, and tells what each subject is.
func (d *draft) group() {
	d.predicates = make([]*predicate, d.terms.Len()+1)
	looked := make([]bool, len(d.predicates))
	for i := range d.quads {
		if p := d.quads[i].NumberedQuad[1]; !looked[p] {
			looked[p], d.predicates[p] = true, d.deriver.predicate(d.terms.Term(p))
		}
	}
	d.learn()
	n := d.terms.Len() + 1
	d.sorts, d.voices = make([]nodeSort, n), make([]bool, n)
	d.findClaims()
	d.enlist(n)
	for i := range d.quads {
		q := &d.quads[i]
		switch d.word(q) {
		case WordName:
			d.setSort(q.NumberedQuad[2], sortName)
		case WordGroup:
			d.setSort(q.NumberedQuad[2], sortGroup)
		case WordAssertedBy:
			d.voices[q.NumberedQuad[2]] = true
		}
	}
	for s := range d.sorts {
		if at := d.subject.of(uint32(s)); d.sorts[s] == sortUnknown && len(at) > 0 {
			d.sorts[s] = d.sortOf(at)
		}
	}
}

// findClaims marks as claims what labels a statement, what somebody says, and
// every blank label.
func (d *draft) findClaims() {
	for i := range d.quads {
		q := &d.quads[i]
		if label := q.NumberedQuad[3]; label != 0 && (d.isStatement(q) || d.blanks && d.terms.Term(label).IsBlank()) {
			d.sorts[label] = sortClaim
		}
		if d.word(q) == WordAssertedBy {
			d.sorts[q.NumberedQuad[0]] = sortClaim
		}
	}
}

// enlist puts each quad into the list of its claim or its subject. Quads inside
// of a claim that are no statement are faults that the claim's own reading
// names; they come after its statements.
func (d *draft) enlist(n int) {
	var inside, strays, subject []entry
	inside = make([]entry, 0, len(d.quads)/2)
	subject = make([]entry, 0, len(d.quads))
	for i := range d.quads {
		q := &d.quads[i]
		switch label := q.NumberedQuad[3]; {
		case d.isStatement(q):
			inside = append(inside, entry{label, int32(i)})
		case label != 0 && d.sorts[label] == sortClaim:
			strays = append(strays, entry{label, int32(i)})
		default:
			subject = append(subject, entry{q.NumberedQuad[0], int32(i)})
		}
	}
	d.inside, d.subject = newLists(append(inside, strays...), n), newLists(subject, n)
}

func (d *draft) setSort(n uint32, s nodeSort) {
	if d.sorts[n] == sortUnknown && !d.terms.Term(n).IsLiteral() {
		d.sorts[n] = s
	}
}

// sortOf tells by its words what a subject is.
func (d *draft) sortOf(quads []int32) nodeSort {
	found, entity := sortEntity, false
	for _, at := range quads {
		q := &d.quads[at]
		p := d.predicate(q)
		switch {
		case d.terms.Term(q.NumberedQuad[1]) == RDFType:
			entity = true
		case p == nil:
		case actPrefixes[p.word] != "":
			return sortAct
		case slices.Contains(entityWords, p.word) || slices.Contains(factWords, p.word):
			entity = true
		case slices.Contains(actWords, p.word):
			found = sortAct
		case p.word == WordParty || p.word == WordCapacity || p.word == WordSpokenBy:
			found = sortVoice
		case slices.Contains(claimWords, p.word) || p.qualifier != nil:
			found = sortClaim
		}
	}
	if entity {
		return sortEntity
	}
	return found
}

// about returns the quads whose subject is a node.
func (d *draft) about(node Term) []Quad { return d.appendAbout(nil, d.terms.Find(node)) }

// appendAbout is about for a caller that has room.
func (d *draft) appendAbout(dst []Quad, node uint32) []Quad {
	for _, at := range d.subject.of(node) {
		dst = append(dst, d.quad(at))
	}
	if len(d.stored) > 0 {
		dst = append(dst, d.stored[d.terms.Term(node)]...)
	}
	return dst
}

// fault notes a problem of a claim, entity or node, which makes it unsound.
func (d *draft) fault(rule Rule, about Term, q Quad, suggestions []string, format string, args ...any) {
	d.note(Problem{Rule: rule, About: about, Quad: q, Suggestions: suggestions, Message: fmt.Sprintf(format, args...)})
}

func (d *draft) note(problems ...Problem) {
	for _, p := range problems {
		d.unsound[p.About] = true
		d.problems = append(d.problems, p)
	}
}
