package model

import (
	"context"
	"time"

	"github.com/tripartite-graph/tripartite/graph"
)

// Claim is one statement and all that is known about it.
type Claim struct {
	*graph.Claim
	request Request
}

// NewClaim returns the shell of a claim, nil for nil.
func NewClaim(r Request, c *graph.Claim) *Claim {
	if c == nil {
		return nil
	}
	return &Claim{c, r}
}

// NewClaims returns the shells of claims.
func NewClaims(r Request, claims []*graph.Claim) []*Claim {
	return convert(claims, func(c *graph.Claim) *Claim { return NewClaim(r, c) })
}

// IsNode marks the implementations of Node.
func (*Claim) IsNode() {}

// Subject returns the subject.
func (c *Claim) Subject() Entity {
	return NewEntity(c.request.FromClaims("subject", subjectOf), c.Claim.Subject)
}

// Object returns the object, nil where it is a value or a claim.
func (c *Claim) Object() Entity {
	if c.Claim.Object == nil {
		return nil
	}
	return NewEntity(c.request.FromClaims("object", objectOf), c.Claim.Object)
}

// Event returns the happening that the claim is about, nil for none.
func (c *Claim) Event() Entity {
	if c.Claim.Event == nil {
		return nil
	}
	return NewEntity(c.request.FromClaims("event", eventOf), c.Claim.Event)
}

// DateBasis returns where the date comes from, nil without a date.
func (c *Claim) DateBasis() *graph.DateBasis {
	if c.Date == nil {
		return nil
	}
	return &c.Claim.DateBasis
}

// AssertedBy returns whose position the claim is.
func (c *Claim) AssertedBy() []*Voice {
	return convert(c.Claim.AssertedBy(), func(v *graph.Voice) *Voice { return &Voice{v, c.request} })
}

// ReportedBy returns the chain of reporting, source first.
func (c *Claim) ReportedBy() []Entity {
	return NewEntities(c.request.FromClaims("reportedBy", (*graph.Claim).ReportedBy), c.Claim.ReportedBy())
}

// Qualifiers returns the details.
func (c *Claim) Qualifiers() []*Qualifier {
	return convert(c.Claim.Qualifiers(), func(q *graph.Qualifier) *Qualifier { return &Qualifier{q, c.request} })
}

// Evidence returns where the claim stands.
func (c *Claim) Evidence() []*Evidence {
	documents := func() Request { return c.request.FromClaims("document", documentsOf) }
	return newEvidence(documents, c.Claim.Evidence())
}

// ObjectClaim returns the claim that is the object, nil for none.
func (c *Claim) ObjectClaim(ctx context.Context) (*Claim, error) {
	if !c.Relation.Claims {
		return nil, nil
	}
	return c.request.ObjectClaim(ctx, c.Claim)
}

// RevisionOf returns the claim that this one corrects, nil for none.
func (c *Claim) RevisionOf(ctx context.Context) (*Claim, error) {
	return c.request.RevisionOf(ctx, c.Claim)
}

// AlternativeOf returns the claim of which this one is another reading, nil for none.
func (c *Claim) AlternativeOf(ctx context.Context) (*Claim, error) {
	return c.request.AlternativeOf(ctx, c.Claim)
}

// Conflicts returns what the claim clashes with.
func (c *Claim) Conflicts(ctx context.Context, view *graph.View) ([]*Conflict, error) {
	return c.request.Conflicts(ctx, c.Claim, view)
}

// Retraction returns the withdrawal in force, nil for none.
func (c *Claim) Retraction(ctx context.Context) (*Retraction, error) {
	r, err := c.request.Retraction(ctx, c.Claim)
	return NewRetraction(r), err
}

// Batches returns the batches that brought the claim.
func (c *Claim) Batches(ctx context.Context) ([]*Batch, error) {
	found, err := c.request.BatchesOf(ctx, c.Claim)
	return newBatches(c.request, found), err
}

// RecordedAt returns when the store first recorded the claim.
func (c *Claim) RecordedAt(ctx context.Context) (time.Time, error) {
	return c.request.RecordedAt(ctx, c.Claim)
}

// Voice is a party, as what it speaks, and through whom.
type Voice struct {
	*graph.Voice
	request Request
}

// Party returns whose position it is.
func (v *Voice) Party() Entity {
	return NewEntity(v.request.FromClaims("party", partiesOf), v.Voice.Party)
}

// SpokenBy returns the delegate, nil for none.
func (v *Voice) SpokenBy() Entity {
	if v.Voice.SpokenBy == nil {
		return nil
	}
	return NewEntity(v.request.FromClaims("spokenBy", delegatesOf), v.Voice.SpokenBy)
}

// Qualifier is a detail of a claim.
type Qualifier struct {
	*graph.Qualifier
	request Request
}

// Entity returns the value, nil where it is none.
func (q *Qualifier) Entity() Entity {
	if q.Qualifier.Entity == nil {
		return nil
	}
	return NewEntity(q.request.FromClaims("qualifier", detailsOf), q.Qualifier.Entity)
}

// Evidence is a place in a document.
type Evidence struct {
	*graph.Evidence
	documents func() Request // the level of all documents beside this one
}

func newEvidence(documents func() Request, in []*graph.Evidence) []*Evidence {
	return convert(in, func(e *graph.Evidence) *Evidence { return &Evidence{e, documents} })
}

// Document returns the document.
func (e *Evidence) Document() *Document { return NewDocument(e.documents(), e.Evidence.Document) }

// Role tells whether the place says it or gives context.
func (e *Evidence) Role() EvidenceRole {
	if e.Context {
		return EvidenceRoleContext
	}
	return EvidenceRoleStates
}

// NewEntities returns the shells of entities.
func NewEntities(r Request, in []*graph.Entity) []Entity {
	return convert(in, func(e *graph.Entity) Entity { return NewEntity(r, e) })
}
