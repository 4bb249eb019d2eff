package command

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
)

// holders lists the files below a folder that hold some bytes.
func holders(t *testing.T, folder, what string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(what)) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestPurge: what is purged is in no file of the store, and is not loaded again.
func TestPurge(t *testing.T) {
	const secret = "Qx7Zwy9K"
	dir := t.TempDir()
	folder, store := filepath.Join(dir, "store"), "file:"+filepath.Join(dir, "store")
	file := filepath.Join(dir, "diary.yaml")
	content := `"@context": [context.jsonld, {"@base": "` + graph.DefaultBase + `"}]
"@graph":
- {"@id": document/d, "@type": Document, name: A diary}
- {"@id": person/protected-9, "@type": Person, name: ` + secret + ` A., protected: true}
- {"@id": company/c, "@type": Company, name: A company}
- "@graph": {"@id": person/protected-9, employed-by: company/c}
  asserted-by: company/c
  evidence: document/d/p2
`
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, complaints := call(t, "", "load", "--store", store, file); status != exitDone {
		t.Fatalf("load: %s%s", out, complaints)
	}
	if len(holders(t, folder, secret)) == 0 {
		t.Fatal("nothing to purge")
	}
	for _, wrong := range []struct {
		status int
		says   string
		args   []string
	}{
		{exitUsage, "--reason", []string{"--store", store, "person/protected-9"}},
		{exitUsage, "beside the store", []string{"--store", "http://127.0.0.1:1", "--reason", "x", "person/protected-9"}},
		{exitUsage, "memory", []string{"--store", "memory:", "--reason", "x", "person/protected-9"}},
		{exitFailed, "there is no store", []string{"--store", store + "-none", "--reason", "x", "person/protected-9"}},
		{exitFailed, "person/nobody", []string{"--store", store, "--reason", "x", "person/nobody"}},
	} {
		if status, out, complaints := call(t, "", append([]string{"purge"}, wrong.args...)...); status != wrong.status || out != "" || !strings.Contains(complaints, wrong.says) {
			t.Errorf("purge %v: %d %s%s", wrong.args, status, out, complaints)
		}
	}
	const counts = "claims 1, entities 1, batches 0, quads "
	if status, out, _ := call(t, "", "purge", "--store", store, "--dry-run", "person/protected-9"); status != exitDone || !strings.Contains(out, "would purge: "+counts) {
		t.Errorf("dry run: %d %s", status, out)
	}
	if status, out, complaints := call(t, "", "purge", "--store", store, "--reason", "her wish", "person/protected-9"); status != exitDone || !strings.Contains(out, "purged: "+counts) {
		t.Fatalf("purge: %d %s%s", status, out, complaints)
	}
	if found := holders(t, folder, secret); len(found) > 0 {
		t.Errorf("still in %v", found)
	}
	if status, out, _ := call(t, "", "load", "--store", store, file); status != exitFailed || !strings.Contains(out, "purged") {
		t.Errorf("loading it again: %d %s", status, out)
	}
}
