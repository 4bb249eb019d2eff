package command

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestFrontendExample runs the example of docs/frontend.md against the corpus.
func TestFrontendExample(t *testing.T) {
	const example = "../docs/frontend-example.mjs"
	content, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(content), "\n"); n > 60 {
		t.Errorf("%d lines, of 60", n)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("needs Node")
	}
	url, stop := serveFor(t, "--store", sown(t), "--seed", "no", "--documents", "")
	defer stop()
	out, err := exec.Command(node, example, url+"/graphql", "Larisa Kharkova").CombinedOutput()
	for _, part := range []string{"Larisa Kharkova (PERSON)", "tied by", "claims, ", "in paragraph", "picture: "} {
		if err != nil || !strings.Contains(string(out), part) {
			t.Fatalf("%v: no %q in\n%s", err, part, out)
		}
	}
}
