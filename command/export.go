package command

import (
	"bufio"
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tripartite-graph/tripartite/loaders"
)

func (p *program) export() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "export",
		Short: "Write the whole graph to standard output",
		Long: `Writes every claim with everything about it, retracted ones too, so that
loading the output into an empty store gives the same graph.`,
		Args: between(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			f := loaders.ByName(format)
			if f == nil || f.Write == nil {
				return usage("--format is one of %s", strings.Join(written(), ", "))
			}
			return p.with(cmd.Context(), func(o *opened) error { return p.write(cmd.Context(), o, f) })
		},
	}
	c.Flags().StringVar(&format, "format", "nquads", "format: "+strings.Join(written(), ", "))
	p.storeFlags(c.Flags())
	return c
}

// write writes the newest snapshot.
func (p *program) write(ctx context.Context, o *opened, f *loaders.Format) error {
	snapshot, err := o.At(ctx, 0)
	if err != nil {
		return err
	}
	defer snapshot.Close()
	out := bufio.NewWriterSize(p.out, 1<<16)
	if err := f.Write(ctx, out, snapshot); err != nil {
		return err
	}
	return out.Flush()
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
