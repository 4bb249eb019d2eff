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
	for _, label := range sortedKeys(d.inside) {
		if label == "" {
			d.unlabelled()
			continue
		}
		d.deriveClaim(label)
	}
	for _, s := range sortedKeys(d.subject) {
		switch d.sort[s] {
		case sortClaim:
			if len(d.inside[s]) == 0 {
				d.deriveClaim(s)
			}
		case sortEntity:
			d.deriveEntity(s)
		case sortAct:
			d.deriveAct(s)
		case sortVoice:
			d.voices[s] = true
		}
	}
}

// unlabelled refuses statements of the default graph.
func (d *draft) unlabelled() {
	for _, at := range d.inside[""] {
		q := d.quads[at].Quad
		d.fault(RuleVoice, q.Subject, q, nil, "%s %s %s stands in the default graph, where nobody says it: put it into a graph, and say of the graph who asserts it and where",
			show(d.names, q.Subject), show(d.names, q.Predicate), show(d.names, q.Object))
	}
}

func (d *draft) deriveClaim(id Term) {
	quads := d.about(id)
	for _, at := range d.inside[id] {
		quads = append(quads, d.quads[at].Quad)
	}
	record, problems := d.deriver.Claim(id, quads, d.about)
	c := &draftClaim{ClaimRecord: record, id: id}
	if at := d.inside[id]; len(at) > 0 {
		c.first = at[0]
	} else {
		c.first = d.subject[id][0]
	}
	d.claims = append(d.claims, c)
	if id.IsIRI() {
		d.compareFiles(id)
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
func (d *draft) compareFiles(id Term) {
	files := map[int32][]Quad{}
	stating := map[int32]int32{} // file → its statement
	for _, places := range [][]int32{d.subject[id], d.inside[id]} {
		for _, at := range places {
			q := d.quads[at]
			files[q.file] = append(files[q.file], q.Quad)
			if q.Label == id {
				stating[q.file] = at
			}
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

func (d *draft) deriveEntity(id Term) {
	record, problems := d.deriver.Entity(id, d.about(id), d.about)
	first := d.subject[id][0]
	if id.IsBlank() {
		d.fault(RuleBlank, id, d.quads[first].Quad, nil, "an entity without an id: give it one, such as person/first-last")
	}
	d.entities = append(d.entities, &draftEntity{EntityRecord: record, first: first})
	d.note(problems...)
}

// mint names every blank node: first the names of entities, by their content;
// then claims, those that others are about before the others; then acts.
func (d *draft) mint() {
	for _, q := range d.quads {
		if q.Object.IsBlank() && d.deriver.words[q.Predicate] == WordName && q.Subject.IsIRI() {
			d.mintName(q.Quad)
		}
	}
	byID := make(map[Term]*draftClaim, len(d.claims))
	for _, c := range d.claims {
		byID[c.id] = c
	}
	for _, c := range d.claims {
		d.mintClaim(c, byID)
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
func (d *draft) mintClaim(c *draftClaim, byID map[Term]*draftClaim) {
	if c.mark == named {
		return
	}
	if c.mark == naming {
		if c.id.IsBlank() {
			d.fault(RuleBlankCycle, c.id, d.quads[c.first].Quad, nil, "claims without ids are about each other in a circle: give one of them an id")
		}
		return
	}
	c.mark = naming
	if c.ClaimRecord != nil && c.Object.IsBlank() {
		if other := byID[c.Object]; other != nil {
			d.mintClaim(other, byID)
			c.Object = d.final(c.Object)
		}
	}
	c.mark = named
	if c.id.IsBlank() {
		id := d.names.IRI(claimPrefix + contentHash(string(c.id)))
		if c.ClaimRecord != nil {
			id = MintClaim(d.names, c.ClaimRecord)
		}
		d.minted[c.id] = id
	}
	if c.ClaimRecord != nil {
		c.ID = d.final(c.id)
	}
}

// final returns the IRI of a node, or the node itself where it has none.
func (d *draft) final(t Term) Term {
	if iri, ok := d.minted[t]; ok {
		return iri
	}
	return t
}

// outQuad is a quad as it enters the store, but for its batch.
type outQuad struct {
	Quad
	file  int32
	owner Term // the claim, entity or node as in the file: what must be sound
}

// canonical returns the quads with every blank node named. Voices and groups
// without an id become nodes of each claim that uses them.
func (d *draft) canonical() []outQuad {
	out := make([]outQuad, 0, len(d.quads))
	local := map[Term]map[Term]Term{}
	for _, c := range d.claims {
		if nodes := d.localNodes(c); len(nodes) > 0 {
			local[c.id] = nodes
			out = d.writeLocal(out, c.id, nodes)
		}
	}
	for _, q := range d.quads {
		owner := q.Subject
		switch {
		case q.Label != "" && d.sort[q.Label] == sortClaim:
			owner = q.Label
		case q.Subject.IsBlank() && d.isLocal(q.Subject):
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
				d.fault(RuleBlank, owner, q.Quad, nil, "the blank node %s is no claim, voice, group or name that anything uses: give it an id", t)
			}
		}
		out = append(out, outQuad{named, q.file, owner})
	}
	return out
}

// isLocal tells whether a blank node is written once for each claim that uses it.
func (d *draft) isLocal(t Term) bool {
	return d.sort[t] == sortGroup || d.sort[t] == sortVoice || d.voices[t]
}

// localNodes names the blank voices and groups of a claim by their sorted content.
func (d *draft) localNodes(c *draftClaim) map[Term]Term {
	var voices, groups []localNode
	taken := map[Term]bool{}
	for _, at := range d.subject[c.id] {
		q := d.quads[at].Quad
		taken[q.Object] = true
		if !q.Object.IsBlank() {
			continue
		}
		switch d.deriver.words[q.Predicate] {
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
func (d *draft) writeLocal(out []outQuad, claim Term, nodes map[Term]Term) []outQuad {
	for _, node := range sortedKeys(nodes) {
		if !strings.HasPrefix(string(nodes[node]), strings.TrimSuffix(string(d.final(claim)), ">")+"#") {
			continue
		}
		for _, at := range d.subject[node] {
			q := d.quads[at]
			out = append(out, outQuad{Quad{nodes[node], q.Predicate, d.final(q.Object), d.final(q.Label)}, q.file, claim})
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
