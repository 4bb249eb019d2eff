package api

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/tripartite-graph/tripartite/api/agent"
	"github.com/tripartite-graph/tripartite/graph"
)

// IsLoopback tells whether an address to listen at is reached from this
// machine alone.
func IsLoopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	return err == nil && loopbackName(host)
}

func loopbackName(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}

// checkHost refuses requests for other hosts than this machine, so that a web
// page whose name was made to point here (DNS rebinding) reads nothing.
func checkHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		if !loopbackName(host) {
			refuse(w, http.StatusMisdirectedRequest, graph.Errorf(CodeForbidden,
				"this server answers on this machine only, as localhost, and not as %q; --addr and --public open it", r.Host))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// authenticate finds out who asks. A token that is not in the file is refused
// at once; without one the request is nobody's.
func (s *Server) authenticate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		nobody := agent.Agent{Words: s.config.Loopback}
		token, ok := bearer(r)
		if !ok {
			next.ServeHTTP(w, r.WithContext(agent.With(r.Context(), nobody)))
			return
		}
		known, ok := s.config.Tokens.find(token)
		if !ok {
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
			refuse(w, http.StatusUnauthorized, graph.Errorf(CodeUnauthenticated, "the token is not in the server's token file"))
			return
		}
		next.ServeHTTP(w, r.WithContext(agent.With(r.Context(), known)))
	})
}

// readers lets nobody read where the server listens to other machines and is
// not public.
func (s *Server) readers(next http.Handler) http.Handler {
	if s.config.Loopback || s.config.Public {
		return next
	}
	return s.require(agent.Reader, next)
}

// require lets those through who have a role.
func (s *Server) require(role agent.Role, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch who := agent.From(r.Context()); {
		case who.Role >= role:
			next.ServeHTTP(w, r)
		case who.Role == agent.Nobody:
			w.Header().Set("WWW-Authenticate", "Bearer")
			refuse(w, http.StatusUnauthorized, graph.Errorf(CodeUnauthenticated, "this needs a token, as a bearer: the server's --tokens file names those it knows"))
		default:
			refuse(w, http.StatusForbidden, graph.Errorf(CodeForbidden, "%s may not do this: the role in the server's --tokens file is too low", who.Name))
		}
	})
}
