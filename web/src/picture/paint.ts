// Gives everything that is drawn its colours and strokes.
import { relationName } from '../state/names'
import { en } from '../text/en'
import type { LineAttributes, NodeAttributes } from './attributes'
import type { Drawn } from './follow'
import { fillOf, ground, ink, lookOf, mixed, rimOf, voiceColour, type Theme } from './look'
import { mannerOf, type Group, type Picture } from './model'

/** Marked is what of the picture is looked at. */
export interface Marked {
  picked: string[]
  line: string | null
  theme: Theme
}

/** anew tells sigma to index lines again: else it repaints only those that it has drawn before. */
const anew = { attributes: ['type' as const] }

export function paint(graph: Drawn, picture: Picture, marked: Marked) {
  const lively = livelyOf(graph, marked)
  const ringed = new Set(marked.picked)
  // So many marks of full size would cover the lines.
  const crowded = Math.min(1, Math.max(0.5, Math.sqrt(150 / graph.order)))
  graph.updateEachNodeAttributes((id, at) => ({ ...at, ...node(graph, id, picture, marked.theme, crowded, lively !== null && !lively.has(id)), ringed: ringed.has(id) }))
  const lanes = lanesOf(graph)
  graph.updateEachEdgeAttributes((key, at, source, target) => {
    const faint = marked.line ? key !== marked.line : lively !== null && !ringed.has(source) && !ringed.has(target)
    const half = key === marked.line ? 1.7 : graph.size > 3000 ? 0.5 : 0.9
    return { ...at, ...line(key, picture, marked.theme, faint), half, shift: lanes.get(key) ?? 0 }
  }, anew)
}

/** groupName is what the mark of a group is called: how many, and by which relation. */
export const groupName = ({ count, relation, role }: Group) => `${en.number(count)} · ${relationName(relation, role === 'OBJECT')}`

function node(graph: Drawn, id: string, { things, groups }: Picture, theme: Theme, crowded: number, faint: boolean): Partial<NodeAttributes> {
  const thing = things.get(id)
  const group = groups.get(id)
  const kind = thing?.kind ?? 'GROUP'
  const soften = (colour: string) => (faint ? mixed(colour, ground[theme], 0.6) : colour)
  return {
    label: thing?.name ?? (group ? groupName(group) : id),
    shape: group ? 'cross' : lookOf(kind).shape,
    size: crowded * (group ? 13 : 7 + Math.sqrt(Math.min(graph.degree(id), 40)) * 1.3),
    color: soften(fillOf(kind, theme)),
    rim: soften(rimOf(kind, theme)),
    ring: ink[theme],
    faint,
  }
}

function line(key: string, { lines, groups }: Picture, theme: Theme, faint: boolean): Partial<LineAttributes> {
  const drawn = lines.get(key)
  const manner = mannerOf(drawn?.ties ?? [])
  const colour = (i: number) => {
    const full = groups.has(key) ? mixed(ink[theme], ground[theme], 0.5) : voiceColour(manner.capacities[i] ?? manner.capacities[0] ?? 'OTHER', theme)
    return faint ? mixed(full, ground[theme], 0.75) : full
  }
  return {
    color: colour(0),
    second: colour(1),
    dashed: manner.disputed,
    struck: manner.denied,
    doubled: manner.doubled,
    arrow: !!drawn,
    label: faint || !drawn ? '' : relationName(drawn.relation),
  }
}

/** livelyOf are the picked nodes and what hangs on them; null where nothing is picked, and all is lively. */
function livelyOf(graph: Drawn, { picked, line }: Marked): Set<string> | null {
  if (line && graph.hasEdge(line)) return new Set(graph.extremities(line))
  const here = picked.filter((id) => graph.hasNode(id))
  if (!here.length) return null
  return new Set(here.flatMap((id) => [id, ...graph.neighbors(id)]))
}

/** lanesOf spreads lines between the same two nodes side by side. */
function lanesOf(graph: Drawn): Map<string, number> {
  const between = new Map<string, string[]>()
  graph.forEachEdge((key, _, source, target) => {
    const pair = source < target ? `${source} ${target}` : `${target} ${source}`
    const known = between.get(pair)
    if (known) known.push(key)
    else between.set(pair, [key])
  })
  const shifts = new Map<string, number>()
  for (const keys of between.values())
    keys.sort().forEach((key, i) => {
      const lane = (i - (keys.length - 1) / 2) * Math.min(7, 30 / keys.length)
      shifts.set(key, graph.source(key) < graph.target(key) ? lane : -lane)
    })
  return shifts
}
