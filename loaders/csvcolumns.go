package loaders

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tripartite-graph/tripartite/graph"
)

// The columns that are no words of the vocabulary.
const (
	columnID       = "id"
	columnBatch    = "batch"
	columnKind     = "kind"
	columnSubject  = "subject"
	columnRelation = "relation"
	columnObject   = "object"
)

// fixedColumns stand first, in this order.
var fixedColumns = []string{columnID, columnKind, columnSubject, columnRelation, columnObject}

// cellSort is what plain text in a cell stands for.
type cellSort uint8

const (
	textCell     cellSort = iota // a literal of the column's datatype and language
	idCell                       // an id
	classCell                    // a kind of entity
	relationCell                 // a relation
	actCell                      // a relation, or an id
	roleCell                     // the role of a name, or an id
)

// column is one column of a CSV file.
type column struct {
	name      string
	predicate graph.Term // "" for id, batch, subject, relation and object
	sort      cellSort
	datatype  string
	language  string
}

// columns knows how the words of a vocabulary are written in cells.
type columns struct {
	names    graph.Names
	ontology *graph.Ontology
	classes  map[string]graph.Term
	relation map[string]*graph.RelationKind
	quality  map[string]*graph.QualifierKind
}

func newColumns(o *graph.Ontology) *columns {
	c := &columns{
		names: o.Names, ontology: o, classes: map[string]graph.Term{},
		relation: map[string]*graph.RelationKind{}, quality: map[string]*graph.QualifierKind{},
	}
	for _, k := range o.Kinds {
		c.classes[k.Name] = k.IRI
	}
	for _, r := range o.Relations {
		c.relation[r.Name] = r
	}
	for _, q := range o.Qualifiers {
		c.quality[q.Name] = q
	}
	return c
}

// idWords are the words about claims and entities whose values are ids.
var idWords = []string{
	graph.WordAssertedBy, graph.WordParty, graph.WordSpokenBy, graph.WordReportedBy, graph.WordEvent, graph.WordEvidence,
	graph.WordContext, graph.WordRevisionOf, graph.WordAlternativeOf, graph.WordGroup, graph.WordRetracts, graph.WordUndoes,
	graph.WordFollows, graph.WordMerges, graph.WordInto, graph.WordClashes,
}

// textWords are those whose values are literals, by datatype.
var textWords = map[string]string{
	graph.WordName: "", graph.WordText: "", graph.WordDescription: "", graph.WordCapacity: "", graph.WordStance: "",
	graph.WordMode: "", graph.WordDateBasis: "", graph.WordReason: "", graph.WordAgent: "", graph.WordPurged: "", graph.WordSummary: "",
	graph.WordTitle: "", graph.WordPublisher: "", graph.WordFileName: "", graph.WordSHA256: "",
	graph.WordUnnamed: typeBoolean, graph.WordProtected: typeBoolean, graph.WordURL: xsd + "anyURI",
	graph.WordDate: graph.TypeEDTF, graph.WordIssued: graph.TypeEDTF, graph.WordRetrieved: graph.TypeEDTF,
}

const typeBoolean = xsd + "boolean"

// datatypeOf is the datatype of the literals of a qualifier or a value.
func datatypeOf(t graph.Datatype) string {
	switch t {
	case graph.QuantityValue:
		return graph.TypeQuantity
	case graph.DateValue:
		return graph.TypeEDTF
	case graph.DurationValue:
		return xsd + "duration"
	case graph.IntegerValue:
		return xsd + "integer"
	case graph.BooleanValue:
		return typeBoolean
	}
	return ""
}

