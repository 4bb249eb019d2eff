package loaders

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/tripartite-graph/tripartite/graph"
)

// writeFTM writes entities, then links: of each claim the schema of its
// relation, where its ends are of the right schemata and it is asserted as a
// fact or an allegation; UnknownLink else; Note where it ties no two entities.
// Each link names who says it and where.
func writeFTM(ctx context.Context, w io.Writer, x *graph.Export) error {
	f := &ftmWriter{
		export: x, mapping: ftmMap(), out: bufio.NewWriterSize(w, 1<<16),
		own: map[string]map[string][]string{}, aside: map[string]*graph.Entity{}, written: map[string]bool{},
	}
	// What a dataset of FollowTheMoney said in a property becomes one again.
	if err := x.Claims(ctx, f.property); err != nil {
		return err
	}
	if err := x.Entities(ctx, f.entity); err != nil {
		return err
	}
	err := x.Claims(ctx, func(c *graph.Claim) error { return f.claim(ctx, c) })
	return errors.Join(err, f.out.Flush())
}

// ftmWriter writes lines.
type ftmWriter struct {
	export  *graph.Export
	mapping *ftmMapping
	out     *bufio.Writer
	own     map[string]map[string][]string // entity → property → values
	aside   map[string]*graph.Entity       // what stands for a dataset, a country or a text: written where a link needs it
	written map[string]bool
}

// id is the id of an entity: that of its dataset, or our own.
func (f *ftmWriter) id(e *graph.Entity) string {
	if rest, ok := strings.CutPrefix(e.ID, ftmEntity); ok {
		if id, err := url.PathUnescape(rest); err == nil {
			return id
		}
	}
	return e.ID
}

// schema is that of an entity's kind.
func (f *ftmWriter) schema(e *graph.Entity) string {
	if e.Kind != nil && f.mapping.Schemata[e.Kind.Name] != "" {
		return f.mapping.Schemata[e.Kind.Name]
	}
	return f.mapping.Note
}

// datasetOf returns the dataset of FollowTheMoney that a document is, "" for another.
func datasetOf(document *graph.Entity) string {
	if document == nil {
		return ""
	}
	rest, ok := strings.CutPrefix(document.ID, ftmDataset)
	name, err := url.PathUnescape(rest)
	if !ok || err != nil {
		return ""
	}
	return name
}

// native tells whether datasets of FollowTheMoney alone state a claim, as a fact.
func native(c *graph.Claim) bool {
	evidence := c.Evidence()
	return plainly(c) && len(evidence) > 0 && !slices.ContainsFunc(evidence, func(e *graph.Evidence) bool { return datasetOf(e.Document) == "" })
}

// plainly tells whether a claim can stand as a statement of its own.
func plainly(c *graph.Claim) bool {
	return c.Stance == graph.Asserted && (c.Mode == graph.Fact || c.Mode == graph.Alleged)
}

// asProperty returns the property that says a claim, "" for none.
func (f *ftmWriter) asProperty(c *graph.Claim) (property, value string) {
	if c.Object == nil || !native(c) || c.Date != nil || len(c.Qualifiers()) > 0 {
		return "", ""
	}
	for _, p := range f.mapping.Properties {
		code, country := strings.CutPrefix(c.Object.ID, ftmCountry)
		if p.Relation != c.Relation.Name || p.Country != country {
			continue
		}
		if country {
			return p.Property, code
		}
		return p.Property, f.id(c.Object)
	}
	return "", ""
}

func (f *ftmWriter) property(c *graph.Claim) error {
	property, value := f.asProperty(c)
	if property == "" {
		return nil
	}
	if f.own[c.Subject.ID] == nil {
		f.own[c.Subject.ID] = map[string][]string{}
	}
	f.own[c.Subject.ID][property] = including(f.own[c.Subject.ID][property], value)
	return nil
}

// entity writes an entity, or puts it aside.
func (f *ftmWriter) entity(e *graph.Entity) error {
	for _, prefix := range []string{ftmDataset, ftmPublisher, ftmCountry, ftmNamed} {
		if strings.HasPrefix(e.ID, prefix) {
			f.aside[e.ID] = e
			return nil
		}
	}
	return f.writeEntity(e)
}

