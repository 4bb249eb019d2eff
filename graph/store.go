package graph

import (
	"context"
	"time"
)

// Seq numbers the commits of one store, from 1. It is the store's only clock:
// cursors, snapshots, the change feed and record time all use it.
type Seq uint64

// Forever is the end of an interval that nothing has closed.
const Forever = Seq(1<<64 - 1)

// NodeID is a store's own number for a term. It never leaves the process, and
// means nothing in another store. Zero is no node.
type NodeID uint64

// Store keeps quads and what is derived from them. One writer at a time, any
// number of readers beside it. A store is opened with an Ontology, and derives
// its rows with a Deriver made of it.
type Store interface {
	// Latest returns the sequence of the newest commit, 0 for an empty store.
	Latest() Seq
	// At returns a snapshot of the graph as it was recorded at seq; 0 means
	// the latest. The caller closes it. Writers never change what it shows.
	At(ctx context.Context, seq Seq) (Snapshot, error)
	// SeqAt returns the sequence of the newest commit not after t, 0 for none.
	SeqAt(ctx context.Context, t time.Time) (Seq, error)
	// Begin waits for the writer's place and starts a transaction.
	Begin(ctx context.Context) (Tx, error)
	// Journal returns up to n entries with a sequence greater than after, in order.
	Journal(ctx context.Context, after Seq, n int) ([]JournalEntry, error)
	// Changed returns a channel that is closed at the next commit.
	Changed() <-chan struct{}
	// Reindex rebuilds every derived record from the quads and the journal.
	Reindex(ctx context.Context) error
	// Close waits until open snapshots are closed, and releases the store;
	// from its beginning on, new readers and writers are refused.
	Close() error
}

// Snapshot is the graph at one sequence. Every method is a batch: one call is
// one round trip, whatever its length. Results stand in the order asked for.
type Snapshot interface {
	Seq() Seq
	// Time is when the snapshot's last commit was made.
	Time() time.Time
	// Entries returns the journal entry of each commit, the zero entry for a sequence without one.
	Entries(ctx context.Context, seqs []Seq) ([]JournalEntry, error)
	// IDs returns the node of each term, 0 where the store has never seen it.
	IDs(ctx context.Context, terms []Term) ([]NodeID, error)
	// Terms returns the term of each node.
	Terms(ctx context.Context, ids []NodeID) ([]Term, error)
	// Edges returns for each node the claims in which it plays a part, as far
	// as they are live at Seq.
	Edges(ctx context.Context, nodes []NodeID, q EdgeQuery) ([][]Edge, error)
	// Ties returns for each node the live claims in which it is subject or
	// object, in the order of role, relation, other end and claim. They may be
	// shared: do not change them.
	Ties(ctx context.Context, nodes []NodeID) ([][]Tie, error)
	// Claims returns whole rows; nil where there is none. A row that is not
	// live at Seq but was recorded by then is returned all the same: its
	// Recorded intervals tell.
	Claims(ctx context.Context, ids []NodeID) ([]*ClaimRow, error)
	// Entities returns the rows of entities; nil where there is none.
	Entities(ctx context.Context, ids []NodeID) ([]*EntityRow, error)
	// Batches returns the rows of batches; nil where there is none.
	Batches(ctx context.Context, ids []NodeID) ([]*BatchRow, error)
	// Retractions returns the rows of retractions; nil where there is none.
	Retractions(ctx context.Context, ids []NodeID) ([]*RetractionRow, error)
	// PageBatches pages batches in the order of their first commit.
	PageBatches(ctx context.Context, after Key, n int) ([]KeyedNode, error)
	// PageEntities pages the entities of a kind (nil: of every kind) in the
	// order of their folded preferred names, backwards if asked; merged
	// entities that are not representatives are left out.
	PageEntities(ctx context.Context, kind *EntityKind, p Page) ([]KeyedNode, error)
	// PageClaims pages the live claims of a relation (nil: of every relation,
	// one after the other) by first day of their date and claim.
	PageClaims(ctx context.Context, relation *RelationKind, from, to Day, p Page) ([]KeyedEdge, error)
	// WidestDate returns how many days lie at most between the first and the
	// last day of a claim's date, of one relation: or more, never less.
	WidestDate(ctx context.Context, relation *RelationKind) (Day, error)
	// Names returns the postings of a folded name; at most n in key order after a key.
	Names(ctx context.Context, match NameMatch, folded string, after Key, n int) ([]NamePosting, error)
	// Merges returns the representative of every merged entity at Seq.
	Merges(ctx context.Context) (map[NodeID]NodeID, error)
	// PageConflicts pages the conflicts, those found by rule and those curated, by id.
	PageConflicts(ctx context.Context, after Key, n int) ([]ConflictRow, error)
	// ConflictsOf returns for each claim the conflicts in which it takes part.
	ConflictsOf(ctx context.Context, claims []NodeID) ([][]ConflictRow, error)
	// Quads streams every quad recorded by Seq, retracted ones too, in the
	// canonical order of N-Quads lines; subject restricts them to one subject, label to one label ("" for all).
	Quads(ctx context.Context, subject, label Term, yield func(Quad) error) error
	// Stats counts.
	Stats(ctx context.Context) (StoreStats, error)
	Close() error
}

