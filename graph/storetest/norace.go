package storetest

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"
)

// WithoutRaceDetector runs the test that calls it in a program built without
// the race detector, where this one is built with it, and tells whether it did.
// It is for tests of one goroutine whose subject is bytes: Pebble writes down a
// stack for each iterator under the detector, and they take five times as long.
func WithoutRaceDetector(t *testing.T) bool {
	if !raceDetector {
		return false
	}
	out, err := exec.Command("go", "test", "-count=1", "-v", "-run", "^"+t.Name()+"$", ".").CombinedOutput()
	require.NoError(t, err, string(out))
	require.Contains(t, string(out), "--- PASS: "+t.Name())
	return true
}
