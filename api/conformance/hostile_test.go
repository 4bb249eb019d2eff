//go:build unix

package conformance

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tripartite-graph/tripartite/api"
)

// answerTime is how much of a processor's time a hostile request may take, and
// growth how much memory all of them together may leave behind.
const (
	answerTime = 100 * time.Millisecond
	growth     = 64 << 20
)

// shape is one way of being hostile, in several sizes.
type shape struct {
	name string
	make func(n int) string // the body of a request
	// sizes go from what the server may still run to far beyond.
	sizes []int
	// refused tells that each size must be answered with an error.
	refused bool
}

// nested repeats a text around another, n times.
func nested(n int, open, inside, end string) string {
	return strings.Repeat(open, n) + inside + strings.Repeat(end, n)
}

// chain writes n fragments that each spread the next one twice.
func chain(n int, last string) string {
	var b strings.Builder
	b.WriteString("{...f0}")
	for i := range n {
		fmt.Fprintf(&b, " fragment f%d on Query {...f%d ...f%d}", i, i+1, i+1)
	}
	fmt.Fprintf(&b, " fragment f%d on Query {%s}", n, last)
	return b.String()
}

// numbered joins n texts made with a verb for the number.
func numbered(n int, format, separator string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = fmt.Sprintf(format, i)
	}
	return strings.Join(parts, separator)
}

