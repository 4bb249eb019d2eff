// What is drawn: things and the lines between them, made of the steps that a
// person took, through the lens.
import { AmongDocument, AroundDocument, CountsDocument, NeighboursDocument, PathsDocument, ThingsDocument, type Capacity, type RelationKind, type Role, type ThingFragment, type TieFragment, type View } from '../api/generated'
import { askOnce } from '../state/ask'
import { learn } from '../state/names'
import type { Step } from '../state/route'

/** More neighbours than this by one relation are drawn as one group. */
export const hub = 25
/** Things drawn by one step at most; what is left out is counted. */
const largest = 5000
const page = 200

export interface Line {
  /** Source, relation and target, separated by spaces. */
  key: string
  source: string
  relation: RelationKind
  target: string
  ties: TieFragment[]
}

/** Group stands for the neighbours of a hub by one relation. */
export interface Group {
  id: string
  of: string
  relation: RelationKind
  role: Role
  count: number
}

export interface Picture {
  things: Map<string, ThingFragment>
  lines: Map<string, Line>
  groups: Map<string, Group>
  /** How many things the server left out. */
  omitted: number
  /** Pairs between which no path was found. */
  pathless: [string, string][]
  /** Ids that the graph does not know. */
  unknown: string[]
}

const blank = (): Picture => ({ things: new Map(), lines: new Map(), groups: new Map(), omitted: 0, pathless: [], unknown: [] })
export const nothing: Picture = blank()

/** Manner is how a line is drawn: by who says it, and who says otherwise. */
export interface Manner {
  disputed: boolean
  denied: boolean
  /** Capacities of those who assert it, the most frequent first; of those who deny it, where nobody does. */
  capacities: Capacity[]
  /** Several voices agree. */
  doubled: boolean
}

/** mannerOf reads the claims behind a line. */
export function mannerOf(ties: TieFragment[]): Manner {
  const asserting = ties.filter((t) => t.stance === 'ASSERTED')
  const speaking = asserting.length ? asserting : ties
  const count = new Map<Capacity, number>()
  const parties = new Set<string>()
  for (const voice of speaking.flatMap((t) => t.assertedBy)) {
    count.set(voice.capacity, (count.get(voice.capacity) ?? 0) + 1)
    parties.add(voice.party.id)
  }
  return {
    disputed: ties.some((t) => t.conflicts.length > 0),
    denied: ties.some((t) => t.stance === 'DENIED'),
    capacities: [...count].sort((a, b) => b[1] - a[1]).map(([c]) => c),
    doubled: parties.size > 1,
  }
}

/** draw takes the steps, in order. */
export async function draw(steps: Step[], view: View | null): Promise<Picture> {
  const picture = blank()
  askAhead(steps, view)
  const known = await named(steps, picture)
  for (const step of steps) await takeStep(step.split(' '), known, picture, view)
  learn(picture.things.values())
  await tie(picture, view)
  return picture
}

/** askAhead sends the first question of each step, so that none waits for the answers to those before it. */
function askAhead(steps: Step[], view: View | null) {
  for (const [verb, a = '', b = '', c = ''] of steps.map((s) => s.split(' '))) {
    if (verb === 'near') void (Number(b) > 1 ? askAround(a, Number(b), view) : askCounts(a, view))
    if (verb === 'open') void askFew(a, b as RelationKind, c as Role, view)
  }
}

const askCounts = (id: string, view: View | null) => askOnce(CountsDocument, { id, view })
const askAround = (id: string, depth: number, view: View | null) => askOnce(AroundDocument, { roots: [id], depth, view, maxNodes: depth > 1 ? largest : 300 })
const askFew = (id: string, relation: RelationKind, role: Role, view: View | null) =>
  askOnce(NeighboursDocument, { id, relations: [relation], roles: [role], view, first: hub, after: null })

/** named asks at once for all things that steps name, and notes those that are unknown. */
async function named(steps: Step[], picture: Picture): Promise<Map<string, ThingFragment>> {
  const ids = steps.flatMap((s) => {
    const [verb, a = '', b = ''] = s.split(' ')
    return verb === 'path' ? [a, b] : /^(add|near|open|all)$/.test(verb ?? '') ? [a] : []
  })
  const known = new Map<string, ThingFragment>()
  for (const part of parts([...new Set(ids)], page)) {
    const { nodes } = await askOnce(ThingsDocument, { ids: part })
    nodes.forEach((node, i) => {
      if (node && 'kind' in node) known.set(part[i] ?? '', node as ThingFragment)
      else picture.unknown.push(part[i] ?? '')
    })
  }
  return known
}

async function takeStep([verb, a = '', b = '', c = '']: string[], known: Map<string, ThingFragment>, picture: Picture, view: View | null) {
  const things = [a, b].flatMap((id) => known.get(id) ?? [])
  if (verb !== 'drop') for (const thing of things) picture.things.set(thing.id, thing)
  if (picture.unknown.includes(a) || picture.unknown.includes(b)) return
  switch (verb) {
    case 'near':
      return near(a, Number(b) || 1, picture, view)
    case 'open':
      return open(a, b as RelationKind, c as Role, picture, view)
    case 'all':
      return openAll(a, b as RelationKind, c as Role, picture, view)
    case 'path':
      return path(a, b, picture, view)
    case 'drop':
      picture.things.delete(a)
      picture.groups.delete(a)
  }
}

