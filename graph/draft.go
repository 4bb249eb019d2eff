package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// draft is what the files of one command say, before anything of it is in the store.
type draft struct {
	deriver *Deriver
	names   Names
	files   []string
	quads   []located // as they were read, blank nodes told apart by file
	terms   map[Term]Term

	inside  map[Term][]int32 // claim → quads labelled with it
	subject map[Term][]int32 // subject → quads about it that are no statements
	sort    map[Term]nodeSort

	claims   []*draftClaim
	entities []*draftEntity
	acts     []*act
	voices   map[Term]bool   // voices and what may be one
	stored   map[Term][]Quad // voice → what the store holds of it

	problems []Problem
	notes    []Problem     // what formats said that has no place here
	broken   map[int]bool  // files that could not be read whole
	unsound  map[Term]bool // claims, entities and nodes that have a problem
	minted   map[Term]Term // blank node → IRI
}

// located is a quad and its place: files by number, to keep it small.
type located struct {
	Quad
	file, line, column int32
}

// nodeSort is what a subject is.
type nodeSort uint8

const (
	sortEntity nodeSort = iota
	sortClaim
	sortVoice
	sortName
	sortGroup
	sortAct
)

// draftClaim is a claim of the files; Record is nil where nothing is stated.
type draftClaim struct {
	*ClaimRecord
	id    Term // as in the file: an IRI or a blank node
	first int32
	mark  mintMark
}

// draftEntity is an entity of the files.
type draftEntity struct {
	*EntityRecord
	first int32
}

func newDraft(d *Deriver) *draft {
	return &draft{
		deriver: d, names: d.ontology.Names, terms: map[Term]Term{},
		inside: map[Term][]int32{}, subject: map[Term][]int32{}, sort: map[Term]nodeSort{},
		voices: map[Term]bool{}, stored: map[Term][]Quad{}, broken: map[int]bool{}, unsound: map[Term]bool{}, minted: map[Term]Term{},
	}
}

// read takes a file's quads.
func (d *draft) read(ctx context.Context, in Input) error {
	file := len(d.files)
	d.files = append(d.files, in.File)
	n := 0
	err := in.Read(func(q Quad, at Position) error {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		d.quads = append(d.quads, located{
			Quad: Quad{d.term(q.Subject, file), d.term(q.Predicate, file), d.term(q.Object, file), d.term(q.Label, file)},
			file: int32(file), line: int32(at.Line), column: int32(at.Column),
		})
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
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// term returns the one copy of a term; blank nodes are told apart by file.
func (d *draft) term(t Term, file int) Term {
	if t.IsBlank() {
		t = Term(fmt.Sprintf("_:f%d.%s", file, t[2:]))
	}
	if same, ok := d.terms[t]; ok {
		return same
	}
	t = Term(strings.Clone(string(t)))
	d.terms[t] = t
	return t
}

// group sorts the quads by what they are about, and tells what each subject is.
func (d *draft) group() {
	for i, q := range d.quads {
		if d.deriver.IsStatement(q.Predicate) {
			d.inside[q.Label] = append(d.inside[q.Label], int32(i))
		} else {
			d.subject[q.Subject] = append(d.subject[q.Subject], int32(i))
		}
	}
	d.findClaims()
	for _, q := range d.quads {
		switch d.deriver.words[q.Predicate] {
		case WordName:
			d.setSort(q.Object, sortName)
		case WordGroup:
			d.setSort(q.Object, sortGroup)
		case WordAssertedBy:
			d.voices[q.Object] = true
		}
	}
	for s, at := range d.subject {
		if _, known := d.sort[s]; !known {
			d.sort[s] = d.sortOf(at)
		}
	}
}

// findClaims marks as claims what labels a statement, what somebody says, and
// every blank label; quads inside of a claim that are no statement are faults
// that the claim's own reading names.
func (d *draft) findClaims() {
	for label := range d.inside {
		if label != "" {
			d.sort[label] = sortClaim
		}
	}
	for _, q := range d.quads {
		if d.deriver.words[q.Predicate] == WordAssertedBy {
			d.sort[q.Subject] = sortClaim
		}
		if q.Label.IsBlank() {
			d.sort[q.Label] = sortClaim
		}
	}
	for i, q := range d.quads {
		if q.Label != "" && d.sort[q.Label] == sortClaim && !d.deriver.IsStatement(q.Predicate) {
			d.inside[q.Label] = append(d.inside[q.Label], int32(i))
			d.subject[q.Subject] = slices.DeleteFunc(d.subject[q.Subject], func(at int32) bool { return at == int32(i) })
			if len(d.subject[q.Subject]) == 0 {
				delete(d.subject, q.Subject)
			}
		}
	}
}

func (d *draft) setSort(t Term, s nodeSort) {
	if _, known := d.sort[t]; !known && !t.IsLiteral() {
		d.sort[t] = s
	}
}

// sortOf tells by its words what a subject is.
func (d *draft) sortOf(quads []int32) nodeSort {
	found, entity := sortEntity, false
	for _, at := range quads {
		q := d.quads[at].Quad
		word, _ := d.deriver.word(q.Predicate)
		switch {
		case actPrefixes[word] != "":
			return sortAct
		case q.Predicate == RDFType || slices.Contains(entityWords, word) || slices.Contains(factWords, word):
			entity = true
		case slices.Contains(actWords, word):
			found = sortAct
		case word == WordParty || word == WordCapacity || word == WordSpokenBy:
			found = sortVoice
		case slices.Contains(claimWords, word) || d.deriver.ontology.Qualifier(q.Predicate) != nil:
			found = sortClaim
		}
	}
	if entity {
		return sortEntity
	}
	return found
}

// about returns the quads whose subject is a node.
func (d *draft) about(node Term) []Quad {
	at, stored := d.subject[node], d.stored[node]
	quads := make([]Quad, len(at), len(at)+len(stored))
	for i, n := range at {
		quads[i] = d.quads[n].Quad
	}
	return append(quads, stored...)
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
