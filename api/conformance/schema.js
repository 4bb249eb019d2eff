// The schema of this repository, as graphql-js has it; of another commit,
// where its folder is named.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema } from "graphql";

export function readSchema(folder = join(import.meta.dirname, "../../schema")) {
  const files = readdirSync(folder).filter((name) => name.endsWith(".graphql")).sort();
  return buildSchema(files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n"));
}
