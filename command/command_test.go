package command

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tripartite-graph/tripartite/graph"
)

// call runs the program, and returns its exit status and what it wrote.
func call(t *testing.T, in string, args ...string) (status int, out, complaints string) {
	t.Helper()
	var o, e bytes.Buffer
	status = Run(context.Background(), args, strings.NewReader(in), &o, &e)
	return status, o.String(), e.String()
}

// files writes files into a folder of their own.
func files(t *testing.T, content map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range content {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{
		{}, {"fly"}, {"load"}, {"load", "--nothing", "x"}, {"load", "--format", "paper", "x"}, {"export", "x"},
		{"export", "--format", "yamlld"}, {"verify", "--documents", ""}, {"cite"}, {"cite", "x"}, {"cite", "x", "y"}, {"cite", "--fill"},
		{"serve", "--seed", "maybe"}, {"serve", "--addr", "0.0.0.0:0"}, {"export", "--store", "memory:", "--base", "https://example.org/x"},
		{"export", "--store", "nonsense"}, {"reindex", "--store", "http://127.0.0.1:1"},
	} {
		if status, out, complaints := call(t, "", args...); status != exitUsage || out != "" && len(args) > 0 || complaints == "" && len(args) > 0 {
			t.Errorf("%v: status %d, %q, %q", args, status, out, complaints)
		}
	}
}

func TestEnvironmentSetsFlags(t *testing.T) {
	t.Setenv("TRIPARTITE_STORE", "nonsense:")
	if status, _, complaints := call(t, "", "export"); status != exitUsage || !strings.Contains(complaints, "nonsense:") {
		t.Errorf("the variable was not read: %d %s", status, complaints)
	}
	if status, _, complaints := call(t, "", "export", "--store", "memory:"); status != exitDone {
		t.Errorf("the flag did not override the variable: %d %s", status, complaints)
	}
	t.Setenv("TRIPARTITE_PUBLIC", "perhaps")
	if status, _, complaints := call(t, "", "serve"); status != exitUsage || !strings.Contains(complaints, "TRIPARTITE_PUBLIC") {
		t.Errorf("a variable that cannot be read: %d %s", status, complaints)
	}
}

const harbour = "The Harbour Court fined the chairwoman.\n\nThe union says there was no fine, and the union left.\n"

func TestCite(t *testing.T) {
	dir := files(t, map[string]string{"harbour.txt": harbour})
	path := filepath.Join(dir, "harbour.txt")
	for name, c := range map[string]struct {
		args   []string
		status int
		says   string
	}{
		"found":      {[]string{path, "1", "Harbour Court"}, exitDone, "document/harbour/p1/4-17/"},
		"a middle":   {[]string{path, "2", "The union … no fine"}, exitDone, "document/harbour/p2/0-32/"},
		"the second": {[]string{path, "2", "the union"}, exitDone, "document/harbour/p2/38-47/"},
		"the n-th":   {[]string{path, "2", "union#2"}, exitDone, "document/harbour/p2/42-47/"},
		"all":        {[]string{path, "1"}, exitDone, "document/harbour/p1/0-39/"},
		"elsewhere":  {[]string{path, "1", "no fine"}, exitFailed, "paragraph 2 has it"},
		"twice":      {[]string{path, "2", "union"}, exitFailed, "2 times"},
		"nowhere":    {[]string{"nothing", "1"}, exitFailed, "letter-2021"},
		"no text":    {[]string{"letter-2021", "1", "--documents", ""}, exitFailed, "TRIPARTITE_DOCUMENTS"},
	} {
		status, out, complaints := call(t, "", append([]string{"cite"}, c.args...)...)
		if status != c.status || !strings.Contains(out+complaints, c.says) || (status == exitDone) != (complaints == "") {
			t.Errorf("%s: %d %q %q; want %d with %q", name, status, out, complaints, c.status, c.says)
		}
	}
}

func TestCiteFillWritesAllOrNothing(t *testing.T) {
	text := files(t, map[string]string{"harbour.txt": harbour})
	path := filepath.Join(text, "harbour.txt")
	good := "a: 'cite(" + path + " 1 \"Harbour Court\")'\n"
	bad := "a: x\nb: 'cite(" + path + " 1 \"union\")'\n"
	dir := files(t, map[string]string{"good.yaml": good, "bad.yaml": good + bad})
	both := []string{filepath.Join(dir, "good.yaml"), filepath.Join(dir, "bad.yaml")}
	read := func(name string) string {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}

	status, _, complaints := call(t, "", append([]string{"cite", "--fill"}, both...)...)
	if status != exitFailed || read("good.yaml") != good || !strings.Contains(complaints, both[1]+":3: ") {
		t.Errorf("%d %s\n%s", status, complaints, read("good.yaml"))
	}
	status, _, _ = call(t, "", append([]string{"cite", "--fill", "--partial"}, both...)...)
	if status != exitFailed || !strings.Contains(read("good.yaml"), "document/harbour/p1/4-17/") || !strings.Contains(read("bad.yaml"), bad) {
		t.Errorf("partial: %d\n%s%s", status, read("good.yaml"), read("bad.yaml"))
	}
}

// claims is a small graph in YAML-LD: a document, and what stands in it.
func claims(evidence string) string {
	return `"@context": [context.jsonld, {"@base": "https://tripartite-graph.github.io/id/"}]
"@graph":
- {"@id": document/harbour, "@type": Document, name: Harbour news, file-name: harbour.txt}
- {"@id": person/chairwoman, "@type": Person, name: The chairwoman, unnamed: true}
- {"@id": union/dockers, "@type": Union, name: Dockers}
- "@graph": {"@id": person/chairwoman, affiliated-with: union/dockers}
  asserted-by: union/dockers
  evidence: ` + evidence + `
`
}

// located returns the graph with its evidence, and the folder of its document.
func located(t *testing.T) (folder, file string) {
	t.Helper()
	folder = files(t, map[string]string{"harbour.txt": harbour})
	_, locator, _ := call(t, "", "cite", filepath.Join(folder, "harbour.txt"), "1", "the chairwoman")
	dir := files(t, map[string]string{"claims.yaml": claims(strings.TrimSpace(locator))})
	return folder, filepath.Join(dir, "claims.yaml")
}

func TestLoadExportVerify(t *testing.T) {
	documents, file := located(t)
	store := "file:" + filepath.Join(t.TempDir(), "one")
	status, out, complaints := call(t, "", "load", "--store", store, "--documents", documents, file)
	if status != exitDone || !strings.Contains(out, "1 claims") {
		t.Fatalf("load: %d %s%s", status, out, complaints)
	}
	_, again, _ := call(t, "", "load", "--store", store, file)
	if !strings.Contains(again, "nothing new") {
		t.Errorf("the second load: %s", again)
	}
	_, first, _ := call(t, "", "export", "--store", store)
	copied := "file:" + filepath.Join(t.TempDir(), "two")
	if status, out, complaints := call(t, first, "load", "--store", copied, "--format", "nquads", "-"); status != exitDone {
		t.Fatalf("load of an export: %d %s%s", status, out, complaints)
	}
	if _, second, _ := call(t, "", "export", "--store", copied); second != first || first == "" {
		t.Errorf("the copy differs:\n%s\n%s", first, second)
	}
	if status, _, complaints := call(t, "", "reindex", "--store", store); status != exitDone {
		t.Errorf("reindex: %s", complaints)
	}

	status, out, complaints = call(t, "", "verify", "--store", store, "--documents", documents)
	if status != exitDone || !strings.HasPrefix(out, "ok\tdocument/harbour/p1/24-38/") || strings.TrimSpace(complaints) != "1 ok" {
		t.Errorf("verify: %d %s%s", status, out, complaints)
	}
}

func TestVerifySaysWhatDiffers(t *testing.T) {
	_, file := located(t)
	store := "file:" + filepath.Join(t.TempDir(), "store")
	if status, out, complaints := call(t, "", "load", "--store", store, file); status != exitDone {
		t.Fatalf("load: %s%s", out, complaints)
	}
	for name, c := range map[string]struct {
		file, text, says string
		status           int
	}{
		"a letter":     {"harbour.txt", strings.Replace(harbour, "chair", "chain", 1), "changed\tdocument/harbour/p1/24-38/", exitFailed},
		"which letter": {"harbour.txt", strings.Replace(harbour, "chair", "chain", 1), "'n' at place 8 was 'r'", exitFailed},
		"a line":       {"harbour.txt", "News\n" + harbour, "now document/harbour/p2/24-38/", exitFailed},
		"another name": {"news.txt", harbour, "ok\t", exitDone},
		"no file":      {"x.txt", "nothing", "document missing\t", exitFailed},
	} {
		status, out, complaints := call(t, "", "verify", "--store", store, "--documents", files(t, map[string]string{c.file: c.text}))
		if status != c.status || !strings.Contains(out, c.says) {
			t.Errorf("%s: %d %s%s; want %d with %q", name, status, out, complaints, c.status, c.says)
		}
	}
}

func TestRetract(t *testing.T) {
	_, file := located(t)
	store := "file:" + filepath.Join(t.TempDir(), "store")
	call(t, "", "load", "--store", store, file)
	_, before, _ := call(t, "", "export", "--store", store)
	_, rest, _ := strings.Cut(before, graph.DefaultBase+"batch/")
	hash, _, _ := strings.Cut(rest, ">")
	batch := "batch/" + hash

	if status, _, complaints := call(t, "", "retract", "--store", store, batch); status != exitUsage {
		t.Errorf("without a reason: %d %s", status, complaints)
	}
	status, retraction, complaints := call(t, "", "retract", "--store", store, "--reason", "a hoax", batch)
	if status != exitDone || !strings.HasPrefix(retraction, "retraction/") {
		t.Fatalf("retract: %d %s%s", status, retraction, complaints)
	}
	if status, _, _ := call(t, "", "retract", "--store", store, "--reason", "a hoax", batch); status != exitFailed {
		t.Errorf("the second retraction: %d", status)
	}
	evidence := func() string {
		_, _, said := call(t, "", "verify", "--store", store, "--documents", t.TempDir())
		return strings.TrimSpace(said)
	}
	if said := evidence(); said != "the store holds no evidence" {
		t.Errorf("after the retraction: %s", said)
	}
	if _, out, _ := call(t, "", "load", "--store", store, file); !strings.Contains(out, "nothing new") || evidence() != "the store holds no evidence" {
		t.Errorf("loading again revives: %s", out)
	}
	if status, out, complaints := call(t, "", "retract", "--store", store, "--undo", batch); status != exitDone {
		t.Errorf("undo: %d %s%s", status, out, complaints)
	}
	if said := evidence(); said != "1 document missing" {
		t.Errorf("after undoing: %s", said)
	}
}

func TestCorpus(t *testing.T) {
	documents, file := located(t)
	args := []string{"corpus", "--documents", documents, file}
	status, out, complaints := call(t, "", args...)
	if status != exitFailed || !strings.Contains(out, "harbour: 1 claims in 1 of 2 paragraphs\n  without claim and reason: 2\n") {
		t.Errorf("%d %s%s", status, out, complaints)
	}
	unclaimed := filepath.Join(files(t, map[string]string{"unclaimed.tsv": "# why\nharbour\t2\tRHETORIC\n"}), "unclaimed.tsv")
	status, out, complaints = call(t, "", append(args, "--unclaimed", unclaimed)...)
	if status != exitDone || !strings.Contains(out, "RHETORIC: 1") || !strings.Contains(out, "claims\taffiliated-with\t1") {
		t.Errorf("%d %s%s", status, out, complaints)
	}
}

// TestLoadIsBounded loads what unpacks to more than a file may hold: it is
// refused before it fills the memory, and nothing enters.
func TestLoadIsBounded(t *testing.T) {
	var bomb bytes.Buffer
	packed := gzip.NewWriter(&bomb)
	line := []byte("# " + strings.Repeat("again and again ", 64) + "\n")
	for range 3 << 10 { // three MiB
		if _, err := packed.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(files(t, map[string]string{"bomb.nq.gz": bomb.String()}), "bomb.nq.gz")
	store := "file:" + filepath.Join(t.TempDir(), "store")
	status, out, complaints := call(t, "", "load", "--store", store, "--file-limit", "2", file)
	if status != exitFailed || !strings.Contains(out+complaints, "holds more than 2097152 bytes: split it") {
		t.Errorf("%d %s%s", status, out, complaints)
	}
	if status, out, complaints = call(t, "", "load", "--store", store, "--file-limit", "4", file); status != exitDone {
		t.Errorf("within the limit: %d %s%s", status, out, complaints)
	}
	if status, _, _ = call(t, "", "load", "--store", store, "--file-limit", "-1", file); status != exitUsage {
		t.Errorf("a limit below nothing: %d", status)
	}
}

func TestLoadRefuses(t *testing.T) {
	dir := files(t, map[string]string{"bad.yaml": claims("document/nowhere/p1")})
	store := "file:" + filepath.Join(t.TempDir(), "store")
	status, out, _ := call(t, "", "load", "--store", store, filepath.Join(dir, "bad.yaml"))
	if status != exitFailed || !strings.Contains(out, "bad.yaml:8:") || !strings.Contains(out, "nothing changed") {
		t.Errorf("%d %s", status, out)
	}
	if _, exported, _ := call(t, "", "export", "--store", store); exported != "" {
		t.Errorf("a refused file left %s", exported)
	}
	if status, _, complaints := call(t, "", "load", "--store", store, filepath.Join(dir, "none.yaml")); status != exitFailed || !strings.Contains(complaints, "none.yaml") {
		t.Errorf("a missing file: %d %s", status, complaints)
	}
	rejects := filepath.Join(dir, "rejects.nq")
	effort := []string{"load", "--store", store, "--best-effort", "--rejects", rejects}
	status, out, _ = call(t, "", append(effort, filepath.Join(dir, "bad.yaml"))...)
	if status != exitPartial || !strings.Contains(out, "left out") {
		t.Errorf("best effort: %d %s", status, out)
	}
	rest, err := os.ReadFile(rejects)
	if err != nil || !strings.Contains(string(rest), "# "+filepath.Join(dir, "bad.yaml")+":8:") {
		t.Fatalf("%v\n%s", err, rest)
	}
	mended := filepath.Join(files(t, map[string]string{"mended.nq": strings.ReplaceAll(string(rest), "document/nowhere", "document/harbour")}), "mended.nq")
	if status, out, _ := call(t, "", append(effort, mended)...); status != exitDone {
		t.Errorf("mended: %d %s", status, out)
	}
	whole := "file:" + filepath.Join(t.TempDir(), "whole")
	good := files(t, map[string]string{"good.yaml": claims("document/harbour/p1")})
	call(t, "", "load", "--store", whole, good)
	_, want, _ := call(t, "", "export", "--store", whole, "--flavour", "truthy")
	if _, got, _ := call(t, "", "export", "--store", store, "--flavour", "truthy"); got != want || want == "" {
		t.Errorf("mended and loaded it is\n%s, want\n%s", got, want)
	}
}

// TestBestEffortWithNothingNew names no sequence: there was no commit.
func TestBestEffortWithNothingNew(t *testing.T) {
	dir := files(t, map[string]string{"bad.nq": "nonsense\n"})
	status, out, complaints := call(t, "", "load", "--store", "memory:", "--best-effort",
		"--rejects", filepath.Join(dir, "rejects.nq"), filepath.Join(dir, "bad.nq"))
	if status != exitPartial || !strings.Contains(out, "nothing loaded;") || strings.Contains(out, "sequence") {
		t.Errorf("%d %s%s", status, out, complaints)
	}
}

func TestRemoteStore(t *testing.T) {
	dir := files(t, map[string]string{"a.yaml": claims("document/harbour/p1"), "b.nq": "# nothing\n", "bad.nq": "nonsense\n"})
	url, stop := serveFor(t, "--store", "memory:", "--seed", "no", "--tokens", tokenFile(t))
	defer stop()
	remote := []string{"--store", url, "--token", "curator"}
	if status, out, complaints := call(t, "", append([]string{"load", dir}, remote...)...); status != exitFailed || !strings.Contains(out, filepath.Join(dir, "bad.nq")+":1:") {
		t.Fatalf("%d %s%s", status, out, complaints)
	}
	both := append([]string{"load", filepath.Join(dir, "a.yaml"), filepath.Join(dir, "b.nq")}, remote...)
	for _, want := range []string{"loaded 11", "nothing new"} {
		if status, out, complaints := call(t, "", both...); status != exitDone || !strings.Contains(out, want) {
			t.Fatalf("%d %s%s", status, out, complaints)
		}
	}
	status, out, complaints := call(t, "", append([]string{"export", "--flavour", "truthy"}, remote...)...)
	if status != exitDone || strings.Count(out, "\n") != 1 {
		t.Fatalf("%d %s%s", status, out, complaints)
	}
	words := strings.Fields(out)
	claim := strings.TrimPrefix(strings.Trim(words[3], "<>"), graph.DefaultBase)
	if status, out, complaints := call(t, "", append([]string{"retract", claim, "--reason", "misread"}, remote...)...); status != exitDone || !strings.HasPrefix(out, "retraction/") {
		t.Errorf("%d %s%s", status, out, complaints)
	}
	if _, out, _ := call(t, "", append([]string{"export", "--flavour", "truthy"}, remote...)...); out != "" {
		t.Errorf("what was withdrawn is exported: %s", out)
	}
	if status, _, complaints := call(t, "", append([]string{"retract", claim, "--undo"}, remote...)...); status != exitDone {
		t.Errorf("%d %s", status, complaints)
	}
	if status, _, complaints := call(t, "", "load", "--store", url, filepath.Join(dir, "a.yaml")); status != exitFailed || !strings.Contains(complaints, "401") {
		t.Errorf("without a token: %d %s", status, complaints)
	}
}

// serveFor starts serve on a free port, and returns its address and what
// stops it; stop returns the exit status.
func serveFor(t *testing.T, args ...string) (url string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	said, saying := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- Run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), strings.NewReader(""), io.Discard, saying)
		_ = saying.Close()
	}()
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if _, address, ok := strings.Cut(lines.Text(), "serving "); ok {
			url, _, _ = strings.Cut(address, " ")
			break
		}
		t.Log(lines.Text())
	}
	go func() { _, _ = io.Copy(io.Discard, said) }()
	if url == "" {
		t.Fatalf("the server did not start: status %d", <-ended)
	}
	stop = func() int {
		cancel()
		select {
		case status := <-ended:
			return status
		case <-time.After(20 * time.Second):
			t.Fatal("the server did not stop")
			return -1
		}
	}
	return url, stop
}

