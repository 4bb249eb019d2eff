// The picture on the screen: a graphology graph that follows the model, drawn by
// sigma with programs and labels of our own.
import { MultiDirectedGraph } from 'graphology'
import Sigma from 'sigma'
import type { LayoutName } from '../state/route'
import type { LineAttributes, NodeAttributes } from './attributes'
import { follow, spread, type Pins } from './follow'
import { layOutByForce, readyForce, running, stopForce } from './force'
import { Gaze } from './gaze'
import { listen, type Heard, type Pointed } from './hands'
import { place, write, type Written } from './labels'
import { layOut, seed, stretchTo, type Point } from './layout'
import { LineProgram } from './lineprogram'
import { accent, ground, ink, mixed } from './look'
import type { Picture } from './model'
import { ShapeProgram } from './nodeprogram'
import { paint, type Marked } from './paint'
import { markPointed } from './pointer'
import { Ranks } from './ranks'
import { Unused } from './unused'

/** Shown is what the scene shows: the picture, and how one looks at it. */
export interface Shown extends Marked {
  picture: Picture
  pins: Pins
  layout: LayoutName
  roots: string[]
  /** Ids that the steps name: their labels come before others. */
  named: string[]
}

export class Scene {
  readonly graph = new MultiDirectedGraph<NodeAttributes, LineAttributes>()
  readonly sigma: Sigma<NodeAttributes, LineAttributes>
  readonly gaze: Gaze
  private readonly overlay: HTMLCanvasElement
  private readonly pen: CanvasRenderingContext2D
  private readonly watch: ResizeObserver
  private readonly ranks = new Ranks()
  private pointed: Pointed | null = null
  private shown: Shown | null = null
  private arranged = ''
  /** By how much the picture is stretched along x. */
  private stretch = 1
  private began = 0
  private resting = false
  /** Milliseconds of script that the last frames took. */
  readonly frames: number[] = []
  labels: Written[] = []

  constructor(
    readonly holder: HTMLElement,
    private readonly heard: Heard,
  ) {
    this.sigma = new Sigma<NodeAttributes, LineAttributes>(this.graph, holder, {
      nodeProgramClasses: { shape: ShapeProgram, circle: Unused },
      nodeHoverProgramClasses: { shape: Unused, circle: Unused },
      edgeProgramClasses: { line: LineProgram, arrow: Unused },
      defaultNodeType: 'shape',
      renderLabels: false,
      renderEdgeLabels: false,
      enableEdgeEvents: true,
      defaultDrawNodeHover: () => {},
      nodeReducer: null,
      allowInvalidContainer: true,
      stagePadding: holder.clientWidth > 700 ? 84 : 44,
      minCameraRatio: 0.02,
      maxCameraRatio: 8,
      enableCameraRotation: false, // two fingers turn it by accident, and no link tells of it
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
      const { width, height } = this.sigma.getDimensions()
      const same = holder.clientWidth === width && holder.clientHeight === height
      if (!same && holder.clientWidth && holder.clientHeight) this.sigma.refresh()
    })
    this.watch.observe(holder)
    this.sigma.on('beforeRender', () => (this.began = performance.now()))
    this.sigma.on('afterRender', () => this.afterRender())
    this.gaze = new Gaze(this.sigma, heard.looked)
    listen(this, heard)
    readyForce()
  }

  private afterRender() {
    this.writeLabels()
    this.frames.push(performance.now() - this.began)
    if (this.frames.length > 240) this.frames.shift()
    if (this.resting) this.heard.rest()
    this.resting = false
  }

  /** point marks what a hand or a key is at, and tells it. */
  point(at: Pointed | null) {
    if (JSON.stringify(at) === JSON.stringify(this.pointed)) return
    this.pointed = at
    this.holder.style.cursor = at ? 'pointer' : ''
    this.heard.pointed(at)
    this.sigma.scheduleRender()
  }

