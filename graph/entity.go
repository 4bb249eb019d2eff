package graph

import (
	"context"
	"slices"
	"strings"
)

// Entity is a thing that claims are about, as people see it: with everything
// that was merged into it.
type Entity struct {
	ID          string // person/larisa-kharkova
	IRI         string
	Kind        *EntityKind
	Name        string // the preferred one
	Description *string
	Unnamed     bool
	Protected   bool
	MergedFrom  []string // ids of the entities that were merged into this one

	reader *Reader
	node   NodeID
	rows   []*EntityRow  // its own, then the members'
	first  [1]*EntityRow // the room of rows, for most have one
}

// Name is one spelling of an entity.
type Name struct {
	Text     string
	Language *string // BCP 47
	Role     NameRole

	reader   *Reader
	evidence []EvidenceRow
}

// DocumentFact is an editorial fact of a document: its title, publisher, URL.
type DocumentFact struct {
	Word  string // local name: WordTitle …
	Value *Value
}

// Names returns all spellings, the preferred one first; a name that several
// merged entities share stands once.
func (e *Entity) Names() []*Name {
	var out []*Name
	seen := map[Term]*Name{}
	for i, row := range e.rows {
		for _, n := range row.Names {
			if !e.reader.live(n.Recorded) {
				continue
			}
			if s := seen[n.Text]; s != nil {
				s.evidence = append(slices.Clip(s.evidence), n.Evidence...)
				continue
			}
			seen[n.Text] = e.reader.name(n, i > 0)
			out = append(out, seen[n.Text])
		}
	}
	return out
}

// name makes a name of its row; the preferred name of a merged entity is an
// alias of the one that it was merged into.
func (r *Reader) name(n NameRow, merged bool) *Name {
	text, language, _ := n.Text.Literal()
	role := n.Role
	if merged && role == NamePreferred {
		role = NameAlias
	}
	return &Name{Text: text, Language: optional(language), Role: role, reader: r, evidence: n.Evidence}
}

// Evidence returns where sources use the name.
func (n *Name) Evidence() []*Evidence { return n.reader.evidence(n.evidence, n.reader.card) }

// Facts returns the editorial facts of a document.
func (e *Entity) Facts() []DocumentFact {
	var out []DocumentFact
	for _, row := range e.rows {
		for _, f := range row.Facts {
			if e.reader.live(f.Recorded) {
				out = append(out, DocumentFact{Word: f.Word, Value: newValue(f.Value)})
			}
		}
	}
	return out
}

// Fact returns the first value of an editorial fact, nil for none.
func (e *Entity) Fact(word string) *string {
	for _, f := range e.Facts() {
		if f.Word == word {
			return &f.Value.Lexical
		}
	}
	return nil
}

// batchNodes returns the batches that brought the entity.
func (e *Entity) batchNodes() []NodeID {
	var out []NodeID
	for _, row := range e.rows {
		out = append(out, row.Batches...)
	}
	return out
}

// EntitiesByID returns the entity of each id, nil where there is none.
func (r *Reader) EntitiesByID(ctx context.Context, ids []string) ([]*Entity, error) {
	nodes, err := r.nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	cards, err := r.load(ctx, nodes)
	if err != nil {
		return nil, err
	}
	out := make([]*Entity, len(ids))
	for i, n := range nodes {
		if e := cards.get(r.rep(n)); n != 0 && e != nil && e.recorded() {
			out[i] = e
		}
	}
	return out, nil
}

// recorded tells whether the snapshot holds the entity itself, not only claims about it.
func (e *Entity) recorded() bool {
	return slices.ContainsFunc(e.rows, func(row *EntityRow) bool { return e.reader.live(row.Recorded) })
}

// load returns the entities of nodes by representative: one look-up for those
// not read before, and one for the documents that their names are found in.
func (r *Reader) load(ctx context.Context, nodes []NodeID) (cards, error) {
	out := newNodeMap[*Entity](len(nodes))
	missing := r.known(nodes, out)
	for len(missing) > 0 {
		read, err := r.read(ctx, missing)
		if err != nil {
			return nil, err
		}
		var documents []NodeID
		for _, e := range read {
			out.set(e.node, e)
			documents = e.documents(documents)
		}
		missing = r.known(documents, newNodeMap[*Entity](len(documents)))
	}
	return out, nil
}

