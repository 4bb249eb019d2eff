package loaders

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/edtf"
	"github.com/tripartite-graph/tripartite/graph/quantity"
)

// FTM is lines of FollowTheMoney entities. Their datasets, or the file where
// they name none, are speaker and document. What the mapping has no place for
// is named in the report.
var FTM = &Format{
	Name:       "ftm",
	MediaTypes: []string{"application/json+ftm"},
	Extensions: []string{".ftm.json", ".ftm.jsonl", ".ftm.ijson", ".ftm"},
	Read:       readFTM,
	Write:      writeFTM,
}

// ftmLine is one entity.
type ftmLine struct {
	ID         string              `json:"id"`
	Caption    string              `json:"caption,omitempty"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
	Datasets   []string            `json:"datasets,omitempty"`

	line int
	kind *graph.EntityKind
}

// ftmFields are the fields of an entity that are read; others are noted.
var ftmFields = []string{"id", "caption", "schema", "properties", "datasets"}

// readFTM reads all entities, then turns them into quads: a link is read only
// between entities of the file whose kinds its relation takes.
func readFTM(r io.Reader, file string, o Options, s Sink) error {
	if o.Ontology == nil {
		return graph.Errorf(graph.CodeInternal, "FollowTheMoney is read with an ontology")
	}
	f := &ftmReader{
		names: o.Ontology.Names, ontology: o.Ontology, sink: s, mapping: ftmMap(), dataset: ftmDatasetOf(file),
		entities: map[string]*ftmLine{}, made: map[graph.Term]bool{}, unmapped: map[string]*ftmNote{},
	}
	if err := f.lines(r, o); err != nil || f.broken {
		return err
	}
	for _, e := range f.order {
		if err := f.entity(e); err != nil {
			return err
		}
	}
	for _, e := range f.order {
		if err := f.ties(e); err != nil {
			return err
		}
	}
	f.notes()
	return nil
}

// ftmDatasetOf names the dataset of a file that names none.
func ftmDatasetOf(file string) string {
	name, _, _ := strings.Cut(path.Base(file), ".")
	if name == "" || name == "-" || strings.ContainsAny(name, " ") {
		return "ftm"
	}
	return name
}

// ftmReader reads one file.
type ftmReader struct {
	names    graph.Names
	ontology *graph.Ontology
	mapping  *ftmMapping
	sink     Sink
	dataset  string
	entities map[string]*ftmLine
	order    []*ftmLine
	made     map[graph.Term]bool // entities that are known by name, datasets
	unmapped map[string]*ftmNote
	claims   int
	line     int
	broken   bool
}

// ftmNote counts what was not mapped.
type ftmNote struct {
	line, count int
	text        string
}

// note counts a value that is not mapped.
func (f *ftmReader) note(line, count int, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if n := f.unmapped[text]; n != nil {
		n.count += count
		return
	}
	f.unmapped[text] = &ftmNote{line, count, text}
}

// notes hands over what was not mapped, in the order of lines.
func (f *ftmReader) notes() {
	all := make([]*ftmNote, 0, len(f.unmapped))
	for _, n := range f.unmapped {
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b *ftmNote) int {
		if a.line != b.line {
			return a.line - b.line
		}
		return strings.Compare(a.text, b.text)
	})
	for _, n := range all {
		f.sink.Fault(graph.Problem{Rule: graph.RuleUnmapped, Position: graph.Position{Line: n.line}, Message: fmt.Sprintf("%s is not mapped: %d values", n.text, n.count)})
	}
}

// lines reads the entities; several lines of one id are one.
func (f *ftmReader) lines(r io.Reader, o Options) error {
	limit, whole := o.MaxLine, o.MaxFile
	if limit == 0 {
		limit = DefaultMaxLine
	}
	if whole == 0 {
		whole = DefaultMaxFile
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, min(limit, 1<<16)), limit)
	read := 0
	for lines.Scan() {
		f.line++
		if read += len(lines.Bytes()); read > whole {
			return graph.Errorf(graph.CodeLimit, "the file is longer than %d bytes: split it; entities that refer to each other stay together", whole)
		}
		if len(bytes.TrimSpace(lines.Bytes())) > 0 {
			f.take(lines.Bytes())
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		f.fault("the line is longer than %d bytes", limit)
		return nil
	}
	return lines.Err()
}

func (f *ftmReader) fault(format string, args ...any) {
	f.broken = true
	f.sink.Fault(syntax(f.line, 0, fmt.Sprintf(format, args...)))
}

// take reads one line.
func (f *ftmReader) take(data []byte) {
	if !utf8.Valid(data) {
		f.fault("the line is not UTF-8")
		return
	}
	e := &ftmLine{line: f.line}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		f.fault("the line is no JSON: %v", err)
		return
	}
	if err := json.Unmarshal(data, e); err != nil || e.ID == "" || e.Schema == "" {
		f.fault("the line is no entity of FollowTheMoney: it has id, schema and properties, which are lists of texts")
		return
	}
	for field := range fields {
		if !slices.Contains(ftmFields, field) {
			f.note(f.line, 1, "the field %q of entities", field)
		}
	}
	if first := f.entities[e.ID]; first != nil {
		first.merge(e)
		return
	}
	f.entities[e.ID] = e
	f.order = append(f.order, e)
	if kind := f.mapping.Kinds[e.Schema]; kind != "" {
		e.kind = f.ontology.Kind(f.names.Term(kind))
	}
}

// merge takes over what another line of the same entity says.
func (e *ftmLine) merge(other *ftmLine) {
	if e.Properties == nil {
		e.Properties = map[string][]string{}
	}
	for property, values := range other.Properties {
		for _, v := range values {
			if !slices.Contains(e.Properties[property], v) {
				e.Properties[property] = append(e.Properties[property], v)
			}
		}
	}
	for _, d := range other.Datasets {
		if !slices.Contains(e.Datasets, d) {
			e.Datasets = append(e.Datasets, d)
		}
	}
}

// quad hands over a quad of an entity's line.
func (f *ftmReader) quad(e *ftmLine, s, p, o, label graph.Term) error {
	return f.sink.Quad(graph.Quad{Subject: s, Predicate: p, Object: o, Label: label}, graph.Position{Line: e.line})
}

func (f *ftmReader) say(e *ftmLine, s graph.Term, word string, o graph.Term) error {
	return f.quad(e, s, f.names.Term(word), o, "")
}

// urn makes an IRI of a part and what no IRI may hold escaped.
func urn(prefix, id string) graph.Term { return graph.Term("<" + prefix + url.PathEscape(id) + ">") }

// entity hands over what an entity is, and its names.
func (f *ftmReader) entity(e *ftmLine) error {
	if e.kind == nil {
		if f.mapping.edge(e.Schema) == nil {
			count := 0
			for _, values := range e.Properties {
				count += len(values)
			}
			f.note(e.line, count, "the schema %s", e.Schema)
		}
		return nil
	}
	id := urn(ftmEntity, e.ID)
	if err := f.quad(e, id, graph.RDFType, e.kind.IRI, ""); err != nil {
		return err
	}
	title := f.title(e)
	if err := f.say(e, id, graph.WordName, graph.NewLiteral(title, "", "")); err != nil {
		return err
	}
	documents, err := f.sources(e)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, property := range sortedProperties(e.Properties) {
		for _, text := range e.Properties[property] {
			if f.mapping.Names[property] == "" || seen[text] {
				continue
			}
			seen[text] = true
			if err := f.name(e, id, documents, property, text, title); err != nil {
				return err
			}
		}
	}
	return nil
}

// sortedProperties lists properties, the best known names first.
func sortedProperties(properties map[string][]string) []string {
	out := make([]string, 0, len(properties))
	for p := range properties {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b string) int {
		if (a == "name") != (b == "name") {
			return map[bool]int{true: -1, false: 1}[a == "name"]
		}
		return strings.Compare(a, b)
	})
	return out
}

// title is what an entity is called.
func (f *ftmReader) title(e *ftmLine) string {
	if strings.TrimSpace(e.Caption) != "" {
		return e.Caption
	}
	for _, property := range f.mapping.Titles {
		for _, text := range e.Properties[property] {
			if strings.TrimSpace(text) != "" {
				return text
			}
		}
	}
	return e.Schema + " " + e.ID
}

// name hands over a name with its role and where it stands.
func (f *ftmReader) name(e *ftmLine, id graph.Term, documents []graph.Term, property, text, title string) error {
	role := f.mapping.Names[property]
	if text == title {
		role = graph.NamePreferred.String()
	}
	if strings.TrimSpace(text) == "" {
		f.note(e.line, 1, "an empty %s.%s", e.Schema, property)
		return nil
	}
	f.claims++
	node := graph.Term(fmt.Sprintf("_:name%d", f.claims))
	return errors.Join(
		f.say(e, id, graph.WordName, node),
		f.say(e, node, graph.WordText, graph.NewLiteral(text, "", "")),
		f.say(e, node, graph.WordRole, graph.NewLiteral(role, "", "")),
		f.evidence(e, node, documents))
}

func (f *ftmReader) evidence(e *ftmLine, node graph.Term, documents []graph.Term) error {
	for _, d := range documents {
		if err := f.say(e, node, graph.WordEvidence, d); err != nil {
			return err
		}
	}
	return nil
}

// datasets are those of an entity, or that of the file.
func (f *ftmReader) datasets(e *ftmLine) []string {
	if len(e.Datasets) > 0 {
		return e.Datasets
	}
	return []string{f.dataset}
}

// sources makes a document and a speaker of each dataset, once, and returns
// the documents.
func (f *ftmReader) sources(e *ftmLine) ([]graph.Term, error) {
	var out []graph.Term
	for _, d := range f.datasets(e) {
		document := urn(ftmDataset, d)
		out = append(out, document)
		if err := f.make(e, document, "Document", d); err != nil {
			return nil, err
		}
		if err := f.make(e, urn(ftmPublisher, d), "Organization", d); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// make hands over an entity that is known by its name, once.
func (f *ftmReader) make(e *ftmLine, id graph.Term, kind, name string) error {
	if f.made[id] {
		return nil
	}
	f.made[id] = true
	return errors.Join(
		f.quad(e, id, graph.RDFType, f.names.Term(kind), ""),
		f.say(e, id, graph.WordName, graph.NewLiteral(name, "", "")))
}

// named returns the entity of a kind and a name.
func (f *ftmReader) named(e *ftmLine, kind, name string) (graph.Term, error) {
	const length = 16
	sum := sha256.Sum256([]byte(kind + "\n" + name))
	id := urn(ftmNamed, hex.EncodeToString(sum[:length]))
	return id, f.make(e, id, kind, name)
}

// country returns the entity of a country's code (ISO 3166-1, or one of
// FollowTheMoney's own).
func (f *ftmReader) country(e *ftmLine, code string) (graph.Term, error) {
	id := urn(ftmCountry, strings.ToLower(code))
	name := code
	if region, err := language.ParseRegion(code); err == nil && region.IsCountry() {
		name = display.English.Regions().Name(region)
	}
	return id, f.make(e, id, "Country", name)
}

// ftmDate makes one date of beginnings, ends and days. FollowTheMoney's dates
// are prefixes of ISO 8601.
func ftmDate(state bool, start, end, day string) string {
	start, end, day = ftmDay(start), ftmDay(end), ftmDay(day)
	switch {
	case state && (start != "" || end != ""):
		day = start + "/" + end
	case state && day != "":
		day += "/"
	case day == "" && start != "" && end != "":
		day = start + "/" + end
	case day == "":
		day = start + end
	}
	if _, err := edtf.Parse(day); err != nil {
		return ""
	}
	return day
}

func ftmDay(s string) string {
	day, _, _ := strings.Cut(s, "T")
	return day
}

// quantityOf makes a quantity of a number and a unit, "" where it is none.
func quantityOf(text, unit string) graph.Term {
	text = strings.TrimSuffix(strings.TrimSpace(text), strings.TrimSpace(unit))
	if _, err := quantity.Parse(strings.TrimSpace(text) + unit); err != nil {
		return ""
	}
	return graph.NewLiteral(strings.TrimSpace(text)+unit, "", graph.TypeQuantity)
}
