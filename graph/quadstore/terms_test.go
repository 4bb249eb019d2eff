package quadstore

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph"
)

// TestLongTermsInTheOrderOfKeys: terms that begin alike stand by the hash of
// the whole where they are too long for a key.
func TestLongTermsInTheOrderOfKeys(t *testing.T) {
	d := newDictionary(nil, 0)
	for _, first := range []string{"a", "b"} {
		for _, n := range []int{1, longPrefix - 1, longPrefix, longPrefix + 1, longKey - 1, longKey, longKey + 1} {
			for _, last := range []string{"x", "y", "z"} {
				_, err := d.intern(graph.Term(strings.Repeat(first, n-1) + last))
				require.NoError(t, err)
			}
		}
	}
	for _, last := range []string{"x", "y", "z", "xy"} {
		_, err := d.intern(graph.Term(strings.Repeat("c", longKey) + last))
		require.NoError(t, err)
	}
	order := d.inOrder()
	require.Len(t, order, len(d.added))
	key := func(n uint32) []byte { return dictionaryKey(nil, d.table.Term(n)) }
	require.True(t, slices.IsSortedFunc(order, func(a, b uint32) int { return bytes.Compare(key(a), key(b)) }))
}
