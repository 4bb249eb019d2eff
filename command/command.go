// Package command is the program's command line: one file for each command.
// Results go to standard output, progress and complaints to standard error;
// the exit status is 0 for done, 1 for refused or failed, 2 for wrong usage
// and 3 for done in part.
package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tripartite-graph/tripartite/graph"
)

// The exit statuses.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitPartial = 3
)

// status is an error with an exit status of its own; an empty message means
// that everything was said already.
type status struct {
	code    int
	message string
}

func (s status) Error() string { return s.message }

// usage makes an error of wrong usage.
func usage(format string, args ...any) error {
	return status{exitUsage, fmt.Sprintf(format, args...)}
}

// program is what all commands share: streams and the flags that several take.
type program struct {
	in       io.Reader
	out, err io.Writer

	store     string // URL of the store
	base      string // of IRIs
	documents string // folder of source texts

	rowBytes, blockBytes int64  // bounds of the store's caches; 0: its own
	token                string // for a store that is a server
	fileLimit            int64  // MiB that a file to load may hold, unpacked; 0: no bound
}

// variables are the flags that an environment variable can set instead.
var variables = map[string]string{
	"store":     "TRIPARTITE_STORE",
	"base":      "TRIPARTITE_BASE",
	"documents": "TRIPARTITE_DOCUMENTS",
	"tokens":    "TRIPARTITE_TOKENS",
	"addr":      "TRIPARTITE_ADDR",
	"public":    "TRIPARTITE_PUBLIC",
	"seed":      "TRIPARTITE_SEED",
	"memory":    "TRIPARTITE_MEMORY",
	"token":     "TRIPARTITE_TOKEN",
}

// Run runs the program with its arguments, without its name, and returns the
// exit status. It ends early when ctx does.
func Run(ctx context.Context, args []string, in io.Reader, out, err io.Writer) int {
	p := &program{in: in, out: out, err: err}
	root := p.root()
	root.SetArgs(args)
	if problem := setFromEnvironment(root); problem != nil {
		return p.exit(problem)
	}
	return p.exit(root.ExecuteContext(ctx))
}

// exit reports an error and returns its status.
func (p *program) exit(err error) int {
	var s status
	switch {
	case err == nil:
		return exitDone
	case !errors.As(err, &s):
		s = status{exitFailed, err.Error()}
	}
	if s.message != "" {
		fmt.Fprintln(p.err, "tripartite:", s.message)
	}
	return s.code
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "tripartite",
		Short:         "A knowledge graph of labour rights whose unit is the claim",
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("there is no command %q; tripartite --help lists them", args[0])
			}
			_ = cmd.Usage()
			return status{code: exitUsage}
		},
	}
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	root.Args = cobra.ArbitraryArgs
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage("%s; %s --help shows the flags", err, cmd.CommandPath())
	})
	root.AddCommand(p.commands()...)
	return root
}

// between demands a number of arguments; most < 0 is no upper bound.
func between(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || most >= 0 && len(args) > most {
			return usage("%s takes %s; %s --help says more", cmd.CommandPath(), what, cmd.CommandPath())
		}
		return nil
	}
}

// setFromEnvironment gives flags the value of their environment variable as
// their default, which the command line overrides.
func setFromEnvironment(root *cobra.Command) error {
	var problem error
	for _, c := range root.Commands() {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			value, ok := os.LookupEnv(variables[f.Name])
			if !ok || value == "" {
				return
			}
			if err := f.Value.Set(value); err != nil {
				problem = cmp.Or(problem, usage("%s: %s", variables[f.Name], err))
			}
		})
	}
	return problem
}

// names returns the IRIs' base and vocabulary.
func (p *program) names() graph.Names {
	names := graph.DefaultNames()
	names.Base = cmp.Or(p.base, names.Base)
	return names
}

func (p *program) baseFlag(f *pflag.FlagSet) {
	f.StringVar(&p.base, "base", graph.DefaultBase, "base of IRIs; ids are what stands after it")
}

func (p *program) documentsFlag(f *pflag.FlagSet) {
	f.StringVar(&p.documents, "documents", "", "folder of the source documents' texts")
}
