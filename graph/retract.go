package graph

import (
	"context"
	"slices"
	"strings"
)

// Curator retracts, merges, and undoes both. Each of these is a node of its
// own in a batch of its own: nothing that was loaded is ever changed.
type Curator struct {
	Store    Store
	Ontology *Ontology
	Agent    string // who, for the quads and the journal
}

// Act is what a curator did.
type Act struct {
	ID    Term // the retraction, merge or undoing
	Batch Term
	Seq   Seq
}

// Retract withdraws a claim or a batch, from the next sequence on. It refuses
// what is withdrawn already; a withdrawal after an undoing names that undoing,
// so that it is a new one.
func (c *Curator) Retract(ctx context.Context, target Term, reason string) (Act, error) {
	if err := c.need(reason); err != nil {
		return Act{}, err
	}
	return c.act(ctx, ActionRetract, reason, func(s Snapshot) ([]Quad, error) {
		if err := c.checkLive(ctx, s, target); err != nil {
			return nil, err
		}
		return c.anew(ctx, s, WordRetracts, []Quad{
			{Predicate: c.term(WordRetracts), Object: target},
			{Predicate: c.term(WordReason), Object: NewLiteral(reason, "", "")},
			{Predicate: c.term(WordAgent), Object: NewLiteral(c.Agent, "", "")},
		})
	})
}

// Undo ends what withdraws or merges: the target is a retraction or a merge,
// or a claim or batch that is retracted. The reason may be empty.
func (c *Curator) Undo(ctx context.Context, target Term, reason string) (Act, error) {
	if c.Agent == "" {
		return Act{}, Errorf(CodeInvalid, "an undoing says who: name the agent")
	}
	return c.act(ctx, ActionRetract, reason, func(s Snapshot) ([]Quad, error) {
		acts, err := c.inForce(ctx, s, target)
		if err != nil {
			return nil, err
		}
		var quads []Quad
		for _, a := range acts {
			quads = append(quads, c.undoing(a, reason)...)
		}
		return quads, nil
	})
}

func (c *Curator) term(word string) Term { return c.Ontology.Names.Term(word) }

func (c *Curator) need(reason string) error {
	if strings.TrimSpace(reason) == "" || c.Agent == "" {
		return Errorf(CodeInvalid, "a retraction or merge says who and why: give an agent and a reason")
	}
	return nil
}

// act commits the quads of one node, or of several undoings, as a batch.
func (c *Curator) act(ctx context.Context, action Action, reason string, build func(Snapshot) ([]Quad, error)) (Act, error) {
	tx, err := c.Store.Begin(ctx)
	if err != nil {
		return Act{}, err
	}
	defer tx.Abort()
	quads, err := build(tx.Snapshot())
	if err != nil {
		return Act{}, err
	}
	batch := BatchID(c.Ontology.Names, quads, func(Term) bool { return false })
	for i := range quads {
		quads[i].Label = batch
	}
	seq, err := commitQuads(ctx, tx, quads, JournalEntry{Action: action, Agent: c.Agent, Reason: reason, Batches: []Term{batch}})
	return Act{ID: quads[0].Subject, Batch: batch, Seq: seq}, err
}

// commitQuads adds quads and commits.
func commitQuads(ctx context.Context, tx Tx, quads []Quad, entry JournalEntry) (Seq, error) {
	if err := tx.Add(quads...); err != nil {
		return 0, err
	}
	return tx.Commit(ctx, entry)
}

// checkLive refuses what cannot be retracted.
func (c *Curator) checkLive(ctx context.Context, s Snapshot, target Term) error {
	claim, batch, err := rowsOf(ctx, s, target)
	id := c.Ontology.Names.ID(target)
	switch {
	case err != nil:
		return err
	case claim == nil && batch == nil:
		return Errorf(CodeNotFound, "%s is no claim or batch of this store", id)
	case claim != nil && !Live(claim.Recorded, s.Seq()), batch != nil && !Live(batch.Recorded, s.Seq()):
		return Errorf(CodeConflict, "%s is retracted already", id)
	}
	return nil
}

