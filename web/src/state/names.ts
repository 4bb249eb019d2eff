// What things are called, as answers tell it, and what the ontology says of them.
import { signal } from '@preact/signals'
import { OntologyDocument, ThingsDocument, type EntityKind, type OntologyQuery, type RelationKind, type ThingFragment } from '../api/generated'
import { ask } from '../api/client'
import { en } from '../text/en'

export const ontology = signal<OntologyQuery | null>(null)

const things = new Map<string, ThingFragment>()
/** learnt counts what was learnt, so that what shows names is shown again. */
export const learnt = signal(0)

/** learn keeps the names of things that an answer brought. */
export function learn(found: Iterable<ThingFragment>) {
  const before = things.size
  for (const thing of found) things.set(thing.id, thing)
  if (things.size !== before) learnt.value++
}

export const thing = (id: string) => things.get(id)
/** nameOf is the name of a thing, its id until the name is known. */
export const nameOf = (id: string) => (learnt.value, things.get(id)?.name ?? id)

/** lookUp asks for the names of things that are not known yet. */
export async function lookUp(ids: string[]) {
  const unknown = ids.filter((id) => !things.has(id)).slice(0, 200)
  if (!unknown.length) return
  const answer = await ask(ThingsDocument, { ids: unknown })
  learn(answer.nodes.flatMap((n) => (n && 'kind' in n ? [n as ThingFragment] : [])))
}

export async function loadOntology() {
  ontology.value = await ask(OntologyDocument, {})
}

/** relationName reads a relation: subject, "convicted by", object; from its object, "convicted". */
export function relationName(kind: RelationKind, backwards = false): string {
  const info = ontology.value?.relationKinds.find((r) => r.kind === kind)
  const forwards = (info?.name ?? kind.toLowerCase()).replace(/[-_]/g, ' ')
  if (!backwards || info?.symmetric) return forwards
  return info?.inverse ? info.inverse.replace(/-/g, ' ') : `← ${forwards}`
}

export const kindName = (kind: EntityKind) => en.kinds[kind] ?? spaced(ontology.value?.entityKinds.find((k) => k.kind === kind)?.name ?? kind)

/** spaced writes a name in camel case as words. */
export const spaced = (name: string) => name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