func (f *ftmWriter) writeEntity(e *graph.Entity) error {
	if f.written[e.ID] {
		return nil
	}
	f.written[e.ID] = true
	properties := f.own[e.ID]
	if properties == nil {
		properties = map[string][]string{}
	}
	schema := f.schema(e)
	properties["name"] = []string{e.Name}
	datasets := f.names(e, properties)
	if e.Description != nil {
		properties["description"] = []string{*e.Description}
	}
	switch schema {
	case "Address":
		properties["full"] = []string{e.Name}
	case "Document":
		f.document(e, properties)
	}
	return f.line(ftmLine{ID: f.id(e), Caption: e.Name, Schema: schema, Properties: properties, Datasets: datasets})
}

// names adds the names by their roles, and returns the datasets of
// FollowTheMoney that use them.
func (f *ftmWriter) names(e *graph.Entity, properties map[string][]string) []string {
	var datasets []string
	for _, n := range e.Names() {
		property := f.mapping.Roles[n.Role.String()]
		if !slices.Contains(properties["name"], n.Text) {
			properties[property] = including(properties[property], n.Text)
		}
		for _, w := range n.Evidence() {
			if d := datasetOf(w.Document); d != "" {
				datasets = including(datasets, d)
			}
		}
	}
	return datasets
}

func (f *ftmWriter) document(e *graph.Entity, properties map[string][]string) {
	properties["fileName"] = []string{e.Name}
	for word, property := range map[string]string{
		graph.WordTitle: "title", graph.WordFileName: "fileName", graph.WordPublisher: "publisher",
		graph.WordURL: "sourceUrl", graph.WordSHA256: "contentHash",
	} {
		if value := e.Fact(word); value != nil {
			properties[property] = []string{*value}
		}
	}
}

func (f *ftmWriter) line(l ftmLine) error {
	_, err := f.out.Write(append(compactJSON(l), '\n'))
	return err
}

// claim writes what is no property of an entity.
func (f *ftmWriter) claim(ctx context.Context, c *graph.Claim) error {
	if property, _ := f.asProperty(c); property != "" {
		return nil
	}
	l := ftmLine{ID: c.ID, Properties: map[string][]string{}}
	if c.Object == nil {
		return f.note(ctx, c, l)
	}
	edge := f.edge(c)
	f.sources(c, &l)
	if edge == nil {
		return f.link(c, l)
	}
	l.Schema = edge.Schema
	for _, end := range []struct {
		end    ftmEnd
		entity *graph.Entity
	}{{edge.Subject, c.Subject}, {edge.Object, c.Object}} {
		value := end.entity.Name
		if end.end.Kind == "" {
			if err := f.writeEntity(end.entity); err != nil {
				return err
			}
			value = f.id(end.entity)
		}
		l.Properties[end.end.Property] = []string{value}
	}
	f.qualify(c, edge, l.Properties)
	return f.line(l)
}

// edge returns the link that a claim is, nil for none.
func (f *ftmWriter) edge(c *graph.Claim) *ftmEdge {
	fits := func(end ftmEnd, e *graph.Entity) bool {
		if end.Kind != "" {
			return native(c)
		}
		return f.mapping.extends(f.schema(e), end.Range)
	}
	for i, edge := range f.mapping.Edges {
		if edge.Relation == c.Relation.Name && plainly(c) && fits(edge.Subject, c.Subject) && fits(edge.Object, c.Object) {
			return &f.mapping.Edges[i]
		}
	}
	return nil
}

// link writes a claim that has no schema of its own.
func (f *ftmWriter) link(c *graph.Claim, l ftmLine) error {
	l.Schema = f.mapping.Link.Schema
	role := c.Relation.Name
	if !plainly(c) {
		role = strings.ToLower(c.Stance.String()+" "+c.Mode.String()) + ": " + role
	}
	l.Properties["role"] = []string{role}
	if err := errors.Join(f.writeEntity(c.Subject), f.writeEntity(c.Object)); err != nil {
		return err
	}
	l.Properties[f.mapping.Link.Subject], l.Properties[f.mapping.Link.Object] = []string{f.id(c.Subject)}, []string{f.id(c.Object)}
	f.qualify(c, &ftmEdge{}, l.Properties)
	return f.line(l)
}

