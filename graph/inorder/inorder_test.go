package inorder

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

var errNoMore = errors.New("no more")

// upTo produces the numbers below n, and fails.
func upTo(n int) func(yield func(int) error) error {
	return func(yield func(int) error) error {
		for i := range n {
			if err := yield(i); err != nil {
				return err
			}
		}
		return errNoMore
	}
}

func square(i int) int { return i * i }

// What was produced before a failure is handed over, in order.
func TestDo(t *testing.T) {
	var got []int
	err := Do(upTo(1000), square, func(i int) error {
		got = append(got, i)
		return nil
	})
	require.ErrorIs(t, err, errNoMore)
	require.Len(t, got, 1000)
	for i, n := range got {
		require.Equal(t, i*i, n)
	}
}

// Whoever takes can have enough, and nothing goes on behind it.
func TestDoStops(t *testing.T) {
	errEnough := errors.New("enough")
	taken := 0
	err := Do(upTo(1000), square, func(int) error {
		if taken++; taken == 10 {
			return errEnough
		}
		return nil
	})
	require.ErrorIs(t, err, errEnough)
	require.Equal(t, 10, taken)
}
