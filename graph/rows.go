package graph

// Day is a count of days since 1970-01-01, UTC. A date's bounds are two days.
type Day int32

// The ends of time: an unknown or open start, an unknown or open end.
const (
	MinDay = Day(-1 << 31)
	MaxDay = Day(1<<31 - 1)
)

// Role is the part that a node plays in a claim.
type Role uint8

// The roles. An entity's page shows the first four; the last two are indexes.
const (
	RoleSubject Role = iota
	RoleObject
	RoleQualifier
	RoleSpeaker
	RoleEvent
	RoleDocument
)

// Columns is what a lens needs to know of a claim: one fixed row, kept beside
// every edge so that a traversal never opens the claim itself.
type Columns struct {
	Recorded  []Interval // when this store held the claim for live, by sequence; usually one
	Low, High Day        // bounds of the claim's date; MinDay, MaxDay without one
	Dated     bool
	Stance    Stance
	Mode      Mode
	Voices    []VoiceRef
	Reporters []NodeID // reportedBy, source first
	Documents []NodeID // of its evidence
	Event     NodeID
	// Disputed holds the intervals during which the store held a claim that contradicts this one.
	Disputed []Interval
}

// Interval is half open: From is the first sequence, To the first after the last.
type Interval struct{ From, To Seq }

// Live tells whether seq lies in one of the intervals.
func Live(in []Interval, seq Seq) bool {
	for _, i := range in {
		if i.From <= seq && seq < i.To {
			return true
		}
	}
	return false
}

// VoiceRef is a voice by its nodes.
type VoiceRef struct {
	Party    NodeID
	Capacity Capacity
	SpokenBy NodeID // 0: the party itself
}

// Edge is a claim seen from one of its nodes.
type Edge struct {
	Key      Key // its place, for EdgeQuery.After
	Claim    NodeID
	Relation *RelationKind
	Role     Role
	Other    NodeID // subject role: the object (0 for a value); object role and all others: the subject
	Columns
}

// Tie is what a walk needs of an edge: small, so that a store can keep many in memory.
type Tie struct {
	Claim    NodeID
	Relation *RelationKind
	Other    NodeID // as of Edge
	Low      Day    // MinDay without a date
	Role     Role
	Stance   Stance
	Mode     Mode
}

// ClaimRow is a whole claim by its nodes. Literals stand inline as terms.
type ClaimRow struct {
	Claim    NodeID
	ID       Term // its IRI
	Subject  NodeID
	Relation *RelationKind
	Object   NodeID // entity; 0 for a value or a claim
	ObjectOf NodeID // claim; 0 otherwise
	Value    Term   // literal; "" otherwise
	Columns
	Date       Term // EDTF literal as written, "" without one
	DateBasis  DateBasis
	Qualifiers []QualifierRow
	Evidence   []EvidenceRow
	RevisionOf NodeID // a claim
	// AlternativeOf is another reading of the same date or value by the same curator.
	AlternativeOf NodeID
	Batches       []NodeID
	Retractions   []NodeID // retraction nodes that name the claim or one of its batches, undone ones left out
}

// QualifierRow is a detail of a claim: an entity by node, a literal, or a relation kind.
type QualifierRow struct {
	Kind     *QualifierKind
	Entity   NodeID
	Relation *RelationKind
	Value    Term
	Group    int // 0: of the whole claim; else the number of its group, from 1
}

// EvidenceRow is a place in a document.
type EvidenceRow struct {
	Document NodeID
	Locator  Term       // the evidence IRI
	Context  bool       // role CONTEXT; otherwise STATES
	Recorded []Interval // a batch can bring evidence to another's claim, and be retracted alone
}

// EntityRow is an entity and its names.
type EntityRow struct {
	Entity      NodeID
	ID          Term
	Kind        *EntityKind
	Names       []NameRow // the preferred one first
	Description []Term    // literals
	Unnamed     bool
	Protected   bool
	Facts       []FactRow // of a document, sorted by word and value
	Batches     []NodeID
	Recorded    []Interval
}

// FactRow is an editorial fact of a document.
type FactRow struct {
	Word     string // local name: WordTitle, WordIssued …
	Value    Term
	Recorded []Interval
}

// NameRow is one spelling of an entity.
type NameRow struct {
	Text     Term // literal with language
	Role     NameRole
	Evidence []EvidenceRow
	Recorded []Interval
}

// BatchRow is the content of one file, as this store holds it.
type BatchRow struct {
	Batch    NodeID
	ID       Term
	Quads    int
	Claims   int
	Recorded []Interval // when it was live
	Journal  []Seq      // the commits that brought it
	// Retractions are the retraction nodes that name the batch, undone ones left out.
	Retractions []NodeID
}

// RetractionRow is the withdrawal of a claim or batch, or of an earlier withdrawal.
type RetractionRow struct {
	Retraction NodeID
	ID         Term
	Target     NodeID // claim, batch
	Reason     Term
	Agent      Term
	Recorded   Seq
	Undone     Seq // 0: in force
}

// ConflictRow is a set of claims that cannot all be right.
type ConflictRow struct {
	Key    Key
	ID     Term // conflict/…, stable: from the kind and the group's terms
	Kind   ConflictKind
	Origin ConflictOrigin
	Claims []NodeID
	Since  []Interval // when at least two of its claims, clashing, were live
	Text   string     // a curator's summary; "" for a rule's
}
