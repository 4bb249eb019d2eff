package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Why tells how a search found a name.
type Why string

// The ways in which names are found, best first.
const (
	WhyExact    Why = "EXACT"    // letter for letter
	WhyFolded   Why = "FOLDED"   // whole, but for case, marks, punctuation, script
	WhyPrefix   Why = "PREFIX"   // the name begins so
	WhyTokens   Why = "TOKENS"   // its words, or beginnings of them
	WhyInitials Why = "INITIALS" // initials for words, or an abbreviation
	WhyFuzzy    Why = "FUZZY"    // small misspellings
)

// Bounds of a search: how much of each index it looks at.
const (
	maxQueryRunes  = 200
	maxQueryTokens = 12
	maxPostings    = 1000 // of one name or token
	maxInitials    = 4000 // names read for an abbreviation, tokens for a misspelling
	maxCandidates  = 200  // entities whose names are compared
)

// SearchQuery is a search by words of names.
type SearchQuery struct {
	Text  string
	Kinds []*EntityKind // nil: all
	Page  Paging
}

// SearchEdge is an entity found, and by what.
type SearchEdge struct {
	Cursor      string
	Node        *Entity
	Score       float64 // from 0 to 1; 1 is the whole preferred name
	MatchedName *Name
	Why         Why
}

// SearchConnection is a page of what a search found, the best first.
type SearchConnection struct {
	Edges      []*SearchEdge
	Nodes      []*Entity
	PageInfo   PageInfo
	TotalCount int
}

// Search finds entities by words of any of their names, across case, marks,
// punctuation and script, with initials, abbreviations and small misspellings.
// A protected entity answers to its exact pseudonym only.
func (r *Reader) Search(ctx context.Context, q SearchQuery) (*SearchConnection, error) {
	if n := len([]rune(q.Text)); n > maxQueryRunes {
		return nil, Errorf(CodeLimit, "text: %d characters; a search takes at most %d", n, maxQueryRunes)
	}
	w, err := r.window(ctx, searchList, q.Page)
	if err != nil {
		return nil, err
	}
	s := &searcher{
		r: r, raw: strings.TrimSpace(q.Text), wordings: wordings(q.Text), kinds: q.Kinds,
		met: map[NodeID]bool{}, hits: map[NodeID]int{}, room: maxCandidates,
	}
	s.gloss[0], s.gloss[1] = gloss(s.raw)
	if s.barest().folded == "" {
		return &SearchConnection{}, nil
	}
	found, err := s.run(ctx)
	if err != nil {
		return nil, err
	}
	from, to, info := w.cut(len(found), func(i int, m *mark) int {
		return cmp.Or(cmp.Compare(found[i].rank(), m.key), strings.Compare(found[i].Node.ID, m.id))
	})
	c := &SearchConnection{Edges: found[from:to], PageInfo: info, TotalCount: len(found)}
	for _, e := range c.Edges {
		e.Cursor = r.cursor(searchList, e.rank(), e.Node.ID)
		c.Nodes = append(c.Nodes, e.Node)
	}
	c.PageInfo.ends(len(c.Edges), func(i int) string { return c.Edges[i].Cursor })
	return c, nil
}

// rank is a number that rises along the list: by score, and where two have the
// same name, first the one that sources call so in more places.
func (e *SearchEdge) rank() int64 {
	return -int64(e.Score*1e6+0.5)*100 - int64(min(len(e.MatchedName.evidence), 99))
}

// searcher is one search under way.
type searcher struct {
	r          *Reader
	raw        string
	wordings   []wording // the ways to read the text, the barest last
	gloss      [2]string // a name and another in brackets behind it, folded
	kinds      []*EntityKind
	candidates []NodeID
	met        map[NodeID]bool
	hits       map[NodeID]int // letters of words in common with the text
	room       int            // how many candidates there may be
}

// goodScore is the least score at which misspellings are not looked for.
const goodScore = 0.6

// run looks at one index after the other, and at the costly ones only where
// the others found nothing good; what those find has room of its own.
func (s *searcher) run(ctx context.Context) ([]*SearchEdge, error) {
	for _, look := range []func(context.Context) error{s.byName, s.byTokens} {
		if err := look(ctx); err != nil {
			return nil, err
		}
	}
	found, err := s.score(ctx)
	if err != nil || len(found) > 0 && found[0].Score >= goodScore {
		return found, err
	}
	s.room += maxCandidates
	for _, look := range []func(context.Context) error{s.byInitials, s.byJoining, s.byMisspelling} {
		if err := look(ctx); err != nil {
			return nil, err
		}
	}
	return s.score(ctx)
}

// add notes a candidate, while there is room.
func (s *searcher) add(n NodeID) {
	if n = s.r.rep(n); !s.met[n] && len(s.candidates) < s.room {
		s.met[n] = true
		s.candidates = append(s.candidates, n)
	}
}

// barest is the text without all that says nothing of whom it names.
func (s *searcher) barest() wording { return s.wordings[len(s.wordings)-1] }

