package graph

// VoiceRecord is a voice by its terms.
type VoiceRecord struct {
	Party    Term
	Capacity Capacity
	SpokenBy Term
}

// QualifierRecord is a detail of a claim by its terms.
type QualifierRecord struct {
	Kind  *QualifierKind
	Value Term // entity, relation kind or literal
	Group int  // 0: of the whole claim
}

// EvidenceRecord is a place in a document by its terms, and the batch that names it.
type EvidenceRecord struct {
	Locator  Term // the evidence IRI
	Document Term // parsed out of it
	Context  bool
	Batch    Term
}

// ClaimRecord is a claim as its quads say it, before anything is looked up.
type ClaimRecord struct {
	ID            Term
	Subject       Term
	Relation      *RelationKind
	Object        Term // entity, claim (Relation.Claims) or literal (Relation.Value)
	Stance        Stance
	Mode          Mode
	Voices        []VoiceRecord // sorted
	ReportedBy    []Term        // source first
	Event         Term
	Date          Term // literal
	Low, High     Day
	DateBasis     DateBasis
	Qualifiers    []QualifierRecord // sorted by group, kind, value
	Evidence      []EvidenceRecord  // sorted
	RevisionOf    Term
	AlternativeOf Term
	Batches       []Term // those that bring it: that hold an asserted-by of it; sorted
}

// NameRecord is one spelling of an entity by its terms.
type NameRecord struct {
	Text     Term
	Role     NameRole
	Evidence []EvidenceRecord
	Batches  []Term
}

// EntityRecord is an entity as its quads say it.
type EntityRecord struct {
	ID          Term
	Kind        *EntityKind
	Names       []NameRecord // the preferred one first, then by role, then by text
	Description []Term
	Unnamed     bool
	Protected   bool
	Facts       []FactRecord // sorted by word and value
	Batches     []Term       // those that give its kind
}

// FactRecord is an editorial fact of a document: its title, publisher, URL.
type FactRecord struct {
	Word    string // local name: WordTitle, WordIssued …
	Value   Term
	Batches []Term
}
