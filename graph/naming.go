package graph

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// mintMark tells how far the naming of a claim has come.
type mintMark uint8

const (
	unnamed mintMark = iota
	naming
	named
)

// derive reads every claim, entity and act of the files.
func (d *draft) derive() {
	d.claimAt = make([]int32, len(d.sorts))
	d.unlabelled()
	d.readPlain()
	d.listPlain()
	order := d.terms.Sorted()
	for _, n := range order {
		if len(d.inside.of(n)) > 0 && !d.plain.is[n] {
			d.deriveClaim(n)
		}
	}
	for _, n := range order {
		if len(d.subject.of(n)) == 0 {
			continue
		}
		switch d.sorts[n] {
		case sortClaim:
			if len(d.inside.of(n)) == 0 {
				d.deriveClaim(n)
			}
		case sortEntity:
			d.deriveEntity(n)
		case sortAct:
			d.deriveAct(d.terms.Term(n))
		case sortVoice:
			d.voices[n] = true
		}
	}
}

// listPlain puts the plain claims among all: they have a name and no fault.
func (d *draft) listPlain() {
	room := make([]draftClaim, len(d.plain.list))
	d.claims = make([]*draftClaim, 0, len(room))
	for i := range room {
		n := d.plain.list[i].Claim
		room[i] = draftClaim{id: d.terms.Term(n), number: n, first: d.inside.of(n)[0], stated: true, mark: named, plain: int32(i + 1)}
		d.claims = append(d.claims, &room[i])
		d.claimAt[n] = int32(len(d.claims))
	}
}

// unlabelled refuses statements of the default graph.
func (d *draft) unlabelled() {
	for _, at := range d.inside.of(0) {
		q := d.quad(at)
		d.fault(RuleVoice, q.Subject, q, nil, "%s %s %s stands in the default graph, where nobody says it: put it into a graph, and say of the graph who asserts it and where",
			show(d.names, q.Subject), show(d.names, q.Predicate), show(d.names, q.Object))
	}
}

// readClaim reads what the quads of a claim say; see Deriver.Claim.
func (d *draft) readClaim(number uint32) (*ClaimRecord, []Problem) {
	d.room = d.appendAbout(d.room[:0], number)
	for _, at := range d.inside.of(number) {
		d.room = append(d.room, d.quad(at))
	}
	return d.deriver.Claim(d.terms.Term(number), d.room, d.about)
}

// record returns what a claim says, nil where nothing is stated. Once they are
// named, the claim and its object bear their names.
func (d *draft) record(c *draftClaim) *ClaimRecord {
	if !c.stated {
		return nil
	}
	r, _ := d.readClaim(c.number)
	if c.mark == named {
		r.ID, r.Object = d.final(r.ID), d.final(r.Object)
	}
	return r
}

func (d *draft) deriveClaim(number uint32) {
	id := d.terms.Term(number)
	record, problems := d.readClaim(number)
	c := &draftClaim{id: id, number: number, stated: record != nil}
	if record != nil {
		c.about = record.Object.IsBlank()
	}
	if at := d.inside.of(number); len(at) > 0 {
		c.first = at[0]
	} else {
		c.first = d.subject.of(number)[0]
	}
	d.claims = append(d.claims, c)
	d.claimAt[number] = int32(len(d.claims))
	if id.IsIRI() && len(d.files) > 1 {
		d.compareFiles(number)
	}
	for _, p := range problems {
		p.About = id
		// What a file only adds to a claim of the store is judged with the store at hand.
		if p.Rule != RuleStatement || id.IsBlank() {
			d.note(p)
		}
	}
}

// compareFiles refuses a claim that two files state with the same id and other
// content: together they would read as one claim that neither of them makes.
func (d *draft) compareFiles(number uint32) {
	places := slices.Concat(d.subject.of(number), d.inside.of(number))
	if !slices.ContainsFunc(places, func(at int32) bool { return d.quads[at].file != d.quads[places[0]].file }) {
		return
	}
	id := d.terms.Term(number)
	files := map[int32][]Quad{}
	stating := map[int32]int32{} // file → its statement
	for _, at := range places {
		q := d.quads[at]
		files[q.file] = append(files[q.file], d.quad(at))
		if q.NumberedQuad[3] == number {
			stating[q.file] = at
		}
	}
	if len(stating) < 2 {
		return
	}
	first := ""
	for file := range int32(len(d.files)) {
		at, ok := stating[file]
		if !ok {
			continue
		}
		record, _ := d.deriver.Claim(id, files[file], d.about)
		if record == nil {
			continue
		}
		tuple := ClaimTuple(record)
		if first == "" {
			first = tuple
		}
		if tuple != first {
			here, there := firstDifference(tuple, first)
			d.note(Problem{Position: d.place(at), Rule: RuleOtherContent, About: id, Message: fmt.Sprintf(
				"%s has other content in another of the files (%q there, %q here): give one of them another id", d.names.ID(id), there, here)})
		}
	}
}

