package graph

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFoldMeetsBGN compares Kazakh names with their BGN/PCGN romanization.
func TestFoldMeetsBGN(t *testing.T) {
	root := os.Getenv("TRIPARTITE_TESTDATA")
	if root == "" {
		t.Skip("TRIPARTITE_TESTDATA names no folder with names/kazakh-bgnpcgn-1979.tsv")
	}
	file, err := os.ReadFile(filepath.Join(root, "names", "kazakh-bgnpcgn-1979.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(file)) {
		cyrillic, latin, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if Fold(cyrillic) != Fold(latin) {
			t.Errorf("Fold(%q) = %q, Fold(%q) = %q", cyrillic, Fold(cyrillic), latin, Fold(latin))
		}
	}
}