var shapes = []shape{
	{"deep", func(n int) string {
		return request("{ entities { nodes "+nested(n, "{ neighbors(first: 1) { nodes ", "{ id }", " } }")+" } }", "")
	}, []int{20, 100, 400, 5000}, true},
	{"wide", func(n int) string { return request("{ stats { entities "+strings.Repeat("entities ", n)+"} }", "") }, []int{25, 900, 1900, 9000, 60000}, true},
	{"__typename", func(n int) string { return request("{"+strings.Repeat("__typename ", n)+"}", "") }, []int{25, 1900, 9000}, true},
	{"aliased", func(n int) string {
		return request("{"+numbered(n, "a%d: entities(first: 200) { nodes { neighbors(first: 200) { totalCount nodes { id } } } }", " ")+"}", "")
	}, []int{10, 30, 200, 2000}, true},
	{"aliases of one", func(n int) string {
		return request("{ node(id: \"union/dockers\") {"+numbered(n, "a%d: id", " ")+"} }", "")
	}, []int{3000, 20000}, true},
	{"doubling fragments", func(n int) string { return request(chain(n, "stats { claims }"), "") }, []int{13, 16, 20, 24, 40, 60, 100}, true},
	{"a cycle of fragments", func(n int) string {
		return request("{...f0} "+numbered(n, "fragment f%d on Query {...f0 ...f1}", " "), "")
	}, []int{2, 50, 100, 1000}, true},
	{"fragments in fragments", func(n int) string {
		return request("{"+nested(n, "... on Query {", "stats { claims }", "}")+"}", "")
	}, []int{600, 5000}, true},
	{"conflicting names", func(n int) string {
		return request("{"+numbered(n, "x: node(id: \"%d\") { id }", " ")+"}", "")
	}, []int{2, 20, 100}, true},
	{"costly pages", func(n int) string {
		return request("{ entities(first: 200) { nodes "+nested(n, "{ claims(first: 200) { nodes { subject ", "{ id }", " } } }")+" } }", "")
	}, []int{2, 4, 8}, true},
	{"pages beyond", func(n int) string { return request(fmt.Sprintf("{ entities(first: %d) { nodes { id } } }", n), "") }, []int{201, 202, 1000, 100000, 2147483647}, true},
	{"a number too large", func(n int) string {
		return request("{ entities(first: "+strings.Repeat("9", n)+") { nodes { id } } }", "")
	}, []int{11, 1000, 60000}, true},
	{"subgraphs", func(n int) string {
		return request("{"+numbered(n, "a%d: subgraph(roots: [\"union/dockers\"], depth: 10, maxNodes: 5000) { nodes { id } edges { claims { id } } }", " ")+"}", "")
	}, []int{30, 80, 300}, true},
	{"long paths", func(n int) string {
		return request(fmt.Sprintf("{ paths(from: \"union/dockers\", to: \"person/ada-quay\", maxLength: %d, first: 200) { length } }", n), "")
	}, []int{11, 1000000}, true},
	{"ids in a list", func(n int) string {
		return request("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", `{"ids":[`+numbered(n, `"person/p%d"`, ",")+`]}`)
	}, []int{201, 5000, 50000}, true},
	{"lists in a document", func(n int) string { return request("{ nodes(ids: ["+numbered(n, `"p%d"`, " ")+"]) { id } }", "") }, []int{201, 1900, 9000}, true},
	{"deep variables", func(n int) string {
		return request("query($f: ClaimFilter) { claims(filter: $f) { totalCount } }", `{"f":`+nested(n, `{"not":`, `{"ids":[]}`, "}")+"}")
	}, []int{100, 1000, 9000}, true},
	{"wide variables", func(n int) string {
		return request("query($f: ClaimFilter) { claims(filter: $f) { totalCount } }", `{"f":{"or":[`+numbered(n, `{"ids":["claim/%d"]}`, ",")+`]}}`)
	}, []int{2000, 20000}, true},
	{"a huge text", func(n int) string {
		return request("query($t: String!) { search(text: $t) { totalCount } }", `{"t":"`+strings.Repeat("a b ", n)+`"}`)
	}, []int{1000, 100000}, false},
	{"unused variables", func(n int) string { return request("{ stats { claims } }", `{`+numbered(n, `"v%d":[[[]]]`, ",")+`}`) }, []int{1000, 4000}, false},
	{"too many variables", func(n int) string { return request("{ stats { claims } }", `{`+numbered(n, `"v%d":[[[]]]`, ",")+`}`) }, []int{20000, 100000}, true},
	{"declared variables", func(n int) string {
		return request("query("+numbered(n, "$v%d: ID", " ")+") { stats { claims } }", "")
	}, []int{300, 1000}, true},
	{"directives", func(n int) string {
		return request("{ stats "+strings.Repeat("@skip(if: false) ", n)+"{ claims } }", "")
	}, []int{100, 1000}, true},
	{"unknown fields", func(n int) string { return request("{"+numbered(n, "unknown%d", " ")+"}", "") }, []int{1, 10, 100, 900, 5000}, true},
	{"introspection in depth", func(n int) string {
		return request("{ __schema { types "+nested(n, "{ fields { type ", "{ name }", " } }")+" } }", "")
	}, []int{3, 8, 200}, true},
	{"many operations", func(n int) string { return request(numbered(n, "query q%d { stats { claims } }", " "), "") }, []int{100, 900}, true},
	{"open brackets", func(n int) string { return request(strings.Repeat("{", n), "") }, []int{1, 1000, 60000}, true},
	{"open lists", func(n int) string { return request("{ nodes(ids: "+strings.Repeat("[", n), "") }, []int{10, 1000, 60000}, true},
	{"a long string", func(n int) string { return request(`{ node(id: "`+strings.Repeat("x", n)+`") { id } }`, "") }, []int{60000, 100000}, false},
	{"an open string", func(n int) string { return request(`{ node(id: "`+strings.Repeat("x", n), "") }, []int{10, 60000}, true},
	{"comments", func(n int) string { return request(strings.Repeat("#\n", n)+"{", "") }, []int{1000, 30000, 100000}, true},
	{"commas", func(n int) string { return request("{"+strings.Repeat(",", n), "") }, []int{1000, 60000}, true},
	{"no JSON", func(n int) string { return strings.Repeat("[", n) }, []int{1, 1000, 100000}, true},
	{"bytes that are no text", func(n int) string { return `{"query":"{ \xff\xfe ` + strings.Repeat("\xff", n) + `}"}` }, []int{1, 10000}, true},
	{"a name of nobody", func(n int) string {
		return request("{ entity(by: {name: \""+strings.Repeat("ä", n)+"\"}) { id } }", "")
	}, []int{1000, 20000}, false},
}

