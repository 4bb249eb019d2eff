package graph

// Stance is what a voice does with a statement.
type Stance uint8

// The stances.
const (
	Asserted Stance = iota
	Denied          // says that it is untrue
	Withheld        // declines to say or to commit
)

// Mode is how a statement is meant.
type Mode uint8

// The modes.
const (
	Fact Mode = iota
	Alleged
	Planned
	Possible
	Hypothetical
)

// DateBasis is where a claim's date comes from.
type DateBasis uint8

// The bases of a date.
const (
	BasisStated DateBasis = iota
	BasisContext
	BasisDocument
)

// Capacity is as what a party speaks.
type Capacity uint8

// The capacities.
const (
	CapacityOther Capacity = iota
	CapacityGovernment
	CapacityWorkers
	CapacityEmployers
	CapacityNGO
	CapacityILO
	CapacityIntergovernmental
	CapacityAuthority
	CapacityCourt
	CapacityCompany
	CapacityMedia
	CapacityIndividual
	CapacityCurator
)

// NameRole is what a name is to its entity.
type NameRole uint8

// The roles of names.
const (
	NamePreferred NameRole = iota
	NameAlias
	NameAbbreviation
	NameFormer
	NameDescription
)

// ConflictKind is in what two claims clash.
type ConflictKind uint8

// The kinds of conflicts.
const (
	ConflictStance ConflictKind = iota
	ConflictValue
	ConflictDate
	ConflictGround
	ConflictStatus
	ConflictCurated
)

// ConflictOrigin is who found a conflict.
type ConflictOrigin uint8

// The origins of conflicts.
const (
	OriginRule ConflictOrigin = iota
	OriginCurated
)
