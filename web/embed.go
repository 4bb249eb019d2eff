// Package web holds the pages that a browser shows, as `make build` leaves
// them in dist. A program built without Node has none of them, and says so.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var files embed.FS

// GraphiQL returns the files of the GraphiQL page; without an index.html where
// it was not built.
func GraphiQL() fs.FS { return below("dist/graphiql") }

// Explorer returns the files of the explorer, the page at /; without an
// index.html where it was not built.
func Explorer() fs.FS { return below("dist/explorer") }

func below(folder string) fs.FS {
	page, err := fs.Sub(files, folder)
	if err != nil {
		panic(err) // the names are valid
	}
	return page
}
