// Runs one subscription through graphql-ws and one through graphql-sse, and
// prints the first answers of each as JSON:
// node stream.js http://127.0.0.1:8080/graphql 'subscription { … }' COUNT
import { createClient as createSocket } from "graphql-ws";
import { createClient as createEvents } from "graphql-sse";
import WebSocket from "ws";

const [url, query, count] = process.argv.slice(2);

async function take(client) {
  const answers = [];
  for await (const answer of client.iterate({ query })) {
    answers.push(answer);
    if (answers.length === Number(count)) break;
  }
  await client.dispose();
  return answers;
}

const socket = createSocket({ url: url.replace(/^http/, "ws"), webSocketImpl: WebSocket, retryAttempts: 0 });
const events = createEvents({ url, retryAttempts: 0 });
console.log(JSON.stringify({ socket: await take(socket), events: await take(events) }));
