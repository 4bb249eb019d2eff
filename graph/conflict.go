package graph

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"
)

// maxConflictClaims bounds the claims of one conflict; a larger cluster is cut
// into several, each with claims of both sides.
const maxConflictClaims = 8

// maxGroupClaims bounds the claims of one group that are compared pair by
// pair; of a larger group the first by id are.
const maxGroupClaims = 1024

// ConflictRecord is a set of two to eight claims that cannot all be right,
// found by rule.
type ConflictRecord struct {
	ID     Term // conflict/…, of the kind, the group and the cluster's first date
	Kind   ConflictKind
	Claims []Term // sorted
}

// The first letters of group keys: what the claims of a group have in common.
const (
	groupStatement = "S" // subject, relation, object
	groupHappening = "E" // event, relation
	groupMeasure   = "M" // subject, relation of values
	groupPair      = "P" // subject, object: relations that contradict each other
)

// ConflictGroups returns the keys of the groups in which a claim may clash
// with others: the same keys for claims that say the same, that are about one
// happening, that measure one thing, or that relate one pair in ways that
// exclude each other. What is planned, merely possible or hypothetical, and
// what is withheld, clashes with nothing.
func (d *Deriver) ConflictGroups(c *ClaimRecord) (groups []string) {
	d.EachConflictGroup(nil, c, func(key []byte) { groups = append(groups, string(key)) })
	return groups
}

// EachConflictGroup calls yield with each key of ConflictGroups, which is good
// until yield returns. It returns the room that the keys were made in.
func (d *Deriver) EachConflictGroup(room []byte, c *ClaimRecord, yield func(key []byte)) []byte {
	if c.Mode > Alleged || c.Stance == Withheld || c.Relation == nil {
		return room
	}
	subject, object := c.ends()
	group := func(prefix string, terms ...Term) {
		room = appendGroupKey(room[:0], prefix, terms...)
		yield(room)
	}
	group(groupStatement, subject, c.Relation.IRI, object)
	if c.Event != "" {
		group(groupHappening, c.Event, c.Relation.IRI)
	}
	if c.Relation.Value != NoValue {
		group(groupMeasure, c.Subject, c.Relation.IRI)
	}
	if len(d.ontology.Rivals(c.Relation)) > 0 {
		group(groupPair, min(subject, object), max(subject, object))
	}
	return room
}

// ends returns subject and object, of a symmetric relation in the order of terms.
func (c *ClaimRecord) ends() (subject, object Term) {
	if c.Relation.Symmetric && c.Object < c.Subject {
		return c.Object, c.Subject
	}
	return c.Subject, c.Object
}

// appendGroupKey joins terms, none of which holds a line break.
func appendGroupKey(dst []byte, prefix string, terms ...Term) []byte {
	dst = append(dst, prefix...)
	for _, t := range terms {
		dst = append(append(dst, '\n'), t...)
	}
	return dst
}

// rule is one way in which two claims of a group can clash. Those of among, given
// the claims of a group, are the only ones that can: a statement that hundreds of
// sources make in the same plain words is not compared pair by pair.
type rule struct {
	kind    ConflictKind
	among   func(claims []*ClaimRecord) []*ClaimRecord
	clashes func(g *conflictGroup, a, b *ClaimRecord) bool
}

// rules are those that apply in each sort of group, so that no pair is found
// twice in one kind.
var rules = map[string][]rule{
	groupStatement: {
		{ConflictStance, ofBothStances, stanceClash},
		{ConflictValue, qualified, statementValueClash},
		{ConflictGround, qualified, statementGroundClash},
	},
	groupHappening: {
		{ConflictValue, qualified, happeningValueClash},
		{ConflictGround, qualified, happeningGroundClash},
		{ConflictDate, asserted, dateClash},
	},
	groupMeasure: {{ConflictValue, asserted, measureClash}},
	groupPair:    {{ConflictStatus, asserted, statusClash}},
}

// conflictGroup is the claims of one group, and what they say together.
type conflictGroup struct {
	ontology *Ontology
	claims   []*ClaimRecord
	// documents and listed are made by list, at the first need.
	documents []Term
	listed    map[listing]bool
}

// Conflicts returns the conflicts of one group among the claims that are live
// in it. It is a pure function of the set of claims: their order does not
// matter, and an id stays as long as the cluster keeps its earliest date.
func (d *Deriver) Conflicts(group string, claims []*ClaimRecord) []ConflictRecord {
	if len(claims) < 2 || group == "" {
		return nil
	}
	claims = slices.Clone(claims)
	slices.SortFunc(claims, func(a, b *ClaimRecord) int { return strings.Compare(string(a.ID), string(b.ID)) })
	g := &conflictGroup{ontology: d.ontology, claims: claims[:min(len(claims), maxGroupClaims)]}
	var out []ConflictRecord
	for _, r := range rules[group[:1]] {
		out = append(out, d.records(group, r.kind, g.clusters(r))...)
	}
	return out
}

