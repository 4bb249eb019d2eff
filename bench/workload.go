package main

import (
	"time"
)

// entity is a node of the workload; its number is its place in the list.
type entity struct {
	kind int // index into kinds
	name string
}

// relation is one claim: who to whom, as what, when, in which document, by whose word.
type relation struct {
	source, target int
	tie            int // index into ties
	day            int // since firstDay
	document       int
	agent          int
}

// workload is a graph and the questions asked of it.
type workload struct {
	entities  []entity
	relations []relation
	documents int
	agents    int
	questions [7][]question // by number of the query; 0 is unused
}

// question is one instance of a query and the size of its answer.
type question struct {
	ID, Name string // Q1 to Q3: the entity
	A, B     string // Q4: two entities; Q6: two dates
	Tok      string // Q5: a word of names
	Want     int
}

// firstDay is the day 0 of the workload.
var firstDay = time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)

// dateOf writes a day as EDTF.
func dateOf(day int) string { return firstDay.AddDate(0, 0, day).Format(time.DateOnly) }

// kind is a kind of the workload's entities.
type kind struct {
	name  string  // in the workload
	class string  // in the vocabulary
	slug  string  // begins its ids
	share float64 // of all entities
}

var kinds = []kind{
	{"Person", "Person", "person", .40},
	{"Union", "Union", "union", .15},
	{"Company", "Company", "company", .20},
	{"Court", "Court", "court", .02},
	{"Law", "Law", "law", .03},
	{"Body", "Authority", "authority", .05},
	{"Place", "Place", "place", .15},
}

// tie is a sort of relation between two kinds. The relation kinds are those
// whose domain and range fit; refusals of registration run from the authority
// to the union, against their direction in the peers' files.
type tie struct {
	name           string // in the peers' files
	source, target int    // kinds
	share          float64
	relation       string // in the vocabulary
	turned         bool   // the target is the subject
}

var ties = []tie{
	{"affiliatedWith", 0, 1, .26, "affiliated-with", false},
	{"leads", 0, 1, .05, "leads", false},
	{"employedBy", 0, 2, .16, "employed-by", false},
	{"convictedBy", 0, 3, .06, "convicted-by", false},
	{"knows", 0, 0, .08, "contacted", false},
	{"refusedRegistration", 1, 5, .04, "refused-registration", true},
	{"locatedIn", 1, 6, .06, "based-in", false},
	{"locatedIn", 2, 6, .06, "based-in", false},
	{"locatedIn", 0, 6, .04, "based-in", false},
	{"negotiatesWith", 1, 2, .05, "bargained-with", false},
	{"ownedBy", 2, 2, .04, "owned-by", false},
	{"enforces", 5, 4, .03, "implemented", false},
	{"cites", 3, 4, .03, "ruled-on", false},
	{"affiliatedWith", 1, 1, .02, "affiliated-with", false},
	{"oversees", 5, 2, .02, "oversees", false},
}

// Ties by their places: convictions is what Q6 asks for, contacts what is
// committed while queries are asked.
const (
	convictions = 3
	contacts    = 4
)

// adjacency lists for each entity the other ends of its relations.
func (w *workload) adjacency() [][]int32 {
	out := make([][]int32, len(w.entities))
	for _, r := range w.relations {
		out[r.source] = append(out[r.source], int32(r.target))
		out[r.target] = append(out[r.target], int32(r.source))
	}
	return out
}
