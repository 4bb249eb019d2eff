package command

import "github.com/spf13/cobra"

// commands lists every command.
func (p *program) commands() []*cobra.Command {
	return []*cobra.Command{p.serve(), p.load(), p.export(), p.verify(), p.cite(), p.corpus(), p.retract(), p.purge(), p.backup(), p.restore(), p.reindex()}
}
