package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Rule is the stable name of what a file must keep to. Each has its own
// message; the catalogue of errors lists them.
type Rule string

// The rules of an import.
const (
	RuleSyntax          Rule = "syntax"             // the bytes are not of the format
	RuleUnknownKind     Rule = "unknown-kind"       // a names no kind of entity
	RuleUnknownRelation Rule = "unknown-relation"   // a claim's predicate is no relation
	RuleUnknownWord     Rule = "unknown-predicate"  // a predicate outside of the vocabulary
	RuleQualifier       Rule = "unknown-qualifier"  // a detail of a claim that no qualifier has for a name
	RuleQualifierValue  Rule = "qualifier-value"    // a value that its qualifier does not take
	RuleDomain          Rule = "wrong-domain"       // the subject's kind is not in the relation's domain
	RuleRange           Rule = "wrong-range"        // the object's kind is not in the relation's range
	RuleVoice           Rule = "missing-voice"      // nobody says the claim
	RuleVoiceNode       Rule = "voice"              // a voice without one party, or with two values of a kind
	RuleDocument        Rule = "missing-document"   // the claim stands nowhere
	RuleStatement       Rule = "missing-statement"  // about a claim that states nothing
	RuleTwoStatements   Rule = "two-statements"     // one claim, two statements
	RuleValue           Rule = "value"              // a word of the vocabulary with a value that it does not take
	RuleTwoValues       Rule = "two-values"         // two values where one is allowed
	RuleReporters       Rule = "reported-by"        // the chain of reporting has no order
	RuleDate            Rule = "date"               // not EDTF
	RuleQuantity        Rule = "quantity"           // not a quantity
	RuleLocator         Rule = "locator"            // not an evidence IRI
	RuleEvidence        Rule = "evidence"           // the document has no such paragraph, span or words
	RuleDangling        Rule = "dangling-reference" // nothing of this id is known
	RuleProtected       Rule = "protected"          // an identity link to, an alias of, or an unveiling of a protected entity
	RuleOtherContent    Rule = "same-id"            // a claim's id with other content
	RuleBlankCycle      Rule = "blank-cycle"        // blank nodes that can be named only by each other
	RuleBlank           Rule = "blank-node"         // a blank node where an IRI must stand
	RuleTwoKinds        Rule = "two-kinds"          // a second kind of one entity
	RuleTwoNames        Rule = "two-preferred"      // a second preferred name
	RuleNoName          Rule = "missing-name"       // an entity without a name
	RuleNoKind          Rule = "missing-kind"       // an entity without a kind
	RuleID              Rule = "id"                 // an id that says another kind than its entity has
	RuleLabel           Rule = "label"              // a label that is neither the claim nor a batch
	RuleMergeCycle      Rule = "merge"              // merges that contradict each other
	RuleWithdrawal      Rule = "retraction"         // a retraction or undoing that is not whole
	RulePurged          Rule = "purged"             // what was purged for a person's safety, or names it
	// RuleUnmapped is no fault: a format said something that has no place here.
	RuleUnmapped Rule = "not-mapped"
)

// Position is a place in a file; a Line of 0 means the file as a whole.
type Position struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// String returns file:line:column, as compilers do.
func (p Position) String() string {
	s := p.File
	if p.Line > 0 {
		s += fmt.Sprintf(":%d", p.Line)
	}
	if p.Column > 0 {
		s += fmt.Sprintf(":%d", p.Column)
	}
	return s
}

// Problem is one fault of a claim, an entity or a quad.
type Problem struct {
	Position
	Rule        Rule     `json:"rule"`
	About       Term     `json:"-"`                     // the claim, entity or node at fault
	Quad        Quad     `json:"-"`                     // the quad at fault; zero where something is missing
	Message     string   `json:"message"`               // what was found, and what would be right
	Suggestions []string `json:"suggestions,omitempty"` // the nearest that is known
}

// String returns the problem on one line.
func (p Problem) String() string {
	s := fmt.Sprintf("%s: %s", p.Rule, p.Message)
	if at := p.Position.String(); at != "" {
		s = at + ": " + s
	}
	if len(p.Suggestions) > 0 {
		s += "; did you mean " + strings.Join(p.Suggestions, " or ") + "?"
	}
	return s
}

// nearest returns up to three of the candidates that differ from word by few
// letters, the nearest first.
func nearest(word string, candidates []string) []string {
	type scored struct {
		word     string
		distance int
	}
	bound := max(2, len([]rune(word))/3)
	var found []scored
	folded := strings.ToLower(word)
	for _, c := range candidates {
		if len(c) > len(word)+2*bound || len(word) > len(c)+2*bound {
			continue
		}
		if d := levenshtein.ComputeDistance(folded, strings.ToLower(c)); d <= bound {
			found = append(found, scored{c, d})
		}
	}
	slices.SortFunc(found, func(a, b scored) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.word, b.word))
	})
	words := make([]string, 0, 3)
	for _, f := range found {
		if len(words) < 3 && !slices.Contains(words, f.word) {
			words = append(words, f.word)
		}
	}
	return words
}
