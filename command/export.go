package command

import (
	"bufio"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
)

// The flavours of exports.
const (
	flavourFull   = "full"
	flavourTruthy = "truthy"
)

func (p *program) export() *cobra.Command {
	var format, flavour, folder string
	var query graph.ExportQuery
	c := &cobra.Command{
		Use:   "export",
		Short: "Write the graph, or a part of it, to standard output",
		Long: `Writes every claim with everything about it, retracted ones too, so that
loading the output into an empty store gives the same graph. --flavour truthy
writes statements alone, each labelled with its claim: those that are asserted
as facts and that nobody contradicts. --root and --depth take what lies around
an entity.`,
		Args: between(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			f := loaders.ByName(format)
			if f == nil || f.Write == nil {
				return usage("--format is one of %s", strings.Join(written(), ", "))
			}
			if flavour != flavourFull && flavour != flavourTruthy {
				return usage("--flavour is %s or %s", flavourFull, flavourTruthy)
			}
			if query.Root == "" && cmd.Flags().Changed("depth") {
				return usage("--depth counts steps from an entity: name it with --root")
			}
			query.Truthy = flavour == flavourTruthy
			if folder != "" && f != loaders.CSV {
				return usage("--out is for csv, which can be two files")
			}
			if p.remote() && folder == "" {
				return p.client().Export(cmd.Context(), p.out, f.MediaTypes[0], query)
			}
			return p.withStored(cmd.Context(), func(o *opened) error {
				return o.selected(cmd.Context(), query, func(x *graph.Export) error {
					if folder != "" {
						return writeFolder(cmd.Context(), folder, x)
					}
					out := bufio.NewWriterSize(p.out, 1<<16)
					return errors.Join(f.Write(cmd.Context(), out, x), out.Flush())
				})
			})
		},
	}
	fl := c.Flags()
	fl.StringVar(&format, "format", "nquads", "format: "+strings.Join(written(), ", "))
	fl.StringVar(&flavour, "flavour", flavourFull, "full: claims with everything about them; truthy: undisputed statements alone")
	fl.StringVar(&query.Root, "root", "", "id of an entity around which to export")
	fl.IntVar(&query.Depth, "depth", 1, "how many steps from --root")
	fl.StringVar(&folder, "out", "", "folder for csv: entities.csv and claims.csv")
	p.storeFlags(fl)
	p.tokenFlag(fl)
	return c
}

// selected opens what a query selects of the newest snapshot.
func (o *opened) selected(ctx context.Context, query graph.ExportQuery, write func(*graph.Export) error) (err error) {
	r, err := graph.NewReader(ctx, o.Store, o.ontology, nil, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	x, err := r.Export(ctx, query)
	if err != nil {
		return err
	}
	return write(x)
}

// writeFolder writes entities.csv and claims.csv.
func writeFolder(ctx context.Context, folder string, x *graph.Export) (err error) {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	entities, err := os.Create(filepath.Join(folder, "entities.csv"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, entities.Close()) }()
	claims, err := os.Create(filepath.Join(folder, "claims.csv"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, claims.Close()) }()
	return loaders.WriteCSVFiles(ctx, entities, claims, x)
}

// written lists the formats that can be written.
func written() []string {
	var names []string
	for _, f := range loaders.Formats {
		if f.Write != nil {
			names = append(names, f.Name)
		}
	}
	return names
}