func (d *draft) deriveEntity(number uint32) {
	id, first := d.terms.Term(number), d.subject.of(number)[0]
	record, problems := d.deriver.Entity(id, d.appendAbout(nil, number), d.about)
	if id.IsBlank() {
		d.fault(RuleBlank, id, d.quad(first), nil, "an entity without an id: give it one, such as person/first-last")
	}
	d.entities = append(d.entities, &draftEntity{EntityRecord: record, number: number, first: first})
	d.note(problems...)
}

// mint names every blank node: first the names of entities, by their content;
// then claims, those that others are about before the others; then acts.
func (d *draft) mint() {
	if d.blanks {
		for i := range d.quads {
			if d.word(&d.quads[i]) != WordName {
				continue
			}
			if q := d.quad(int32(i)); q.Object.IsBlank() && q.Subject.IsIRI() {
				d.mintName(q)
			}
		}
	}
	for _, c := range d.claims {
		d.mintClaim(c)
	}
	for _, a := range d.acts {
		d.mintAct(a)
	}
}

func (d *draft) mintName(q Quad) {
	content := sortedQuads(d.about(q.Object))
	for _, c := range content {
		if c.Object.IsBlank() {
			d.fault(RuleBlank, q.Subject, c, nil, "%s of a name leads to a blank node: name the thing by its id", show(d.names, c.Predicate))
		}
	}
	if old, ok := d.minted[q.Object]; !ok || q.Subject < old {
		d.minted[q.Object] = fragment(q.Subject, "n-"+contentHash(nodeKey(content)))
	}
}

// mintClaim names a claim after the claims that it is about. A circle of
// claims without ids cannot be named.
func (d *draft) mintClaim(c *draftClaim) {
	if c.mark == named {
		return
	}
	if c.mark == naming {
		if c.id.IsBlank() {
			d.fault(RuleBlankCycle, c.id, d.quad(c.first), nil, "claims without ids are about each other in a circle: give one of them an id")
		}
		return
	}
	c.mark = naming
	if c.about {
		if at := d.claimAt[d.terms.Find(d.record(c).Object)]; at > 0 {
			d.mintClaim(d.claims[at-1])
		}
	}
	c.mark = named
	if c.id.IsBlank() {
		id := d.names.IRI(claimPrefix + contentHash(string(c.id)))
		if r := d.record(c); r != nil {
			id = MintClaim(d.names, r)
		}
		d.minted[c.id], d.named[id] = id, true
	}
}

// final returns the IRI of a node, or the node itself where it has none.
func (d *draft) final(t Term) Term {
	if t.IsBlank() {
		if iri, ok := d.minted[t]; ok {
			return iri
		}
	}
	return t
}

// isClaim tells whether a term is a claim of the files, as they call it or as
// it is named here.
func (d *draft) isClaim(t Term) bool {
	n := d.terms.Find(t)
	return n != 0 && int(n) < len(d.claimAt) && d.claimAt[n] > 0 || d.named[t]
}

// outQuad is a quad as it enters the store, but for its batch.
type outQuad struct {
	NumberedQuad
	file  int32
	owner uint32 // the claim, entity or node as in the file: what must be sound
}

// canonical returns the quads with every blank node named. Voices and groups
// without an id become nodes of each claim that uses them.
func (d *draft) canonical() []outQuad {
	out := make([]outQuad, 0, len(d.quads))
	if d.blanks {
		return d.withoutBlanks(out)
	}
	for i := range d.quads {
		q := &d.quads[i]
		out = append(out, outQuad{q.NumberedQuad, q.file, d.ownerOf(q)})
	}
	return out
}