// byName finds names that are or begin as the text does: the whole ones first.
func (s *searcher) byName(ctx context.Context) error {
	names := s.spellings()
	for _, match := range []NameMatch{ExactName, NamePrefix} {
		for _, folded := range names {
			found, err := s.r.snapshot.Names(ctx, match, folded, "", maxPostings)
			if err != nil {
				return err
			}
			for _, p := range found {
				s.add(p.Entity)
			}
		}
	}
	return nil
}

// spellings returns how a name that is the text may be spelled: read in each
// way, letters with points between them as one word, words as one, and with
// the articles that the text may lack.
func (s *searcher) spellings() []string {
	var out []string
	add := func(folded string) {
		if folded != "" && !slices.Contains(out, folded) {
			out = append(out, folded)
		}
	}
	for _, w := range s.wordings {
		add(w.folded)
		add(w.acronym)
		add(w.joined)
	}
	for _, article := range leading.articles {
		add(article + " " + s.barest().folded)
	}
	return out
}

// byTokens finds names that have the words of the text: those with most of
// them first. Single letters are left to the comparison of names.
func (s *searcher) byTokens(ctx context.Context) error {
	for _, t := range s.barest().tokens {
		match := TokenPrefix
		switch {
		case hasDigit(t):
			match = TokenExact
		case len([]rune(t)) < s.shortest():
			continue
		}
		entities, err := s.postings(ctx, match, t, maxPostings, func(string) bool { return true })
		if err != nil {
			return err
		}
		s.hit(t, entities)
	}
	s.addBest()
	return nil
}

// hit notes that entities have a word of the text.
func (s *searcher) hit(t string, entities []NodeID) {
	for _, n := range entities {
		s.hits[n] += len(t)
	}
}

// shortest is how long a word must be to be looked up: words of three letters
// or less (of, the) only where there is none longer.
func (s *searcher) shortest() int {
	if slices.ContainsFunc(s.barest().tokens, func(t string) bool { return len([]rune(t)) > 3 }) {
		return 4
	}
	return 2
}

// addBest adds candidates by how many letters of words they have in common with the text.
func (s *searcher) addBest() {
	best := make([]NodeID, 0, len(s.hits))
	for n := range s.hits {
		best = append(best, n)
	}
	slices.SortFunc(best, func(a, b NodeID) int { return cmp.Or(cmp.Compare(s.hits[b], s.hits[a]), cmp.Compare(a, b)) })
	for _, n := range best {
		s.add(n)
	}
}

// postings returns the entities found under names or tokens that pass, whole
// words before longer ones, each once.
func (s *searcher) postings(ctx context.Context, match NameMatch, folded string, n int, pass func(string) bool) ([]NodeID, error) {
	found, err := s.r.snapshot.Names(ctx, match, folded, "", n)
	var out []NodeID
	met := map[NodeID]bool{}
	for _, p := range found {
		if rep := s.r.rep(p.Entity); !met[rep] && pass(p.Folded) {
			met[rep] = true
			out = append(out, rep)
		}
	}
	return out, err
}

// byInitials finds names whose words begin with the letters of an abbreviation.
func (s *searcher) byInitials(ctx context.Context) error {
	w := s.barest()
	letters := w.acronym
	if letters == "" && len(w.tokens) == 1 {
		letters = w.tokens[0]
	}
	if n := len([]rune(letters)); n < 2 || n > maxAcronym {
		return nil
	}
	return s.scan(ctx, string([]rune(letters)[:1]), func(name string) bool { return abbreviation(letters, Tokens(name)) > 0 })
}

// byJoining finds names whose words the text has written as one.
func (s *searcher) byJoining(ctx context.Context) error {
	w := s.barest()
	if w.joined == "" || len(w.tokens) > 1 {
		return nil
	}
	return s.scan(ctx, string([]rune(w.joined)[:2]), func(name string) bool { return unspaced(name) == w.joined })
}

// scan adds the entities of names that begin so and pass.
func (s *searcher) scan(ctx context.Context, prefix string, pass func(name string) bool) error {
	found, err := s.postings(ctx, NamePrefix, prefix, maxInitials, pass)
	for _, n := range found {
		s.add(n)
	}
	return err
}

// byMisspelling finds names with words that differ little from those of the text.
func (s *searcher) byMisspelling(ctx context.Context) error {
	for _, t := range s.barest().words() {
		if len([]rune(t.folded)) < minFuzzy || hasDigit(t.folded) {
			continue
		}
		for _, prefix := range beginnings(t.folded) {
			found, err := s.postings(ctx, TokenPrefix, prefix, maxInitials, t.misspells)
			if err != nil {
				return err
			}
			s.hit(t.folded, found)
		}
	}
	s.addBest()
	return nil
}