// rowsOf returns the claim or the batch of an IRI, nil for neither.
func rowsOf(ctx context.Context, s Snapshot, t Term) (*ClaimRow, *BatchRow, error) {
	ids, err := s.IDs(ctx, []Term{t})
	if err != nil || ids[0] == 0 {
		return nil, nil, err
	}
	claims, err := s.Claims(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	batches, err := s.Batches(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	return claims[0], batches[0], nil
}

// anew names an act by its content; where that act was undone, the new one
// names the undoing.
func (c *Curator) anew(ctx context.Context, s Snapshot, word string, quads []Quad) ([]Quad, error) {
	for {
		id := actID(c.Ontology.Names, word, sortedQuads(quads))
		undoing := c.undoingOf(id)
		known, err := s.IDs(ctx, []Term{id, undoing})
		if err != nil {
			return nil, err
		}
		if known[0] == 0 {
			for i := range quads {
				quads[i].Subject = id
			}
			return quads, nil
		}
		if known[1] == 0 {
			undoing = id // undone under a foreign name: the act itself tells them apart
		}
		quads = slices.DeleteFunc(quads, func(q Quad) bool { return q.Predicate == c.term(WordFollows) })
		quads = append(quads, Quad{Predicate: c.term(WordFollows), Object: undoing})
	}
}

// undoingOf is the id of what undoes an act.
func (c *Curator) undoingOf(act Term) Term {
	return actID(c.Ontology.Names, WordUndoes, []Quad{{Predicate: c.term(WordUndoes), Object: act}})
}

func (c *Curator) undoing(act Term, reason string) []Quad {
	id := c.undoingOf(act)
	quads := []Quad{
		{Subject: id, Predicate: c.term(WordUndoes), Object: act},
		{Subject: id, Predicate: c.term(WordAgent), Object: NewLiteral(c.Agent, "", "")},
	}
	if reason != "" {
		quads = append(quads, Quad{Subject: id, Predicate: c.term(WordReason), Object: NewLiteral(reason, "", "")})
	}
	return quads
}

// inForce returns the acts that undoing the target ends.
func (c *Curator) inForce(ctx context.Context, s Snapshot, target Term) ([]Term, error) {
	claim, batch, err := rowsOf(ctx, s, target)
	if err != nil {
		return nil, err
	}
	id := c.Ontology.Names.ID(target)
	var nodes []NodeID
	switch {
	case claim != nil && Live(claim.Recorded, s.Seq()), batch != nil && Live(batch.Recorded, s.Seq()):
		return nil, Errorf(CodeConflict, "%s is not retracted", id) // another batch may keep a claim whose batch is
	case claim != nil:
		nodes = claim.Retractions
	case batch != nil:
		nodes = batch.Retractions
	default:
		return c.undoable(ctx, s, target)
	}
	rows, err := s.Retractions(ctx, nodes)
	if err != nil {
		return nil, err
	}
	var acts []Term
	var through NodeID // the batch that takes the claim along
	for _, r := range rows {
		switch {
		case r == nil || r.Undone != 0:
		case claim != nil && r.Target != claim.Claim:
			through = r.Target
		default:
			acts = append(acts, r.ID)
		}
	}
	switch {
	case len(acts) > 0:
		return acts, nil
	case through != 0:
		return nil, c.throughBatch(ctx, s, id, through)
	}
	return nil, Errorf(CodeConflict, "%s is not retracted", id)
}

// throughBatch tells that a claim is retracted with its batch.
func (c *Curator) throughBatch(ctx context.Context, s Snapshot, claim string, batch NodeID) error {
	terms, err := s.Terms(ctx, []NodeID{batch})
	if err != nil {
		return err
	}
	return Errorf(CodeConflict, "%s is retracted with its batch: undo the retraction of %s", claim, c.Ontology.Names.ID(terms[0]))
}

// undoable returns an act that is not undone yet.
func (c *Curator) undoable(ctx context.Context, s Snapshot, act Term) ([]Term, error) {
	id := c.Ontology.Names.ID(act)
	isAct := false
	err := s.Quads(ctx, act, "", func(q Quad) error {
		isAct = isAct || q.Predicate == c.term(WordRetracts) || q.Predicate == c.term(WordMerges)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if !isAct {
		return nil, Errorf(CodeNotFound, "%s is no claim, batch, retraction or merge of this store", id)
	}
	known, err := s.IDs(ctx, []Term{c.undoingOf(act)})
	if err != nil {
		return nil, err
	}
	if known[0] != 0 {
		return nil, Errorf(CodeConflict, "%s is undone already", id)
	}
	return []Term{act}, nil
}
