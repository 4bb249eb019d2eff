package main

import (
	"os"
	"testing"
)

// TestGeneratedFilesAreCurrent compares what would be written with what is
// there; gqlgen's own files are compared by the check of go generate.
func TestGeneratedFilesAreCurrent(t *testing.T) {
	t.Chdir("../..")
	files, err := generatedFiles()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f.name)
		if err != nil {
			t.Fatal(err)
		}
		if string(text) != f.text {
			t.Errorf("%s is not what the ontology says: run go generate ./...", f.name)
		}
	}
}
