package graph

import (
	"context"
	"slices"
	"strings"
)

// Input is a file to import, or what stands for one.
type Input struct {
	File string // its name, for messages and the journal
	// Read hands over the quads of the file one after the other, and its
	// faults of syntax; it returns an error where the file cannot be read on.
	Read func(quad func(Quad, Position) error, fault func(Problem)) error
	// Hash returns the lower-case hex SHA-256 of the bytes, after Read.
	Hash func() string
}

// ImportOptions says how to import.
type ImportOptions struct {
	DryRun bool // validate, and change nothing
	// BestEffort commits the sound claims and entities and leaves the others
	// out: those with a problem of their own, and those that refer to one. A
	// file that cannot be read whole is left out whole, since a claim without
	// one of its lines may say the opposite.
	BestEffort bool
	Agent      string                       // for the journal
	Progress   func(stage string, done int) // may be nil
}

// Importer brings quads into a store: whole files or nothing.
type Importer struct {
	Store    Store
	Ontology *Ontology
	Texts    Texts // the documents at hand; nil: evidence is not compared with words
}

// Import reads all inputs, validates them together against the ontology and
// the store, and commits them as one. A refusal is no error: the report tells.
func (im *Importer) Import(ctx context.Context, inputs []Input, options ImportOptions) (*Report, error) {
	if options.Progress == nil {
		options.Progress = func(string, int) {}
	}
	d := newDraft(NewDeriver(im.Ontology))
	for _, in := range inputs {
		options.Progress("reading "+in.File, len(d.quads))
		if err := d.read(ctx, in); err != nil {
			return nil, err
		}
	}
	d.dropBroken()
	tx, err := im.Store.Begin(ctx)
	if err != nil {
		return nil, err
	}
	defer tx.Abort()
	options.Progress("checking", len(d.quads))
	report, sound, err := im.check(ctx, d, tx.Snapshot(), options)
	if err != nil || report.Refused || report.DryRun {
		return report, err
	}
	options.Progress("writing", len(sound.Quads))
	if err := tx.AddNumbered(d.terms, sound); err != nil {
		return nil, err
	}
	return report, im.commit(ctx, tx, report, journalEntry(im.Ontology.Names, inputs, report, options))
}

// check validates a draft against the store, and returns what would enter.
func (im *Importer) check(ctx context.Context, d *draft, s Snapshot, options ImportOptions) (*Report, Numbered, error) {
	d.group()
	if err := d.loadVoices(ctx, s); err != nil {
		return nil, Numbered{}, err
	}
	var out []outQuad
	batches := func() map[int]Term { return d.batches(out) }
	if !d.blanks && !options.BestEffort { // no quad is renamed or left out
		out = d.canonical()
		batches = d.batchesAhead(out)
	}
	d.derive()
	d.mint()
	v := &validator{draft: d, snapshot: s, texts: im.Texts}
	if err := v.validate(ctx); err != nil {
		batches() // which would go on behind it
		return nil, Numbered{}, err
	}
	if out == nil {
		out = d.canonical()
	}
	report := &Report{DryRun: options.DryRun, Seq: s.Seq(), Counts: d.count(), Notes: d.notes}
	if options.BestEffort {
		out = v.sound(out, report)
	}
	report.Refused = len(d.problems) > 0 && !options.BestEffort
	sound := d.label(out, batches(), report)
	d.list(report)
	if options.BestEffort {
		report.Rejects = d.rejects(report.Problems)
	}
	return report, sound, nil
}

// dropBroken forgets the quads of files that could not be read whole: what is
// left of a claim may say the opposite of the claim.
func (d *draft) dropBroken() {
	if len(d.broken) == 0 {
		return
	}
	kept := d.quads[:0]
	for _, q := range d.quads {
		if !d.broken[int(q.file)] {
			kept = append(kept, q)
		}
	}
	d.quads = kept
}