// byName returns the column of a header: a fixed one, a word of the vocabulary
// or a whole IRI in angle brackets, and a language after @.
func (c *columns) byName(header string) (column, error) {
	col := column{name: header}
	word, language, tagged := strings.Cut(header, "@")
	switch {
	case header == columnID, header == columnBatch, header == columnSubject, header == columnObject:
		col.sort = idCell
		return col, nil
	case header == columnRelation:
		col.sort = relationCell
		return col, nil
	case header == columnKind:
		col.predicate, col.sort = graph.RDFType, classCell
		return col, nil
	case strings.HasPrefix(header, "<"):
		cur := &cursor{text: header}
		iri, err := cur.iri("column")
		if err == nil && !cur.done() {
			err = cur.expected("the end of the header")
		}
		col.predicate = iri
		return col, err
	}
	if tagged && !validTag(language) {
		return col, fmt.Errorf("the column %q names no language: write name@en, name@kk-Latn", header)
	}
	col.language, col.predicate = language, c.names.Term(word)
	return col, c.describe(&col, word)
}

// describe says what plain text in the column of a word stands for.
func (c *columns) describe(col *column, word string) error {
	q := c.quality[word]
	datatype, text := textWords[word]
	switch {
	case word == graph.WordRole:
		col.sort = roleCell
	case text:
		col.datatype = datatype
	case q != nil && q.Type == graph.EntityValue:
		col.sort = idCell
	case q != nil && q.Type == graph.RelationValue:
		col.sort = actCell
	case q != nil:
		col.datatype = datatypeOf(q.Type)
	case slices.Contains(idWords, word), strings.HasPrefix(word, graph.WordReportedBy+"-"):
		col.sort = idCell
	default:
		return fmt.Errorf("the column %q is none that is known: docs/csv.md lists them; a relation goes into the column %q", col.name, columnRelation)
	}
	if col.language != "" && (col.sort != textCell || col.datatype != "") {
		return fmt.Errorf("the column %q has a language, but %s is no text", col.name, word)
	}
	return nil
}

// of returns the name of the column into which an object of a predicate goes.
func (c *columns) of(predicate, object graph.Term) string {
	if predicate == graph.RDFType {
		return columnKind
	}
	iri := strings.Trim(string(predicate), "<>")
	word, ours := strings.CutPrefix(iri, c.names.Vocabulary)
	if !ours {
		return string(predicate)
	}
	if _, language, _ := object.Literal(); language != "" {
		if col, err := c.byName(word + "@" + language); err == nil {
			return col.name
		}
	}
	if _, err := c.byName(word); err != nil {
		return string(predicate)
	}
	return word
}

// plain returns the term that plain text in a cell stands for. relation is
// that of the row, which tells what its object is.
func (c *columns) plain(col column, relation *graph.RelationKind, text string) (graph.Term, error) {
	switch col.sort {
	case classCell:
		if class, ok := c.classes[text]; ok {
			return class, nil
		}
		return checkedIRI(c.names.Term(text), text)
	case relationCell:
		return checkedIRI(c.names.Term(text), text)
	case actCell:
		if r := c.relation[text]; r != nil {
			return r.IRI, nil
		}
	case roleCell:
		if slices.Contains(nameRoles, text) {
			return graph.NewLiteral(text, "", ""), nil
		}
	}
	if col.name == columnObject && relation != nil && relation.Value != graph.NoValue {
		return graph.NewLiteral(text, "", datatypeOf(relation.Value)), nil
	}
	if col.sort == textCell {
		return graph.NewLiteral(text, col.language, col.datatype), nil
	}
	return c.id(text)
}

// nameRoles are the roles that a name can have.
var nameRoles = []string{
	graph.NamePreferred.String(), graph.NameAlias.String(), graph.NameAbbreviation.String(),
	graph.NameFormer.String(), graph.NameDescription.String(),
}

// id reads an id, or a blank node.
func (c *columns) id(text string) (graph.Term, error) {
	if strings.HasPrefix(text, "_:") {
		cur := &cursor{text: text}
		term, err := cur.blankNode()
		if err == nil && cur.at < len(text) {
			err = cur.expected("the end of the blank node's label")
		}
		return term, err
	}
	return checkedIRI(c.names.IRI(text), text)
}

// checkedIRI refuses an IRI that text does not make.
func checkedIRI(iri graph.Term, text string) (graph.Term, error) {
	if _, err := unescapeIRI(string(iri[1 : len(iri)-1])); err != nil {
		return "", fmt.Errorf("%q is no id: %w", text, err)
	}
	return iri, nil
}
