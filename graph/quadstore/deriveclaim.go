package quadstore

import (
	"crypto/sha256"
	"slices"

	"github.com/tripartite-graph/tripartite/graph"
)

// claimState is a claim as one side of a commit has it.
type claimState struct {
	id       graph.NodeID
	record   *graph.ClaimRecord
	recorded []graph.Interval
	columns  columns
	batches  []graph.NodeID
	evidence [][]graph.Interval // when each piece of it was recorded
	groups   []string
}

// deriveClaims writes the rows of the claims that were touched.
func (d *derivation) deriveClaims() error {
	rest := d.plain.list
	for _, id := range d.touched.claims.sorted() {
		before, after := cutPlain(rest, id)
		d.fresh.addPlain(d, before)
		rest = after
		if d.isFresh(id) {
			if err := d.deriveFresh(id); err != nil {
				return err
			}
			continue
		}
		var rows [2][]row
		for i, side := range []*side{d.before, d.after} {
			state, err := side.claim(id)
			if err != nil {
				return err
			}
			if rows[i], err = side.claimRows(state); err != nil {
				return err
			}
			d.countClaims(state, int64(2*i-1))
		}
		d.rows.replace(rows[0], rows[1])
	}
	d.fresh.addPlain(d, rest)
	return nil
}

// isFresh tells whether nothing can be stored that was derived of a claim.
func (d *derivation) isFresh(claim graph.NodeID) bool {
	return d.before == nil || !d.before.known(claim)
}

// deriveFresh writes the rows of a claim of which nothing is stored. It is
// derived again where it is found to clash.
func (d *derivation) deriveFresh(id graph.NodeID) error {
	state, err := d.after.deriveClaim(id)
	if state == nil || err != nil {
		return err
	}
	if !slices.Equal(state.recorded, since(state.columns.first)) {
		d.touched.withheld.add(id)
	}
	d.countClaims(state, 1)
	return d.fresh.add(d.after, state, d.after.interner())
}

// claim derives a claim; nil where the quads make none.
func (s *side) claim(id graph.NodeID) (*claimState, error) {
	if c, ok := s.claims[id]; ok || !s.known(id) {
		return c, nil
	}
	c, err := s.deriveClaim(id)
	if err == nil {
		s.claims[id] = c
	}
	return c, err
}

func (s *side) deriveClaim(id graph.NodeID) (*claimState, error) {
	rows, err := s.appendQuads(s.rows[:0], byLabel, id)
	if err != nil {
		return nil, err
	}
	if rows, err = s.appendQuads(rows, bySubject, id); err != nil {
		return nil, err
	}
	s.rows = rows
	if s.terms, err = s.d.terms.quads(s.terms[:0], rows); err != nil {
		return nil, err
	}
	term, err := s.d.terms.term(id)
	if err != nil {
		return nil, err
	}
	nodes := nodeReader{side: s}
	record, _ := s.d.deriver.Claim(term, s.terms, nodes.read)
	if record == nil || len(record.Batches) == 0 || nodes.err != nil {
		return nil, nodes.err
	}
	c := &claimState{id: id, record: record, groups: s.d.deriver.ConflictGroups(record)}
	return c, join(s.recordClaim(c, rows), s.fillColumns(c), s.fillEvidence(c, rows))
}

// fillEvidence finds out when each piece of evidence was recorded.
func (s *side) fillEvidence(c *claimState, rows []quadRow) (err error) {
	c.evidence, err = s.evidence(c.record.Evidence, s.interner(), c.id, rows)
	return err
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
	in := s.interner()
	for _, v := range r.Voices {
		k.Voices = append(k.Voices, graph.VoiceRef{Party: in.id(v.Party), Capacity: v.Capacity, SpokenBy: in.id(v.SpokenBy)})
	}
	for _, t := range r.ReportedBy {
		k.Reporters = append(k.Reporters, in.id(t))
	}
	for _, e := range r.Evidence {
		if document := in.id(e.Document); !slices.Contains(k.Documents, document) {
			k.Documents = append(k.Documents, document)
		}
	}
	k.Event = in.id(r.Event)
	return in.err
}

