package main

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// maker makes a workload: deterministic for a seed and a size.
type maker struct {
	*rand.Rand
	*workload
	byKind    [][]int
	surnames  []string
	forenames []string
}

// The sizes of the questions' sets, and what they ask for at most.
const (
	manyQuestions = 1000
	hoodQuestions = 300
	fewQuestions  = 100
	searchPage    = 20
	datePage      = 50
	hoodCap       = 1000
	longestPath   = 6
)

// Questions of a graph of any size find as much: the more entities it has, the
// more surnames are there, and the fewer days does a question span.
const (
	perSurname = 50        // entities
	entityDays = 6_000_000 // entities times the days that a question spans
	allDays    = 3650      // that claims are spread over
	mostDays   = 3000
)

// generate makes a graph of n entities and four times as many relations, whose
// degrees follow a power law.
func generate(n int, seed uint64) *workload {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, uint64(n))), workload: &workload{documents: n/10 + 1, agents: 50}, byKind: make([][]int, len(kinds))}
	for range 300 {
		m.forenames = append(m.forenames, m.word(2))
	}
	for range max(1, n/perSurname) {
		m.surnames = append(m.surnames, m.word(3)+pickOf(m, "ov", "ich", "enko", "sky", "uk"))
	}
	for i := range n {
		k := m.choose(len(kinds), func(i int) float64 { return kinds[i].share })
		m.byKind[k] = append(m.byKind[k], i)
		m.entities = append(m.entities, entity{k, m.name(k)})
	}
	for _, list := range m.byKind {
		m.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	for range 4 * n {
		m.relations = append(m.relations, m.relation())
	}
	m.ask()
	return m.workload
}

func pickOf(m *maker, words ...string) string { return words[m.IntN(len(words))] }

var syllables = strings.Fields("ka ra vi lo mi ne to sa be du ger lin mar nov pol ros sta tur vel zan")

// word makes a capitalised word of some syllables.
func (m *maker) word(n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(syllables[m.IntN(len(syllables))])
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

// choose draws one of n by their shares; the last takes what is left.
func (m *maker) choose(n int, share func(int) float64) int {
	u := m.Float64()
	for i := range n - 1 {
		if u -= share(i); u < 0 {
			return i
		}
	}
	return n - 1
}

func (m *maker) name(kind int) string {
	switch kinds[kind].name {
	case "Person":
		return pickOf(m, m.forenames...) + " " + pickOf(m, m.surnames...)
	case "Union":
		return "Union of " + pickOf(m, "Miners", "Teachers", "Railway Workers", "Nurses", "Dockers", "Metal Workers") + " " + m.word(3)
	case "Company":
		return m.word(3) + " " + pickOf(m, "Works", "Holding", "Plant", "Trade")
	case "Court":
		return m.word(3) + " District Court"
	case "Law":
		return fmt.Sprintf("Act %d on %s", m.IntN(9999), m.word(2))
	case "Body":
		return "Department of " + m.word(3)
	}
	return m.word(3)
}

// draw takes an entity of a kind, the first ones more often the greater skew is.
func (m *maker) draw(kind int, skew float64) int {
	list := m.byKind[kind]
	return list[int(float64(len(list))*math.Pow(m.Float64(), skew))]
}

func (m *maker) relation() relation {
	const sourceSkew, targetSkew = 1.5, 3
	t := m.choose(len(ties), func(i int) float64 { return ties[i].share })
	r := relation{source: m.draw(ties[t].source, sourceSkew), tie: t, day: m.IntN(allDays), document: m.IntN(m.documents), agent: m.IntN(m.agents)}
	r.target = m.draw(ties[t].target, targetSkew)
	for r.target == r.source {
		r.target = m.draw(ties[t].target, targetSkew)
	}
	return r
}

// ask draws the questions and finds out by the array of neighbours what each
// answer must hold.
func (m *maker) ask() {
	near := m.adjacency()
	a := newArray(near)
	for len(m.questions[1]) < manyQuestions {
		if i := m.IntN(len(near)); len(near[i]) > 0 && len(near[i]) <= 200 {
			m.questions[1] = append(m.questions[1], question{ID: id(i), Name: m.entities[i].name, Want: len(near[i])})
		}
	}
	m.askHoods(a)
	for len(m.questions[4]) < fewQuestions {
		from, to := m.IntN(len(near)), m.IntN(len(near))
		if from != to && len(near[from]) > 0 && len(near[to]) > 0 {
			m.questions[4] = append(m.questions[4], question{A: id(from), B: id(to), Want: a.distance(int32(from), int32(to), longestPath)})
		}
	}
	m.askNames()
	m.askDates()
}

// askHoods asks for the surroundings of average entities: of degree 6 to 10,
// with a second ring between the quartiles.
func (m *maker) askHoods(a *array) {
	type around struct{ entity, size int }
	var found []around
	for len(found) < 4*hoodQuestions {
		if i := m.IntN(len(a.near)); len(a.near[i]) >= 6 && len(a.near[i]) <= 10 {
			found = append(found, around{i, a.hood(int32(i), 2)})
		}
	}
	slices.SortFunc(found, func(a, b around) int { return cmp.Compare(a.size, b.size) })
	middle := found[hoodQuestions : 3*hoodQuestions]
	m.Shuffle(len(middle), func(i, j int) { middle[i], middle[j] = middle[j], middle[i] })
	for i, c := range middle[:hoodQuestions+fewQuestions] {
		if i < hoodQuestions {
			m.questions[2] = append(m.questions[2], question{ID: id(c.entity), Want: c.size})
		} else {
			m.questions[3] = append(m.questions[3], question{ID: id(c.entity), Want: min(hoodCap, a.hood(int32(c.entity), 3))})
		}
	}
}

// askNames asks for people by their surnames.
func (m *maker) askNames() {
	count := map[string]int{}
	for _, e := range m.entities {
		if kinds[e.kind].name == "Person" {
			_, surname, _ := strings.Cut(e.name, " ")
			count[surname]++
		}
	}
	for range fewQuestions {
		s := pickOf(m, m.surnames...)
		m.questions[5] = append(m.questions[5], question{Tok: s, Want: min(searchPage, count[s])})
	}
}

// askDates asks for the convictions of some days: of thirty where there are
// 200,000 entities.
func (m *maker) askDates() {
	days := min(mostDays, max(1, entityDays/len(m.entities)))
	for range fewQuestions {
		from, n := m.IntN(allDays-days), 0
		for _, r := range m.relations {
			if r.tie == convictions && r.day >= from && r.day < from+days {
				n++
			}
		}
		m.questions[6] = append(m.questions[6], question{A: dateOf(from), B: dateOf(from + days - 1), Want: min(datePage, n)})
	}
}

func id(i int) string { return "e" + strconv.Itoa(i) }

// number is the inverse of id.
func number(id string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(id, "e"))
	if err != nil {
		return -1
	}
	return n
}
