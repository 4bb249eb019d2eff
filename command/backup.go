package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
)

func (p *program) backup() *cobra.Command {
	c := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write the whole store to a file",
		Long: `Writes everything that the store holds, as of one commit: quads, journal,
retractions, sequences and what is derived, as a compressed tar archive for
restore. - is standard output. A file of that name is replaced once the backup
is complete, not before.`,
		Args: between(1, 1, "one FILE, or - for standard output"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := p.besideStore("backup"); err != nil {
				return err
			}
			if args[0] == "-" {
				return p.backUp(cmd.Context(), p.out)
			}
			return writeWhole(args[0], func(w io.Writer) error { return p.backUp(cmd.Context(), w) })
		},
	}
	p.embeddedFlag(c.Flags())
	return c
}

func (p *program) restore() *cobra.Command {
	c := &cobra.Command{
		Use:   "restore FILE",
		Short: "Make a store of a file that backup wrote",
		Long: `Makes the store anew, with its journal and sequences. It may not exist yet, or
may hold no commit. The file is unpacked beside and checked first: one that is
cut, or is something else, leaves nothing. - is standard input.`,
		Args: between(1, 1, "one FILE, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if err := p.besideStore("restore"); err != nil {
				return err
			}
			in := p.in
			if args[0] != "-" {
				file, err := os.Open(args[0])
				if err != nil {
					return err
				}
				defer func() { _ = file.Close() }() // only read
				in = file
			}
			seq, err := quadstore.Restore(cmd.Context(), p.store, bufio.NewReaderSize(in, 1<<16), quadstore.Options{})
			if err != nil {
				return p.inUse("restore", err)
			}
			fmt.Fprintf(p.err, "restored to sequence %d\n", seq)
			return nil
		},
	}
	p.embeddedFlag(c.Flags())
	return c
}

func (p *program) embeddedFlag(f *pflag.FlagSet) {
	f.StringVar(&p.store, "store", "file:data", "URL of the store: file:PATH")
}

// besideStore refuses stores that are not files here.
func (p *program) besideStore(name string) error {
	switch {
	case strings.HasPrefix(p.store, "file:"):
		return nil
	case p.remote():
		return usage("%s works on the store's files: run it on the server's machine, beside the store, with --store file:PATH and the server stopped", name)
	case p.store == "memory:":
		return usage("a store in memory ends with its process, there is nothing to %s: name one with --store file:PATH", name)
	}
	return usage("--store %q names no store that can be read here: write file:PATH", p.store)
}

// storeExists refuses a folder that is not there: opening would make an empty store.
func (p *program) storeExists() error {
	folder := strings.TrimPrefix(p.store, "file:")
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return graph.Errorf(graph.CodeNotFound, "there is no store in the folder %s: name it with --store file:PATH", folder)
	}
	return nil
}

// backUp writes the store, which must be there.
func (p *program) backUp(ctx context.Context, w io.Writer) (err error) {
	if err := p.storeExists(); err != nil {
		return err
	}
	s, err := quadstore.Open(p.store, quadstore.Options{})
	if err != nil {
		return p.inUse("backup", err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	seq, err := s.Backup(ctx, w)
	if err == nil {
		fmt.Fprintf(p.err, "backed up at sequence %d\n", seq)
	}
	return err
}

// inUse says of a store that a server holds what helps here.
func (p *program) inUse(name string, err error) error {
	var e *graph.Error
	if errors.As(err, &e) && e.Code == graph.CodeLocked {
		return graph.Errorf(graph.CodeLocked, "%s is in use by another process, such as a running server: stop it, and run %s again", p.store, name)
	}
	return err
}

// writeWhole writes a file under another name, and gives it its own once its
// bytes are on the disk.
func writeWhole(path string, write func(io.Writer) error) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	out := bufio.NewWriterSize(file, 1<<16)
	if err := write(out); err != nil {
		return errors.Join(err, file.Close())
	}
	if err := errors.Join(out.Flush(), file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