// EdgeQuery says which edges to return.
type EdgeQuery struct {
	Roles     []Role          // nil: subject and object
	Relations []*RelationKind // nil: all
	Limit     int             // at most so many for each node; 0: all
	After     Key             // continue a single node's list after Edge.Key
}

// Page is a keyset page of an index.
type Page struct {
	After, Before Key // exclusive; "" for none
	// AfterNode and BeforeNode are the same bounds given by the node that stands
	// there (the entity, the claim), for a reader whose cursors hold no keys; 0 for none.
	AfterNode, BeforeNode NodeID
	Limit                 int
	Backwards             bool // the last Limit before Before, in falling order
}

// Tx collects quads and commits them whole or not at all.
type Tx interface {
	// Snapshot shows the store as it was when the transaction began; nothing
	// can change it before Commit. It is closed with the transaction.
	Snapshot() Snapshot
	// Add stages quads; a quad that the store holds already is passed over.
	Add(quads ...Quad) error
	// AddNumbered is Add for quads by the numbers that a table gives their
	// terms. Table and quads belong to the transaction from then on, which
	// takes nothing else about a claim of Plain that the store does not hold.
	AddNumbered(terms *TermTable, quads Numbered) error
	// Remove stages removals: for cayley's deltas and for purging alone, since
	// claims are never deleted.
	Remove(quads ...Quad) error
	// Commit writes everything and the journal entry at the next sequence,
	// durably. A commit that changes no quad writes nothing, and returns the latest sequence.
	// One of ActionPurge also forgets terms that no quad has any more and what
	// earlier journal entries told of batches that lost something; no byte of it
	// is left once the store was opened again.
	Commit(ctx context.Context, entry JournalEntry) (Seq, error)
	// Abort drops the transaction; after Commit it does nothing.
	Abort() error
}

// Numbered is quads by the numbers of their terms, and what is known already of
// claims that they make. A store may derive those from the quads as well.
type Numbered struct {
	Quads []NumberedQuad
	Plain []PlainClaim
}

// JournalEntry is the store's own record of a commit. No file can write one.
type JournalEntry struct {
	Seq      Seq
	Time     time.Time // UTC
	Action   Action
	Agent    string // who, from the token file or the user of the command
	File     string // the name of what was loaded
	FileHash string // lower-case hex SHA-256 of its bytes
	Reason   string // of a retraction or merge
	Batches  []Term
	Files    []JournalFile `json:",omitempty"` // of a load: for each of Batches the file that it is
	Added    int           // quads
	Removed  int
}

// JournalFile is a file that was loaded.
type JournalFile struct{ Name, Hash string }

// Action tells what a commit was for.
type Action string

// The actions that a journal entry records.
const (
	ActionLoad    Action = "LOAD"
	ActionRetract Action = "RETRACT"
	ActionMerge   Action = "MERGE"
	ActionPurge   Action = "PURGE"
	ActionDelta   Action = "DELTA" // written through cayley's interface
)

// Key is an opaque position in an index: valid under inserts, never shown to people as it is.
type Key string

// KeyedNode is a node and its place in the index that was read.
type KeyedNode struct {
	Key  Key
	Node NodeID
}

// KeyedEdge is a claim and its place in the index that was read.
type KeyedEdge struct {
	Key Key
	Edge
	Subject NodeID
}

// NameMatch is how names are looked up.
type NameMatch uint8

// Ways of looking a folded name up.
const (
	ExactName   NameMatch = iota // the whole folded name
	NamePrefix                   // the whole name begins with it
	TokenExact                   // one of its tokens equals it
	TokenPrefix                  // one of its tokens begins with it
)

// NamePosting is one name of one entity, found under a key.
type NamePosting struct {
	Key    Key
	Folded string // the name or token found
	Entity NodeID
	Name   int // index into EntityRow.Names
}

// StoreStats counts what a snapshot holds.
type StoreStats struct {
	Quads, Entities, Claims, Documents, Batches, Conflicts int
	EntitiesByKind                                         map[*EntityKind]int
	ClaimsByRelation                                       map[*RelationKind]int
}
