package command

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tripartite-graph/tripartite/graph"
)

func (p *program) retract() *cobra.Command {
	var reason string
	var undo bool
	c := &cobra.Command{
		Use:   "retract BATCH|CLAIM --reason TEXT | --undo",
		Short: "Withdraw a claim or a batch, or undo a withdrawal",
		Long: `Withdraws a claim, or every claim that a batch alone brought. It is recorded
with who and why, hides from then on, and stays askable for the past; loading
the same content again does not revive it, --undo does.`,
		Args: between(1, 1, "one BATCH or CLAIM"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if reason == "" && !undo {
				return usage("a retraction says why: --reason TEXT")
			}
			if p.remote() {
				return p.retractRemotely(cmd.Context(), args[0], reason, undo)
			}
			return p.withStored(cmd.Context(), func(o *opened) error {
				curator := graph.Curator{Store: o.Store, Ontology: o.ontology, Agent: agent()}
				act := curator.Retract
				if undo {
					act = curator.Undo
				}
				done, err := act(cmd.Context(), o.ontology.Names.IRI(args[0]), reason)
				if err != nil {
					return err
				}
				fmt.Fprintln(p.out, o.ontology.Names.ID(done.ID))
				return nil
			})
		},
	}
	f := c.Flags()
	f.StringVar(&reason, "reason", "", "why")
	f.BoolVar(&undo, "undo", false, "undo the withdrawal of a claim or batch, or the one named")
	p.storeFlags(f)
	p.tokenFlag(f)
	return c
}
