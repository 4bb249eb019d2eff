// Makes the drawn graph hold what the model holds, no more; what stays keeps its place.
import type { MultiDirectedGraph } from 'graphology'
import type { LineAttributes, NodeAttributes } from './attributes'
import { seed, type Point } from './layout'
import type { Picture } from './model'

export type Drawn = MultiDirectedGraph<NodeAttributes, LineAttributes>
export type Pins = Record<string, [number, number]>

/** spread is how wide so many things are strewn before a layout orders them. */
export const spread = (things: number) => Math.sqrt(things) * 30

const bare = { size: 8, color: '#000000', rim: '#000000', ring: '#000000', ringed: false, shape: 'circle', label: '', faint: false } as const
const blank: LineAttributes = { type: 'line', color: '#000000', second: '#000000', label: '', size: 1, dashed: false, struck: false, doubled: false, arrow: true, shift: 0, half: 0.8 }

/** follow returns whether anything came or went; places are drawn stretched along x. */
export function follow(graph: Drawn, picture: Picture, pins: Pins, stretch: number): boolean {
  const before = graph.order + graph.size
  const ids = new Set([...picture.things.keys(), ...picture.groups.keys()])
  const gone = [...graph.nodes().filter((id) => !ids.has(id)), ...graph.edges().filter((key) => !picture.lines.has(key) && !picture.groups.has(key))]
  for (const key of gone) if (graph.hasNode(key)) graph.dropNode(key)
  for (const key of gone) if (graph.hasEdge(key)) graph.dropEdge(key)
  const left = graph.order + graph.size
  for (const id of ids) keep(graph, id, picture, stretch, pins[id])
  for (const { key, source, target } of picture.lines.values()) draw(graph, key, source, target)
  for (const { id, of } of picture.groups.values()) if (graph.hasNode(of)) draw(graph, id, of, id)
  return left !== before || graph.order + graph.size !== left
}

const draw = (graph: Drawn, key: string, source: string, target: string) => graph.hasEdge(key) || graph.addEdgeWithKey(key, source, target, { ...blank })

function keep(graph: Drawn, id: string, picture: Picture, stretch: number, pin: [number, number] | undefined) {
  const pinned = pin && { x: pin[0] * stretch, y: pin[1] }
  if (!graph.hasNode(id)) {
    graph.addNode(id, { ...bare, ...(pinned ?? beside(graph, id, picture, stretch)), fixed: !!pin })
    return
  }
  graph.setNodeAttribute(id, 'fixed', !!pin)
  if (pinned) graph.mergeNodeAttributes(id, pinned)
}

/** beside is near to what a new thing hangs on, where that is drawn already. */
function beside(graph: Drawn, id: string, picture: Picture, stretch: number): Point {
  const { x: far, y: high } = seed(id, spread(picture.things.size))
  const away = { x: far * stretch, y: high }
  const host = graph.order && picture.lines.size <= 5000 ? neighbour(graph, id, picture) : undefined
  if (!host) return away
  const { x, y } = graph.getNodeAttributes(host)
  return { x: x + away.x / 6, y: y + away.y / 6 }
}

function neighbour(graph: Drawn, id: string, { lines, groups }: Picture): string | undefined {
  const group = groups.get(id)
  if (group) return graph.hasNode(group.of) ? group.of : undefined
  for (const { source, target } of lines.values()) {
    const other = source === id ? target : target === id ? source : null
    if (other && graph.hasNode(other)) return other
  }
  return undefined
}