// score compares the names of all candidates, the best first.
func (s *searcher) score(ctx context.Context) ([]*SearchEdge, error) {
	cards, err := s.r.load(ctx, s.candidates)
	if err != nil {
		return nil, err
	}
	var out []*SearchEdge
	for _, n := range s.candidates {
		e := cards.get(n)
		if !e.recorded() || s.kinds != nil && !slices.Contains(s.kinds, e.Kind) {
			continue
		}
		if best := s.best(e); best != nil {
			out = append(out, best)
		}
	}
	slices.SortFunc(out, func(a, b *SearchEdge) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), strings.Compare(a.Node.ID, b.Node.ID))
	})
	return out, nil
}

// best returns the name of an entity that matches best, nil for none.
func (s *searcher) best(e *Entity) *SearchEdge {
	var best *SearchEdge
	for _, n := range e.Names() {
		if e.Protected && n.Text != s.raw {
			continue
		}
		why, score := s.compare(n)
		if why != "" && (best == nil || score > best.Score) {
			best = &SearchEdge{Node: e, Score: score, MatchedName: n, Why: why}
		}
	}
	if n := s.glossed(e); n != nil && (best == nil || best.Score < scoreGlossed) {
		best = &SearchEdge{Node: e, Score: scoreGlossed, MatchedName: n, Why: WhyFolded}
	}
	return best
}

// glossed returns the name of an entity that the text gives with another of
// its names in brackets, as texts introduce abbreviations; nil for none.
func (s *searcher) glossed(e *Entity) *Name {
	if s.gloss[0] == "" || s.gloss[1] == "" || e.Protected {
		return nil
	}
	var named *Name
	other := false
	for _, n := range e.Names() {
		switch Fold(strip(n.Text)) {
		case s.gloss[0]:
			named = n
		case s.gloss[1]:
			other = true
		}
	}
	if !other {
		return nil
	}
	return named
}

// compare tells how a name matches the text, and how well. A description
// counts less, unless it is given whole: it has words of other names in it.
func (s *searcher) compare(n *Name) (Why, float64) {
	why, score := s.compareText(n)
	if n.Role == NameDescription && why != WhyExact && why != WhyFolded {
		score *= ofDescription
	}
	if n.Role != NamePreferred {
		score -= lesserName
	}
	return why, score
}

// compareText matches the readings of the text with the name as it stands and
// without what may stand before it; the best counts.
func (s *searcher) compareText(n *Name) (why Why, score float64) {
	if n.Text == s.raw {
		return WhyExact, scoreExact
	}
	folded, bare := Fold(n.Text), Fold(strip(n.Text))
	for _, w := range s.wordings {
		if w.part && n.Role == NameDescription {
			continue
		}
		how, q := w.match(folded)
		if q -= w.less; how != "" && q > score {
			why, score = how, q
		}
		if bare == folded {
			continue
		}
		how, q = w.match(bare)
		if q -= max(w.less, lessBare); how != "" && q > score {
			why, score = how, q
		}
	}
	return why, score
}

// EntityLookup names one entity; exactly one member is given.
type EntityLookup struct {
	ID   *string
	IRI  *string
	Name *string // any of its names, whole; case, accents and script do not matter
}

// FindEntity returns the entity of a look-up, nil for none. A name of several
// is a CodeAmbiguous error with their ids.
func (r *Reader) FindEntity(ctx context.Context, by EntityLookup) (*Entity, error) {
	given := 0
	for _, s := range []*string{by.ID, by.IRI, by.Name} {
		if s != nil {
			given++
		}
	}
	if given != 1 {
		return nil, Errorf(CodeInvalid, "by: %d of id, iri and name are given; give exactly one", given)
	}
	if by.Name != nil {
		return r.byWholeName(ctx, *by.Name)
	}
	id := by.ID
	if id == nil {
		short := r.ontology.Names.ID(Term(*by.IRI))
		id = &short
	}
	found, err := r.EntitiesByID(ctx, []string{*id})
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// byWholeName finds the one entity that has a name.
func (r *Reader) byWholeName(ctx context.Context, name string) (*Entity, error) {
	folded := Fold(name)
	if folded == "" {
		return nil, Errorf(CodeInvalid, "by.name: %q has no letter or digit", name)
	}
	nodes, err := r.named(ctx, ExactName, folded)
	if err != nil {
		return nil, err
	}
	cards, err := r.load(ctx, nodes)
	if err != nil {
		return nil, err
	}
	var found []*Entity
	for _, n := range nodes {
		if e := cards.get(n); e.recorded() && (!e.Protected || e.called(name)) {
			found = append(found, e)
		}
	}
	switch len(found) {
	case 0:
		return nil, nil
	case 1:
		return found[0], nil
	}
	failure := Errorf(CodeAmbiguous, "by.name: %q is a name of %d entities; ask by id, one of candidates", name, len(found))
	for _, e := range found {
		failure.Candidates = append(failure.Candidates, e.ID)
	}
	slices.Sort(failure.Candidates)
	return nil, failure
}

// called tells whether a name is one of the entity's, letter for letter.
func (e *Entity) called(name string) bool {
	return slices.ContainsFunc(e.Names(), func(n *Name) bool { return n.Text == name })
}
