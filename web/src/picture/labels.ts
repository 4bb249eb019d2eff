// Names beside nodes and relations beside lines. Nothing is written where it
// would cover what is written already: who matters more is written first.
import type Graph from 'graphology'
import type Sigma from 'sigma'
import type { LineAttributes, NodeAttributes } from './attributes'
import type { Ranks } from './ranks'

type Box = [left: number, top: number, right: number, bottom: number]

/** Taken remembers boxes in cells, so that asking is cheap however many there are. */
export class Taken {
  private readonly cells = new Map<number, Box[]>()
  constructor(private readonly size = 64) {}

  private *keys([l, t, r, b]: Box): Generator<number> {
    const at = (n: number) => Math.floor(n / this.size)
    for (let x = at(l); x <= at(r); x++) for (let y = at(t); y <= at(b); y++) yield x * 65536 + y
  }

  free(box: Box): boolean {
    for (const key of this.keys(box))
      for (const [l, t, r, b] of this.cells.get(key) ?? []) if (box[0] < r && box[2] > l && box[1] < b && box[3] > t) return false
    return true
  }

  take(box: Box) {
    for (const key of this.keys(box)) {
      const cell = this.cells.get(key)
      if (cell) cell.push(box)
      else this.cells.set(key, [box])
    }
  }
}

export interface Ink {
  text: string
  soft: string
  halo: string
}

/** At most so many names are tried in one frame; fewer where the frame has much else to do. */
const triedOf = (things: number) => (things > 3000 ? 100 : 260)
/** In pictures larger than this, so many are named even where other nodes stand. */
const crowded = 120
const always = 24
const font = 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif'
const widths = new Map<string, number>()

function widthOf(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font}|${text}`
  let width = widths.get(key)
  if (width === undefined) widths.set(key, (width = context.measureText(text).width))
  return width
}

/** shorten cuts a name at a word, so that pictures stay readable; the panel has all of it. */
export function shorten(name: string, most = 34): string {
  if (name.length <= most) return name
  const cut = name.slice(0, most - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > most / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:]+$/, '')}…`
}

/** Written is a label and where it stands, for the canvas and for SVG. */
export interface Written {
  text: string
  x: number
  y: number
  size: number
  bold: boolean
  soft: boolean
  /** It names a relation, and stands around its middle. */
  along: boolean
  angle: number
}

/** place finds room for the labels of what is in sight; what is pointed at has its whole name written. */
export function place(renderer: Sigma<NodeAttributes, LineAttributes>, context: CanvasRenderingContext2D, ranks: Ranks, pointed: string | null): Written[] {
  const graph = renderer.getGraph() as Graph<NodeAttributes, LineAttributes>
  const { width, height } = renderer.getDimensions()
  const taken = new Taken() // by names and by nodes
  const names = new Taken()
  const written: Written[] = []
  const tried = triedOf(graph.order)
  const inSight: [id: string, x: number, y: number, r: number][] = []
  for (const id of ranks.with(pointed)) {
    const data = renderer.getNodeDisplayData(id)
    if (!data || data.hidden) continue
    const { x, y } = renderer.framedGraphToViewport(data)
    if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue
    const r = renderer.scaleSize(data.size)
    inSight.push([id, x, y, r])
    if (inSight.length <= tried * 2) taken.take([x - r, y - r, x + r, y + r])
    if (inSight.length > tried * 4) break
  }
  for (const [rank, [id, x, y, r]] of inSight.slice(0, tried).entries()) {
    const { label, ringed, faint } = graph.getNodeAttributes(id)
    const bold = ringed || id === pointed
    const size = 12.5
    context.font = `${bold ? '600 ' : ''}${size}px ${font}`
    const text = bold ? label : shorten(label)
    const w = widthOf(context, text)
    const boxes = spots(x, y, r, w, x < width / 2).map(([bx, by]): [Box, number, number] => [[bx - 2, by - size, bx + w + 2, by + 4], bx, by])
    const inside = boxes.filter(([[l, t, r, b]]) => l >= 2 && r <= width - 2 && t >= 2 && b <= height - 2)
    // Those that matter most may cover nodes that matter less, never a name.
    const spot = inside.find(([box]) => taken.free(box)) ?? ((rank < always && graph.order > crowded) || bold || ranks.sure.has(id) ? inside.find(([box]) => names.free(box)) : undefined)
    if (!spot) continue
    taken.take(spot[0])
    names.take(spot[0])
    written.push({ text, x: spot[1], y: spot[2], size, bold, soft: faint && !bold, along: false, angle: 0 })
  }
  if (graph.size < 400) placeLines(renderer, graph, context, taken, written)
  return written
}

