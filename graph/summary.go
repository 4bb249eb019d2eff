package graph

import (
	"fmt"
	"slices"
	"strings"
)

// summarize says in one sentence who says what against whom.
func (c *Conflict) summarize() string {
	if len(c.Claims) == 0 {
		return ""
	}
	if c.Kind == ConflictStance {
		return c.stances()
	}
	parts := make([]string, len(c.Claims))
	for i, claim := range c.Claims {
		parts[i] = claim.speakers() + ": " + c.detail(claim)
	}
	if c.Kind == ConflictStatus {
		return strings.Join(parts, "; ")
	}
	return c.Claims[0].statement(c.Kind == ConflictValue) + " (" + strings.Join(parts, "; ") + ")"
}

// stances says who asserts and who denies one statement.
func (c *Conflict) stances() string {
	var asserting, denying []string
	for _, claim := range c.Claims {
		side := &asserting
		if claim.Stance == Denied {
			side = &denying
		}
		if who := claim.speakers(); !slices.Contains(*side, who) {
			*side = append(*side, who)
		}
	}
	return fmt.Sprintf("%s: asserted by %s, denied by %s",
		c.Claims[0].statement(false), strings.Join(asserting, ", "), strings.Join(denying, ", "))
}

// detail is what one claim says that clashes.
func (c *Conflict) detail(claim *Claim) string {
	switch {
	case c.Kind == ConflictStatus:
		return claim.statement(false)
	case c.Kind == ConflictDate && claim.Date != nil:
		return *claim.Date
	case claim.Value != nil:
		return claim.Value.Lexical
	}
	var words []string
	for _, q := range claim.row.Qualifiers {
		if !slices.Contains(claim.Relation.Single, q.Kind.Name) || groundLike(q.Kind) != (c.Kind == ConflictGround) {
			continue
		}
		word := q.Value.Lexical()
		if e := claim.reader.card(q.Entity); e != nil {
			word = e.Name
		}
		words = append(words, q.Kind.Name+" "+word)
	}
	return strings.Join(words, ", ")
}

// statement writes subject, relation and object in words.
func (c *Claim) statement(withoutValue bool) string {
	s := c.Subject.Name + " " + strings.ReplaceAll(c.Relation.Name, "-", " ")
	switch {
	case c.Object != nil:
		return s + " " + c.Object.Name
	case c.Value != nil && !withoutValue:
		return s + " " + c.Value.Lexical
	}
	return s
}

// speakers names whose position a claim is.
func (c *Claim) speakers() string {
	var names []string
	for _, v := range c.AssertedBy() {
		if v.Party != nil {
			names = append(names, v.Party.Name)
		}
	}
	return strings.Join(names, " and ")
}