// label gives the quads of each file that carry no batch the file's own, and
// leaves out the plain claims that are not sound.
func (d *draft) label(out []outQuad, own map[int]Term, report *Report) Numbered {
	brought := map[Term][]int{} // batches, with the files that bring them
	type place struct {
		label uint32
		file  int32
	}
	last := place{}
	for i := range out {
		q := &out[i]
		at := place{q.NumberedQuad[3], q.file}
		if at.label == 0 || at == last || d.isStatementOf(q.NumberedQuad) {
			continue
		}
		t := d.terms.Term(at.label)
		if from := brought[t]; len(from) == 0 || from[len(from)-1] != int(at.file) {
			brought[t] = append(from, int(at.file))
		}
		last = at
	}
	labels := make([]uint32, len(d.files))
	for file, batch := range own {
		labels[file] = d.terms.Number(batch)
		brought[batch] = append(brought[batch], file)
	}
	quads := make([]NumberedQuad, len(out))
	for i, q := range out {
		quads[i] = q.NumberedQuad
		if quads[i][3] == 0 {
			quads[i][3] = labels[q.file]
		}
	}
	for _, b := range sortedKeys(brought) {
		report.Batches = append(report.Batches, d.names.ID(b))
		slices.Sort(brought[b])
		report.files = append(report.files, slices.Compact(brought[b]))
	}
	report.Counts.Batches = len(brought)
	return Numbered{Quads: quads, Plain: d.labelled(labels)}
}

// isStatementOf tells whether a quad states something.
func (d *draft) isStatementOf(q NumberedQuad) bool {
	p := d.predicates[q[1]]
	return p != nil && p.relation != nil
}

// batchesAhead names the batches of files beside what comes next: to hash is to
// read all terms once more.
func (d *draft) batchesAhead(out []outQuad) func() map[int]Term {
	frozen := *d
	frozen.terms = d.terms.Frozen()
	named := make(chan map[int]Term, 1)
	go func() { named <- frozen.batches(out) }()
	return func() map[int]Term { return <-named }
}

// batches names the batches of files: of their quads without a label, and of
// the statements of claims that no labelled batch brings.
func (d *draft) batches(out []outQuad) map[int]Term {
	wanted := make([]bool, len(d.files)) // the file has quads without a label
	for i := range out {
		if out[i].NumberedQuad[3] == 0 {
			wanted[out[i].file] = true
		}
	}
	carried, order := d.carried(out), d.terms.Sorted()
	places := make([]uint32, len(order)+1)
	for i, n := range order {
		places[n] = uint32(i + 1)
	}
	isOwn := func(q outQuad) bool {
		label := q.NumberedQuad[3]
		return wanted[q.file] && (label == 0 || d.isStatementOf(q.NumberedQuad) && !carried[label])
	}
	counts := make([]int, len(d.files))
	for _, q := range out {
		if isOwn(q) {
			counts[q.file]++
		}
	}
	own := make([][]NumberedQuad, len(d.files))
	for file, n := range counts {
		own[file] = make([]NumberedQuad, 0, n)
	}
	for _, q := range out {
		if isOwn(q) {
			n := q.NumberedQuad
			own[q.file] = append(own[q.file], NumberedQuad{places[n[0]], places[n[1]], places[n[2]], places[n[3]]})
		}
	}
	batches := map[int]Term{}
	for file, quads := range own {
		if wanted[file] {
			batches[file] = d.batchOf(order, quads)
			own[file] = nil
		}
	}
	return batches
}

// batchOf names a batch by its quads, given by the places of their terms in order.
func (d *draft) batchOf(order []uint32, quads []NumberedQuad) Term {
	const few = 16
	if len(order) > few*len(quads) {
		slices.SortFunc(quads, func(a, b NumberedQuad) int { return slices.Compare(a[:], b[:]) })
	} else {
		scratch := make([]NumberedQuad, len(quads))
		for column := 3; column >= 0; column-- {
			quads, scratch = SortNumbered(column, quads, scratch, len(order))
		}
	}
	return hashBatch(d.names, len(quads), func(dst []byte, from, to int) []byte {
		numbers := make([]uint32, 0, 4*(to-from))
		for _, q := range quads[from:to] {
			for _, place := range q {
				if place > 0 {
					place = order[place-1]
				}
				numbers = append(numbers, place)
			}
		}
		d.terms.Fetch(numbers)
		for i := from; i < to; i++ {
			if n := numbers[4*(i-from):]; i == 0 || quads[i] != quads[i-1] {
				dst = d.terms.Quad(NumberedQuad(n[:4])).appendLine(dst)
			}
		}
		return dst
	})
}

