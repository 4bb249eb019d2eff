package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// facts is what is asked of each claim: who says it, when it was, and where it stands.
const facts = `id relation date subject { id name } object { id name } assertedBy { capacity party { id name } } evidence { iri paragraph document { id name } }`

// query is one of the six: its text, its variables, and how its answer is counted.
type query struct {
	name      string
	text      string
	variables func(w *workload, q question) map[string]any
	count     func(w *workload, q question, answer []byte) int
}

var queries = [7]query{
	1: {"one hop", `query($id: ID!) { entity(by: {id: $id}) { id name claims(first: 200) { nodes { ` + facts + ` } } } }`, ofEntity, countOf(`"relation":`, 0)},
	2: {"two hops", `query($id: ID!) { subgraph(roots: [$id], depth: 2, maxNodes: 5000) { nodes { id kind name } } }`, ofEntity, countOf(`"kind":`, -1)},
	3: {"three hops, cap 1,000", `query($id: ID!) { subgraph(roots: [$id], depth: 3, maxNodes: 1001) { nodes { id kind name } } }`, ofEntity, countOf(`"kind":`, -1)},
	4: {"shortest path", `query($a: ID!, $b: ID!) { paths(from: $a, to: $b, maxLength: 6, first: 1) { length nodes { id name } } }`, ofPair, countOf(`"name":`, -1)},
	5: {"name search", `query($text: String!) { search(text: $text, first: 20) { nodes { id kind name } } }`, ofText, countNamed},
	6: {
		"convicted between dates, sorted", `query($a: EDTF!, $b: EDTF!) { claims(filter: {relations: [CONVICTED_BY], date: {from: $a, to: $b}}, first: 50) { nodes { ` + facts + ` } } }`,
		func(_ *workload, q question) map[string]any { return map[string]any{"a": q.A, "b": q.B} }, countOf(`"relation":`, 0),
	},
}

func ofEntity(w *workload, q question) map[string]any { return map[string]any{"id": w.id(q.ID)} }

func ofPair(w *workload, q question) map[string]any {
	return map[string]any{"a": w.id(q.A), "b": w.id(q.B)}
}

func ofText(_ *workload, q question) map[string]any { return map[string]any{"text": q.Tok} }

// countOf counts a member of the answer's objects, and adds to it.
func countOf(member string, add int) func(*workload, question, []byte) int {
	return func(_ *workload, _ question, answer []byte) int { return bytes.Count(answer, []byte(member)) + add }
}

// countNamed counts the people found whose name has the word itself: a search
// across spellings may find others too.
func countNamed(_ *workload, q question, answer []byte) int {
	return bytes.Count(answer, []byte(" "+q.Tok+`"`))
}

// client asks one server.
type client struct {
	http *http.Client
	url  string
	w    *workload
}

func newClient(url string, w *workload) *client {
	return &client{&http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32, DisableCompression: true}, Timeout: time.Minute}, url, w}
}

// body returns the request of a question.
func (c *client) body(n int, q question) ([]byte, error) {
	return json.Marshal(map[string]any{"query": queries[n].text, "variables": queries[n].variables(c.w, q)})
}

// ask asks a question, and fails where the answer has not the size that it must have.
func (c *client) ask(n int, q question, body []byte) error {
	answer, err := c.http.Post(c.url+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK || bytes.Contains(content, []byte(`"errors":`)) {
		return fmt.Errorf("query Q%d: status %d: %.300s", n, answer.StatusCode, content)
	}
	if got := queries[n].count(c.w, q, content); got != q.Want {
		return fmt.Errorf("query Q%d of %s: %d, must be %d", n, strings.TrimSpace(q.ID+q.A+" "+q.B+q.Tok), got, q.Want)
	}
	return nil
}

// get asks for a page.
func (c *client) get(path string) error {
	answer, err := c.http.Get(c.url + path)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s: %s", path, answer.Status)
	}
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}
