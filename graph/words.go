package graph

// The words of the vocabulary that are about claims and entities rather than
// about the world: local names below Names.Vocabulary.
const (
	WordName          = "name"
	WordText          = "text"
	WordRole          = "role"
	WordDescription   = "description"
	WordUnnamed       = "unnamed"
	WordProtected     = "protected"
	WordAssertedBy    = "asserted-by"
	WordParty         = "party"
	WordCapacity      = "capacity"
	WordSpokenBy      = "spoken-by"
	WordReportedBy    = "reported-by" // and reported-by-1, reported-by-2 …, source first
	WordStance        = "stance"
	WordMode          = "mode"
	WordEvent         = "event"
	WordDate          = "date"
	WordDateBasis     = "date-basis"
	WordEvidence      = "evidence"
	WordContext       = "context"
	WordRevisionOf    = "revision-of"
	WordAlternativeOf = "alternative-of"
	WordGroup         = "group"

	WordRetracts = "retracts" // a retraction → claim or batch
	WordUndoes   = "undoes"   // an undoing → retraction or merge
	WordFollows  = "follows"  // a retraction or merge → the undoing before it, so that a repeated one is a new one
	WordReason   = "reason"
	WordAgent    = "agent"
	WordMerges   = "merges" // a merge → each entity merged
	WordInto     = "into"   // a merge → the entity that represents them
	WordPurged   = "purged" // a tombstone → CLAIM, ENTITY or BATCH: what was purged

	WordClashes = "clashes" // a curated conflict → each claim
	WordSummary = "summary"

	// Facts of a document: literals on the Document entity.
	WordTitle     = "title"
	WordPublisher = "publisher"
	WordIssued    = "issued"    // EDTF
	WordURL       = "url"       // xsd:anyURI
	WordRetrieved = "retrieved" // EDTF
	WordFileName  = "file-name"
	WordSHA256    = "sha256" // of the file's bytes, lower-case hex
)

// Datatypes of literals.
const (
	TypeEDTF     = "http://id.loc.gov/datatypes/edtf"
	TypeQuantity = DefaultVocabulary + "quantity"
)

// RDFType is the predicate a of RDF.
const RDFType = Term("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>")
