package compiled

import (
	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/resolvers/model"
)

// claims compiles what is asked of claims.
func (c *compilation) claims(f *field) write[*graph.Claim] {
	return compileObject(c, "Claim", f.sets, claimField).write
}

// claimField leaves to gqlgen what is looked up for claims (conflicts,
// retraction, batches).
func claimField(c *compilation, f *field) write[*graph.Claim] {
	switch f.Name {
	case "id":
		return text(func(v *graph.Claim) string { return v.ID })
	case "iri":
		return text(func(v *graph.Claim) string { return v.IRI })
	case "subject":
		return must(func(v *graph.Claim) *graph.Entity { return v.Subject }, c.leaves(f))
	case "relation":
		return text(func(v *graph.Claim) string { return v.Relation.Enum })
	case "object":
		return orNull(func(v *graph.Claim) *graph.Entity { return v.Object }, c.leaves(f))
	case "value":
		return orNull(func(v *graph.Claim) *graph.Value { return v.Value }, c.values(f))
	case "stance":
		return text(func(v *graph.Claim) string { return v.Stance.String() })
	case "mode":
		return text(func(v *graph.Claim) string { return v.Mode.String() })
	case "event":
		return orNull(func(v *graph.Claim) *graph.Entity { return v.Event }, c.leaves(f))
	case "date":
		return textOrNull(func(v *graph.Claim) *string { return v.Date })
	case "dateBasis":
		return func(w *writer, v *graph.Claim) {
			if v.Date == nil {
				w.null()
				return
			}
			w.text(v.DateBasis.String())
		}
	case "qualifiers":
		return list((*graph.Claim).Qualifiers, compileObject(c, "Qualifier", f.sets, qualifierField).write)
	case "assertedBy":
		return list((*graph.Claim).AssertedBy, compileObject(c, "Voice", f.sets, voiceField).write)
	case "reportedBy":
		return list((*graph.Claim).ReportedBy, c.leaves(f))
	case "evidence":
		return list((*graph.Claim).Evidence, c.evidence(f))
	}
	return nil
}

func voiceField(c *compilation, f *field) write[*graph.Voice] {
	switch f.Name {
	case "party":
		return must(func(v *graph.Voice) *graph.Entity { return v.Party }, c.leaves(f))
	case "capacity":
		return text(func(v *graph.Voice) string { return v.Capacity.String() })
	case "spokenBy":
		return orNull(func(v *graph.Voice) *graph.Entity { return v.SpokenBy }, c.leaves(f))
	}
	return nil
}

func qualifierField(c *compilation, f *field) write[*graph.Qualifier] {
	switch f.Name {
	case "name":
		return text(func(v *graph.Qualifier) string { return v.Name })
	case "value":
		return orNull(func(v *graph.Qualifier) *graph.Value { return v.Value }, c.values(f))
	case "entity":
		return orNull(func(v *graph.Qualifier) *graph.Entity { return v.Entity }, c.leaves(f))
	case "relation":
		return textOrNull(func(v *graph.Qualifier) *string {
			if v.Relation == nil {
				return nil
			}
			return &v.Relation.Enum
		})
	case "group":
		return numberOrNull(func(v *graph.Qualifier) *int { return v.Group })
	}
	return nil
}

// values compiles what is asked of literals, their numbers left out.
func (c *compilation) values(f *field) write[*graph.Value] {
	return compileObject(c, "Value", f.sets, func(_ *compilation, f *field) write[*graph.Value] {
		switch f.Name {
		case "lexical":
			return text(func(v *graph.Value) string { return v.Lexical })
		case "datatype":
			return text(func(v *graph.Value) string { return v.Datatype })
		case "language":
			return textOrNull(func(v *graph.Value) *string { return v.Language })
		}
		return nil
	}).write
}

func (c *compilation) evidence(f *field) write[*graph.Evidence] {
	return compileObject(c, "Evidence", f.sets, evidenceField).write
}

func evidenceField(c *compilation, f *field) write[*graph.Evidence] {
	switch f.Name {
	case "iri":
		return text(func(v *graph.Evidence) string { return v.IRI })
	case "document":
		one := c.entities(f, "Document", true)
		return func(w *writer, v *graph.Evidence) { w.entity(v.Document, one) }
	case "paragraph":
		return numberOrNull(func(v *graph.Evidence) *int { return v.Paragraph })
	case "start":
		return numberOrNull(func(v *graph.Evidence) *int { return v.Start })
	case "end":
		return numberOrNull(func(v *graph.Evidence) *int { return v.End })
	case "sha256":
		return textOrNull(func(v *graph.Evidence) *string { return v.SHA256 })
	case "role":
		return text(func(v *graph.Evidence) string { return string((&model.Evidence{Evidence: v}).Role()) })
	case "text":
		return textOrNull((*graph.Evidence).Text)
	case "paragraphText":
		return textOrNull((*graph.Evidence).ParagraphText)
	}
	return nil
}