// TestHostileRequests sends more than a hundred hostile requests. Each is
// answered, soon, with an error where it must be; and memory does not grow.
//
// Work is what is bounded: of the processor, the best of three, and of memory
// what is left after collecting garbage.
func TestHostileRequests(t *testing.T) {
	url := serve(t, api.Limits{}) + "/graphql"
	post(t, url, "", request("{ entities { nodes { id neighbors { totalCount } } } }", ""))
	before, count := resident(t), 0
	for _, s := range shapes {
		for _, n := range s.sizes {
			count++
			body := s.make(n)
			best := time.Duration(1 << 62)
			for range 3 {
				begun := worked(t)
				r := post(t, url, "", body)
				best = min(best, worked(t)-begun)
				if !json.Valid([]byte(r.body)) || r.status >= 500 || s.refused && r.code() == "" {
					t.Fatalf("%s, %d: %d %.300s", s.name, n, r.status, r.body)
				}
				if best < answerTime {
					break
				}
			}
			if best > answerTime*slowdown {
				t.Errorf("%s, %d: answered with %s of work", s.name, n, best)
			}
		}
	}
	if count < 100 {
		t.Errorf("%d hostile requests, of a hundred", count)
	}
	if grown := resident(t) - before; grown > growth*slowdown {
		t.Errorf("memory grew by %d MiB", grown>>20)
	}
}

// worked returns how long processors have worked for this program.
func worked(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// resident returns the resident memory of the process after garbage is
// collected and given back, in bytes.
func resident(t *testing.T) int {
	t.Helper()
	debug.FreeOSMemory()
	if runtime.GOOS != "linux" {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapInuse + m.StackInuse) // the nearest that is told everywhere
	}
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}

// TestGraphiQLsIntrospectionPasses asks what GraphiQL asks.
func TestGraphiQLsIntrospectionPasses(t *testing.T) {
	url := serve(t, api.Limits{}) + "/graphql"
	query, err := os.ReadFile("testdata/introspection.graphql")
	if err != nil {
		t.Fatal(err)
	}
	if r := post(t, url, "", request(string(query), "")); len(r.Errors) > 0 || !strings.Contains(r.body, `"convictedBy"`) {
		t.Errorf("%.300s", r.body)
	}
}

// TestBoundsAreTold compares what limits tells with what a refusal says.
func TestBoundsAreTold(t *testing.T) {
	url := serve(t, api.Limits{Depth: 8, Tokens: 500, Rows: 12}) + "/graphql"
	r := post(t, url, "", request("{ limits { depth tokens rows introspectionDepth } }", ""))
	if string(r.Data) != `{"limits":{"depth":8,"tokens":500,"rows":12,"introspectionDepth":3}}` {
		t.Errorf("limits: %s", r.body)
	}
	if cost, ok := r.Extensions["cost"].(map[string]any); !ok || cost["fields"] != 5.0 || cost["limit"] != 500000.0 {
		t.Errorf("extensions of an answer: %v", r.Extensions)
	}
	for query, want := range map[string][]any{
		"{ entities { nodes " + nested(4, "{ neighbors { nodes ", "{ id }", " } }") + " } }":                                     {"depth", 11.0, 8.0},
		"{ stats {" + strings.Repeat(" claims", 500) + " } }":                                                                    {"tokens", nil, 500.0},
		"{ stats {" + strings.Repeat(" claims", 21) + " } }":                                                                     {"repeats", nil, 20.0},
		"{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }":                                     {"introspectionDepth", nil, 3.0},
		"{ entities(first: 200) { nodes { claims(first: 200) { nodes { subject { claims(first: 20) { nodes { id } } } } } } } }": {"cost", 1720401.0, 500000.0},
	} {
		r := post(t, url, "", request(query, ""))
		if len(r.Errors) == 0 {
			t.Errorf("%.60s: answered", query)
			continue
		}
		e := r.Errors[0].Extensions
		if got := []any{e["bound"], e["asked"], e["limit"]}; !slices.Equal(got, want) {
			t.Errorf("%.60s: %v, want %v", query, got, want)
		}
	}
	if r := post(t, url, "", request("{ claims(first: 50) { nodes { subject { name } } } }", "")); r.code() != "LIMIT_EXCEEDED" || !strings.Contains(r.Errors[0].Message, "12 rows") {
		t.Errorf("rows: %s", r.body)
	}
}
