package command

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tripartite-graph/tripartite/documents"
	"github.com/tripartite-graph/tripartite/graph"
)

func (p *program) verify() *cobra.Command {
	var failed bool
	c := &cobra.Command{
		Use:   "verify --documents DIR",
		Short: "Check every piece of evidence against the documents",
		Long: `Prints a line for each piece of evidence in force: its state, its locator, the
claim or entity that rests on it, and what differs, parted by tabs. The states
are ok, unlocated (no paragraph is named), moved (the words stand elsewhere, and
where), changed (they stand nowhere), and document missing. Nothing is ever
re-anchored. Exit status 1 where there is anything but ok and unlocated.`,
		Args: between(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if p.documents == "" {
				return usage("verify needs the documents: --documents DIR, or TRIPARTITE_DOCUMENTS")
			}
			return p.withStored(cmd.Context(), func(o *opened) error { return p.verifyAll(cmd.Context(), o, failed) })
		},
	}
	c.Flags().BoolVar(&failed, "failed", false, "print only what is neither ok nor unlocated")
	p.storeFlags(c.Flags())
	p.documentsFlag(c.Flags())
	return c
}

func (p *program) verifyAll(ctx context.Context, o *opened, failed bool) error {
	snapshot, err := o.At(ctx, 0)
	if err != nil {
		return err
	}
	defer snapshot.Close()
	out := bufio.NewWriter(p.out)
	counts := map[graph.EvidenceState]int{}
	err = documents.Verify(ctx, snapshot, o.ontology.Names, o.library, func(c documents.Checked) error {
		counts[c.State]++
		if failed && sound(c.State) {
			return nil
		}
		_, err := fmt.Fprintln(out, strings.TrimRight(strings.Join([]string{
			string(c.State), o.ontology.Names.ID(c.Locator), o.ontology.Names.ID(c.For), p.difference(o, c),
		}, "\t"), "\t"))
		return err
	})
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return p.conclude(counts)
}

func sound(s graph.EvidenceState) bool {
	return s == graph.EvidenceOK || s == graph.EvidenceUnlocated
}

// difference says where the words went, or what became of them.
func (p *program) difference(o *opened, c documents.Checked) string {
	if c.State == graph.EvidenceMoved {
		return "now " + o.ontology.Names.ID(c.Moved.IRI(o.ontology.Names))
	}
	return c.Detail
}

// conclude counts the states on standard error.
func (p *program) conclude(counts map[graph.EvidenceState]int) error {
	var said []string
	bad := false
	for _, s := range []graph.EvidenceState{
		graph.EvidenceOK, graph.EvidenceMoved, graph.EvidenceChanged, graph.EvidenceUnlocated, graph.EvidenceMissing,
	} {
		if counts[s] > 0 {
			said = append(said, fmt.Sprintf("%d %s", counts[s], s))
		}
		bad = bad || counts[s] > 0 && !sound(s)
	}
	if len(said) == 0 {
		said = []string{"the store holds no evidence"}
	}
	fmt.Fprintln(p.err, strings.Join(said, ", "))
	if bad {
		return status{code: exitFailed}
	}
	return nil
}