func (d *draft) withoutBlanks(out []outQuad) []outQuad {
	local := map[uint32]map[Term]Term{}
	for _, c := range d.claims {
		if nodes := d.localNodes(c); len(nodes) > 0 {
			local[c.number] = nodes
			out = d.writeLocal(out, c, nodes)
		}
	}
	for i := range d.quads {
		at := &d.quads[i]
		owner, q := d.ownerOf(at), d.quad(int32(i))
		if owner == at.NumberedQuad[0] && q.Subject.IsBlank() && d.isLocal(owner) {
			continue
		}
		named := Quad{d.final(q.Subject), q.Predicate, q.Object, d.final(q.Label)}
		if iri, ok := local[owner][q.Object]; ok {
			named.Object = iri
		} else {
			named.Object = d.final(q.Object)
		}
		for _, t := range []Term{named.Subject, named.Object, named.Label} {
			if t.IsBlank() {
				d.fault(RuleBlank, d.terms.Term(owner), q, nil, "the blank node %s is no claim, voice, group or name that anything uses: give it an id", t)
			}
		}
		out = append(out, outQuad{d.renumber(named), at.file, owner})
	}
	return out
}

// renumber numbers a quad as it enters the store.
func (d *draft) renumber(q Quad) NumberedQuad {
	return NumberedQuad{d.terms.Number(q.Subject), d.terms.Number(q.Predicate), d.terms.Number(q.Object), d.terms.Number(q.Label)}
}

// isLocal tells whether a blank node is written once for each claim that uses it.
func (d *draft) isLocal(n uint32) bool {
	return d.sorts[n] == sortGroup || d.sorts[n] == sortVoice || d.voices[n]
}

// localNodes names the blank voices and groups of a claim by their sorted content.
func (d *draft) localNodes(c *draftClaim) map[Term]Term {
	var voices, groups []localNode
	taken := map[Term]bool{}
	for _, at := range d.subject.of(c.number) {
		q := d.quad(at)
		taken[q.Object] = true
		if !q.Object.IsBlank() {
			continue
		}
		switch d.word(&d.quads[at]) {
		case WordAssertedBy:
			v, _ := d.deriver.Voice(q.Object, d.about(q.Object))
			voices = append(voices, localNode{q.Object, strings.Join(voiceParts(v), " "), v})
		case WordGroup:
			groups = append(groups, localNode{id: q.Object, key: nodeKey(sortedQuads(d.about(q.Object)))})
		}
	}
	nodes := map[Term]Term{}
	number(nodes, taken, d.final(c.id), "v", voices)
	number(nodes, taken, d.final(c.id), "g", groups)
	for _, v := range voices {
		if v.voice.Capacity == CapacityOther && v.voice.SpokenBy == "" && v.voice.Party.IsIRI() {
			nodes[v.id] = v.voice.Party
		}
	}
	return nodes
}

// localNode is a voice or a group of one claim.
type localNode struct {
	id    Term
	key   string // its content
	voice VoiceRecord
}

// number gives #v1, #v2 … in the order of content, the same to the same
// content; numbers that the file gave out itself are passed over.
func number(names map[Term]Term, taken map[Term]bool, claim Term, letter string, nodes []localNode) {
	slices.SortFunc(nodes, func(a, b localNode) int { return strings.Compare(a.key, b.key) })
	n := 0
	for i, node := range nodes {
		if i > 0 && nodes[i-1].key == node.key {
			names[node.id] = names[nodes[i-1].id]
			continue
		}
		for n++; taken[fragment(claim, letter+strconv.Itoa(n))]; n++ {
		}
		names[node.id] = fragment(claim, letter+strconv.Itoa(n))
	}
}

// writeLocal writes the quads of a claim's own voices and groups; a voice that
// became its party has none.
func (d *draft) writeLocal(out []outQuad, c *draftClaim, nodes map[Term]Term) []outQuad {
	for _, node := range sortedKeys(nodes) {
		if !strings.HasPrefix(string(nodes[node]), strings.TrimSuffix(string(d.final(c.id)), ">")+"#") {
			continue
		}
		for _, at := range d.subjectOf(node) {
			q := d.quad(at)
			named := Quad{nodes[node], q.Predicate, d.final(q.Object), d.final(q.Label)}
			out = append(out, outQuad{d.renumber(named), d.quads[at].file, c.number})
		}
	}
	return out
}

// sortedKeys returns the keys of a map in the order of terms.
func sortedKeys[V any](m map[Term]V) []Term {
	keys := make([]Term, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
