package command

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tripartite-graph/tripartite/documents"
	"github.com/tripartite-graph/tripartite/graph"
)

func (p *program) corpus() *cobra.Command {
	var unclaimed string
	c := &cobra.Command{
		Use:   "corpus FILE…",
		Short: "Tell what the files of a corpus hold, and which paragraphs no claim rests on",
		Long: `Loads the files into memory and prints, for each document, its claims and its
paragraphs with and without claims; then entities by kind, claims by relation
and conflicts. --unclaimed names a file of lines of document, paragraph and
reason, parted by tabs: the paragraphs that rightly state none. Exit status 1
where a paragraph has neither.`,
		Args: between(1, -1, "FILE…"),
		RunE: func(cmd *cobra.Command, files []string) error {
			p.store = "memory:"
			return p.with(cmd.Context(), func(o *opened) error { return p.surveyFiles(cmd.Context(), o, files, unclaimed) })
		},
	}
	c.Flags().StringVar(&unclaimed, "unclaimed", "", "file of the paragraphs that state no claim, and why")
	p.baseFlag(c.Flags())
	p.documentsFlag(c.Flags())
	return c
}

func (p *program) surveyFiles(ctx context.Context, o *opened, files []string, unclaimed string) error {
	reasons, err := readReasons(unclaimed)
	if err != nil {
		return err
	}
	m := p.meter()
	inputs, err := p.inputs(files, "auto", m)
	if err != nil {
		return err
	}
	report, err := o.load(ctx, inputs, graph.ImportOptions{}, m)
	if err != nil {
		return err
	}
	if report.Refused {
		return p.report(report, false)
	}
	snapshot, err := o.At(ctx, 0)
	if err != nil {
		return err
	}
	defer snapshot.Close()
	covered, err := documents.Covered(ctx, snapshot, o.ontology.Names, o.library)
	if err != nil {
		return err
	}
	open := 0
	for _, c := range covered {
		open += p.survey(o.ontology.Names, c, reasons)
	}
	if err := p.count(ctx, snapshot); err != nil {
		return err
	}
	if open > 0 {
		return status{exitFailed, fmt.Sprintf("%d paragraphs have neither a claim nor a reason", open)}
	}
	return nil
}

// reasons are why paragraphs state no claim, by document and paragraph.
type reasons map[string]map[int]string

func readReasons(file string) (reasons, error) {
	all := reasons{}
	if file == "" {
		return all, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" || strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) < 3 {
			return nil, graph.Errorf(graph.CodeInvalid, "%s:%d: write DOCUMENT, PARAGRAPH and REASON, parted by tabs", file, n)
		}
		paragraph, err := strconv.Atoi(fields[1])
		if err != nil {
			return nil, graph.Errorf(graph.CodeInvalid, "%s:%d: %q is no number of a paragraph", file, n, fields[1])
		}
		document := strings.TrimPrefix(fields[0], "document/")
		if all[document] == nil {
			all[document] = map[int]string{}
		}
		all[document][paragraph] = fields[2]
	}
	return all, lines.Err()
}

// survey prints a document, and returns how many paragraphs have neither claim nor reason.
func (p *program) survey(names graph.Names, c documents.Coverage, all reasons) (open int) {
	document := strings.TrimPrefix(names.ID(c.Document), "document/")
	counts := map[string]int{}
	var bare []string
	for _, n := range c.Unclaimed() {
		if reason, ok := all[document][n]; ok {
			counts[reason]++
		} else {
			bare = append(bare, strconv.Itoa(n))
		}
	}
	of := fmt.Sprintf("of %d paragraphs", c.Paragraphs)
	if c.Paragraphs == 0 {
		of = "paragraphs, the text is not at hand"
	}
	fmt.Fprintf(p.out, "%s: %d claims in %d %s\n", document, c.Claims, len(c.Claimed), of)
	for _, reason := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(p.out, "  without a claim, %s: %d\n", reason, counts[reason])
	}
	if len(bare) > 0 {
		fmt.Fprintf(p.out, "  without claim and reason: %s\n", strings.Join(bare, " "))
	}
	return len(bare)
}

// count prints what the whole holds.
func (p *program) count(ctx context.Context, s graph.Snapshot) error {
	stats, err := s.Stats(ctx)
	if err != nil {
		return err
	}
	kinds, relations := map[string]int{}, map[string]int{}
	for k, n := range stats.EntitiesByKind {
		kinds[k.Name] = n
	}
	for r, n := range stats.ClaimsByRelation {
		relations[r.Name] = n
	}
	fmt.Fprintf(p.out, "%d entities, %d claims, %d conflicts, %d quads\n", stats.Entities, stats.Claims, stats.Conflicts, stats.Quads)
	p.table("entities", kinds)
	p.table("claims", relations)
	return nil
}

func (p *program) table(title string, counts map[string]int) {
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(p.out, "  %s\t%s\t%d\n", title, name, counts[name])
	}
}
