package command

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
	"github.com/tripartite-graph/tripartite/schema"
	"github.com/tripartite-graph/tripartite/seed"
)

func (p *program) load() *cobra.Command {
	var format string
	var options graph.ImportOptions
	var asJSON bool
	var rejects string
	c := &cobra.Command{
		Use:   "load FILE…",
		Short: "Load files into the store: all of them, or nothing",
		Long: `Loads files into the store as one commit. References are checked across all
files of one command, and nothing enters if one of them has a problem. "-" is
standard input; of a folder, every file in it is loaded; .gz is read as it is. The report says what was found, by file,
line and rule.`,
		Args: between(1, -1, "FILE…"),
		RunE: func(cmd *cobra.Command, files []string) error {
			if format != "auto" && loaders.ByName(format) == nil {
				return usage("--format is one of auto, %s", strings.Join(loaders.Names(), ", "))
			}
			if p.fileLimit < 0 {
				return usage("--file-limit is a number of MiB, or 0 for no limit")
			}
			if p.remote() {
				report, err := p.loadRemotely(cmd.Context(), files, format, options)
				if err == nil {
					err = writeRejects(rejects, report)
				}
				if err != nil {
					return err
				}
				return p.report(report, asJSON)
			}
			debug.SetGCPercent(garbage(files))
			return p.with(cmd.Context(), func(o *opened) error {
				m := p.meter()
				inputs, err := p.inputs(files, format, m)
				if err != nil {
					return err
				}
				report, err := o.load(cmd.Context(), inputs, options, m)
				if err != nil {
					return err
				}
				if err := writeRejects(rejects, report); err != nil {
					return err
				}
				return p.report(report, asJSON)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&format, "format", "auto", "format of the files: auto, or one of "+strings.Join(loaders.Names(), ", "))
	f.BoolVar(&options.DryRun, "dry-run", false, "check and report, change nothing")
	f.BoolVar(&options.BestEffort, "best-effort", false, "load what is sound and leave the rest out (exit status 3)")
	f.StringVar(&rejects, "rejects", "rejects.nq", "with --best-effort: file for what is left out, to mend and load again")
	f.BoolVar(&asJSON, "json", false, "print the report as JSON")
	f.Int64Var(&p.fileLimit, "file-limit", 4096, "MiB that one file may hold, unpacked; loading takes about twice as much memory; 0 for no limit")
	p.storeFlags(f)
	p.tokenFlag(f)
	p.documentsFlag(f)
	return c
}

// garbage is by how many percent memory grows between two collections of garbage
// while files are loaded: what a load holds lives until its end, so that more
// would double it for little, and of large files there is no room for as much.
func garbage(files []string) int {
	const largeFiles = 1 << 30
	size := int64(0)
	for _, file := range files {
		if info, err := os.Stat(file); err == nil {
			size += info.Size()
		}
	}
	if size > largeFiles {
		return 25
	}
	return 75
}

// writeRejects writes what was left out, where anything was.
func writeRejects(file string, r *graph.Report) error {
	if r.Rejects == "" || r.DryRun {
		return nil
	}
	return os.WriteFile(file, []byte(r.Rejects), 0o666)
}

// load imports inputs, showing progress.
func (o *opened) load(ctx context.Context, inputs []graph.Input, options graph.ImportOptions, m *meter) (*graph.Report, error) {
	options.Agent = agent()
	options.Progress = m.step
	defer m.end()
	im := graph.Importer{Store: o.Store, Ontology: o.ontology, Texts: o.texts()}
	return im.Import(ctx, inputs, options)
}

// report prints a report; a refusal and a loading in part have their exit status.
func (p *program) report(r *graph.Report, asJSON bool) error {
	write := r.WriteText
	if asJSON {
		write = r.WriteJSON
	}
	if err := write(p.out); err != nil {
		return err
	}
	switch {
	case r.Refused:
		return status{code: exitFailed}
	case len(r.Problems) > 0:
		return status{code: exitPartial}
	}
	return nil
}

// inputs makes the inputs of files by their names. A context that a file
// names lies beside it, or is the one of our vocabulary.
func (p *program) inputs(files []string, format string, m *meter) ([]graph.Input, error) {
	files, err := withFolders(files)
	if err != nil {
		return nil, err
	}
	var inputs []graph.Input
	for _, file := range files {
		if file == "-" {
			inputs = append(inputs, loaders.Input("standard input", format, p.loaderOptions(""), func() (io.ReadCloser, error) {
				return metered{io.NopCloser(p.in), m}, nil
			}))
			continue
		}
		info, err := os.Stat(file)
		if err != nil {
			return nil, err
		}
		m.expect(info.Size())
		inputs = append(inputs, loaders.Input(file, format, p.loaderOptions(filepath.Dir(file)), func() (io.ReadCloser, error) {
			f, err := os.Open(file)
			return metered{f, m}, err
		}))
	}
	return inputs, nil
}

// withFolders puts in the place of each folder the files in it, and in its own
// folders, that have the name of a format, in the order of names.
func withFolders(files []string) ([]string, error) {
	var out []string
	for _, file := range files {
		if info, err := os.Stat(file); err != nil || !info.IsDir() {
			out = append(out, file)
			continue
		}
		found := len(out)
		err := filepath.WalkDir(file, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && loaders.Detect(path, nil) != nil && filepath.Base(path) != seed.Context {
				out = append(out, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		if len(out) == found {
			return nil, usage("the folder %s has no file of a known format: their names end in %s", file, strings.Join(loaders.Extensions(), ", "))
		}
	}
	return out, nil
}

// loaderOptions finds contexts in a folder, then in the corpus.
func (p *program) loaderOptions(folder string) loaders.Options {
	ontology, _ := schema.Ontology(p.names()) // opening the store tells what is wrong with it
	return loaders.Options{Names: p.names(), Ontology: ontology, MaxBytes: p.fileLimit << 20, Document: func(name string) ([]byte, error) {
		if folder != "" && filepath.IsLocal(name) {
			content, err := os.ReadFile(filepath.Join(folder, name))
			if !errors.Is(err, fs.ErrNotExist) {
				return content, err
			}
		}
		return seed.Files.ReadFile(name)
	}}
}

// seedInputs are the files of the corpus.
func (p *program) seedInputs() ([]graph.Input, error) {
	names, err := fs.Glob(seed.Files, "*.yaml")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	inputs := make([]graph.Input, len(names))
	for i, name := range names {
		inputs[i] = loaders.Input("seed/"+name, "yamlld", p.loaderOptions(""), func() (io.ReadCloser, error) {
			return seed.Files.Open(name)
		})
	}
	return inputs, nil
}