// known puts the entities that were read before into out, and returns the
// representatives of the rest, each once.
func (r *Reader) known(nodes []NodeID, out cards) (missing []NodeID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, n := range nodes {
		n = r.rep(n)
		if n == 0 {
			continue
		}
		card, again := out.at(n)
		if again {
			continue
		}
		if *card = r.entities.get(n); *card == nil {
			missing = append(missing, n)
		}
	}
	return missing
}

// cards are entities by node: nil, or no entry, for none.
type cards = *nodeMap[*Entity]

// read makes entities of the rows of representatives and their members.
func (r *Reader) read(ctx context.Context, nodes []NodeID) ([]*Entity, error) {
	all := nodes
	if len(r.members) > 0 {
		all = make([]NodeID, 0, len(nodes))
		for _, n := range nodes {
			all = append(append(all, n), r.members[n]...)
		}
	}
	rows, err := r.snapshot.Entities(ctx, all)
	if err != nil {
		return nil, err
	}
	out, made := make([]*Entity, 0, len(nodes)), make([]Entity, len(nodes))
	var bare []NodeID
	for i, n := range nodes {
		count := 1
		if len(r.members) > 0 {
			count += len(r.members[n])
		}
		e := &made[i]
		r.entity(e, n, rows[:count])
		if rows = rows[count:]; len(e.rows) == 0 || e.rows[0].Entity != n {
			bare = append(bare, n)
		}
		out = append(out, e)
	}
	if err := r.nameBare(ctx, out, bare); err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, e := range out {
		first, again := r.entities.at(e.node)
		if again {
			out[i] = *first // read by another goroutine meanwhile: one entity, one value
			continue
		}
		*first = e
	}
	return out, nil
}

// entity makes an entity of its rows; rows of members that the store no longer holds are nil.
func (r *Reader) entity(e *Entity, n NodeID, rows []*EntityRow) {
	e.reader, e.node = r, n
	e.rows = e.first[:0]
	for _, row := range rows {
		if row == nil {
			continue
		}
		e.rows = append(e.rows, row)
		e.Protected = e.Protected || row.Protected
		if row.Entity != n {
			e.MergedFrom = append(e.MergedFrom, r.ontology.Names.ID(row.ID))
			continue
		}
		e.identify(row.ID)
		e.Kind, e.Unnamed, e.Description = row.Kind, row.Unnamed, describe(row.Description)
		e.Name = r.preferred(row, e.ID)
	}
}

func (e *Entity) identify(iri Term) {
	e.ID = e.reader.ontology.Names.ID(iri)
	e.IRI = strings.TrimSuffix(strings.TrimPrefix(string(iri), "<"), ">")
}

// preferred returns the first live name, or the id where sources give none.
func (r *Reader) preferred(row *EntityRow, id string) string {
	for _, n := range row.Names {
		if r.live(n.Recorded) {
			return n.Text.Lexical()
		}
	}
	return id
}

// describe returns the English description, or else the first.
func describe(literals []Term) *string {
	var first *string
	for _, l := range literals {
		text, language, _ := l.Literal()
		if language == "en" {
			return &text
		}
		if first == nil {
			first = &text
		}
	}
	return first
}

// nameBare names the entities of which the store holds claims and no row (the
// batch that described them was retracted) by their id, and takes their kind from it.
func (r *Reader) nameBare(ctx context.Context, all []*Entity, bare []NodeID) error {
	if len(bare) == 0 {
		return nil
	}
	terms, err := r.snapshot.Terms(ctx, bare)
	if err != nil {
		return err
	}
	for _, e := range all {
		if i := slices.Index(bare, e.node); i >= 0 {
			e.identify(terms[i])
			e.Name, e.Kind = e.ID, r.kindOf(e.ID)
		}
	}
	return nil
}

// kindOf returns the kind that an id begins with.
func (r *Reader) kindOf(id string) *EntityKind {
	slug, _, _ := strings.Cut(id, "/")
	for _, k := range r.ontology.Kinds {
		if k.Slug == slug {
			return k
		}
	}
	return nil
}

// documents appends the documents in which the entity's names stand.
func (e *Entity) documents(to []NodeID) []NodeID {
	for _, row := range e.rows {
		for _, n := range row.Names {
			for _, ev := range n.Evidence {
				to = append(to, ev.Document)
			}
		}
	}
	return to
}

// card returns an entity that was read before, nil for none.
func (r *Reader) card(n NodeID) *Entity {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.entities.get(r.rep(n))
}

// optional returns nil for the empty string.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
