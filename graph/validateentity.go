package graph

import (
	"context"
	"slices"
	"strings"
)

// checkEntity compares an entity of the files with the ontology and with what
// the store holds of it.
func (v *validator) checkEntity(ctx context.Context, e *draftEntity) {
	row := v.entityRows[e.ID]
	at := v.quad(e.first)
	id := v.names.ID(e.ID)
	kind := v.kindOf(e.ID)
	switch {
	case kind == nil && !v.unsound[e.ID]:
		v.fault(RuleNoKind, e.ID, at, nil, "%s has no kind: say what it is with a, such as %s", id, v.deriver.ontology.Kinds[0].Name)
	case e.Kind != nil && row != nil && row.Kind != nil && row.Kind != e.Kind:
		v.fault(RuleTwoKinds, e.ID, v.typeQuad(e), nil, "%s is a %s in the store and a %s here: an entity has one kind", id, row.Kind.Name, e.Kind.Name)
	}
	if rest, below := strings.CutPrefix(string(e.ID), "<"+v.names.Base); below && kind != nil && row == nil {
		if slug, _, _ := strings.Cut(rest, "/"); slug != kind.Slug || !strings.Contains(rest, "/") {
			v.fault(RuleID, e.ID, v.typeQuad(e), nil, "%s is a %s: its id begins with %s/", id, kind.Name, kind.Slug)
		}
	}
	if len(e.Names) == 0 && (row == nil || len(row.Names) == 0) {
		v.fault(RuleNoName, e.ID, at, nil, "%s has no name: give it one, or a description of it and unnamed", id)
	}
	v.checkNames(e, row)
	for _, n := range e.Names {
		for _, w := range n.Evidence {
			v.reach(ctx, toEntity, e.ID, w.Document, Quad{Subject: e.ID, Predicate: v.names.Term(WordEvidence), Object: w.Locator})
			v.checkWords(e.ID, w.Locator, w.Context)
		}
	}
}

func (v *validator) typeQuad(e *draftEntity) Quad {
	if e.Kind == nil {
		return v.quad(e.first)
	}
	return Quad{Subject: e.ID, Predicate: RDFType, Object: e.Kind.IRI}
}

// checkNames guards the preferred name and the protected.
func (v *validator) checkNames(e *draftEntity, row *EntityRow) {
	name := Quad{Subject: e.ID, Predicate: v.names.Term(WordName)}
	if row != nil && len(row.Names) > 0 && len(e.Names) > 0 {
		if new, old := e.Names[0].Text, row.Names[0].Text; new != old && v.prefersByRole(e.ID) {
			v.fault(RuleTwoNames, e.ID, name, nil, "%s has the preferred name %s in the store, and %s here: give the new one another role",
				v.names.ID(e.ID), old, new)
		}
	}
	if !v.isProtected(e.ID) {
		return
	}
	texts := map[Term]bool{}
	if row != nil {
		for _, n := range row.Names {
			texts[n.Text] = true
		}
	}
	stored := len(texts)
	for _, n := range e.Names {
		texts[n.Text] = true
	}
	switch flag := v.names.Term(WordProtected); {
	case stored > 0 && len(texts) > stored && row.Protected:
		v.fault(RuleProtected, e.ID, name, nil, "%s is protected: it keeps the one name that it has, and gets no other", v.names.ID(e.ID))
	case len(texts) > 1:
		v.fault(RuleProtected, e.ID, name, nil, "%s is protected and has %d names: it has one, the pseudonym of its source, and no alias", v.names.ID(e.ID), len(texts))
	case v.says(e.ID, flag, "false"):
		v.fault(RuleProtected, e.ID, Quad{Subject: e.ID, Predicate: flag}, nil, "%s is protected, and stays so", v.names.ID(e.ID))
	}
}

// says tells whether the files have a quad with this literal.
func (v *validator) says(subject, predicate Term, lexical string) bool {
	return slices.ContainsFunc(v.about(subject), func(q Quad) bool { return q.Predicate == predicate && q.Object.Lexical() == lexical })
}

// prefersByRole tells whether the files give the entity a preferred name by its role.
func (v *validator) prefersByRole(entity Term) bool {
	role := v.names.Term(WordRole)
	for _, q := range v.about(entity) {
		if v.deriver.words[q.Predicate] != WordName || q.Object.IsLiteral() {
			continue
		}
		for _, n := range v.about(q.Object) {
			if r, ok := enumValue[NameRole](v.names, nameRoleNames, n.Object); ok && n.Predicate == role && r == NamePreferred {
				return true
			}
		}
	}
	return false
}

// maxSuggestions bounds the look-ups made to suggest what was meant.
const maxSuggestions = 50

// nearestEntities suggests ids for one that leads nowhere: of the files and of
// the store, by the spelling of the id and by the names of entities.
func (v *validator) nearestEntities(ctx context.Context, t Term) []string {
	if v.suggestions++; v.suggestions > maxSuggestions || !t.IsIRI() {
		return nil
	}
	id := v.names.ID(t)
	var candidates []string
	for _, e := range v.entities {
		candidates = append(candidates, v.names.ID(e.ID))
	}
	last := id[strings.LastIndexByte(id, '/')+1:]
	for _, token := range Tokens(Fold(strings.ReplaceAll(last, "-", " "))) {
		candidates = append(candidates, v.named(ctx, token)...)
	}
	return nearest(id, candidates)
}

// named returns the ids of entities of the store that have a name with a token
// like this one. Suggestions are a courtesy: an error gives none.
func (v *validator) named(ctx context.Context, token string) []string {
	const shortest, longest, postings = 2, 3, 200
	runes := []rune(token)
	head := runes[:min(len(runes), max(shortest, min(longest, len(runes)-1)))]
	found, err := v.snapshot.Names(ctx, TokenPrefix, string(head), "", postings)
	if err != nil {
		return nil
	}
	nodes := make([]NodeID, 0, len(found))
	for _, p := range found {
		nodes = append(nodes, p.Entity)
	}
	rows, err := v.snapshot.Entities(ctx, nodes)
	if err != nil {
		return nil
	}
	var ids []string
	for _, row := range rows {
		if row != nil && !row.Protected {
			ids = append(ids, v.names.ID(row.ID))
		}
	}
	return ids
}
