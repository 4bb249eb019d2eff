import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createClient } from "graphql-ws";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";

const url = new URL("/graphql", location.href);
const socket = new URL(url);
socket.protocol = url.protocol === "https:" ? "wss:" : "ws:";

const fetcher = createGraphiQLFetcher({
  url: url.href,
  wsClient: createClient({ url: socket.href, lazy: true }),
});

const first = `# What is said? Each answer carries its speaker and its paragraph.
{
  claims(first: 5) {
    totalCount
    nodes {
      subject { name }
      relation
      object { name }
      assertedBy { party { name } capacity }
      evidence { document { name } paragraph text }
    }
  }
}
`;

createRoot(document.getElementById("page")).render(
  <GraphiQL fetcher={fetcher} defaultQuery={first} />,
);
