package loaders_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/loaders"
)

// testdata returns a folder of the outside data.
func testdata(t *testing.T, folder string) string {
	t.Helper()
	data := os.Getenv("TRIPARTITE_TESTDATA")
	if data == "" {
		t.Skip("TRIPARTITE_TESTDATA names no folder with the data of others")
	}
	return filepath.Join(data, folder)
}

// money is an entity of FollowTheMoney.
type money struct {
	ID, Caption, Schema string
	Properties          map[string][]string
	Datasets            []string
}

func moneyOf(t *testing.T, text string) []money {
	t.Helper()
	var out []money
	for line := range strings.Lines(text) {
		var m money
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		out = append(out, m)
	}
	return out
}

var noted = regexp.MustCompile(`^(\w+)\.(\w+)(?: to an entity .*)? is not mapped: (\d+) values$`)

// TestFollowTheMoney loads each file, and adds up: every value of a property
// is a name, a part of a claim, or named in the report.
func TestFollowTheMoney(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testdata(t, "ftm"), "*.ftm.json"))
	if err != nil || len(files) != 2 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			s := newShelf(t)
			report := s.must(s.input(filepath.Base(file), "", string(content)))
			in := moneyOf(t, string(content))
			checkAccounts(t, in, report)
			text := s.write(loaders.FTM, graph.ExportQuery{})
			checkReturn(t, in, moneyOf(t, text))
			for _, fault := range open(t, s).FTM.Faults {
				t.Error(fault)
			}
			if again := s.must(s.input(filepath.Base(file), "ftm", string(content))); again.Added != 0 {
				t.Errorf("loading it again adds %d quads", again.Added)
			}
		})
	}
}

// mappedFTM are the properties of which values become names, claims, or parts
// of claims; the report names the values that do not.
var mappedFTM = []string{
	"name", "alias", "weakAlias", "abbreviation", "previousName", "full", "nationality", "citizenship", "country", "jurisdiction",
	"addressEntity", "owner", "asset", "percentage", "sharesCount", "role", "startDate", "endDate", "date", "director", "organization",
	"person", "relative", "relationship", "payer", "beneficiary", "amountEur", "entity", "authority", "reason", "provisions", "program",
}

// checkAccounts compares the values of a file with those that the report names.
func checkAccounts(t *testing.T, in []money, report *graph.Report) {
	t.Helper()
	values, unmapped, schemata := map[string]int{}, map[string]int{}, map[string]bool{}
	for _, n := range report.Notes {
		if m := noted.FindStringSubmatch(n.Message); m != nil {
			count, _ := strconv.Atoi(m[3])
			unmapped[m[1]+"."+m[2]] += count
		} else if schema, ok := strings.CutPrefix(n.Message, "the schema "); ok {
			schemata[strings.Fields(schema)[0]] = true
		}
	}
	for _, e := range in {
		for property, v := range e.Properties {
			values[e.Schema+"."+property] += len(v)
		}
	}
	for key, count := range values {
		schema, property, _ := strings.Cut(key, ".")
		if schemata[schema] {
			continue
		}
		if unmapped[key] > count {
			t.Errorf("%s has %d values, of which the report names %d", key, count, unmapped[key])
		}
		if unmapped[key] < count && !slices.Contains(mappedFTM, property) {
			t.Errorf("%s has %d values, of which the report names only %d", key, count, unmapped[key])
		}
	}
}

// checkReturn compares entities and links with those of the file.
func checkReturn(t *testing.T, in, out []money) {
	t.Helper()
	found := map[string]money{}
	counts := map[string]int{}
	for _, e := range out {
		found[e.ID] = e
		counts[e.Schema]++
	}
	for _, e := range in {
		switch e.Schema {
		case "Person", "Company", "Organization", "Address":
			back := found[e.ID]
			if back.Schema != e.Schema {
				t.Errorf("%s %s came out as %q", e.Schema, e.ID, back.Schema)
			}
			all := slices.Concat(back.Properties["name"], back.Properties["alias"], back.Properties["weakAlias"], back.Properties["previousName"])
			for _, property := range []string{"name", "alias", "previousName", "weakAlias", "abbreviation"} {
				for _, name := range e.Properties[property] {
					if !slices.Contains(all, name) {
						t.Errorf("%s lost the name %q", e.ID, name)
					}
				}
			}
			for _, property := range []string{"country", "nationality"} {
				for _, code := range e.Properties[property] {
					if e.Schema != "Address" && !slices.Contains(back.Properties[property], code) {
						t.Errorf("%s lost %s %s: %v", e.ID, property, code, back.Properties)
					}
				}
			}
		case "Ownership", "Directorship", "Family", "Payment":
			counts[e.Schema] -= max(1, len(e.Properties["beneficiary"]))
		}
	}
	for _, schema := range []string{"Ownership", "Directorship", "Family", "Payment"} {
		if counts[schema] != 0 {
			t.Errorf("%+d of %s", counts[schema], schema)
		}
	}
}
