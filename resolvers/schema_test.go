package resolvers_test

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/tripartite-graph/tripartite/api/agent"
)

func TestIntrospectionShowsTypedFieldsAndNotTheHiddenOne(t *testing.T) {
	s := newSession(t)
	got := s.run(agent.Nobody, `{
	  person: __type(name: "Person") { fields { name type { ofType { name } } } }
	  related: __type(name: "Related") { name }
	  __schema { directives { name } }
	}`, nil)
	s.want(got, `{"name":"convictedBy","type":{"ofType":{"name":"EntityConnection"}}}`, `"related":null`)
	for _, hidden := range []string{`"name":"related"`, `"name":"defer"`} {
		if strings.Contains(got, hidden) {
			t.Errorf("introspection shows %s", hidden)
		}
	}
}

func TestTypedFieldsOfOneKindHaveItsConnection(t *testing.T) {
	s := newSession(t)
	got := s.run(agent.Nobody, `{
	  cases { nodes { steps { __typename nodes { __typename } } } }
	  laws { nodes { partOf { __typename } } }
	  unions { nodes { __typename id measured { __typename } } }
	  authorities { nodes { disputes { __typename nodes { objectClaim { id } } } } }
	}`, nil)
	s.want(got, `"measured":{"__typename":"ClaimConnection"}`, `"objectClaim":{"id":"claim/fine"}`)
}

func TestVariablesAndDirectivesReachTypedFields(t *testing.T) {
	s := newSession(t)
	got := s.run(agent.Nobody, `query($n: Int, $v: View, $skip: Boolean!) {
	  entity(by: {id: "union/dockers"}) { ... on Union {
	    a: registeredBy(first: $n, view: $v) { totalCount edges { cursor } }
	    b: registeredBy @skip(if: $skip) { totalCount }
	  } }
	}`, map[string]any{"n": 0, "v": map[string]any{"modes": []any{"PLANNED"}}, "skip": true})
	s.want(got, `{"a":{"totalCount":1,"edges":[]}}`)
}

func TestCursorsContinueTypedFields(t *testing.T) {
	s := newSession(t)
	const query = `query($after: String) { entity(by: {id: "union/dockers"}) { neighbors(first: 1, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage } } } }`
	seen := map[string]bool{}
	for after := any(nil); ; {
		got := s.run(agent.Nobody, query, map[string]any{"after": after})
		id, cursor := between(got, `"node":{"id":"`), between(got, `"cursor":"`)
		if id == "" || seen[id] {
			t.Fatalf("after %v: %s", after, got)
		}
		seen[id] = true
		if strings.Contains(got, `"hasNextPage":false`) {
			break
		}
		after = cursor
	}
	if len(seen) != 3 {
		t.Errorf("neighbours: %v", seen)
	}
	s.want(s.run(agent.Nobody, query, map[string]any{"after": "nonsense"}), "no cursor")
}

// between returns what stands between a text and the next quote.
func between(s, start string) string {
	_, rest, _ := strings.Cut(s, start)
	found, _, _ := strings.Cut(rest, `"`)
	return found
}

// TestSharedDocumentsAreNotChanged runs one document many times at once, as
// the server's cache of documents does: rewriting must copy.
func TestSharedDocumentsAreNotChanged(t *testing.T) {
	s := newSession(t)
	s.exec.SetQueryCache(lru.New[*ast.QueryDocument](10))
	const query = `{ unions { nodes { ...f ... on Union { ledBy { totalCount } } } } } fragment f on Union { affiliates { totalCount } }`
	want := s.run(agent.Nobody, query, nil)
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if got := s.run(agent.Nobody, query, nil); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
	group.Wait()
}

func TestTooManyIDs(t *testing.T) {
	s := newSession(t)
	ids := make([]string, 201)
	s.want(s.run(agent.Nobody, `query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": ids}), "at most 200")
}

// TestCursorsKeepTheirPlaceInEveryOrder pages lists one by one, forwards and
// backwards, and compares with the whole list.
func TestCursorsKeepTheirPlaceInEveryOrder(t *testing.T) {
	s := newSession(t)
	for list, orders := range map[string][]string{
		"claims(%s, orderBy: %s)":   {"DATE_ASC", "DATE_DESC", "RECORDED_ASC", "RECORDED_DESC", "RELATION_ASC", "RELATION_DESC", "SUBJECT_ASC", "SUBJECT_DESC"},
		"entities(%s, orderBy: %s)": {"NAME_ASC", "NAME_DESC", "RECORDED_ASC", "RECORDED_DESC"},
		`node(id: "union/dockers") { ... on Union { neighbors(%s, orderBy: %s)`: {"DATE_ASC", "DATE_DESC", "NAME_ASC", "NAME_DESC", "CLAIMS_ASC", "CLAIMS_DESC"},
	} {
		for _, order := range orders {
			page := func(bounds string) []edge { return edgesIn(s.run(agent.Nobody, pageOf(list, bounds, order), nil)) }
			all := page("first: 50")
			if len(all) < 3 {
				t.Fatalf("%s by %s: %v", list, order, all)
			}
			for i, e := range all {
				forwards := page(`first: 1, after: "` + e.Cursor + `"`)
				backwards := page(`last: 1, before: "` + e.Cursor + `"`)
				if i+1 < len(all) && (len(forwards) != 1 || forwards[0] != all[i+1]) || i+1 == len(all) && len(forwards) != 0 {
					t.Errorf("%s by %s: behind %v stands %v in %v", list, order, e, forwards, all)
				}
				if i > 0 && (len(backwards) != 1 || backwards[0] != all[i-1]) || i == 0 && len(backwards) != 0 {
					t.Errorf("%s by %s: before %v stands %v in %v", list, order, e, backwards, all)
				}
			}
		}
	}
}

type edge struct{ Cursor, ID string }

// pageOf writes a query for a page of a list.
func pageOf(list, bounds, order string) string {
	opened := fmt.Sprintf(list, bounds, order)
	return "{ " + opened + " { edges { cursor node { id } } }" + strings.Repeat(" }", strings.Count(opened, " {")+1)
}

var edgePattern = regexp.MustCompile(`"cursor":"([^"]*)","node":\{"id":"([^"]*)"`)

func edgesIn(answer string) (out []edge) {
	for _, m := range edgePattern.FindAllStringSubmatch(answer, -1) {
		out = append(out, edge{m[1], m[2]})
	}
	return out
}