// answer asks a server in GraphQL.
func answer(t *testing.T, url, query string, into any) {
	t.Helper()
	body, _ := json.Marshal(map[string]string{"query": query})
	response, err := http.Post(url+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var reply struct {
		Data   json.RawMessage
		Errors []any
	}
	if err := json.Unmarshal(content, &reply); err != nil || len(reply.Errors) > 0 {
		t.Fatalf("%s: %s", query, content)
	}
	if err := json.Unmarshal(reply.Data, into); err != nil {
		t.Fatal(err)
	}
}

func TestServeTheCorpus(t *testing.T) {
	store := sown(t)
	url, stop := serveFor(t, "--store", store)
	var data struct {
		Documents struct{ Nodes []struct{ ID string } }
		Stats     struct{ Quads int }
	}
	answer(t, url, `{ documents(first: 50) { nodes { id } } stats { quads } }`, &data)
	found := false
	for _, d := range data.Documents.Nodes {
		found = found || d.ID == "document/letter-2021"
	}
	if !found || data.Stats.Quads == 0 {
		t.Errorf("the corpus is not there: %+v", data)
	}
	for path, media := range map[string]string{
		"/healthz": "text/plain", "/readyz": "text/plain", "/metrics": "text/plain",
		"/id/document/letter-2021": "application/ld+json",
	} {
		response, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		content, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if response.StatusCode != http.StatusOK || !strings.HasPrefix(response.Header.Get("Content-Type"), media) || len(content) == 0 {
			t.Errorf("%s: %d %s\n%.200s", path, response.StatusCode, response.Header.Get("Content-Type"), content)
		}
	}
	if status, _, complaints := call(t, "", "export", "--store", store); status != exitFailed || complaints == "" {
		t.Errorf("a second process on one store: %d %s", status, complaints)
	}
	if status := stop(); status != exitDone {
		t.Errorf("stopping: %d", status)
	}
	if status, out, complaints := call(t, "", "export", "--store", store, "--root", "document/letter-2021", "--depth", "0"); status != exitDone || out == "" {
		t.Errorf("the store after stopping: %d %s", status, complaints)
	}
}
