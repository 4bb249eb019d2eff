// Names what a change of the schema breaks: node breaking.js OLD-FOLDER [NEW-FOLDER]
// prints every change that clients may feel, the breaking ones first, and ends
// with status 1 where one breaks.
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { readSchema } from "./schema.js";

const [older, newer] = process.argv.slice(2);
const changes = await diff(readSchema(older), readSchema(newer));
const of = (level) => changes.filter((change) => change.criticality.level === level);
for (const level of [CriticalityLevel.Breaking, CriticalityLevel.Dangerous]) {
  for (const change of of(level)) console.log(`${level}: ${change.message}`);
}
console.log(`${of(CriticalityLevel.Breaking).length} breaking, ${of(CriticalityLevel.Dangerous).length} dangerous, ${of(CriticalityLevel.NonBreaking).length} other changes`);
process.exitCode = of(CriticalityLevel.Breaking).length > 0 ? 1 : 0;