/** spots are where a name may stand, the best first: outwards, where lines are fewer; last inwards, where they meet. */
function spots(x: number, y: number, r: number, w: number, onLeft: boolean): [number, number][] {
  const right: [number, number] = [x + r + 5, y + 4]
  const left: [number, number] = [x - r - 5 - w, y + 4]
  return [
    onLeft ? left : right,
    [x - w / 2, y + r + 15],
    [x - w / 2, y - r - 7],
    [x + r * 0.7 + 3, y + r + 13],
    [x + r * 0.7 + 3, y - r - 4],
    [x + r - w, y + r + 15],
    [x + r - w, y - r - 7],
    onLeft ? right : left,
  ]
}

function placeLines(renderer: Sigma<NodeAttributes, LineAttributes>, graph: Graph<NodeAttributes, LineAttributes>, context: CanvasRenderingContext2D, taken: Taken, written: Written[]) {
  const size = 10.5
  context.font = `${size}px ${font}`
  graph.forEachEdge((edge, data, source, target) => {
    const a = renderer.getNodeDisplayData(source)
    const b = renderer.getNodeDisplayData(target)
    if (!a || !b || renderer.getEdgeDisplayData(edge)?.hidden) return
    const from = renderer.framedGraphToViewport(a)
    const to = renderer.framedGraphToViewport(b)
    const length = Math.hypot(to.x - from.x, to.y - from.y)
    const w = widthOf(context, data.label)
    if (!data.label || length < w + 40) return
    for (const part of [0.5, 0.38, 0.62]) {
      const spot = alongside(from, to, part, data.shift, length)
      const box = around(spot, w, size)
      if (!taken.free(box)) continue
      taken.take(box)
      written.push({ text: data.label, x: spot.x, y: spot.y, size, bold: false, soft: true, along: true, angle: spot.angle })
      return
    }
  })
}

interface Spot {
  x: number
  y: number
  angle: number
}

/** alongside is the middle of a label beside a line, and its angle: never upside down. */
function alongside(from: { x: number; y: number }, to: { x: number; y: number }, part: number, shift: number, length: number): Spot {
  const dx = (to.x - from.x) / length
  const dy = (to.y - from.y) / length
  const flip = dx < 0
  const lift = flip ? 8 + shift : 8 - shift
  const [nx, ny] = flip ? [-dy, dx] : [dy, -dx]
  return { x: from.x + (to.x - from.x) * part + nx * lift, y: from.y + (to.y - from.y) * part + ny * lift, angle: Math.atan2(flip ? -dy : dy, flip ? -dx : dx) }
}

function around({ x, y, angle }: Spot, w: number, h: number): Box {
  const cos = Math.abs(Math.cos(angle))
  const sin = Math.abs(Math.sin(angle))
  const halfWidth = (w * cos + h * sin) / 2
  const halfHeight = (w * sin + h * cos) / 2
  return [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight]
}

/** write draws the labels on a canvas. */
export function write(context: CanvasRenderingContext2D, labels: Written[], ink: Ink) {
  context.lineJoin = 'round'
  for (const { text, x, y, size, bold, soft, along, angle } of labels) {
    context.font = `${bold ? '600 ' : ''}${size}px ${font}`
    context.save()
    context.translate(x, y)
    context.rotate(angle)
    context.textAlign = along ? 'center' : 'start'
    context.textBaseline = along ? 'middle' : 'alphabetic'
    context.lineWidth = 3.5
    context.strokeStyle = ink.halo
    context.strokeText(text, 0, 0)
    context.fillStyle = soft ? ink.soft : ink.text
    context.fillText(text, 0, 0)
    context.restore()
  }
}
