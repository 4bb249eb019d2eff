package command

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"github.com/tripartite-graph/tripartite/client"
	"github.com/tripartite-graph/tripartite/graph"
)

// remote tells whether the store is a running server.
func (p *program) remote() bool {
	return strings.HasPrefix(p.store, "http://") || strings.HasPrefix(p.store, "https://")
}

func (p *program) client() *client.Client { return &client.Client{URL: p.store, Token: p.token} }

func (p *program) tokenFlag(f *pflag.FlagSet) {
	f.StringVar(&p.token, "token", "", "token for a store that is a server")
}

// loadRemotely sends files to the server, showing how many bytes have gone.
func (p *program) loadRemotely(ctx context.Context, names []string, format string, o graph.ImportOptions) (*graph.Report, error) {
	m := p.meter()
	defer m.end()
	names, err := withFolders(names)
	if err != nil {
		return nil, err
	}
	var files []client.File
	for _, name := range names {
		if name == "-" {
			files = append(files, client.File{Name: "standard input", Open: func() (io.ReadCloser, error) {
				return metered{io.NopCloser(p.in), m}, nil
			}})
			continue
		}
		info, err := os.Stat(name)
		if err != nil {
			return nil, err
		}
		m.expect(info.Size())
		files = append(files, client.File{Name: name, Open: func() (io.ReadCloser, error) {
			f, err := os.Open(name)
			return metered{f, m}, err
		}})
	}
	m.step("sending", 0)
	return p.client().Load(ctx, files, client.LoadOptions{Format: format, DryRun: o.DryRun, BestEffort: o.BestEffort})
}

func (p *program) retractRemotely(ctx context.Context, target, reason string, undo bool) error {
	act := p.client().Retract
	if undo {
		act = p.client().Undo
	}
	id, err := act(ctx, target, reason)
	if err == nil {
		_, err = fmt.Fprintln(p.out, id)
	}
	return err
}