// carried tells by number which claims a labelled batch of the files brings:
// their statement belongs to that batch and not to the file's own.
func (d *draft) carried(out []outQuad) []bool {
	claims := make([]bool, d.terms.Len()+1)
	for _, q := range out {
		if p := d.predicates[q.NumberedQuad[1]]; q.NumberedQuad[3] != 0 && p != nil && p.word == WordAssertedBy {
			claims[q.NumberedQuad[0]] = true
		}
	}
	return claims
}

// count counts what the files hold.
func (d *draft) count() Counts {
	claims := len(d.claims)
	if d.blanks {
		distinct := map[Term]bool{}
		for _, c := range d.claims {
			distinct[d.final(c.id)] = true
		}
		claims = len(distinct)
	}
	return Counts{Quads: len(d.quads), Claims: claims, Entities: len(d.entities)}
}

// list gives the problems their lines, and puts them into the report.
func (d *draft) list(report *Report) {
	if len(d.problems) == 0 {
		return
	}
	lines := map[Quad]int32{}
	for i := len(d.quads) - 1; i >= 0; i-- {
		lines[d.spot(d.quad(int32(i)))] = int32(i)
	}
	files := map[string]int{}
	for i, f := range d.files {
		files[f] = i
	}
	for _, p := range d.problems {
		if p.File == "" {
			p.Position = d.position(p, lines)
		}
		report.Problems = append(report.Problems, p)
	}
	report.sortProblems(files)
}

// spot is by what a quad is found again: the label tells statements apart,
// since many claims may state one thing.
func (d *draft) spot(q Quad) Quad {
	if !d.deriver.IsStatement(q.Predicate) {
		q.Label = ""
	}
	return q
}

// position is the line of the quad at fault, or the first of what is at fault.
func (d *draft) position(p Problem, lines map[Quad]int32) Position {
	at, ok := lines[d.spot(p.Quad)]
	for _, places := range [][]int32{d.insideOf(p.About), d.subjectOf(p.About)} {
		if !ok && len(places) > 0 {
			at, ok = places[0], true
			for _, n := range places {
				if d.quad(n).Object == p.Quad.Object {
					at = n
				}
			}
		}
	}
	if !ok {
		return Position{}
	}
	return d.place(at)
}

// place is where a quad stands.
func (d *draft) place(at int32) Position {
	q := d.quads[at]
	return Position{File: d.files[q.file], Line: int(q.line), Column: int(q.column)}
}

// commit writes what was added, and the journal entry.
func (im *Importer) commit(ctx context.Context, tx Tx, report *Report, entry JournalEntry) error {
	before := report.Seq
	seq, err := tx.Commit(ctx, entry)
	if err != nil || seq == before {
		return err
	}
	report.Seq = seq
	entries, err := im.Store.Journal(ctx, seq-1, 1)
	if err == nil && len(entries) == 1 {
		report.Added = entries[0].Added
	}
	return err
}

func journalEntry(names Names, inputs []Input, report *Report, options ImportOptions) JournalEntry {
	entry := JournalEntry{Action: ActionLoad, Agent: options.Agent}
	var files, hashes []string
	for _, in := range inputs {
		files = append(files, in.File)
		hash := ""
		if in.Hash != nil {
			hash = in.Hash()
		}
		hashes = append(hashes, hash)
	}
	for i, b := range report.Batches {
		entry.Batches = append(entry.Batches, names.IRI(b))
		entry.Files = append(entry.Files, JournalFile{pick(files, report.files[i]), pick(hashes, report.files[i])})
	}
	entry.File, entry.FileHash = strings.Join(files, ", "), joined(hashes)
	return entry
}

// pick joins some of a list.
func pick(list []string, at []int) string {
	some := make([]string, len(at))
	for i, n := range at {
		some[i] = list[n]
	}
	return joined(some)
}

// joined joins what is not empty.
func joined(list []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == "" }), ", ")
}
