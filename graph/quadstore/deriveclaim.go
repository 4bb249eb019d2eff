package quadstore

import (
	"crypto/sha256"

	"github.com/tripartite-graph/tripartite/graph"
)

// claimState is a claim as one side of a commit has it.
type claimState struct {
	id       graph.NodeID
	record   *graph.ClaimRecord
	recorded []graph.Interval
	columns  columns
	batches  []graph.NodeID
	groups   []string
}

// deriveClaims writes the rows of the claims that were touched.
func (d *derivation) deriveClaims() error {
	for _, id := range d.touched.claims.sorted() {
		var rows [2][]row
		var states [2]*claimState
		for i, side := range []*side{d.before, d.after} {
			if side == nil || !side.known(id) {
				continue
			}
			var err error
			if states[i], err = side.claim(id); err != nil {
				return err
			}
			if rows[i], err = side.claimRows(states[i]); err != nil {
				return err
			}
		}
		d.replace(rows[0], rows[1])
		d.countClaims(states[0], -1)
		d.countClaims(states[1], 1)
	}
	return nil
}

// claim derives a claim; nil where the quads make none.
func (s *side) claim(id graph.NodeID) (*claimState, error) {
	if c, ok := s.claims[id]; ok {
		return c, nil
	}
	c, err := s.deriveClaim(id)
	if err == nil {
		s.claims[id] = c
	}
	return c, err
}

func (s *side) deriveClaim(id graph.NodeID) (*claimState, error) {
	inside, err := s.quads(byLabel, id)
	if err != nil {
		return nil, err
	}
	outside, err := s.quads(bySubject, id)
	if err != nil {
		return nil, err
	}
	rows := append(inside, outside...)
	quads, err := s.quadsOf(rows)
	if err != nil {
		return nil, err
	}
	term, err := s.d.terms.term(id)
	if err != nil {
		return nil, err
	}
	nodes := nodeReader{side: s}
	record, _ := s.d.deriver.Claim(term, quads, nodes.read)
	if record == nil || len(record.Batches) == 0 || nodes.err != nil {
		return nil, nodes.err
	}
	c := &claimState{id: id, record: record, groups: s.d.deriver.ConflictGroups(record)}
	return c, join(s.recordClaim(c, rows), s.fillColumns(c))
}

// recordClaim finds out when the claim was live: while a batch that brings it
// was, and it was not itself withdrawn.
func (s *side) recordClaim(c *claimState, rows []quadRow) error {
	var err error
	if c.batches, err = s.d.nodes(c.record.Batches); err != nil {
		return err
	}
	c.columns.first = graph.Forever
	for _, b := range c.batches {
		seq := firstSeq(rows, quad4{c.id, s.d.words.assertedBy, 0, b})
		c.columns.first = min(c.columns.first, seq)
		live, err := s.liveBy(b, seq)
		if err != nil {
			return err
		}
		c.recorded = union(c.recorded, live)
	}
	holes, err := s.withdrawals(c.id)
	c.recorded = subtract(c.recorded, holes)
	return err
}

