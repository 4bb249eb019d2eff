package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tripartite-graph/tripartite/graph"
)

func (p *program) purge() *cobra.Command {
	var reason string
	var dryRun bool
	c := &cobra.Command{
		Use:   "purge CLAIM|ENTITY|BATCH… --reason TEXT",
		Short: "Make things vanish for a person's safety",
		Long: `Removes claims, entities and batches from an embedded store, with everything
that names them, and writes the store's files anew, so that no byte is left.
A tombstone stays, which holds a hash of the id alone: what was purged is not
loaded again. There is no way back. --dry-run tells what would vanish.`,
		Args: between(1, -1, "one CLAIM, ENTITY or BATCH or more"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if reason == "" && !dryRun {
				return usage("a purge says why, without a word of what it removes: --reason TEXT")
			}
			if err := p.besideStore("purge"); err != nil {
				return err
			}
			return p.inUse("purge", p.erase(cmd.Context(), args, reason, dryRun))
		},
	}
	f := c.Flags()
	f.StringVar(&reason, "reason", "", "why, without a word of what is removed: it stays in the journal")
	f.BoolVar(&dryRun, "dry-run", false, "tell what would vanish, change nothing")
	p.embeddedFlag(f)
	p.baseFlag(f)
	return c
}

// erase removes things, and opens the store once more, which writes it anew.
func (p *program) erase(ctx context.Context, ids []string, reason string, dryRun bool) error {
	var done *graph.Purged
	err := p.withStored(ctx, func(o *opened) (err error) {
		targets := make([]graph.Term, len(ids))
		for i, id := range ids {
			targets[i] = o.ontology.Names.IRI(id)
		}
		if dryRun {
			reason = "a dry run"
		}
		purger := graph.Purger{Store: o.Store, Ontology: o.ontology, Agent: agent()}
		done, err = purger.Purge(ctx, targets, reason, dryRun)
		return err
	})
	if err != nil {
		return err
	}
	if !dryRun { // before anything is printed: whoever reads it may close the pipe
		if err := p.with(ctx, func(*opened) error { return nil }); err != nil {
			return errors.Join(errors.New("what was purged is shown no more, but old files may still hold it until the store is opened again"), err)
		}
	}
	p.tellPurged(done, dryRun)
	return nil
}

// tellPurged prints what vanished, and complains of what still says a name of it.
func (p *program) tellPurged(done *graph.Purged, dryRun bool) {
	names := p.names()
	verb := "purged"
	if dryRun {
		verb = "would purge"
	}
	fmt.Fprintf(p.out, "%s: claims %d, entities %d, batches %d, quads %d\n", verb, done.Claims, done.Entities, done.Batches, done.Quads)
	for _, q := range done.Mentions {
		fmt.Fprintf(p.err, "a name of it is also in %s, %s\n", names.ID(q.Subject), strings.TrimPrefix(names.ID(q.Predicate), names.Vocabulary))
	}
}
