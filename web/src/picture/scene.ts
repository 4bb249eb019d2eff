// The picture on the screen: a graphology graph that follows the model, drawn by
// sigma with programs and labels of our own.
import { MultiDirectedGraph } from 'graphology'
import Sigma from 'sigma'
import { relationName } from '../state/names'
import type { LayoutName } from '../state/route'
import type { LineAttributes, NodeAttributes } from './attributes'
import { layOutByForce, stopForce } from './force'
import { place, write, type Written } from './labels'
import { layOut, seed, type Point } from './layout'
import { LineProgram } from './lineprogram'
import { fillOf, ground, ink, lookOf, mixed, rimOf, voiceColour, type Theme } from './look'
import { mannerOf, type Picture } from './model'
import { ShapeProgram } from './nodeprogram'

/** Shown is what the scene shows: the picture, and how one looks at it. */
export interface Shown {
  picture: Picture
  picked: string[]
  line: string | null
  pins: Record<string, [number, number]>
  layout: LayoutName
  roots: string[]
  /** Ids that the steps name: their labels come before others. */
  named: string[]
  theme: Theme
}

export interface Heard {
  node(id: string, more: boolean): void
  line(key: string): void
  ground(): void
  open(id: string): void
  moved(id: string, x: number, y: number): void
  /** The layout came to rest. */
  rest(): void
}

export class Scene {
  readonly graph = new MultiDirectedGraph<NodeAttributes, LineAttributes>()
  readonly sigma: Sigma<NodeAttributes, LineAttributes>
  private readonly overlay: HTMLCanvasElement
  private readonly pen: CanvasRenderingContext2D
  private order: string[] = []
  /** What has its name written in any case. */
  private sure = new Set<string>()
  private hovered: string | null = null
  private shown: Shown | null = null
  private arranged = ''
  private box: { x: [number, number]; y: [number, number] } | null = null
  /** Milliseconds of script that the last frames took. */
  readonly frames: number[] = []
  labels: Written[] = []

  constructor(
    private readonly holder: HTMLElement,
    heard: Heard,
  ) {
    this.sigma = new Sigma<NodeAttributes, LineAttributes>(this.graph, holder, {
      nodeProgramClasses: { shape: ShapeProgram },
      edgeProgramClasses: { line: LineProgram },
      defaultNodeType: 'shape',
      defaultEdgeType: 'line',
      renderLabels: false,
      renderEdgeLabels: false,
      enableEdgeEvents: true,
      defaultDrawNodeHover: () => {},
      nodeReducer: null,
      allowInvalidContainer: true,
      stagePadding: holder.clientWidth > 700 ? 84 : 44,
      minCameraRatio: 0.02,
      maxCameraRatio: 8,
      itemSizesReference: 'screen',
      zoomToSizeRatioFunction: (ratio) => Math.min(2.2, Math.max(0.55, Math.sqrt(ratio))),
    })
    this.overlay = document.createElement('canvas')
    this.overlay.className = 'names'
    holder.append(this.overlay)
    const pen = this.overlay.getContext('2d')
    if (!pen) throw new Error('no 2D canvas')
    this.pen = pen
    this.watch = new ResizeObserver(() => {
      if (!holder.clientWidth || !holder.clientHeight) return
      this.sigma.resize()
      this.sigma.refresh()
    })
    this.watch.observe(holder)
    this.sigma.on('beforeRender', () => (this.began = performance.now()))
    this.sigma.on('afterRender', () => this.afterRender())
    this.listen(heard)
  }

  private began = 0
  private readonly watch: ResizeObserver

  private afterRender() {
    this.writeLabels()
    this.frames.push(performance.now() - this.began)
    if (this.frames.length > 240) this.frames.shift()
  }

  private heardRest: () => void = () => {}

