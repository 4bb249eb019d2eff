package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTermTable: each term has one number, through every growth, and the table
// holds copies of its own.
func TestTermTable(t *testing.T) {
	table := NewTermTable()
	require.Zero(t, table.Number(""))
	require.Zero(t, table.Find("<a>"))
	term := func(i int) Term { return Term(fmt.Sprintf("<%d/%s>", i, strings.Repeat("x", i%700))) }
	buffer := make([]byte, 0, 1<<10)
	for round := range 2 {
		for i := range 5000 {
			buffer = append(buffer[:0], term(i)...)
			require.Equal(t, uint32(i+1), table.Number(Term(buffer)), "round %d", round)
		}
	}
	clear(buffer[:cap(buffer)])
	require.Equal(t, 5000, table.Len())
	for i := range 5000 {
		require.Equal(t, term(i), table.Term(uint32(i+1)))
		require.Equal(t, uint32(i+1), table.Find(term(i)))
	}
	require.Equal(t, Term(""), table.Term(0))
	order := table.Sorted()
	require.Len(t, order, 5000)
	require.True(t, slices.IsSortedFunc(order, func(a, b uint32) int { return strings.Compare(string(table.Term(a)), string(table.Term(b))) }))
	last := table.Number("<zzz>")
	require.Equal(t, last, table.Sorted()[5000])
}

// TestTermsAreSortedAgain: what came since is put between what was sorted, in
// lists short and long.
func TestTermsAreSortedAgain(t *testing.T) {
	table := NewTermTable()
	for _, size := range []int{10, 50_000, 50_003, 90_000} {
		for i := table.Len(); i < size; i++ {
			table.Number(Term(fmt.Sprint(uint32(i) * 2654435761)))
		}
		order := table.Sorted()
		require.Len(t, order, size)
		require.True(t, slices.IsSortedFunc(order, table.compare))
		all := slices.Sorted(slices.Values(order))
		require.Len(t, slices.Compact(all), size)
	}
}

// TestNumbers: many terms get the numbers that each would get alone, while the
// table grows under them.
func TestNumbers(t *testing.T) {
	one, many := NewTermTable(), NewTermTable()
	var terms []Term
	for i := range 1000 {
		terms = append(terms, Term(fmt.Sprintf("<http://a/%d>", i%300)), "")
	}
	numbers := make([]uint32, len(terms))
	many.Numbers(terms, numbers)
	for i, term := range terms {
		if want := one.Number(term); numbers[i] != want {
			t.Fatalf("%s at %d: %d, alone %d", term, i, numbers[i], want)
		}
	}
	if many.Len() != one.Len() {
		t.Errorf("%d terms, one by one %d", many.Len(), one.Len())
	}
}