// nodes interns terms.
func (d *derivation) nodes(terms []graph.Term) ([]graph.NodeID, error) {
	out := make([]graph.NodeID, len(terms))
	for i, t := range terms {
		var err error
		if out[i], err = d.terms.intern(t); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *side) fillColumns(c *claimState) error {
	r, k := c.record, &c.columns
	k.Stance, k.Mode, k.Low, k.High, k.Dated = r.Stance, r.Mode, r.Low, r.High, r.Date != ""
	in := interner{terms: s.d.terms}
	for _, v := range r.Voices {
		k.Voices = append(k.Voices, graph.VoiceRef{Party: in.id(v.Party), Capacity: v.Capacity, SpokenBy: in.id(v.SpokenBy)})
	}
	for _, t := range r.ReportedBy {
		k.Reporters = append(k.Reporters, in.id(t))
	}
	seen := map[graph.Term]bool{}
	for _, e := range r.Evidence {
		if !seen[e.Document] {
			seen[e.Document] = true
			k.Documents = append(k.Documents, in.id(e.Document))
		}
	}
	k.Event = in.id(r.Event)
	return in.err
}

// interner interns terms one by one and keeps the first error.
type interner struct {
	terms *dictionary
	err   error
}

func (in *interner) id(t graph.Term) graph.NodeID {
	id, err := in.terms.intern(t)
	if err != nil && in.err == nil {
		in.err = err
	}
	return id
}

// claimRows makes the rows of a claim: its own, one for each part that a node
// plays in it, and those of its relation and of the groups in which it may clash.
func (s *side) claimRows(c *claimState) ([]row, error) {
	if c == nil {
		return nil, nil
	}
	in := &interner{terms: s.d.terms}
	whole, err := s.claimRow(c, in)
	if err != nil {
		return nil, err
	}
	rows := []row{{key: s.d.keys.key(tableClaims, c.id), value: whole}}
	relation, subject, object := in.id(c.record.Relation.IRI), in.id(c.record.Subject), c.object(in)
	shared := &encoder{}
	shared.columns(&c.columns)

	low := appendDay(nil, c.columns.Low)
	rows = append(rows, row{
		key:   s.d.dayKey(low, tableRelations, c.id, relation),
		value: valueWith(shared, subject, object),
	})
	for _, p := range c.parts(s.d.words.ontology, in, subject, object) {
		rows = append(rows,
			row{key: s.d.edgeKey(p, relation, c.id), value: valueWith(shared)},
			row{key: s.d.roleDayKey(p, low, c.id), value: valueWith(shared, relation, p.other)})
	}
	for _, g := range c.groups {
		rows = append(rows, row{key: memberKey(groupHash(g), c.id), value: []byte{}})
	}
	return rows, in.err
}

// valueWith makes a row of some nodes and what stands beside every edge.
func valueWith(shared *encoder, nodes ...graph.NodeID) []byte {
	e := encoder{b: make([]byte, 1, 1+len(shared.b)+10*len(nodes))}
	e.b[0] = rowVersion
	for _, n := range nodes {
		e.id(n)
	}
	return append(e.b, shared.b...)
}

// object returns the node of the object, 0 for a value.
func (c *claimState) object(in *interner) graph.NodeID {
	if c.record.Object.IsLiteral() {
		return 0
	}
	return in.id(c.record.Object)
}

// part is what a node does in a claim.
type part struct {
	node  graph.NodeID
	role  graph.Role
	other graph.NodeID
}

// parts lists the parts of a claim, each once.
func (c *claimState) parts(o *graph.Ontology, in *interner, subject, object graph.NodeID) []part {
	parts := []part{{subject, graph.RoleSubject, object}}
	add := func(node graph.NodeID, role graph.Role) {
		for _, p := range parts {
			if p.node == node && p.role == role {
				return
			}
		}
		if node != 0 {
			parts = append(parts, part{node, role, subject})
		}
	}
	add(object, graph.RoleObject)
	for _, q := range c.record.Qualifiers {
		if q.Value.IsIRI() && !namesRelation(o, q) {
			add(in.id(q.Value), graph.RoleQualifier)
		}
	}
	for _, v := range c.columns.Voices {
		add(v.Party, graph.RoleSpeaker)
		add(v.SpokenBy, graph.RoleSpeaker)
	}
	add(c.columns.Event, graph.RoleEvent)
	for _, n := range c.columns.Documents {
		add(n, graph.RoleDocument)
	}
	return parts
}

// namesRelation tells whether a qualifier's value is a relation kind.
func namesRelation(o *graph.Ontology, q graph.QualifierRecord) bool {
	return q.Kind.Type == graph.RelationValue && o.Relation(q.Value) != nil
}

func (d *derivation) edgeKey(p part, relation, claim graph.NodeID) []byte {
	b := idKey(d.keys.room(2+4*idSize), tableEdges, p.node)
	b = append(b, byte(p.role))
	return d.keys.take(appendIDs(b, relation, p.other, claim))
}

func (d *derivation) roleDayKey(p part, day []byte, claim graph.NodeID) []byte {
	b := idKey(d.keys.room(6+2*idSize), tableDates, p.node)
	b = append(append(b, byte(p.role)), day...)
	return d.keys.take(appendIDs(b, claim))
}

func (d *derivation) dayKey(day []byte, table byte, claim, node graph.NodeID) []byte {
	b := idKey(d.keys.room(5+2*idSize), table, node)
	return d.keys.take(appendIDs(append(b, day...), claim))
}

// groupHash is the fixed-size name of a conflict group.
func groupHash(group string) []byte {
	sum := sha256.Sum256([]byte(group))
	return sum[:16]
}

// memberKey says that a claim is in a conflict group.
func memberKey(group []byte, claim graph.NodeID) []byte {
	return appendIDs(append(append([]byte{tableGroups}, group...), 'm'), claim)
}

// claimRow encodes the whole claim; see readClaim.
func (s *side) claimRow(c *claimState, in *interner) ([]byte, error) {
	r, e := c.record, newRow()
	e.term(r.ID)
	e.id(in.id(r.Subject))
	e.id(in.id(r.Relation.IRI))
	e.id(c.object(in))
	if r.Object.IsLiteral() {
		e.term(r.Object)
	} else {
		e.term("")
	}
	e.columns(&c.columns)
	e.term(r.Date)
	e.uint(uint64(r.DateBasis))
	e.uint(uint64(len(r.Qualifiers)))
	for _, q := range r.Qualifiers {
		s.qualifier(e, q, in)
	}
	if err := s.evidence(e, r.Evidence, in, c.id); err != nil {
		return nil, err
	}
	e.id(in.id(r.RevisionOf))
	e.id(in.id(r.AlternativeOf))
	e.ids(c.batches)
	return e.b, in.err
}

func (s *side) qualifier(e *encoder, q graph.QualifierRecord, in *interner) {
	e.id(in.id(q.Kind.IRI))
	e.uint(uint64(q.Group))
	e.bool(namesRelation(s.d.words.ontology, q))
	if q.Value.IsIRI() {
		e.id(in.id(q.Value))
		e.term("")
	} else {
		e.id(0)
		e.term(q.Value)
	}
}

// evidence encodes places in documents and when they were recorded. Each stands
// as an object of one of the subjects.
func (s *side) evidence(e *encoder, list []graph.EvidenceRecord, in *interner, subjects ...graph.NodeID) error {
	e.uint(uint64(len(list)))
	for _, v := range list {
		predicate := s.d.words.evidence
		if v.Context {
			predicate = s.d.words.context
		}
		locator, batch := in.id(v.Locator), in.id(v.Batch)
		seq := graph.Forever
		for _, subject := range subjects {
			rows, err := s.quads(bySubject, subject, predicate, locator, batch)
			if err != nil {
				return err
			}
			seq = min(seq, firstSeq(rows, quad4{}))
		}
		live, err := s.liveBy(batch, seq)
		if err != nil {
			return err
		}
		e.id(in.id(v.Document))
		e.term(v.Locator)
		e.bool(v.Context)
		e.intervals(live)
	}
	return nil
}
