package command

import (
	"cmp"
	"context"
	"os"
	"os/user"
	"strings"

	"github.com/spf13/pflag"

	"github.com/tripartite-graph/tripartite/documents"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/schema"
)

// opened is a store and what commands read and write it with.
type opened struct {
	graph.Store
	ontology *graph.Ontology
	library  *documents.Library // nil: no folder of documents was named
}

func (p *program) storeFlags(f *pflag.FlagSet) {
	f.StringVar(&p.store, "store", "file:data", "URL of the store: file:PATH, memory: or, to load, export and retract, http://… of a server")
	p.baseFlag(f)
}

// open opens the store that --store names.
func (p *program) open() (*opened, error) {
	ontology, err := schema.Ontology(p.names())
	if err != nil {
		return nil, err
	}
	if !strings.HasSuffix(ontology.Names.Base, "/") && !strings.HasSuffix(ontology.Names.Base, "#") {
		return nil, usage("--base %q must end in / or #", ontology.Names.Base)
	}
	switch {
	case p.store == "memory:" || strings.HasPrefix(p.store, "file:"):
	case p.remote():
		return nil, usage("this command reads a store itself, not through a server: --store file:PATH; load, export and retract take %s", p.store)
	default:
		return nil, usage("--store %q names no store: write file:PATH, memory: or the http://… of a running server", p.store)
	}
	o := &opened{ontology: ontology}
	if p.documents != "" {
		if o.library, err = documents.Open(p.documents); err != nil {
			return nil, err
		}
	}
	o.Store, err = quadstore.Open(p.store, quadstore.Options{Ontology: ontology, RowBytes: p.rowBytes, CacheBytes: p.blockBytes})
	return o, err
}

// texts returns the documents at hand, nil where there are none.
func (o *opened) texts() graph.Texts {
	if o.library == nil {
		return nil
	}
	return o.library
}

// withStored is with, for commands that have nothing to do in a new store:
// a folder that is not there is a slip, and is not made.
func (p *program) withStored(ctx context.Context, run func(*opened) error) error {
	if strings.HasPrefix(p.store, "file:") {
		if err := p.storeExists(); err != nil {
			return err
		}
	}
	return p.with(ctx, run)
}

// with opens the store, runs a command with it, and closes it.
func (p *program) with(ctx context.Context, run func(*opened) error) error {
	o, err := p.open()
	if err != nil {
		return err
	}
	err = run(o)
	if closing := o.Close(); err == nil {
		err = closing
	}
	if ctx.Err() != nil && err != nil {
		return status{exitFailed, "interrupted; nothing was changed"}
	}
	return err
}

// agent is who runs a command, for the journal.
func agent() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return cmp.Or(os.Getenv("USER"), "unknown")
}
