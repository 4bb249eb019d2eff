package graph

import (
	"context"
	"slices"
	"strings"
)

// act is a retraction, an undoing, a merge, a curated conflict or a tombstone,
// as its quads say it.
type act struct {
	id                     Term
	word                   string // one of actPrefixes
	targets                []Term // sorted
	into, follows          Term
	reason, agent, summary Term
	first                  int32
}

// actPrefixes are the first segments of minted acts.
var actPrefixes = map[string]string{
	WordRetracts: retractionPrefix, WordUndoes: undoingPrefix, WordMerges: mergePrefix, WordClashes: conflictPrefix,
	WordPurged: tombstonePrefix,
}

// deriveAct reads the node of an act.
func (d *draft) deriveAct(id Term) {
	a := &act{id: id, first: d.subjectOf(id)[0]}
	single := map[string]*Term{
		WordInto: &a.into, WordFollows: &a.follows, WordReason: &a.reason, WordAgent: &a.agent, WordSummary: &a.summary,
	}
	var class Quad
	for _, q := range sortedQuads(d.about(id)) {
		word := d.deriver.words[q.Predicate]
		switch {
		case q.Predicate == RDFType:
			class = q
		case actPrefixes[word] != "" && a.word != "" && a.word != word:
			d.fault(RuleWithdrawal, id, q, nil, "%s both %s and %s: one node does one thing", d.names.ID(id), a.word, word)
		case actPrefixes[word] != "":
			a.word = word
			a.targets = addTerm(a.targets, q.Object)
		case single[word] == nil:
			d.fault(RuleUnknownWord, id, q, nearest(show(d.names, q.Predicate), actWords),
				"%s says nothing of a retraction, merge or conflict", show(d.names, q.Predicate))
		case *single[word] != "" && *single[word] != q.Object:
			d.fault(RuleTwoValues, id, q, nil, "%s has two values, %s and %s", word, show(d.names, *single[word]), show(d.names, q.Object))
		default:
			*single[word] = q.Object
		}
	}
	d.acts = append(d.acts, a)
	d.checkAct(a)
	if right := actClasses[a.word]; class.Object != "" && class.Object != d.names.Term(right) {
		d.fault(RuleUnknownKind, id, class, []string{right}, "%s is no class of what %s", show(d.names, class.Object), a.word)
	}
}

// actClasses are the classes that acts may be given: they say nothing new.
var actClasses = map[string]string{
	WordRetracts: "Retraction", WordUndoes: "Undoing", WordMerges: "Merge", WordClashes: "Conflict",
	WordPurged: "Tombstone",
}

// checkAct tells what an act must have and this one has not.
func (d *draft) checkAct(a *act) {
	at := d.quad(a.first)
	fault := func(format string, args ...any) {
		d.fault(RuleWithdrawal, a.id, at, nil, d.names.ID(a.id)+" "+format, args...)
	}
	switch {
	case a.word == "":
		fault("does nothing: it needs %s, %s, %s or %s", WordRetracts, WordUndoes, WordMerges, WordClashes)
		return
	case a.word == WordPurged && (len(a.targets) != 1 || !slices.Contains(purgedSorts, a.targets[0].Lexical())):
		fault("does not say what was purged: %s is one of %s", WordPurged, strings.Join(purgedSorts, ", "))
	case a.word == WordPurged && !strings.HasPrefix(d.names.ID(a.id), tombstonePrefix):
		fault("is no tombstone: its id begins with %s, and a hash of the purged id follows", tombstonePrefix)
	case a.word == WordClashes && (len(a.targets) < 2 || len(a.targets) > maxClash):
		fault("names %d claims: a conflict is between two and %d", len(a.targets), maxClash)
	case a.word == WordMerges && a.into == "":
		fault("has no %s: which entity stands for the merged ones?", WordInto)
	}
	if (a.word == WordRetracts || a.word == WordMerges) && !a.reason.IsLiteral() {
		fault("has no %s: why?", WordReason)
	}
	if a.word != WordClashes && a.agent == "" {
		fault("has no %s: who?", WordAgent)
	}
}

// maxClash bounds the claims of one conflict.
const maxClash = 8

// mintAct names an act without an id by its content.
func (d *draft) mintAct(a *act) {
	if !a.id.IsBlank() || a.word == "" {
		return
	}
	quads := d.about(a.id)
	for i := range quads {
		quads[i].Object = d.final(quads[i].Object)
	}
	d.minted[a.id] = actID(d.names, a.word, sortedQuads(quads))
}

// actID names an act by its content; an undoing by what it undoes alone, since
// a thing is undone once, whoever did it.
func actID(names Names, word string, sorted []Quad) Term {
	if word == WordUndoes {
		undoes := names.Term(WordUndoes)
		sorted = slices.DeleteFunc(slices.Clone(sorted), func(q Quad) bool { return q.Predicate != undoes })
	}
	return mintNode(names, actPrefixes[word], sorted)
}

// checkActs compares retractions, undoings, merges and conflicts with what
// they name.
func (v *validator) checkActs(ctx context.Context) error {
	acts := map[Term]*act{}
	for _, a := range v.acts {
		acts[a.id], acts[v.final(a.id)] = a, a
	}
	for _, a := range v.acts {
		for _, t := range a.targets {
			v.checkTarget(ctx, a, t, acts)
		}
		if a.word == WordMerges {
			v.checkMerged(ctx, a)
		}
	}
	return v.checkMerges(ctx, acts)
}

