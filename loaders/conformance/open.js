// Opens what the writers wrote in the libraries that read it, and prints what
// they found as JSON: open.js FILE.gexf FILE.graphml FILE.cyjs FILE.ftm.json
import { readFileSync } from "node:fs";
import cytoscape from "cytoscape";
import graphology from "graphology";
import gexf from "graphology-gexf";
import graphml from "graphology-graphml";
import { Model, defaultModel } from "@alephdata/followthemoney";

const { MultiDirectedGraph } = graphology;
const [gexfFile, graphmlFile, cytoscapeFile, ftmFile] = process.argv.slice(2).map((f) => readFileSync(f, "utf8"));

// counts of nodes and edges, and the attributes of the edge that a test names
function counts(graph) {
  return { nodes: graph.order, edges: graph.size, attributed: graph.filterEdges((_, a) => a.iri && a.documents && a.assertedBy).length };
}

function openCytoscape(text) {
  const cy = cytoscape({ ...JSON.parse(text), headless: true });
  return { nodes: cy.nodes().length, edges: cy.edges().length, attributed: cy.edges("[iri][documents][assertedBy]").length };
}

// validates lines against the model of FollowTheMoney: known schemata that are
// not abstract, known properties, required ones, references to entities of the
// right schema
function validate(text) {
  const model = new Model(defaultModel);
  const lines = text.split("\n").filter(Boolean).map((l) => JSON.parse(l));
  const schemata = new Map(lines.map((e) => [e.id, model.getSchema(e.schema)]));
  const faults = [];
  const counts = {};
  for (const e of lines) {
    const schema = schemata.get(e.id);
    counts[e.schema] = (counts[e.schema] ?? 0) + 1;
    if (schema.abstract) faults.push(`${e.id}: ${e.schema} is abstract`);
    for (const name of schema.required ?? []) if (!e.properties[name]?.length) faults.push(`${e.id}: ${e.schema} without ${name}`);
    for (const [name, values] of Object.entries(e.properties)) {
      const property = schema.getProperties().get(name);
      if (!property || property.stub) faults.push(`${e.id}: ${e.schema} has no ${name}`);
      else if (property.type.name === "entity") {
        for (const v of values) {
          if (!schemata.has(v)) faults.push(`${e.id}: ${name} leads to ${v}, which is not there`);
          else if (!schemata.get(v).isA(property.range)) faults.push(`${e.id}: ${name} leads to a ${schemata.get(v).name}`);
        }
      }
    }
    model.getEntity(e);
  }
  if (new Set(lines.map((e) => e.id)).size !== lines.length) faults.push("an id stands twice");
  return { counts, faults };
}

console.log(
  JSON.stringify({
    gexf: counts(gexf.parse(MultiDirectedGraph, gexfFile)),
    graphml: counts(graphml.parse(MultiDirectedGraph, graphmlFile)),
    cytoscape: openCytoscape(cytoscapeFile),
    ftm: validate(ftmFile),
  }),
);
