package graph

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/tripartite-graph/tripartite/graph/inorder"
)

// The first segments of the ids that are minted by content. The number before
// the hash is the version of what is hashed.
const (
	claimPrefix      = "claim/1-"
	batchPrefix      = "batch/1-"
	retractionPrefix = "retraction/1-"
	tombstonePrefix  = "tombstone/1-"
	undoingPrefix    = "undoing/1-"
	mergePrefix      = "merge/1-"
	conflictPrefix   = "conflict/1-"
)

// hashLength is the length of a minted id's hash: 26 characters of base32 are 130 bits.
const hashLength = 26

var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// contentHash is the hash in a minted id.
func contentHash(content string) string {
	sum := sha256.Sum256([]byte(content))
	return base32Lower.EncodeToString(sum[:])[:hashLength]
}

// ClaimTuple is what makes a claim this claim and no other, one line a part:
// statement, stance, mode, voices, chain of reporting, documents, event, date
// and qualifiers. What is said by default is left out, and so are locators:
// evidence is a set that repetition adds to.
func ClaimTuple(c *ClaimRecord) string {
	var b strings.Builder
	line := func(parts ...string) {
		b.WriteString(strings.Join(parts, " "))
		b.WriteByte('\n')
	}
	line("subject", string(c.Subject))
	line("relation", string(c.Relation.IRI))
	line("object", string(c.Object))
	if c.Stance != Asserted {
		line(WordStance, c.Stance.String())
	}
	if c.Mode != Fact {
		line(WordMode, c.Mode.String())
	}
	for _, v := range c.Voices {
		line(voiceParts(v)...)
	}
	for _, r := range c.ReportedBy {
		line(WordReportedBy, string(r))
	}
	for _, d := range statedIn(c) {
		line("document", string(d))
	}
	if c.Event != "" {
		line(WordEvent, string(c.Event))
	}
	if c.Date != "" {
		line(WordDate, string(c.Date))
	}
	for _, q := range c.Qualifiers {
		line("qualifier", strconv.Itoa(q.Group), q.Kind.Name, string(q.Value))
	}
	return b.String()
}

// voiceParts is a voice in a tuple; one that speaks for itself, as nothing in
// particular, is its party.
func voiceParts(v VoiceRecord) []string {
	parts := []string{"voice", string(v.Party)}
	if v.Capacity != CapacityOther || v.SpokenBy != "" {
		parts = append(parts, v.Capacity.String())
	}
	if v.SpokenBy != "" {
		parts = append(parts, string(v.SpokenBy))
	}
	return parts
}

// statedIn returns the documents in which a claim stands, sorted.
func statedIn(c *ClaimRecord) []Term {
	var documents []Term
	for _, e := range c.Evidence {
		if !e.Context {
			documents = addTerm(documents, e.Document)
		}
	}
	return documents
}

// firstDifference returns the first lines in which two tuples differ.
func firstDifference(a, b string) (string, string) {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return x[i], y[i]
		}
	}
	return "", ""
}

// MintClaim returns the id of a claim that its file gave none.
func MintClaim(names Names, c *ClaimRecord) Term {
	return names.IRI(claimPrefix + contentHash(ClaimTuple(c)))
}

// BatchID names a batch by its content: the sorted quads without batch labels.
// Statements keep their label, which is their claim. The order of quads is that
// of their lines, since no term goes on after its end with a character before
// the space.
func BatchID(names Names, quads []Quad, isStatement func(Term) bool) Term {
	quads = slices.Clone(quads)
	for i := range quads {
		if !isStatement(quads[i].Predicate) {
			quads[i].Label = ""
		}
	}
	slices.SortFunc(quads, compareQuads)
	quads = slices.Compact(quads)
	return hashBatch(names, len(quads), func(dst []byte, from, to int) []byte {
		for _, q := range quads[from:to] {
			dst = q.appendLine(dst)
		}
		return dst
	})
}

// hashBatch names a batch by its n sorted quads, whose lines appendLines appends,
// each once. They are written side by side, since that takes as long as hashing
// them.
func hashBatch(names Names, n int, appendLines func(dst []byte, from, to int) []byte) Term {
	const some = 1 << 8 // quads
	h := sha256.New()
	room := sync.Pool{New: func() any { return &[]byte{} }}
	_ = inorder.Do(func(yield func(from int) error) error {
		for from := 0; from < n; from += some {
			if err := yield(from); err != nil {
				return err
			}
		}
		return nil
	}, func(from int) *[]byte {
		lines := room.Get().(*[]byte)
		*lines = appendLines((*lines)[:0], from, min(from+some, n))
		return lines
	}, func(lines *[]byte) error {
		h.Write(*lines)
		room.Put(lines)
		return nil
	}) // nothing of it fails
	return names.IRI(batchPrefix + base32Lower.EncodeToString(h.Sum(nil))[:hashLength])
}

// Line returns the quad as a line of canonical N-Quads, with its line feed.
func (q Quad) Line() string { return string(q.appendLine(nil)) }

func (q Quad) appendLine(dst []byte) []byte {
	for _, t := range [4]Term{q.Subject, q.Predicate, q.Object, q.Label} {
		if t != "" {
			dst = append(append(dst, t...), ' ')
		}
	}
	return append(dst, '.', '\n')
}

// fragment returns the IRI of a node inside of another: SUBJECT#name.
func fragment(subject Term, name string) Term {
	return Term(strings.TrimSuffix(string(subject), ">") + "#" + name + ">")
}

// mintNode returns the id of a node that is named by its content: prefix and hash.
func mintNode(names Names, prefix string, sorted []Quad) Term {
	return names.IRI(prefix + contentHash(nodeKey(sorted)))
}