  /** show makes the scene follow the model. Things that stay keep their places. */
  show(shown: Shown) {
    const before = this.shown
    this.shown = shown
    const changed = follow(this.graph, shown.picture, shown.pins, this.stretch)
    paint(this.graph, shown.picture, shown)
    const arranged = JSON.stringify([shown.layout, shown.layout === 'force' ? 0 : shown.roots])
    if (changed || arranged !== this.arranged) this.arrange(shown, before?.layout !== shown.layout)
    else if (this.graph.order && !running()) this.resting = true
    this.arranged = arranged
    this.ranks.order(this.graph, shown.named)
    this.redraw()
  }

  /** redraw draws with the next frame, so that what comes before it is drawn once. */
  private redraw() {
    this.sigma.refresh({ schedule: true })
  }

  private arrange({ layout, roots, picture }: Shown, fresh: boolean) {
    const { graph } = this
    const ids = graph.nodes()
    stopForce()
    if (!ids.length) return
    const ties = graph.mapEdges((_, __, source, target) => ({ source, target }))
    const places = layOut(layout, ids, ties, roots.length ? roots : ids.slice(0, 1))
    if (places) {
      this.place(places)
      this.resting = true
      return
    }
    if (fresh && picture.things.size > 1) this.move((id) => seed(id, spread(ids.length)))
    this.arrangeByForce(ids, ties)
  }

  private arrangeByForce(ids: string[], ties: { source: string; target: string }[]) {
    const { graph } = this
    const index = new Map(ids.map((id, i) => [id, i]))
    layOutByForce(
      {
        ids,
        x: ids.map((id) => graph.getNodeAttribute(id, 'x') / this.stretch),
        y: ids.map((id) => graph.getNodeAttribute(id, 'y')),
        sizes: ids.map((id) => graph.getNodeAttribute(id, 'size')),
        fixed: ids.map((id) => graph.getNodeAttribute(id, 'fixed')),
        ties: ties.map((t) => [index.get(t.source) ?? 0, index.get(t.target) ?? 0]),
      },
      (moved, result) => {
        if (still() && !result.done) return
        this.place(new Map(moved.map((id, i) => [id, { x: result.x[i] ?? 0, y: result.y[i] ?? 0 }])))
        this.resting ||= result.done
        this.redraw()
      },
    )
  }

  /**
   * place puts things where a layout has them, stretched to the stage as it is by then: the legend that
   * comes with a first picture takes room.
   */
  private place(places: Map<string, Point>) {
    const { clientWidth: width, clientHeight: height } = this.holder
    this.move((id) => places.get(id), stretchTo(width / Math.max(height, 1), this.shown?.layout ?? 'force', [...places.values()]))
    this.frame()
  }

  /** move draws things at places that are not stretched yet. What is pinned keeps its own. */
  private move(at: (id: string) => Point | undefined, stretch = this.stretch) {
    const before = this.stretch
    this.stretch = stretch
    const to = (id: string, { x, y, fixed }: NodeAttributes) => (!fixed && at(id)) || { x: x / before, y }
    this.graph.updateEachNodeAttributes(
      (id, attributes) => {
        const { x, y } = to(id, attributes)
        return { ...attributes, x: x * stretch, y }
      },
      { attributes: ['x', 'y'] },
    )
  }

  /** pinOf is where a thing is pinned that is pinned as it stands: unstretched, so that it holds on another stage. */
  pinOf(id: string): [number, number] | undefined {
    if (!this.graph.hasNode(id)) return undefined
    const { x, y } = this.graph.getNodeAttributes(id)
    return [x / this.stretch, y]
  }

  /** frame lets the picture fill the stage, when it is drawn next; one goes on looking at the same thing. */
  private frame() {
    this.sigma.setCustomBBox(null)
    this.gaze.follow()
  }

  /** centre brings all into sight, what was dragged away too. */
  centre() {
    this.sigma.setCustomBBox(null)
    this.redraw()
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
    const { theme } = this.shown
    const pointed = this.pointed && 'node' in this.pointed ? this.pointed.node : null
    if (this.pointed) markPointed(this, this.pen, this.pointed, accent[theme])
    this.labels = place(this.sigma, this.pen, this.ranks, pointed)
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
    this.gaze.halt()
    this.watch.disconnect()
    this.sigma.kill()
    this.overlay.remove()
  }
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches
