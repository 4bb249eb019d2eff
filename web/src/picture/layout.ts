// Where things stand: by force (in a worker), in rings around what is looked at,
// or in columns by distance from it.
import type { LayoutName } from '../state/route'

export interface Point {
  x: number
  y: number
}
export interface Tie {
  source: string
  target: string
}

/** seed is a place that depends on the id alone, so that a link draws the same picture twice. */
export function seed(id: string, reach = 100): Point {
  let h = 2166136261
  for (let i = 0; i < id.length; i++) h = Math.imul(h ^ id.charCodeAt(i), 16777619)
  const angle = ((h >>> 0) / 2 ** 32) * 2 * Math.PI
  const far = Math.sqrt(((Math.imul(h, 2654435761) >>> 0) % 1000) / 1000)
  return { x: Math.cos(angle) * far * reach, y: Math.sin(angle) * far * reach }
}

/** distances counts hops from the roots, over lines in either direction; what is out of reach comes last. */
export function distances(ids: string[], ties: Tie[], roots: string[]): Map<string, number> {
  const next = new Map<string, string[]>(ids.map((id) => [id, []]))
  for (const { source, target } of ties) {
    next.get(source)?.push(target)
    next.get(target)?.push(source)
  }
  const far = new Map<string, number>()
  let ring = roots.filter((id) => next.has(id))
  for (let hops = 0; ring.length; hops++) {
    for (const id of ring) far.set(id, hops)
    ring = [...new Set(ring.flatMap((id) => next.get(id) ?? []))].filter((id) => !far.has(id))
  }
  const last = Math.max(0, ...far.values()) + 1
  for (const id of ids) if (!far.has(id)) far.set(id, last)
  return far
}

/** rings puts things on circles around the roots, near to what they hang on. */
export function rings(ids: string[], ties: Tie[], roots: string[]): Map<string, Point> {
  const places = new Map<string, Point>()
  let radius = 0
  eachLevel(ids, ties, roots, (level, hops) => {
    radius = hops === 0 && level.length === 1 ? 0 : Math.max(radius + 60, (level.length * 34) / (2 * Math.PI))
    level.forEach((id, i) => {
      const angle = (i / level.length) * 2 * Math.PI - Math.PI / 2 + hops * 0.35
      places.set(id, { x: Math.cos(angle) * radius, y: -Math.sin(angle) * radius })
    })
  })
  return places
}

/** columns puts things in columns from left to right by their distance; crowded columns are folded. */
export function columns(ids: string[], ties: Tie[], roots: string[]): Map<string, Point> {
  const places = new Map<string, Point>()
  const tallest = 18
  const fold = 120
  const step = 160
  let x = 0
  eachLevel(ids, ties, roots, (level) => {
    const wide = Math.ceil(level.length / tallest)
    level.forEach((id, i) => {
      const column = Math.floor(i / tallest)
      const inColumn = Math.min(tallest, level.length - column * tallest)
      places.set(id, { x: x + column * fold, y: ((inColumn - 1) / 2 - (i % tallest)) * 22 })
    })
    x += step + (wide - 1) * fold
  })
  return places
}

/** eachLevel visits levels by distance, each in the order of the places that its members hang on. */
function eachLevel(ids: string[], ties: Tie[], roots: string[], visit: (level: string[], hops: number) => void) {
  const far = distances(ids, ties, roots)
  const around = new Map<string, string[]>(ids.map((id) => [id, []]))
  for (const { source, target } of ties) {
    around.get(source)?.push(target)
    around.get(target)?.push(source)
  }
  const rank = new Map<string, number>()
  for (let hops = 0; hops <= Math.max(0, ...far.values()); hops++) {
    const level = ids.filter((id) => far.get(id) === hops)
    const weight = (id: string) => {
      const placed = (around.get(id) ?? []).flatMap((n) => rank.get(n) ?? [])
      return placed.length ? placed.reduce((a, b) => a + b, 0) / placed.length : 0.5
    }
    const order = new Map(level.map((id) => [id, weight(id)]))
    level.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0) || (a < b ? -1 : 1))
    level.forEach((id, i) => rank.set(id, (i + 0.5) / level.length))
    if (level.length) visit(level, hops)
  }
}

/** The least and the most that a layout is stretched. */
const stretches = { force: [0.5, 2], radial: [1, 1], layered: [0.6, 1.7] } as const

/**
 * stretchTo is by how much the places of a layout, which is reckoned in a square, are drawn apart along x
 * on a stage of this aspect, width by height: those by force fill it, rings stay rings.
 */
export function stretchTo(aspect: number, name: LayoutName, places: Point[]): number {
  const [least, most] = stretches[name]
  return Math.min(most, Math.max(least, name === 'force' ? aspect / aspectOf(places) : aspect))
}

function aspectOf(places: Point[]): number {
  const side = (along: 'x' | 'y') => places.reduce((most, p) => Math.max(most, p[along]), -Infinity) - places.reduce((least, p) => Math.min(least, p[along]), Infinity)
  return side('x') / side('y') || 1
}

/** layOut computes a layout that needs no iterations; null for force. */
export function layOut(name: LayoutName, ids: string[], ties: Tie[], roots: string[]): Map<string, Point> | null {
  if (name === 'force') return null
  return name === 'radial' ? rings(ids, ties, roots) : columns(ids, ties, roots)
}
