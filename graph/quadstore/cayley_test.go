package quadstore_test

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"
	"github.com/stretchr/testify/require"

	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/graph/storetest"
)

// never and always are thresholds at which no commit, and every commit, is staged.
const (
	never  = 1 << 40
	always = -1
)

// kinds are the ways in which a store keeps and commits.
var kinds = []struct {
	name, url string
	threshold int
}{
	{"memory/small", "memory:", never},
	{"memory/bulk", "memory:", always},
	{"file/small", "file:", never},
	{"file/bulk", "file:", always},
}

// TestCayley runs cayley's own suite, with nothing skipped: under the race
// detector its half million quads about films would take an hour.
func TestCayley(t *testing.T) {
	if storetest.WithoutRaceDetector(t) {
		return
	}
	folder := cayleyFolder(t)
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			// The suite opens its data relative to its own folder.
			t.Chdir(filepath.Join(folder, "graph", "graphtest"))
			graphtest.TestAll(t, func(t testing.TB) (cayley.QuadStore, cayley.Options, func()) {
				address := kind.url
				if address == "file:" {
					address += t.TempDir()
				}
				qs, err := cayley.NewQuadStore(quadstore.CayleyName, address, cayley.Options{"bulk_threshold": kind.threshold})
				require.NoError(t, err)
				return qs, nil, func() { require.NoError(t, qs.Close()) }
			}, &graphtest.Config{AlwaysRunIntegration: true})
		})
	}
}

// cayleyFolder returns where the module cache keeps cayley.
func cayleyFolder(t *testing.T) string {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	require.NoError(t, err)
	dir := strings.TrimSpace(string(out))
	require.NotEmpty(t, dir, fmt.Sprintf("go list printed %q", out))
	return dir
}
