package command

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestEveryFlagIsDocumented holds docs/commands.md against the program: each
// command has its section, each flag its line with the same default, each
// environment variable is named beside its flag, and nothing else is.
func TestEveryFlagIsDocumented(t *testing.T) {
	content, err := os.ReadFile("../docs/commands.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for _, section := range strings.Split(string(content), "\n## ")[1:] {
		title, body, _ := strings.Cut(section, "\n")
		sections[title] = body
	}
	p := &program{err: &bytes.Buffer{}}
	for _, c := range p.root().Commands() {
		section, ok := sections[c.Name()]
		if !ok {
			t.Errorf("docs/commands.md has no section %q", c.Name())
		}
		delete(sections, c.Name())
		checkFlags(t, c, section)
	}
	delete(sections, "Environment")
	for title := range sections {
		t.Errorf("docs/commands.md documents %q, which is no command", title)
	}
	for flag, variable := range variables {
		if !strings.Contains(string(content), "`"+variable+"` | `--"+flag+"`") {
			t.Errorf("docs/commands.md does not say that %s sets --%s", variable, flag)
		}
	}
}

var flagLine = regexp.MustCompile("(?m)^\\| `--([a-z-]+)` \\|([^|]*)\\|")

func checkFlags(t *testing.T, c *cobra.Command, section string) {
	t.Helper()
	documented := map[string]string{}
	for _, m := range flagLine.FindAllStringSubmatch(section, -1) {
		documented[m[1]] = strings.Trim(m[2], " `")
	}
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
		standard, ok := documented[f.Name]
		if want := strings.Replace(f.DefValue, "false", "", 1); !ok || standard != want {
			t.Errorf("%s --%s: documented %v with default %q, the program has %q", c.Name(), f.Name, ok, standard, want)
		}
		delete(documented, f.Name)
	})
	for name := range documented {
		t.Errorf("%s --%s is documented, and does not exist", c.Name(), name)
	}
}

// TestEveryVariableIsDocumented finds variables that are read elsewhere.
func TestEveryVariableIsDocumented(t *testing.T) {
	content, err := os.ReadFile("../docs/commands.md")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`TRIPARTITE_[A-Z_]+`)
	documented := named.FindAllString(string(content), -1)
	for _, folder := range []string{".", "..", "../api", "../documents", "../graph", "../graph/quadstore", "../loaders", "../resolvers", "../schema"} {
		files, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !strings.HasSuffix(f.Name(), ".go") {
				continue
			}
			code, err := os.ReadFile(folder + "/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, variable := range named.FindAllString(string(code), -1) {
				if variable != "TRIPARTITE_" && !slices.Contains(documented, variable) {
					t.Errorf("%s/%s reads %s, which docs/commands.md does not have", folder, f.Name(), variable)
				}
			}
		}
	}
}
