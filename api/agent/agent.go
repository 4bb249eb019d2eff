// Package agent tells who makes a request: what the transport found out, and
// what resolvers ask before they write.
package agent

import "context"

// Role is what an agent may do; each may do what those before it may.
type Role uint8

// The roles, as the token file names them.
const (
	Nobody  Role = iota
	Reader       // reads, the words of documents too
	Loader       // imports
	Curator      // retracts and merges
)

// ParseRole reads a role of the token file.
func ParseRole(s string) (Role, bool) {
	for role, name := range map[Role]string{Reader: "reader", Loader: "loader", Curator: "curator"} {
		if s == name {
			return role, true
		}
	}
	return Nobody, false
}

// Agent is who makes a request.
type Agent struct {
	Name string // "" for nobody
	Role Role
	// Words tells whether the agent may see the words of documents: readers
	// may, and everybody on the machine itself.
	Words bool
}

type key struct{}

// With returns a context that carries an agent.
func With(ctx context.Context, a Agent) context.Context { return context.WithValue(ctx, key{}, a) }

// From returns the agent of a context; the zero Agent where there is none.
func From(ctx context.Context) Agent {
	a, _ := ctx.Value(key{}).(Agent)
	return a
}
