package api

import (
	"io"
	"io/fs"
	"net/http"
)

// graphiQL serves the GraphiQL page below /graphiql/, or says how to build it.
// Everything that the page needs comes from here: it works offline.
func graphiQL(page fs.FS) http.Handler {
	if _, err := fs.Stat(page, "index.html"); err != nil {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, "This program was built without GraphiQL, which needs Node: run make build on a machine that has it.\nGraphQL itself is at /graphql.\n")
		})
	}
	files := http.StripPrefix("/graphiql/", http.FileServerFS(page))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/graphiql" {
			http.Redirect(w, r, "/graphiql/", http.StatusMovedPermanently)
			return
		}
		w.Header().Set("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		files.ServeHTTP(w, r)
	})
}