// cluster is a set of claims each of which clashes with another of the set.
type cluster struct {
	first   Day                           // earliest date of a member
	claims  []*ClaimRecord                // sorted by id
	against map[*ClaimRecord]*ClaimRecord // each member's first adversary
}

// clusters returns the connected components of the clashing pairs.
func (g *conflictGroup) clusters(r rule) []cluster {
	claims := r.among(g.claims)
	parent := make([]int, len(claims))
	against := map[*ClaimRecord]*ClaimRecord{}
	for i := range parent {
		parent[i] = i
	}
	for i, a := range claims {
		for j := i + 1; j < len(claims); j++ {
			b := claims[j]
			if !r.clashes(g, a, b) || replaces(a, b) || replaces(b, a) {
				continue
			}
			parent[find(parent, j)] = find(parent, i)
			setOnce(against, a, b)
			setOnce(against, b, a)
		}
	}
	return components(claims, parent, against)
}

func setOnce(m map[*ClaimRecord]*ClaimRecord, k, v *ClaimRecord) {
	if m[k] == nil {
		m[k] = v
	}
}

// find returns the representative of a set, halving the path to it (Tarjan).
func find(parent []int, i int) int {
	for parent[i] != i {
		parent[i] = parent[parent[i]]
		i = parent[i]
	}
	return i
}

func components(claims []*ClaimRecord, parent []int, against map[*ClaimRecord]*ClaimRecord) []cluster {
	at := map[int]int{}
	var out []cluster
	for i, c := range claims {
		if against[c] == nil {
			continue
		}
		root := find(parent, i)
		if _, ok := at[root]; !ok {
			at[root] = len(out)
			out = append(out, cluster{first: c.Low, against: against})
		}
		in := &out[at[root]]
		in.first = min(in.first, c.Low)
		in.claims = append(in.claims, c)
	}
	return out
}

// replaces tells whether a was written in place of b, or beside it as another
// reading of the same words: that is one voice, not two that clash.
func replaces(a, b *ClaimRecord) bool { return a.RevisionOf == b.ID || a.AlternativeOf == b.ID }

// records cuts clusters into conflicts of at most eight claims and names them.
func (d *Deriver) records(group string, kind ConflictKind, clusters []cluster) []ConflictRecord {
	var out []ConflictRecord
	for _, c := range clusters {
		for n, claims := range c.parts() {
			out = append(out, ConflictRecord{
				ID: d.conflictID(group, kind, c.first, n), Kind: kind, Claims: claims,
			})
		}
	}
	return out
}

// parts covers a cluster with sets of two to eight claims, in each of which
// every claim stands beside one that it clashes with.
func (c cluster) parts() [][]Term {
	if len(c.claims) <= maxConflictClaims {
		return [][]Term{termsOf(c.claims)}
	}
	var parts [][]Term
	var part, done []Term
	for _, claim := range c.claims {
		if slices.Contains(done, claim.ID) {
			continue
		}
		pair := addTerm(addTerm(slices.Clone(part), claim.ID), c.against[claim].ID)
		if len(pair) > maxConflictClaims {
			parts = append(parts, part)
			pair = addTerm(addTerm(nil, claim.ID), c.against[claim].ID)
		}
		part = pair
		done = addTerm(addTerm(done, claim.ID), c.against[claim].ID)
	}
	return append(parts, part)
}

func termsOf(claims []*ClaimRecord) []Term {
	out := make([]Term, len(claims))
	for i, c := range claims {
		out[i] = c.ID
	}
	return out
}

// conflictID names a conflict by its kind, its group, the first day of its
// cluster and the number of its part.
func (d *Deriver) conflictID(group string, kind ConflictKind, first Day, part int) Term {
	h := sha256.New()
	for _, s := range []string{kind.String(), group, dayKey(first), dayKey(Day(part))} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	sum := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(h.Sum(nil))
	return d.ontology.Names.IRI("conflict/1-" + strings.ToLower(sum[:26]))
}

// dayKey writes a day with eight digits of base 16, in the order of days.
func dayKey(day Day) string {
	const digits = "0123456789abcdef"
	var b [8]byte
	for i, v := 7, uint32(day)^1<<31; i >= 0; i, v = i-1, v>>4 {
		b[i] = digits[v&15]
	}
	return string(b[:])
}
