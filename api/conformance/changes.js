// Follows changes through graphql-ws and graphql-sse, breaks off after the
// first, lets a curator retract a claim, and resumes behind it. Prints what
// each client got: node changes.js http://127.0.0.1:8080/graphql TOKEN CLAIM
import { createClient as createSocket } from "graphql-ws";
import { createClient as createEvents } from "graphql-sse";
import WebSocket from "ws";

const [url, token, claim] = process.argv.slice(2);
const query = "subscription($after: String) { changes(after: $after) { cursor missed sequence action } }";

const clients = {
  socket: () => createSocket({ url: url.replace(/^http/, "ws"), webSocketImpl: WebSocket, retryAttempts: 0 }),
  events: () => createEvents({ url, retryAttempts: 0 }),
};

// take resolves with the first answers of a subscription, fewer where it ends.
function take(client, after, count) {
  return new Promise((resolve, reject) => {
    const got = [];
    const end = () => resolve(got);
    const stop = client.subscribe({ query, variables: { after } }, {
      next({ data, errors }) {
        got.push(errors ? { code: errors[0].extensions?.code } : data.changes);
        if (got.length === count) end(stop());
      },
      error: reject,
      complete: end,
    });
  });
}

async function mutate(mutation) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: `mutation($id: ID!) { ${mutation} }`, variables: { id: claim } }),
  });
  const { errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
}

const found = {};
for (const [name, connect] of Object.entries(clients)) {
  const [first] = await take(connect(), "", 1);
  const live = connect();
  const following = take(live, first.cursor, found.socket ? 4 : 2);
  await mutate(`retract(input: { target: $id, reason: "a test" }) { sequence }`);
  await mutate(`undoRetraction(input: { target: $id }) { sequence }`);
  const strange = Buffer.from("change 99 1").toString("base64url");
  found[name] = {
    first: first.sequence,
    resumed: (await following).map(({ sequence, action, missed }) => ({ sequence, action, missed })),
    // a cursor of another store
    strange: await take(connect(), strange, 2),
  };
}
console.log(JSON.stringify(found));
process.exit(0);
