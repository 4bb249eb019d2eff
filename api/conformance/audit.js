// Runs the audits of GraphQL over HTTP against a server, and prints what they
// found as JSON: node audit.js http://127.0.0.1:8080/graphql
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
const found = results.map(({ id, name, status, reason }) => ({ id, name, status, reason }));
console.log(JSON.stringify(found));