// note writes a claim about a value or another claim.
func (f *ftmWriter) note(ctx context.Context, c *graph.Claim, l ftmLine) error {
	var what string
	if c.Value != nil {
		what = c.Value.Lexical
	} else {
		id, err := f.export.ObjectClaim(ctx, c)
		if err != nil {
			return err
		}
		what = id
	}
	f.sources(c, &l)
	for _, property := range []string{"recordId", "startDate", "endDate", "date"} { // a Note has none of them
		for _, value := range l.Properties[property] {
			l.Properties["description"] = append(l.Properties["description"], property+": "+value)
		}
		delete(l.Properties, property)
	}
	if err := f.writeEntity(c.Subject); err != nil {
		return err
	}
	l.Schema = f.mapping.Note
	l.Properties["name"] = []string{c.Relation.Name + " " + what}
	l.Properties["entity"] = []string{f.id(c.Subject)}
	f.qualify(c, &ftmEdge{}, l.Properties)
	return f.line(l)
}

// ftmDatePattern is a day, month or year.
var ftmDatePattern = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d)?)?$`)

// sources says who says a claim, where it stands and when it held.
func (f *ftmWriter) sources(c *graph.Claim, l *ftmLine) {
	p := l.Properties
	p["recordId"] = []string{c.ID}
	for _, v := range c.AssertedBy() {
		if v.Party != nil {
			p["publisher"] = including(p["publisher"], v.Party.Name)
		}
	}
	evidence := c.Evidence()
	context := slices.ContainsFunc(evidence, func(e *graph.Evidence) bool { return e.Context })
	for _, e := range evidence {
		if d := datasetOf(e.Document); d != "" {
			if e.Context || !context { // a file of several datasets is none itself
				l.Datasets = including(l.Datasets, d)
			}
			continue
		}
		p["description"] = append(p["description"], "evidence: "+e.ID)
		if strings.HasPrefix(e.IRI, "http") {
			p["sourceUrl"] = including(p["sourceUrl"], e.IRI)
		}
	}
	if !plainly(c) || c.Mode != graph.Fact {
		p["description"] = append(p["description"], "stance: "+c.Stance.String(), "mode: "+c.Mode.String())
	}
	if reporters := ids(c.ReportedBy()); len(reporters) > 0 {
		p["description"] = append(p["description"], "reported by: "+join(reporters))
	}
	if c.Event != nil {
		p["description"] = append(p["description"], "event: "+c.Event.ID)
	}
	if c.Date != nil {
		f.date(*c.Date, p)
	}
}

// date writes a date as far as FollowTheMoney has the like, and else in words.
func (f *ftmWriter) date(date string, p map[string][]string) {
	start, end, interval := strings.Cut(date, "/")
	values := map[string]string{"date": date}
	if interval {
		values = map[string]string{"startDate": start, "endDate": end}
	}
	exact := true
	for property, value := range values {
		switch {
		case ftmDatePattern.MatchString(value):
			p[property] = []string{value}
		case value != "" && value != "..":
			exact = false
		}
	}
	if !exact {
		p["description"] = append(p["description"], "date: "+date)
	}
}

// qualify writes qualifiers: in their properties, else in words.
func (f *ftmWriter) qualify(c *graph.Claim, edge *ftmEdge, p map[string][]string) {
	for _, q := range c.Qualifiers() {
		text := qualifierText(q)
		at := slices.IndexFunc(edge.Qualifiers, func(m ftmQualifier) bool {
			return m.Name == q.Name && (m.Unit == "" || strings.HasSuffix(text, m.Unit))
		})
		if at < 0 {
			p["description"] = append(p["description"], q.Name+": "+text)
			continue
		}
		m := edge.Qualifiers[at]
		if q.Entity != nil {
			text = q.Entity.Name
		}
		p[m.Property] = including(p[m.Property], strings.TrimSuffix(text, m.Unit))
	}
}
