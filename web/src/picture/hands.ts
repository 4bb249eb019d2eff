// What hands do on the canvas: pick, open, drag; and the same with keys alone.
import type Sigma from 'sigma'
import type { Camera } from '../state/route'
import type { LineAttributes, NodeAttributes } from './attributes'
import { stopForce } from './force'
import type { Drawn } from './follow'
import { nearest, type Way } from './nearest'

export interface Heard {
  node(id: string, more: boolean): void
  /** The panel is open. */
  panelled(): boolean
  line(key: string): void
  ground(): void
  open(id: string): void
  moved(id: string): void
  /** A hand or a key is at something, or at nothing. */
  pointed(at: Pointed | null): void
  /** The camera came to rest: where it looks, null for all in sight. */
  looked(camera: Camera | null): void
  /** The layout came to rest. */
  rest(): void
}

/** Pointed is what a hand or a key is at. */
export type Pointed = { node: string } | { line: string }

/** Handled is what hands move: the scene. */
export interface Handled {
  readonly sigma: Sigma<NodeAttributes, LineAttributes>
  readonly graph: Drawn
  readonly holder: HTMLElement
  point(at: Pointed | null): void
  zoom(by: number): void
  centre(): void
}

export function listen(scene: Handled, heard: Heard) {
  const { sigma } = scene
  clicks(scene, heard)
  sigma.on('clickEdge', ({ edge }) => heard.line(edge))
  sigma.on('clickStage', () => heard.ground())
  sigma.on('enterNode', ({ node }) => scene.point({ node }))
  sigma.on('leaveNode', () => scene.point(null))
  sigma.on('enterEdge', ({ edge }) => scene.point({ line: edge }))
  sigma.on('leaveEdge', () => scene.point(null))
  drag(scene, heard)
  keys(scene, heard)
}

// As long as Sigma waits for the second click of two.
const doubleClick = 300

/** clicks picks at one click, and opens at two. */
function clicks({ sigma }: Handled, heard: Heard) {
  let waiting = 0
  sigma.on('clickNode', ({ node, event }) => {
    const more = event.original.shiftKey || event.original.ctrlKey || event.original.metaKey
    // A panel that opens takes room: the second click would no longer meet the node.
    window.clearTimeout(waiting)
    if (heard.panelled()) heard.node(node, more)
    else waiting = window.setTimeout(() => heard.node(node, more), doubleClick)
  })
  sigma.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
    preventSigmaDefault()
    window.clearTimeout(waiting)
    heard.open(node)
  })
}

/** drag lets a hand move a node; where it is put down, it is pinned. */
function drag({ sigma, graph }: Handled, heard: Heard) {
  let held: string | null = null
  let moved = false
  sigma.on('downNode', ({ node, preventSigmaDefault }) => {
    held = node
    moved = false
    preventSigmaDefault()
  })
  sigma.on('moveBody', ({ event }) => {
    if (!held) return
    const at = sigma.viewportToGraph(event)
    if (!moved) sigma.setCustomBBox(sigma.getBBox())
    moved = true
    graph.mergeNodeAttributes(held, { x: at.x, y: at.y })
    event.preventSigmaDefault()
    event.original.preventDefault()
  })
  const release = () => {
    if (held && moved) {
      stopForce()
      heard.moved(held)
    }
    held = null
  }
  sigma.on('upNode', release)
  sigma.on('upStage', release)
}

const ways: Record<string, Way> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/** keys go from node to node by arrows; Enter picks, Space picks one more, O opens, Escape lets go. */
function keys(scene: Handled, heard: Heard) {
  const { graph, holder, sigma } = scene
  let at: string | null = null
  const go = (id: string | null) => {
    if (!id) return
    at = id
    bringIntoSight(sigma, id)
    scene.point({ node: id })
  }
  const here = (then: (id: string) => void) => () => at !== null && graph.hasNode(at) && then(at)
  const deeds: Record<string, () => unknown> = {
    Enter: here((id) => heard.node(id, false)),
    ' ': here((id) => heard.node(id, true)),
    o: here((id) => heard.open(id)),
    Escape: () => heard.ground(),
    '+': () => scene.zoom(0.7),
    '-': () => scene.zoom(1.4),
    '0': () => scene.centre(),
  }
  holder.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const way = ways[event.key]
    const deed = way ? () => go(nearest(placed(sigma, graph), at, way)) : deeds[event.key]
    if (!deed) return
    event.preventDefault()
    deed()
  })
  holder.addEventListener('blur', () => scene.point(null))
}

const placed = (sigma: Handled['sigma'], graph: Drawn) =>
  graph.nodes().flatMap((id) => {
    const data = sigma.getNodeDisplayData(id)
    return data ? [{ id, ...sigma.framedGraphToViewport(data) }] : []
  })

function bringIntoSight(sigma: Handled['sigma'], id: string) {
  const data = sigma.getNodeDisplayData(id)
  if (!data) return
  const { width, height } = sigma.getDimensions()
  const { x, y } = sigma.framedGraphToViewport(data)
  if (x < 0 || y < 0 || x > width || y > height) sigma.getCamera().setState({ x: data.x, y: data.y })
}
