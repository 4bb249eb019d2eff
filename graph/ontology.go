package graph

import "slices"

// Ontology is what may be said: the kinds of entities, the relations between
// them and the qualifiers of claims. It is read from the schema and handed to
// this package as a value; nothing here knows a relation by name.
type Ontology struct {
	Names      Names           // base and vocabulary of IRIs
	Kinds      []*EntityKind   // in the order of the schema
	Relations  []*RelationKind // in the order of the schema
	Qualifiers []*QualifierKind

	kinds      map[Term]*EntityKind
	relations  map[Term]*RelationKind
	qualifiers map[Term]*QualifierKind
	rivals     map[*RelationKind][]*RelationKind
}

// EntityKind is a class of things that claims are about.
type EntityKind struct {
	Name        string // GraphQL type and class name: IloBody
	Enum        string // GraphQL enum value: ILO_BODY
	Slug        string // first segment of an id: ilo-body
	List        string // field of Query that lists them: iloBodies
	IRI         Term   // <ns#IloBody>
	Exact       string // nearest standard class, a prefixed name, or ""
	Description string
}

// Aspect tells whether a relation happens at a time or holds over one.
type Aspect uint8

// The two aspects of a relation.
const (
	Happening Aspect = iota // EVENT: has a date
	State                   // STATE: has an interval
)

// RelationKind is a kind of statement: subject – relation – object.
type RelationKind struct {
	Enum         string // GraphQL enum value: CONVICTED_BY
	Name         string // local name: convicted-by
	IRI          Term
	Field        string // typed field on the domain's kinds: convictedBy
	Inverse      string // local name of the inverse: convicted; "" for none
	InverseField string // typed field on the range's kinds
	Symmetric    bool
	Domain       []*EntityKind // empty: any
	Range        []*EntityKind // empty: any, unless Value or Claims
	Value        Datatype      // the object is a literal of this type
	Claims       bool          // the object is a claim
	Identity     bool          // links two entities as (perhaps) one thing: never touches a protected one
	Aspect       Aspect
	Single       []string // qualifiers of which one event has one value: two differ, two voices clash
	Contradicts  []string // relations that cannot hold together with this one
	Standard     string   // nearest standard term, a prefixed name, ^ before an inverse; or ""
	Description  string
}

// Datatype is the type of a qualifier's or a relation's literal.
type Datatype string

// The literal types that qualifiers and values take.
const (
	NoValue       Datatype = ""
	TextValue     Datatype = "TEXT"
	QuantityValue Datatype = "QUANTITY"
	DateValue     Datatype = "EDTF"
	DurationValue Datatype = "DURATION"
	TimeValue     Datatype = "TIME"
	IntegerValue  Datatype = "INTEGER"
	BooleanValue  Datatype = "BOOLEAN"
	OneOfValue    Datatype = "ONE_OF"   // one of QualifierKind.Values
	EntityValue   Datatype = "ENTITY"   // an entity
	RelationValue Datatype = "RELATION" // a relation kind, or a Topic
)

// QualifierKind is a kind of detail of a claim.
type QualifierKind struct {
	Name        string // local name and GraphQL name: legalBasis
	IRI         Term
	Type        Datatype
	Values      []string // of a OneOfValue
	Repeatable  bool
	Description string
}

// NewOntology indexes what the schema declares.
func NewOntology(names Names, kinds []*EntityKind, relations []*RelationKind, qualifiers []*QualifierKind) *Ontology {
	o := &Ontology{
		Names: names, Kinds: kinds, Relations: relations, Qualifiers: qualifiers,
		kinds:      make(map[Term]*EntityKind, len(kinds)),
		relations:  make(map[Term]*RelationKind, len(relations)),
		qualifiers: make(map[Term]*QualifierKind, len(qualifiers)),
	}
	for _, k := range kinds {
		o.kinds[k.IRI] = k
	}
	for _, r := range relations {
		o.relations[r.IRI] = r
	}
	for _, q := range qualifiers {
		o.qualifiers[q.IRI] = q
	}
	o.rivals = rivalsOf(relations)
	return o
}

// rivalsOf makes RelationKind.Contradicts symmetric; relations are named by
// their local or their enum name.
func rivalsOf(relations []*RelationKind) map[*RelationKind][]*RelationKind {
	rivals := map[*RelationKind][]*RelationKind{}
	for _, r := range relations {
		for _, other := range relations {
			if slices.Contains(r.Contradicts, other.Name) || slices.Contains(r.Contradicts, other.Enum) {
				rivals[r] = append(rivals[r], other)
				rivals[other] = append(rivals[other], r)
			}
		}
	}
	return rivals
}

// Rivals returns the relations that cannot hold together with this one.
func (o *Ontology) Rivals(r *RelationKind) []*RelationKind { return o.rivals[r] }

// Kind returns the kind with this IRI, nil for none.
func (o *Ontology) Kind(iri Term) *EntityKind { return o.kinds[iri] }

// Relation returns the relation kind with this IRI, nil for none.
func (o *Ontology) Relation(iri Term) *RelationKind { return o.relations[iri] }

// Qualifier returns the qualifier with this IRI, nil for none.
func (o *Ontology) Qualifier(iri Term) *QualifierKind { return o.qualifiers[iri] }
