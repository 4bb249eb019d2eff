package quadstore

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"

	"github.com/tripartite-graph/tripartite/graph"
)

// The tables, each under one leading byte. Those in capitals are derived,
// except for the journal and the metadata.
const (
	tableEdges      = 'A' // node role relation other claim → columns
	tableBatches    = 'B' // batch → batch row
	tableClaims     = 'C' // claim → claim row
	tableEntities   = 'E' // entity → entity row
	tableJournal    = 'J' // seq → journal entry
	tableKinds      = 'K' // kind (0: all) name entity → recorded intervals
	tableMeta       = 'M' // name → value
	tableNames      = 'N' // folded name 0 entity n → recorded intervals
	tablePredicates = 'P' // predicate → number of quads
	tableRelations  = 'R' // relation day claim → subject object columns
	tableTokens     = 'T' // token 0 entity n → recorded intervals
	tableState      = 'V' // claim → recorded and disputed intervals (sparse)
	tableConflicts  = 'X' // conflict's IRI → conflict row
	tableOrder      = 'b' // first seq, batch → nothing
	tableDictionary = 'd' // term → id
	tableGroups     = 'g' // hash of a conflict group, m claim | c conflict's IRI → nothing
	tableByLabel    = 'l' // label subject predicate object → seq
	tableMerges     = 'm' // merge → merged entities, representative, interval
	tableByObject   = 'o' // object predicate subject label → seq
	tableBySubject  = 's' // subject predicate object label → seq
	tableTerms      = 't' // id → term
	tableClashes    = 'x' // claim, conflict's IRI → nothing
)

// derivedTables are those that Reindex rebuilds, in the order of keys.
var derivedTables = []byte{
	tableEdges, tableBatches, tableClaims, tableEntities, tableKinds, tableNames, tablePredicates,
	tableRelations, tableTokens, tableState, tableConflicts, tableOrder, tableGroups, tableMerges, tableClashes,
}

// retiredTables are those that earlier programs derived: Reindex empties them.
var retiredTables = []byte{
	'D', // edges by date
}

// The names of metadata.
const (
	metaFormat      = "format"      // layout of the keys, see formatVersion
	metaFingerprint = "fingerprint" // of ontology and deriver; "stale" where quads were written without
	metaLastID      = "last-id"     // the highest counter given to a term
	metaScrub       = "scrub"       // something was purged, whose bytes may still be in old files
)

// formatVersion changes with the layout of keys and rows.
const formatVersion = "1"

// staleFingerprint marks a store that was written to without an ontology.
const staleFingerprint = "stale"

const idSize = 8

// A node's id holds its syntax in the high byte and a counter below.
const (
	syntaxShift   = 56
	syntaxIRI     = 1
	syntaxBlank   = 2
	syntaxLiteral = 3
	counterMask   = 1<<syntaxShift - 1
)

func makeID(t graph.Term, counter uint64) graph.NodeID {
	syntax := uint64(syntaxLiteral)
	switch {
	case t.IsIRI():
		syntax = syntaxIRI
	case t.IsBlank():
		syntax = syntaxBlank
	}
	return graph.NodeID(syntax<<syntaxShift | counter)
}

func counterOf(id graph.NodeID) uint64 { return uint64(id) & counterMask }

func isIRI(id graph.NodeID) bool { return id>>syntaxShift == syntaxIRI }

// quad4 is a quad by its nodes: subject, predicate, object, label (0 for the
// default graph).
type quad4 [4]graph.NodeID

// tuple is a quad4 in the order of an index.
type tuple [4]graph.NodeID

func compareTuples(a, b tuple) int {
	for i := range a {
		if a[i] != b[i] {
			return cmp.Compare(a[i], b[i])
		}
	}
	return 0
}

// index is one of the three orders in which quads are stored.
type index struct {
	table byte
	order [4]int // place in the tuple → place in the quad
}

// The indexes of quads.
var (
	bySubject = &index{tableBySubject, [4]int{0, 1, 2, 3}}
	byObject  = &index{tableByObject, [4]int{2, 1, 0, 3}}
	byLabel   = &index{tableByLabel, [4]int{3, 0, 1, 2}}
)

func (x *index) tuple(q quad4) tuple {
	return tuple{q[x.order[0]], q[x.order[1]], q[x.order[2]], q[x.order[3]]}
}

func (x *index) quad(t tuple) (q quad4) {
	for i, at := range x.order {
		q[at] = t[i]
	}
	return q
}

// key appends the key of the first nodes of a tuple: of all four, a quad's.
func (x *index) key(dst []byte, nodes ...graph.NodeID) []byte {
	return appendIDs(append(dst, x.table), nodes...)
}

// parse reads the tuple from a key.
func (x *index) parse(key []byte) (t tuple) {
	for i := range t {
		t[i] = readID(key[1+i*idSize:])
	}
	return t
}

func appendIDs(dst []byte, nodes ...graph.NodeID) []byte {
	for _, n := range nodes {
		dst = binary.BigEndian.AppendUint64(dst, uint64(n))
	}
	return dst
}

func readID(b []byte) graph.NodeID { return graph.NodeID(binary.BigEndian.Uint64(b)) }

// Dictionary keys hold short terms whole, of longer ones a prefix and the hash
// of all, so that no key is longer than longKey.
const (
	longKey    = 256
	longPrefix = longKey - sha256.Size
)

func dictionaryKey(dst []byte, t graph.Term) []byte {
	dst = append(dst, tableDictionary)
	if len(t) < longKey {
		return append(dst, t...)
	}
	sum := sha256.Sum256([]byte(t))
	return append(append(dst, t[:longPrefix]...), sum[:]...)
}

func idKey(dst []byte, table byte, nodes ...graph.NodeID) []byte {
	return appendIDs(append(dst, table), nodes...)
}

func metaKey(name string) []byte { return append([]byte{tableMeta}, name...) }

func journalKey(seq graph.Seq) []byte {
	return binary.BigEndian.AppendUint64([]byte{tableJournal}, uint64(seq))
}

// appendDay writes a day so that bytes sort as days do.
func appendDay(dst []byte, d graph.Day) []byte {
	return binary.BigEndian.AppendUint32(dst, uint32(d)^1<<31)
}

// prefixEnd returns the first key after all those with a prefix; nil for none.
func prefixEnd(prefix []byte) []byte {
	end := append([]byte(nil), prefix...)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i]++; end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}
