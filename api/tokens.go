package api

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"regexp"
	"strings"

	"github.com/tripartite-graph/tripartite/api/agent"
	"github.com/tripartite-graph/tripartite/graph"
)

// Tokens are the agents by the lower-case hex SHA-256 of their tokens; the
// tokens themselves are nowhere kept.
type Tokens map[string]agent.Agent

var tokenHash = regexp.MustCompile(`^[0-9a-f]{64}$`)

// ReadTokens reads a token file: a line for each, of the hex SHA-256 of the
// token, the agent and the role (reader, loader or curator), parted by spaces.
// Empty lines and those that begin with # are passed over.
func ReadTokens(r io.Reader) (Tokens, error) {
	tokens := Tokens{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) != 3 || !tokenHash.MatchString(fields[0]) {
			return nil, graph.Errorf(graph.CodeInvalid, "line %d of the token file: write the SHA-256 of the token (printf %%s TOKEN | sha256sum), the agent and the role", n)
		}
		role, ok := agent.ParseRole(fields[2])
		if !ok {
			return nil, graph.Errorf(graph.CodeInvalid, "line %d of the token file: %q is no role; write reader, loader or curator", n, fields[2])
		}
		tokens[fields[0]] = agent.Agent{Name: fields[1], Role: role, Words: true}
	}
	return tokens, lines.Err()
}

// find returns the agent of a token. Looking up its hash gives away nothing
// that timing could tell about the token.
func (t Tokens) find(token string) (agent.Agent, bool) {
	sum := sha256.Sum256([]byte(token))
	a, ok := t[hex.EncodeToString(sum[:])]
	return a, ok
}

// bearer returns the token that a request carries in its Authorization header;
// cookies are never looked at.
func bearer(r *http.Request) (token string, ok bool) {
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), ok && strings.EqualFold(scheme, "bearer")
}
