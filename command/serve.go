package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"github.com/tripartite-graph/tripartite/api"
	"github.com/tripartite-graph/tripartite/documents"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers"
)

// grace is how long a closing server waits for the requests that run.
const grace = 10 * time.Second

// serving are the flags of serve.
type serving struct {
	addr   string
	seed   string // auto, yes or no
	tokens string // file
	public bool
	memory int // MiB
}

func (p *program) serve() *cobra.Command {
	var s serving
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the graph over HTTP",
		Long: `Serves GraphQL, GraphiQL, exports and entities by their IRI. On a loopback
address everybody on this machine may read. Another address needs --public, or a
token file with readers. Writing over HTTP always needs a token.`,
		Args: between(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if s.seed != "auto" && s.seed != "yes" && s.seed != "no" {
				return usage("--seed is auto, yes or no, not %q", s.seed)
			}
			if s.memory < leastMemory {
				return usage("--memory is %d MiB; it must be at least %d", s.memory, leastMemory)
			}
			p.limitMemory(s.memory)
			tokens, err := s.readTokens()
			if err != nil {
				return err
			}
			if !api.IsLoopback(s.addr) && !s.public && len(tokens) == 0 {
				return usage("--addr %s is reached from other machines: say --public to let them read, or name a token file with readers", s.addr)
			}
			return p.with(cmd.Context(), func(o *opened) error { return p.run(cmd.Context(), o, s, tokens) })
		},
	}
	f := c.Flags()
	f.StringVar(&s.addr, "addr", "127.0.0.1:8080", "address to listen at; port 0 takes a free one")
	f.StringVar(&s.seed, "seed", "auto", "load the corpus: auto (into a store that never held a batch), yes, no")
	f.StringVar(&s.tokens, "tokens", "", "token file: a line each of SHA-256 of the token, agent, role (reader, loader, curator)")
	f.IntVar(&s.memory, "memory", 480, "memory to use, in MiB: caches take a part, and garbage is left until it is reached")
	f.BoolVar(&s.public, "public", false, "let other machines read without a token")
	p.storeFlags(f)
	p.documentsFlag(f)
	return c
}

// leastMemory is the least that --memory takes, in MiB.
const leastMemory = 64

// limitMemory gives three eighths of the memory to rows and an eighth to blocks,
// and lets garbage wait while there is room: collecting it is most of the work
// of answering. The bound is soft; a large answer may go beyond it for a while.
func (p *program) limitMemory(mib int) {
	const collectAt = 400 // percent of what is in use
	bytes := int64(mib) << 20
	p.rowBytes, p.blockBytes = 3*bytes/8, bytes/8
	debug.SetMemoryLimit(bytes)
	debug.SetGCPercent(collectAt)
}

func (s serving) readTokens() (api.Tokens, error) {
	if s.tokens == "" {
		return nil, nil
	}
	f, err := os.Open(s.tokens)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return api.ReadTokens(f)
}

// run seeds the store and serves it until ctx ends.
func (p *program) run(ctx context.Context, o *opened, s serving, tokens api.Tokens) error {
	log := slog.New(slog.NewTextHandler(p.err, nil))
	executable, err := resolvers.New(resolvers.Config{Store: o.Store, Ontology: o.ontology, Texts: o.texts(), Log: log})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	if err := p.sow(ctx, o, s.seed); err != nil {
		return err
	}
	if err := recognize(ctx, o); err != nil {
		return err
	}
	service := api.New(api.Config{
		Schema: executable, Store: o.Store, Ontology: o.ontology, Texts: o.texts(), Tokens: tokens,
		Loopback: api.IsLoopback(s.addr), Public: s.public, Log: log,
	})
	server := &http.Server{
		Handler: service, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	server.RegisterOnShutdown(service.Close)
	fmt.Fprintf(p.err, "serving http://%s at sequence %d\n", listener.Addr(), o.Latest())
	return untilDone(ctx, server, listener)
}

// untilDone serves until ctx ends, then lets the requests that run come to an end.
func untilDone(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err := server.Shutdown(stopping)
	if errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return err
}

// sow loads the corpus: on auto into a store that never held a batch.
func (p *program) sow(ctx context.Context, o *opened, seed string) error {
	if seed == "auto" {
		held, err := heldBatch(ctx, o)
		if err != nil || held {
			return err
		}
	}
	if seed == "no" {
		return nil
	}
	inputs, err := p.seedInputs()
	if err != nil {
		return err
	}
	report, err := o.load(ctx, inputs, graph.ImportOptions{}, p.meter())
	if err != nil {
		return err
	}
	return report.Err()
}

// heldBatch tells whether a batch was ever loaded into the store.
func heldBatch(ctx context.Context, o *opened) (bool, error) {
	const page = 1000
	for after := graph.Seq(0); ; {
		entries, err := o.Journal(ctx, after, page)
		if err != nil || len(entries) == 0 {
			return false, err
		}
		for _, e := range entries {
			if len(e.Batches) > 0 {
				return true, nil
			}
			after = e.Seq
		}
	}
}

// recognize finds the documents whose files have other names and bytes than
// the graph knows.
func recognize(ctx context.Context, o *opened) error {
	if o.library == nil {
		return nil
	}
	snapshot, err := o.At(ctx, 0)
	if err != nil {
		return err
	}
	defer snapshot.Close()
	return documents.Recognize(ctx, snapshot, o.ontology.Names, o.library)
}
