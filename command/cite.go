package command

import (
	"fmt"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/tripartite-graph/tripartite/documents"
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/seed"
)

func (p *program) cite() *cobra.Command {
	var fill, partial bool
	c := &cobra.Command{
		Use:   `cite DOCUMENT PARAGRAPH ["words"] | --fill FILE…`,
		Short: "Print the locator of words in a document, or fill the cite(…) of YAML files",
		Long: `Prints the locator of words: document/ID/pN/START-END/HASH.

DOCUMENT is an id (letter-2021) or the path of a text file. The words may leave
out their middle ("first words … last words"), or be left out for the whole
paragraph. Words that stand several times in the paragraph are refused: take
more of them, or end them in #2 for the second.

With --fill, every scalar of the files that reads cite(DOCUMENT PARAGRAPH),
cite(DOCUMENT PARAGRAPH "words") or cite(DOCUMENT PARAGRAPH "words"#2) becomes
its locator. If one fails, no file is written, unless --partial is given.`,
		RunE: func(_ *cobra.Command, args []string) error {
			if fill {
				return p.citeFill(args, partial)
			}
			return p.citeOne(args)
		},
	}
	c.Flags().BoolVar(&fill, "fill", false, "rewrite the cite(…) of YAML files into locators")
	c.Flags().BoolVar(&partial, "partial", false, "with --fill: write what could be filled")
	p.documentsFlag(c.Flags())
	p.baseFlag(c.Flags())
	return c
}

func (p *program) citeOne(args []string) error {
	if len(args) < 2 || len(args) > 3 {
		return usage(`cite takes DOCUMENT PARAGRAPH ["words"]; tripartite cite --help says more`)
	}
	paragraph, err := strconv.Atoi(args[1])
	if err != nil {
		return usage("PARAGRAPH is a number, not %q", args[1])
	}
	quote := documents.Quote{Document: args[0], Paragraph: paragraph}
	if len(args) == 3 {
		quote.Words, quote.Nth = documents.CutNth(args[2])
	}
	citer, err := p.citer()
	if err != nil {
		return err
	}
	l, err := citer.Cite(quote)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out, citer.Names.ID(l.IRI(citer.Names)))
	return nil
}

// citer knows the documents of the corpus and the texts at hand.
func (p *program) citer() (*documents.Citer, error) {
	c := &documents.Citer{Names: p.names()}
	content, err := seed.Files.ReadFile(seed.Documents)
	if err != nil {
		return nil, err
	}
	// The corpus has its own base, whatever that of the data at hand.
	c.Sources, err = documents.ReadSources(graph.DefaultNames(), seed.Documents, content)
	if err != nil || p.documents == "" {
		return c, err
	}
	c.Library, err = documents.Open(p.documents)
	return c, err
}

// citeFill fills files: all of them or, without partial, none.
func (p *program) citeFill(files []string, partial bool) error {
	if len(files) == 0 {
		return usage("cite --fill takes FILE…")
	}
	citer, err := p.citer()
	if err != nil {
		return err
	}
	filled := map[string][]byte{}
	done, failed := 0, 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		written, n, failures := citer.Fill(content)
		for _, f := range failures {
			fmt.Fprintf(p.err, "%s:%d: %s\n", file, f.Line, f.Err)
		}
		if n > 0 {
			filled[file] = written
		}
		done, failed = done+n, failed+len(failures)
	}
	if failed > 0 && !partial {
		return fmt.Errorf("%d of %d places could not be filled; nothing was written", failed, done+failed)
	}
	for file, content := range filled {
		if err := replaceFile(file, content); err != nil {
			return err
		}
	}
	fmt.Fprintf(p.out, "%d places filled, %d failed\n", done, failed)
	if failed > 0 {
		return status{code: exitFailed}
	}
	return nil
}

// replaceFile puts content in the place of a file at once, with its mode.
func replaceFile(file string, content []byte) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	temporary := file + ".filling"
	if err := os.WriteFile(temporary, content, info.Mode().Perm()); err != nil {
		return err
	}
	return os.Rename(temporary, file)
}
