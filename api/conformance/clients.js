// Asks a server through graphql-request and through Apollo Client, the latter
// with automatic persisted queries, and prints what they got as JSON:
// node clients.js http://127.0.0.1:8080/graphql
import { createHash } from "node:crypto";
import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from "@apollo/client/core";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLClient } from "graphql-request";
import { readSchema } from "./schema.js";

const url = process.argv[2];
const text = `query Leader($id: ID!) {
  entity(by: { id: $id }) {
    __typename
    id
    name
    ... on Person { leads(first: 1) { edges { node { __typename id name } claims { id evidence { paragraph } } } } }
  }
}`;
const wrong = `{ entity(by: { name: "A. Quay" }) { id } }`;

async function request() {
  const client = new GraphQLClient(url);
  const { data } = await client.rawRequest(text, { id: "person/ada-quay" });
  const refused = await client.request(wrong).catch((error) => error.response.errors[0].extensions);
  return { data, refused };
}

async function apollo() {
  const possibleTypes = Object.fromEntries(
    ["Node", "Entity"].map((name) => {
      const schema = readSchema();
      return [name, schema.getPossibleTypes(schema.getType(name)).map((type) => type.name)];
    }),
  );
  const sent = [];
  const counting = (input, init) => {
    sent.push("query" in JSON.parse(init.body) ? "document" : "hash");
    return fetch(input, init);
  };
  const client = new ApolloClient({
    cache: new InMemoryCache({ possibleTypes }),
    link: new PersistedQueryLink({ sha256: (query) => createHash("sha256").update(query).digest("hex") }).concat(
      new HttpLink({ uri: url, fetch: counting }),
    ),
  });
  const ask = () => client.query({ query: gql(text), variables: { id: "person/ada-quay" }, fetchPolicy: "network-only" });
  const { data } = await ask();
  await ask();
  const refused = await client.query({ query: gql(wrong) }).catch((error) => CombinedGraphQLErrors.is(error) && error.errors[0].extensions);
  client.stop();
  return { data, sent: sent.slice(0, 3), refused };
}

console.log(JSON.stringify({ request: await request(), apollo: await apollo() }));
process.exit(0);
