package graph

import "strings"

var (
	stanceNames    = []string{"ASSERTED", "DENIED", "WITHHELD"}
	modeNames      = []string{"FACT", "ALLEGED", "PLANNED", "POSSIBLE", "HYPOTHETICAL"}
	dateBasisNames = []string{"STATED", "CONTEXT", "DOCUMENT"}
	capacityNames  = []string{
		"OTHER", "GOVERNMENT", "WORKERS", "EMPLOYERS", "NGO", "ILO", "INTERGOVERNMENTAL",
		"AUTHORITY", "COURT", "COMPANY", "MEDIA", "INDIVIDUAL", "CURATOR",
	}
	nameRoleNames       = []string{"PREFERRED", "ALIAS", "ABBREVIATION", "FORMER", "DESCRIPTION"}
	conflictKindNames   = []string{"STANCE", "VALUE", "DATE", "GROUND", "STATUS", "CURATED"}
	conflictOriginNames = []string{"RULE", "CURATED"}
	roleNames           = []string{"SUBJECT", "OBJECT", "QUALIFIER", "SPEAKER", "EVENT", "DOCUMENT"}
)

// String returns the stance's name in files and in GraphQL: DENIED.
func (s Stance) String() string { return stanceNames[s] }

// String returns the mode's name in files and in GraphQL: ALLEGED.
func (m Mode) String() string { return modeNames[m] }

// String returns the basis' name in files and in GraphQL: CONTEXT.
func (b DateBasis) String() string { return dateBasisNames[b] }

// String returns the capacity's name in files and in GraphQL: WORKERS.
func (c Capacity) String() string { return capacityNames[c] }

// String returns the role's name in files and in GraphQL: FORMER.
func (r NameRole) String() string { return nameRoleNames[r] }

// String returns the kind's name in GraphQL: VALUE.
func (k ConflictKind) String() string { return conflictKindNames[k] }

// String returns the origin's name in GraphQL: RULE.
func (o ConflictOrigin) String() string { return conflictOriginNames[o] }

// String returns the role's name in GraphQL: SPEAKER.
func (r Role) String() string { return roleNames[r] }

// enumValue finds the number of a value that a file gives as a plain literal
// ("DENIED") or as a word of the vocabulary (<ns#DENIED>).
func enumValue[E ~uint8](names Names, values []string, t Term) (E, bool) {
	text := strings.TrimSuffix(strings.TrimPrefix(string(t), "<"+names.Vocabulary), ">")
	if t.IsLiteral() {
		text = t.Lexical()
	}
	for i, v := range values {
		if v == text {
			return E(i), true
		}
	}
	return 0, false
}
