// Walks the graph as a visual frontend does: find, count, open, follow.
// node docs/frontend-example.mjs http://127.0.0.1:8080/graphql "Larisa Kharkova"
const [url, name] = process.argv.slice(2);

async function ask(query, variables) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`${errors[0].extensions.code}: ${errors[0].message}`);
  return data;
}

// 1. What a person types becomes one entity, or a choice.
const { search } = await ask(
  `query($text: String!) { search(text: $text, first: 3) { edges { why node { id kind name } } } }`,
  { text: name },
);
if (search.edges.length === 0) throw new Error(`nobody is called ${name}`);
const root = search.edges[0].node;
console.log(`${root.name} (${root.kind})`);

// 2. Its relations are counted before any is drawn: these are the buttons.
const { node } = await ask(
  `query($id: ID!) { node(id: $id) { ... on Entity { relationCounts { relation direction count } } } }`,
  { id: root.id },
);
const largest = [...node.relationCounts].sort((a, b) => b.count - a.count)[0];
console.log(`tied by ${node.relationCounts.length} relations, most by ${largest.relation}: ${largest.count}`);

// 3. One button opens one ring, a page at a time; a hub is never cut silently.
const ring = [];
for (let after = null, more = true; more; ) {
  const page = await ask(
    `query($id: ID!, $relations: [RelationKind!], $roles: [Role!], $after: String) { node(id: $id) { ... on Entity {
      neighbors(relations: $relations, roles: $roles, first: 2, after: $after) {
        totalCount pageInfo { hasNextPage endCursor }
        edges { node { id name } claims { stance date evidence { document { name } paragraph text } } }
      } } } }`,
    { id: root.id, relations: [largest.relation], roles: [largest.direction], after },
  );
  ring.push(...page.node.neighbors.edges);
  ({ hasNextPage: more, endCursor: after } = page.node.neighbors.pageInfo);
}
for (const { node: other, claims } of ring) {
  const [{ date, evidence: [where] }] = claims;
  console.log(`- ${other.name}: ${claims.length} claims, ${date ?? "undated"}, first in paragraph ${where.paragraph} of ${where.document.name}`);
}

// 4. A picture is drawn from nodes and edges; what did not fit is told.
const { subgraph } = await ask(
  `query($id: ID!) { subgraph(roots: [$id], depth: 2, maxNodes: 25) { truncated omitted nodes { id kind } edges { relation source { id } target { id } } } }`,
  { id: root.id },
);
console.log(`picture: ${subgraph.nodes.length} nodes, ${subgraph.edges.length} edges${subgraph.truncated ? `, ${subgraph.omitted} left out` : ""}`);