async function near(id: string, depth: number, picture: Picture, view: View | null) {
  const counts = depth > 1 ? [] : ((await askCounts(id, view)).entity?.relationCounts ?? [])
  if (counts.some((c) => c.count > hub)) return nearHub(id, counts, picture, view)
  const { subgraph } = await askAround(id, depth, view)
  for (const thing of subgraph.nodes) picture.things.set(thing.id, thing)
  for (const edge of subgraph.edges) addTies(picture, edge.source.id, edge.relation, edge.target.id, edge.claims)
  picture.omitted += subgraph.omitted
}

type Counted = { relation: RelationKind; direction: Role; count: number }

/** nearHub draws a thing that has many neighbours: those by its small relations, and the large relations as groups. */
async function nearHub(id: string, counts: Counted[], picture: Picture, view: View | null) {
  for (const { relation, direction, count } of counts) if (count > hub) addGroup(id, relation, direction, count, picture)
  const small = (role: Role) => counts.filter((c) => c.direction === role && c.count <= hub).map((c) => c.relation)
  for (const role of ['SUBJECT', 'OBJECT'] as const) if (small(role).length) await addAll({ id, relations: small(role), roles: [role], view }, picture)
}

async function open(id: string, relation: RelationKind, role: Role, picture: Picture, view: View | null) {
  const found = (await askFew(id, relation, role, view)).entity?.neighbors
  if (!found) return
  if (found.totalCount <= hub) addNeighbours(found.edges, picture)
  else addGroup(id, relation, role, found.totalCount, picture)
}

function addGroup(of: string, relation: RelationKind, role: Role, count: number, picture: Picture) {
  const id = `group ${of} ${relation} ${role}`
  picture.groups.set(id, { id, of, relation, role, count })
}

async function openAll(id: string, relation: RelationKind, role: Role, picture: Picture, view: View | null) {
  picture.groups.delete(`group ${id} ${relation} ${role}`)
  await addAll({ id, relations: [relation], roles: [role], view }, picture)
}

/** addAll draws all neighbours that a question finds, page by page; what the picture cannot hold is counted. */
async function addAll(question: { id: string; relations: RelationKind[]; roles: Role[]; view: View | null }, picture: Picture) {
  let after: string | null = null
  let left = 0
  do {
    const answer: { entity: { neighbors: Neighbours } | null } = await askOnce(NeighboursDocument, { ...question, first: page, after })
    const found = answer.entity?.neighbors
    if (!found) return
    addNeighbours(found.edges, picture)
    left = (after ? left : found.totalCount) - found.edges.length
    after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null
  } while (after && picture.things.size < largest)
  picture.omitted += left
}

type Tied = TieFragment & { subject: { id: string }; object: { id: string } | null }
interface Neighbours {
  totalCount: number
  edges: { node: ThingFragment; claims: Tied[] }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

function addNeighbours(edges: Neighbours['edges'], picture: Picture) {
  for (const { node, claims } of edges) {
    picture.things.set(node.id, node)
    for (const tied of claims) if (tied.object) addTies(picture, tied.subject.id, tied.relation, tied.object.id, [tied])
  }
}

async function path(from: string, to: string, picture: Picture, view: View | null) {
  const { paths } = await askOnce(PathsDocument, { from, to, view, first: 3 })
  if (!paths.length) picture.pathless.push([from, to])
  for (const thing of paths.flatMap((p) => p.nodes)) picture.things.set(thing.id, thing)
}

/** tie adds every line among the things that are drawn, and takes out those with an end that is not. */
async function tie(picture: Picture, view: View | null) {
  const ids = [...picture.things.keys()].sort()
  if (ids.length > 1 && ids.length <= 1000) await Promise.all(pairs(parts(ids, page / 2)).map((roots) => tieAmong(roots, picture, view)))
  for (const [key, line] of picture.lines) if (!picture.things.has(line.source) || !picture.things.has(line.target)) picture.lines.delete(key)
}

async function tieAmong(roots: string[], picture: Picture, view: View | null) {
  const { subgraph, denied } = await askOnce(AmongDocument, { ids: roots, view, maxNodes: page })
  for (const edge of subgraph.edges) addTies(picture, edge.source.id, edge.relation, edge.target.id, edge.claims)
  for (const claim of denied.nodes) if (claim.object) addTies(picture, claim.subject.id, claim.relation, claim.object.id, [claim])
}

function addTies(picture: Picture, source: string, relation: RelationKind, target: string, ties: TieFragment[]) {
  const key = `${source} ${relation} ${target}`
  const line = picture.lines.get(key) ?? { key, source, relation, target, ties: [] }
  const known = new Set(line.ties.map((t) => t.id))
  line.ties.push(...ties.filter((t) => !known.has(t.id)))
  picture.lines.set(key, line)
}

/** parts cuts a list into pieces of at most size. */
export function parts<T>(list: T[], size: number): T[][] {
  const cut: T[][] = []
  for (let i = 0; i < list.length; i += size) cut.push(list.slice(i, i + size))
  return cut
}

/** pairs joins every two pieces, so that any two members meet in one of them. */
export function pairs<T>(pieces: T[][]): T[][] {
  if (pieces.length === 1) return pieces
  return pieces.flatMap((a, i) => pieces.slice(i + 1).map((b) => [...a, ...b]))
}