  private listen(heard: Heard) {
    this.heardRest = heard.rest
    const { sigma } = this
    sigma.on('clickNode', ({ node, event }) => heard.node(node, event.original.shiftKey || event.original.ctrlKey || event.original.metaKey))
    sigma.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
      preventSigmaDefault()
      heard.open(node)
    })
    sigma.on('clickEdge', ({ edge }) => heard.line(edge))
    sigma.on('clickStage', () => heard.ground())
    sigma.on('enterNode', ({ node }) => this.hover(node))
    sigma.on('leaveNode', () => this.hover(null))
    this.drag(heard)
  }

  private hover(id: string | null) {
    this.hovered = id
    this.holder.style.cursor = id ? 'pointer' : ''
    this.rank()
    this.sigma.scheduleRender()
  }

  /** drag lets a hand move a node; where it is put down, it is pinned. */
  private drag(heard: Heard) {
    let held: string | null = null
    let moved = false
    this.sigma.on('downNode', ({ node, preventSigmaDefault }) => {
      held = node
      moved = false
      preventSigmaDefault()
    })
    this.sigma.on('moveBody', ({ event }) => {
      if (!held) return
      const at = this.sigma.viewportToGraph(event)
      if (!moved) this.sigma.setCustomBBox(this.sigma.getBBox())
      moved = true
      this.graph.mergeNodeAttributes(held, { x: at.x, y: at.y })
      event.preventSigmaDefault()
      event.original.preventDefault()
    })
    const release = () => {
      if (held && moved) {
        stopForce()
        heard.moved(held, this.graph.getNodeAttribute(held, 'x'), this.graph.getNodeAttribute(held, 'y'))
      }
      held = null
    }
    this.sigma.on('upNode', release)
    this.sigma.on('upStage', release)
  }

  /** show makes the scene follow the model. Things that stay keep their places. */
  show(shown: Shown) {
    const before = this.shown
    this.shown = shown
    const changed = this.follow(shown)
    if (changed) this.sigma.refresh() // sigma repaints only what it has indexed
    this.paint(shown)
    const arranged = JSON.stringify([shown.layout, shown.layout === 'force' ? 0 : shown.roots])
    if (changed || arranged !== this.arranged) this.arrange(shown, before?.layout !== shown.layout)
    this.arranged = arranged
    this.rank()
    this.sigma.refresh()
  }

  private follow({ picture, pins }: Shown): boolean {
    const { graph } = this
    let changed = false
    const wanted = new Set([...picture.things.keys(), ...picture.groups.keys()])
    for (const id of graph.nodes()) if (!wanted.has(id)) (graph.dropNode(id), (changed = true))
    const wide = Math.sqrt(wanted.size) * 30
    for (const id of wanted) {
      const pin = pins[id]
      if (graph.hasNode(id)) {
        graph.setNodeAttribute(id, 'fixed', !!pin)
        if (pin) graph.mergeNodeAttributes(id, { x: pin[0], y: pin[1] })
        continue
      }
      const at: Point = pin ? { x: pin[0], y: pin[1] } : this.beside(id, picture, wide)
      graph.addNode(id, { ...at, size: 8, color: '#000000', rim: '#000000', ring: '#000000', ringed: false, shape: 'circle', label: '', fixed: !!pin, faint: false })
      changed = true
    }
    for (const key of graph.edges()) if (!picture.lines.has(key) && !picture.groups.has(key)) (graph.dropEdge(key), (changed = true))
    const blank: LineAttributes = { color: '#000000', second: '#000000', label: '', size: 1, dashed: false, struck: false, doubled: false, arrow: true, shift: 0, half: 0.8 }
    for (const line of picture.lines.values()) if (!graph.hasEdge(line.key)) (graph.addEdgeWithKey(line.key, line.source, line.target, { ...blank }), (changed = true))
    for (const group of picture.groups.values())
      if (!graph.hasEdge(group.id) && graph.hasNode(group.of)) (graph.addEdgeWithKey(group.id, group.of, group.id, { ...blank }), (changed = true))
    return changed
  }

  /** beside is near to what a new thing hangs on, where that is drawn already. */
  private beside(id: string, picture: Picture, wide: number): Point {
    const away = seed(id, wide)
    for (const line of picture.lines.values()) {
      const other = line.source === id ? line.target : line.target === id ? line.source : null
      if (other && this.graph.hasNode(other)) {
        const { x, y } = this.graph.getNodeAttributes(other)
        return { x: x + away.x / 6, y: y + away.y / 6 }
      }
      if (picture.lines.size > 5000) break
    }
    return away
  }

  /** paint gives everything its colours and strokes. */
  private paint({ picture, picked, line: pickedLine, theme }: Shown) {
    const marked = new Set(picked)
    const lively = this.lively(picked, pickedLine)
    // So many marks of full size would cover the lines.
    const crowded = Math.min(1, Math.max(0.5, Math.sqrt(150 / this.graph.order)))
    this.graph.updateEachNodeAttributes((id, at) => {
      const thing = picture.things.get(id)
      const group = picture.groups.get(id)
      const kind = thing?.kind ?? 'GROUP'
      const degree = Math.min(this.graph.degree(id), 40)
      const faint = lively !== null && !lively.has(id)
      return {
        ...at,
        label: thing?.name ?? (group ? `${group.count} · ${relationName(group.relation, group.role === 'OBJECT')}` : id),
        shape: group ? 'cross' : lookOf(kind).shape,
        size: crowded * (group ? 13 : 7 + Math.sqrt(degree) * 1.3),
        color: faint ? mixed(fillOf(kind, theme), ground[theme], 0.6) : fillOf(kind, theme),
        rim: faint ? mixed(rimOf(kind, theme), ground[theme], 0.6) : rimOf(kind, theme),
        ring: ink[theme],
        ringed: marked.has(id),
        faint,
      }
    })
    const lanes = this.lanes()
    this.graph.updateEachEdgeAttributes((key, at, source, target) => {
      const line = picture.lines.get(key)
      const faint = pickedLine ? key !== pickedLine : lively !== null && !marked.has(source) && !marked.has(target)
      const manner = mannerOf(line?.ties ?? [])
      const colour = (i: number) => {
        const full = voiceColour(manner.capacities[i] ?? manner.capacities[0] ?? 'OTHER', theme)
        return faint ? mixed(full, ground[theme], 0.75) : full
      }
      return {
        ...at,
        color: colour(0),
        second: colour(1),
        dashed: manner.disputed,
        struck: manner.denied,
        doubled: manner.doubled,
        arrow: !!line,
        label: faint || !line ? '' : relationName(line.relation),
        half: key === pickedLine ? 1.7 : this.graph.size > 3000 ? 0.5 : 0.9,
        shift: lanes.get(key) ?? 0,
      }
    })
  }

  /** lively are the picked nodes and what hangs on them; null where nothing is picked, and all is lively. */
  private lively(picked: string[], line: string | null): Set<string> | null {
    if (line && this.graph.hasEdge(line)) return new Set(this.graph.extremities(line))
    const here = picked.filter((id) => this.graph.hasNode(id))
    if (!here.length) return null
    return new Set(here.flatMap((id) => [id, ...this.graph.neighbors(id)]))
  }

  /** lanes spreads lines between the same two nodes side by side. */
  private lanes(): Map<string, number> {
    const between = new Map<string, string[]>()
    this.graph.forEachEdge((key, _, source, target) => {
      const pair = source < target ? `${source} ${target}` : `${target} ${source}`
      const known = between.get(pair)
      if (known) known.push(key)
      else between.set(pair, [key])
    })
    const shifts = new Map<string, number>()
    for (const keys of between.values())
      keys.sort().forEach((key, i) => {
        const lane = (i - (keys.length - 1) / 2) * Math.min(7, 30 / keys.length)
        shifts.set(key, this.graph.source(key) < this.graph.target(key) ? lane : -lane)
      })
    return shifts
  }

  /** rank orders names by who matters more. */
  private rank() {
    const named = new Set(this.shown?.named)
    this.sure = named.size <= 4 ? named : new Set()
    const score = (id: string) => (named.has(id) ? 1e4 : 0) + (id === this.hovered ? 1e6 : 0) + (this.graph.getNodeAttribute(id, 'ringed') ? 1e5 : 0) + this.graph.degree(id)
    const scores = new Map(this.graph.nodes().map((id) => [id, score(id)]))
    this.order = [...scores.keys()].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || (a < b ? -1 : 1))
  }

  private arrange({ layout, roots, picture }: Shown, fresh: boolean) {
    const { graph } = this
    const ids = graph.nodes()
    const ties = graph.mapEdges((_, __, source, target) => ({ source, target }))
    if (!ids.length) return stopForce()
    const start = roots.length ? roots : ids.slice(0, 1)
    const places = layOut(layout, ids, ties, start)
    stopForce()
    if (places) {
      this.moveTo((id) => (graph.getNodeAttribute(id, 'fixed') ? undefined : places.get(id)))
      this.fit()
      this.heardRest()
      return
    }
    if (fresh && picture.things.size > 1) this.moveTo((id) => (graph.getNodeAttribute(id, 'fixed') ? undefined : seed(id, Math.sqrt(ids.length) * 30)))
    const index = new Map(ids.map((id, i) => [id, i]))
    layOutByForce(
      {
        ids,
        x: ids.map((id) => graph.getNodeAttribute(id, 'x')),
        y: ids.map((id) => graph.getNodeAttribute(id, 'y')),
        sizes: ids.map((id) => graph.getNodeAttribute(id, 'size')),
        fixed: ids.map((id) => graph.getNodeAttribute(id, 'fixed')),
        ties: ties.map((t) => [index.get(t.source) ?? 0, index.get(t.target) ?? 0]),
      },
      (moved, result) => {
        const at = new Map(moved.map((id, i) => [id, { x: result.x[i] ?? 0, y: result.y[i] ?? 0 }]))
        this.moveTo((id) => at.get(id))
        this.fit()
        if (result.done) this.heardRest()
      },
    )
  }

  private moveTo(at: (id: string) => Point | undefined) {
    this.graph.updateEachNodeAttributes((id, attributes) => ({ ...attributes, ...at(id) }), { attributes: ['x', 'y'] })
  }

  /** fit lets the picture fill the stage. */
  fit() {
    this.sigma.setCustomBBox(null)
    this.box = this.sigma.getBBox()
    this.sigma.refresh()
  }

  /** centre brings all into sight. */
  centre() {
    this.sigma.setCustomBBox(this.box)
    void this.sigma.getCamera().animatedReset({ duration: still() ? 0 : 250 })
  }

  zoom(by: number) {
    const camera = this.sigma.getCamera()
    void camera.animate({ ratio: camera.ratio * by }, { duration: still() ? 0 : 180 })
  }

  private writeLabels() {
    const { width, height } = this.sigma.getDimensions()
    const dense = devicePixelRatio || 1
    if (this.overlay.width !== Math.round(width * dense) || this.overlay.height !== Math.round(height * dense)) {
      this.overlay.width = Math.round(width * dense)
      this.overlay.height = Math.round(height * dense)
    }
    this.pen.setTransform(dense, 0, 0, dense, 0, 0)
    this.pen.clearRect(0, 0, width, height)
    if (!this.shown) return
    this.labels = place(this.sigma, this.pen, this.order, this.sure)
    const { theme } = this.shown
    write(this.pen, this.labels, { text: ink[theme], soft: mixed(ink[theme], ground[theme], 0.3), halo: ground[theme] })
  }

  /** png paints the picture as it is seen, on its ground. */
  png(): Promise<Blob | null> {
    const { width, height } = this.sigma.getDimensions()
    const dense = devicePixelRatio || 1
    const sheet = document.createElement('canvas')
    sheet.width = width * dense
    sheet.height = height * dense
    const pen = sheet.getContext('2d')
    if (!pen || !this.shown) return Promise.resolve(null)
    pen.fillStyle = ground[this.shown.theme]
    pen.fillRect(0, 0, sheet.width, sheet.height)
    this.sigma.refresh()
    for (const canvas of this.holder.querySelectorAll('canvas')) if (canvas.width) pen.drawImage(canvas, 0, 0, sheet.width, sheet.height)
    return new Promise((done) => sheet.toBlob(done, 'image/png'))
  }

  kill() {
    stopForce()
    this.watch.disconnect()
    this.sigma.kill()
    this.overlay.remove()
  }
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches
