package main

import (
	"fmt"

	"github.com/tripartite-graph/tripartite/graph"
)

// word is a term of the vocabulary that is about claims, entities and batches
// rather than about the world.
type word struct {
	name     string
	datatype graph.Datatype // "": plain literals
	standard string         // nearest standard term, a prefixed name; or ""
	label    string
}

// vocabularyWords are those terms, in the order in which they are published.
var vocabularyWords = append([]word{
	{graph.WordName, graph.TextValue, "rdfs:label", "A name, as a literal or as a node of text, role and evidence."},
	{graph.WordText, graph.TextValue, "rdf:value", "The spelling of a name."},
	{graph.WordRole, "", "", "What a name is to its entity; of a claim, the part that its subject took."},
	{graph.WordDescription, graph.TextValue, "dcterms:description", "What an entity is."},
	{graph.WordUnnamed, graph.BooleanValue, "", "Nobody named it."},
	{graph.WordProtected, graph.BooleanValue, "", "A pseudonym that nothing may identify."},
	{graph.WordAssertedBy, graph.EntityValue, "prov:wasAttributedTo", "Whose position a claim is: a party, or a voice."},
	{graph.WordParty, graph.EntityValue, "prov:agent", "Who speaks in a voice."},
	{graph.WordCapacity, "", "prov:hadRole", "As what the party speaks."},
	{graph.WordSpokenBy, graph.EntityValue, "prov:wasAssociatedWith", "The delegate of a voice."},
	{graph.WordReportedBy, graph.EntityValue, "prov:wasQuotedFrom", "Through whom a claim reached the page."},
	{graph.WordStance, "", "", "ASSERTED, DENIED or WITHHELD."},
	{graph.WordMode, "", "", "FACT, ALLEGED, PLANNED, POSSIBLE or HYPOTHETICAL."},
	{graph.WordEvent, graph.EntityValue, "schema:about", "The happening that a claim is about."},
	{graph.WordDate, graph.DateValue, "dcterms:temporal", "When a claim's statement held or happened."},
	{graph.WordDateBasis, "", "", "STATED, CONTEXT or DOCUMENT."},
	{graph.WordEvidence, graph.EntityValue, "prov:hadPrimarySource", "The place that says it."},
	{graph.WordContext, graph.EntityValue, "prov:wasInfluencedBy", "A place that gives context."},
	{graph.WordRevisionOf, graph.EntityValue, "prov:wasRevisionOf", "The claim that this one corrects."},
	{graph.WordAlternativeOf, graph.EntityValue, "prov:alternateOf", "Another reading of the same words."},
	{graph.WordGroup, graph.EntityValue, "", "Qualifiers that belong together."},
	{graph.WordRetracts, graph.EntityValue, "prov:invalidated", "What a retraction withdraws."},
	{graph.WordUndoes, graph.EntityValue, "prov:invalidated", "What an undoing undoes."},
	{graph.WordFollows, graph.EntityValue, "prov:wasInformedBy", "The undoing before it."},
	{graph.WordReason, graph.TextValue, "dcterms:description", "Why."},
	{graph.WordAgent, "", "prov:wasAssociatedWith", "Who did it."},
	{graph.WordMerges, graph.EntityValue, "prov:used", "An entity that a merge joins."},
	{graph.WordInto, graph.EntityValue, "prov:generated", "The entity that stands for the merged ones."},
	{graph.WordPurged, "", "", "CLAIM, ENTITY or BATCH: what a tombstone stands for."},
	{graph.WordClashes, graph.EntityValue, "cito:disagreesWith", "A claim of a curated conflict."},
	{graph.WordSummary, graph.TextValue, "dcterms:abstract", "A conflict in one sentence."},
	{graph.WordTitle, "", "dcterms:title", "The title of a document."},
	{graph.WordPublisher, "", "dcterms:publisher", "Who published a document."},
	{graph.WordIssued, graph.DateValue, "dcterms:issued", "When a document was published."},
	{graph.WordURL, "", "schema:url", "Where a document is on the web."},
	{graph.WordRetrieved, graph.DateValue, "schema:dateModified", "When a document was fetched."},
	{graph.WordFileName, "", "", "The name of a document's file."},
	{graph.WordSHA256, "", "schema:sha256", "SHA-256 of a document's file, lower-case hex."},
}, reporterWords()...)

// reporterWords are the numbered places of a chain of reporting.
func reporterWords() []word {
	var out []word
	for i := 1; i <= 9; i++ {
		out = append(out, word{
			fmt.Sprintf("%s-%d", graph.WordReportedBy, i), graph.EntityValue, "prov:wasQuotedFrom",
			fmt.Sprintf("Place %d of the chain of reporting, the source being the first.", i),
		})
	}
	return out
}

// definition is the word's term in the JSON-LD context.
func (w word) definition(o *graph.Ontology) definition {
	d := definitionOf(o, o.Names.Term(w.name), w.datatype)
	if w.name == graph.WordURL {
		d.Type = xsd + "anyURI"
	}
	if w.name == graph.WordName {
		d.Context = nameDefinition(o).Context
	}
	return d
}
