// Compiles the Relay application in relay/ against the schema in a temporary
// folder: node relay.js. Prints the artifacts.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printSchema } from "graphql";
import compiler from "relay-compiler";
import { readSchema } from "./schema.js";

const folder = mkdtempSync(join(tmpdir(), "relay-"));
try {
  cpSync(join(import.meta.dirname, "relay"), join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "schema.graphql"), printSchema(readSchema()));
  writeFileSync(join(folder, "package.json"), "{}");
  writeFileSync(join(folder, "relay.config.json"), JSON.stringify({ src: "./src", schema: "./schema.graphql", language: "javascript" }));
  execFileSync(compiler, ["relay.config.json"], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  console.log(JSON.stringify(readdirSync(join(folder, "src", "__generated__")).sort()));
} finally {
  rmSync(folder, { recursive: true });
}