func (v *validator) checkTarget(ctx context.Context, a *act, t Term, acts map[Term]*act) {
	q := Quad{Subject: a.id, Predicate: v.names.Term(a.word), Object: t}
	claim := v.isClaim(t) || v.claimRows[t] != nil
	switch {
	case a.word == WordMerges:
		v.reach(ctx, toEntity, a.id, t, q)
	case a.word == WordClashes && !claim:
		v.fault(RuleDangling, a.id, q, nil, "no claim %s is known, neither to the store nor in these files", show(v.names, t))
	case a.word == WordRetracts && !claim && v.batchRows[t] == nil && !v.isLabel(t):
		v.fault(RuleDangling, a.id, q, nil, "no claim or batch %s is known, neither to the store nor in these files", show(v.names, t))
	case a.word == WordUndoes && acts[t] == nil && v.known[t] == 0:
		v.fault(RuleDangling, a.id, q, nil, "no retraction or merge %s is known, neither to the store nor in these files", show(v.names, t))
	}
}

// checkMerged refuses merges that touch a protected entity.
func (v *validator) checkMerged(ctx context.Context, a *act) {
	v.reach(ctx, toEntity, a.id, a.into, Quad{Subject: a.id, Predicate: v.names.Term(WordInto), Object: a.into})
	for _, t := range append([]Term{a.into}, a.targets...) {
		if v.isProtected(t) {
			v.fault(RuleProtected, a.id, Quad{Subject: a.id, Predicate: v.names.Term(WordMerges), Object: t}, nil,
				"%s is protected: it is merged with nothing", show(v.names, t))
		}
		if kind, other := v.kindOf(t), v.kindOf(a.into); kind != nil && other != nil && kind != other {
			v.fault(RuleMergeCycle, a.id, Quad{Subject: a.id, Predicate: v.names.Term(WordMerges), Object: t}, nil,
				"%s is a %s and %s a %s: entities of one kind are merged", show(v.names, t), kind.Name, show(v.names, a.into), other.Name)
		}
	}
}

// checkMerges refuses an entity that is merged twice, and a circle. Merges
// that the store has are sound already, in force or undone.
func (v *validator) checkMerges(ctx context.Context, acts map[Term]*act) error {
	fresh, undone := v.mergesOfFiles(acts)
	if len(fresh) == 0 {
		return nil
	}
	into, err := mergeEdges(ctx, v.snapshot)
	if err != nil {
		return err
	}
	for _, u := range undone {
		if err := v.forget(ctx, u, into); err != nil {
			return err
		}
	}
	for _, a := range fresh {
		for _, t := range a.targets {
			if why := addEdge(into, t, a.into); why != "" {
				v.fault(RuleMergeCycle, a.id, Quad{Subject: a.id, Predicate: v.names.Term(WordMerges), Object: t}, nil,
					"%s cannot be merged into %s: %s", show(v.names, t), show(v.names, a.into), why)
			}
		}
	}
	return nil
}

// mergesOfFiles returns the merges that the files bring and leave in force,
// and the acts of the store that they undo.
func (v *validator) mergesOfFiles(acts map[Term]*act) (fresh []*act, undone []Term) {
	undoneHere := map[Term]bool{}
	for _, a := range v.acts {
		if a.word != WordUndoes {
			continue
		}
		for _, t := range a.targets {
			undoneHere[v.final(t)] = true
			if acts[t] == nil {
				undone = append(undone, t)
			}
		}
	}
	for _, a := range v.acts {
		id := v.final(a.id)
		if a.word == WordMerges && v.known[id] == 0 && !undoneHere[id] {
			fresh = append(fresh, a)
		}
	}
	return fresh, undone
}

// forget drops the edges of a merge of the store that the files undo.
func (v *validator) forget(ctx context.Context, merge Term, into map[Term]Term) error {
	merges := v.names.Term(WordMerges)
	return v.snapshot.Quads(ctx, merge, "", func(q Quad) error {
		if q.Predicate == merges {
			delete(into, q.Object)
		}
		return nil
	})
}

// mergeEdges returns for each merged entity the one that represents it.
func mergeEdges(ctx context.Context, s Snapshot) (map[Term]Term, error) {
	merges, err := s.Merges(ctx)
	if err != nil {
		return nil, err
	}
	nodes := make([]NodeID, 0, 2*len(merges))
	for from, to := range merges {
		nodes = append(nodes, from, to)
	}
	into := make(map[Term]Term, len(merges))
	for chunk := range slices.Chunk(nodes, lookUpSize) {
		terms, err := s.Terms(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for i := 0; i < len(terms); i += 2 {
			if terms[i] != terms[i+1] {
				into[terms[i]] = terms[i+1]
			}
		}
	}
	return into, nil
}

// addEdge merges one entity into another, or says why it cannot.
func addEdge(into map[Term]Term, from, to Term) string {
	if old, ok := into[from]; ok {
		if old == to {
			return ""
		}
		return "it is merged already; undo that first"
	}
	for at, ok := to, true; ok; at, ok = into[at] {
		if at == from {
			return "that would be a circle"
		}
	}
	into[from] = to
	return ""
}
