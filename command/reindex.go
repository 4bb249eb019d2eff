package command

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (p *program) reindex() *cobra.Command {
	c := &cobra.Command{
		Use:   "reindex",
		Short: "Rebuild every derived record from the quads",
		Args:  between(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withStored(cmd.Context(), func(o *opened) error {
				if err := o.Reindex(cmd.Context()); err != nil {
					return err
				}
				fmt.Fprintf(p.out, "rebuilt at sequence %d\n", o.Latest())
				return nil
			})
		},
	}
	p.storeFlags(c.Flags())
	return c
}