// interner interns terms one by one and keeps the first error. Most of them
// stand in the quads that were read last.
type interner struct {
	terms *dictionary
	rows  []quadRow
	quads []graph.Quad // of the rows
	err   error
}

// interner makes one for what is in the quads of the claim that was just read.
func (s *side) interner() *interner { return &interner{terms: s.d.terms, rows: s.rows, quads: s.terms} }

func (in *interner) id(t graph.Term) graph.NodeID {
	if t == "" {
		return 0
	}
	for i := range in.quads {
		switch q := &in.quads[i]; t {
		case q.Object:
			return in.rows[i].quad4[2]
		case q.Label:
			return in.rows[i].quad4[3]
		case q.Subject:
			return in.rows[i].quad4[0]
		case q.Predicate:
			return in.rows[i].quad4[1]
		}
	}
	id, err := in.terms.intern(t)
	if err != nil && in.err == nil {
		in.err = err
	}
	return id
}

// claimRows makes the rows of a claim: its own, one for each part that a node
// plays in it, and those of its relation and of the groups in which it may clash.
func (s *side) claimRows(c *claimState) (rows []row, err error) {
	if c == nil {
		return nil, nil
	}
	one := &fresh{}
	if err := one.add(s, c, &interner{terms: s.d.terms}); err != nil {
		return nil, err
	}
	for _, stream := range one.tables() {
		err = join(err, stream(func(r row) error {
			rows = append(rows, row{key: slices.Clone(r.key), value: append([]byte{}, r.value...)})
			return nil
		}))
	}
	return rows, err
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

// groupSize is the length of the name of a conflict group.
const groupSize = 16

// groupHash is the fixed-size name of a conflict group.
func groupHash(group string) [groupSize]byte { return hashOf([]byte(group)) }

func hashOf(group []byte) (hash [groupSize]byte) {
	sum := sha256.Sum256(group)
	copy(hash[:], sum[:])
	return hash
}

// memberKey says that a claim is in a conflict group.
func memberKey(dst []byte, group [groupSize]byte, claim graph.NodeID) []byte {
	return appendIDs(append(append(append(dst, tableGroups), group[:]...), 'm'), claim)
}

// claimRow encodes the whole claim, see readClaim, and returns where its columns stand.
func (s *side) claimRow(e *encoder, c *claimState, in *interner) (from, to int) {
	r := c.record
	e.term(r.ID)
	e.id(in.id(r.Subject))
	e.id(in.id(r.Relation.IRI))
	e.id(c.object(in))
	if r.Object.IsLiteral() {
		e.term(r.Object)
	} else {
		e.term("")
	}
	from = len(e.b)
	e.columns(&c.columns)
	to = len(e.b)
	e.term(r.Date)
	e.uint(uint64(r.DateBasis))
	e.uint(uint64(len(r.Qualifiers)))
	for _, q := range r.Qualifiers {
		s.qualifier(e, q, in)
	}
	e.evidence(r.Evidence, c.evidence, in)
	e.id(in.id(r.RevisionOf))
	e.id(in.id(r.AlternativeOf))
	e.ids(c.batches)
	return from, to
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

// evidence returns when places in documents were recorded. Each stands as the
// object of a subject, 0 for any, in one of the rows.
func (s *side) evidence(list []graph.EvidenceRecord, in *interner, subject graph.NodeID, rows []quadRow) ([][]graph.Interval, error) {
	out := make([][]graph.Interval, len(list))
	for i, v := range list {
		predicate := s.d.words.evidence
		if v.Context {
			predicate = s.d.words.context
		}
		batch := in.id(v.Batch)
		var err error
		if out[i], err = s.liveBy(batch, firstSeq(rows, quad4{subject, predicate, in.id(v.Locator), batch})); err != nil {
			return nil, err
		}
	}
	return out, in.err
}

// evidence encodes places in documents and when they were recorded.
func (e *encoder) evidence(list []graph.EvidenceRecord, recorded [][]graph.Interval, in *interner) {
	e.uint(uint64(len(list)))
	for i, v := range list {
		e.id(in.id(v.Document))
		e.term(v.Locator)
		e.bool(v.Context)
		e.intervals(recorded[i])
	}
}
