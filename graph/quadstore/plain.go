package quadstore

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"github.com/tripartite-graph/tripartite/graph"
)

// plain is the plain claims of a commit that the store does not hold yet: their
// rows are made from what the importer read, without their quads.
type plain struct {
	list []plainClaim // in the order of ids
	is   []bool       // by the place of a node among the added ones
	last uint64       // highest counter of a committed term
}

// plainClaim is a plain claim by its nodes.
type plainClaim struct {
	id, subject, relation, object, party, document, batch graph.NodeID
	*graph.PlainClaim
}

// stagePlain takes what is known of claims whose quads were staged.
func (t *tx) stagePlain(claims []graph.PlainClaim) error {
	for i := range claims {
		if _, err := t.terms.node(claims[i].Document); err != nil {
			return err
		}
	}
	if t.final == nil { // nothing is removed
		t.plain = claims
	}
	return nil
}

// plainOf returns the plain claims of a transaction that are new to the store.
func (t *tx) plainOf() *plain {
	p := &plain{last: t.terms.last}
	if len(t.plain) == 0 {
		return p
	}
	p.is, p.list = make([]bool, len(t.terms.added)), make([]plainClaim, 0, len(t.plain))
	nodes := t.terms.nodes
	for i := range t.plain {
		c := &t.plain[i]
		if id := nodes[c.Claim]; t.terms.isNew(id) {
			p.is[counterOf(id)-p.last-1] = true
			p.list = append(p.list, plainClaim{
				id, nodes[c.Subject], nodes[c.Predicate], nodes[c.Object], nodes[c.Party], nodes[c.Document], nodes[c.Batch], c,
			})
		}
	}
	slices.SortFunc(p.list, func(a, b plainClaim) int { return cmp.Compare(a.id, b.id) })
	return p
}

// has tells whether a node is one of the plain claims.
func (p *plain) has(n graph.NodeID) bool {
	at := counterOf(n) - p.last - 1 // beyond all where n is committed or 0
	return at < uint64(len(p.is)) && p.is[at]
}

// leave takes claims out that must be read whole.
func (p *plain) leave(those func(*plainClaim) (bool, error)) error {
	kept := p.list[:0]
	for i := range p.list {
		leave, err := those(&p.list[i])
		if err != nil {
			return err
		}
		if !leave {
			kept = append(kept, p.list[i])
		}
	}
	p.list = kept
	return nil
}

// leavePlain reads those plain claims whole of which something else is said:
// that they, or their batch, are withdrawn.
func (d *derivation) leavePlain() error {
	if len(d.touched.claims) == 0 && d.words.retracts == 0 {
		return nil
	}
	return d.plain.leave(func(c *plainClaim) (bool, error) {
		if d.touched.claims.has(c.id) {
			return true, nil
		}
		for _, n := range []graph.NodeID{c.id, c.batch} {
			if holes, err := d.after.withdrawals(n); err != nil || len(holes) > 0 {
				d.touched.claims.add(c.id)
				return true, err
			}
		}
		return false, nil
	})
}

// cutPlain cuts a list before an id.
func cutPlain(list []plainClaim, id graph.NodeID) (before, rest []plainClaim) {
	n, _ := slices.BinarySearchFunc(list, id, func(c plainClaim, id graph.NodeID) int { return cmp.Compare(c.id, id) })
	return list[:n], list[n:]
}

// plainParts is how many nodes play a part in a plain claim.
const plainParts = 4

// addPlain takes a run of plain claims, some by each of several workers.
func (f *fresh) addPlain(d *derivation, run []plainClaim) {
	if len(run) == 0 {
		return
	}
	claims, parts := len(f.claims), len(f.parts)
	f.claims = slices.Grow(f.claims, len(run))[:claims+len(run)]
	f.whole = slices.Grow(f.whole, len(run))[:claims+len(run)]
	f.parts = slices.Grow(f.parts, plainParts*len(run))[:parts+plainParts*len(run)]
	const worthIt = 1 << 12
	workers := max(1, min(runtime.GOMAXPROCS(0), len(run)/worthIt))
	members := make([][]freshMember, workers)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			var text arena
			var room []byte
			for i := len(run) * w / workers; i < len(run)*(w+1)/workers; i++ {
				at := uint32(claims + i)
				f.claims[at], f.whole[at] = d.plainRow(&text, &run[i])
				d.putParts(f.parts[parts+plainParts*i:], at, &run[i])
				room = d.plainGroups(room, &run[i], func(group [groupSize]byte) {
					members[w] = append(members[w], freshMember{group, at})
				})
			}
		})
	}
	wait.Wait()
	for _, found := range members {
		f.members = append(f.members, found...) // there are as many runs as claims between them
	}
	for i := range run {
		d.batch(run[i].batch).claims++
		d.touched.batches.add(run[i].batch)
	}
}

func (d *derivation) putParts(parts []freshPart, at uint32, c *plainClaim) {
	parts[0] = freshPart{c.subject, at, graph.RoleSubject}
	parts[1] = freshPart{c.object, at, graph.RoleObject}
	parts[2] = freshPart{c.party, at, graph.RoleSpeaker}
	parts[3] = freshPart{c.document, at, graph.RoleDocument}
}

// plainGroups calls yield with the groups in which a plain claim may clash.
func (d *derivation) plainGroups(room []byte, c *plainClaim, yield func([groupSize]byte)) []byte {
	table := d.terms.table
	return d.deriver.EachConflictGroup(room, &graph.ClaimRecord{
		Subject: table.Term(c.Subject), Relation: c.Relation, Object: table.Term(c.Object),
	}, func(key []byte) { yield(hashOf(key)) })
}

// plainRow encodes a plain claim as claimRow does.
func (d *derivation) plainRow(text *arena, c *plainClaim) (freshClaim, []byte) {
	table, seq := d.terms.table, d.after.changes.seq
	e := encoder{b: append(text.room(512), rowVersion)}
	e.term(table.Term(c.Claim))
	e.id(c.subject)
	e.id(c.relation)
	e.id(c.object)
	e.term("") // the value
	from := len(e.b)
	voice, document := [1]graph.VoiceRef{{Party: c.party}}, [1]graph.NodeID{c.document}
	e.columns(&columns{first: seq, Columns: graph.Columns{
		Low: c.Low, High: c.High, Dated: c.Date != 0, Voices: voice[:], Documents: document[:],
	}})
	to := len(e.b)
	e.term(table.Term(c.Date))
	e.uint(0) // the basis of the date
	e.uint(0) // qualifiers
	e.uint(1) // evidence
	e.id(c.document)
	e.term(table.Term(c.Locator))
	e.bool(false)
	recorded := [1]graph.Interval{{From: seq, To: graph.Forever}}
	e.intervals(recorded[:])
	e.id(0) // the claims that it revises, and that it is an alternative of
	e.id(0)
	batch := [1]graph.NodeID{c.batch}
	e.ids(batch[:])
	whole := text.keep(e.b)
	made := freshClaim{id: c.id, subject: c.subject, object: c.object, relation: c.relation, low: c.Low}
	made.setColumns(whole, from, to)
	return made, whole
}
