// Where one looks, told so that it holds in another window and after the picture
// was laid out anew: at a thing, so far beside it, so near.
import type Sigma from 'sigma'
import type { Camera } from '../state/route'
import type { LineAttributes, NodeAttributes } from './attributes'

type Renderer = Sigma<NodeAttributes, LineAttributes>
/** Place is where sigma's camera stands, in units of the frame that the picture fills. */
type Place = Omit<Camera, 'at'>

const whole: Place = { x: 0.5, y: 0.5, ratio: 1 }
const near = (a: Place, b: Place) => Math.hypot(a.x - b.x, a.y - b.y, a.ratio - b.ratio) < 1e-3 * b.ratio

/** Milliseconds without a move, after which a camera is at rest. */
const patience = 300

/** Gaze looks where the state says, and tells where hands made it look. */
export class Gaze {
  private kept: Camera | null = null
  private due = false
  private turning = false
  /** The timer that runs since a hand moved the camera. */
  private moving = 0

  constructor(
    private readonly sigma: Renderer,
    private readonly looked: (camera: Camera | null) => void,
  ) {
    sigma.getCamera().on('updated', () => this.turning || this.move())
    sigma.on('afterProcess', () => this.due && this.turn())
  }

  /** look turns to where the state says, with the next frame. What it was told by this one it keeps. */
  look(camera: Camera | null) {
    if (camera === this.kept) return
    this.kept = camera
    this.halt()
    this.due = true
    this.sigma.refresh({ schedule: true })
  }

  /** follow keeps looking at the same thing when things have moved, unless a hand is turning elsewhere. */
  follow() {
    this.due = !this.moving
  }

  /** check tells anew where one looks, if what was looked at is gone or was moved. */
  check() {
    const place = this.asked()
    if (!this.moving && !(place && near(this.sigma.getCamera().getState(), place))) this.move()
  }

  halt() {
    clearTimeout(this.moving)
    this.moving = 0
  }

  /** asked is where the camera has to stand; undefined where the thing is not drawn. */
  private asked = () => (this.kept ? placeOf(this.sigma, this.kept) : whole)

  private turn() {
    this.due = false
    const place = this.asked()
    if (!place) return
    this.turning = true
    this.sigma.getCamera().setState(place)
    this.turning = false
  }

  private move() {
    clearTimeout(this.moving)
    this.moving = window.setTimeout(() => this.tell(), patience)
  }

  private tell() {
    if (this.sigma.getMouseCaptor().isMouseDown || this.sigma.getTouchCaptor().touchMode) return this.move()
    this.moving = 0
    this.kept = seen(this.sigma)
    this.looked(this.kept)
  }
}

/** seen is where one looks now; null when all is in sight. */
function seen(sigma: Renderer): Camera | null {
  const { x, y, ratio } = sigma.getCamera().getState()
  const at = middlemost(sigma)
  const thing = at !== undefined && sigma.getNodeDisplayData(at)
  if (!thing || near({ x, y, ratio }, whole)) return null
  const scale = frameScale(sigma)
  return { at, x: (x - thing.x) * scale, y: (y - thing.y) * scale, ratio: ratio * scale }
}

/** placeOf is where sigma's camera stands to look so. */
function placeOf(sigma: Renderer, { at, x, y, ratio }: Camera): Place | undefined {
  const thing = sigma.getNodeDisplayData(at)
  const scale = frameScale(sigma)
  return thing && { x: thing.x + x / scale, y: thing.y + y / scale, ratio: ratio / scale }
}

/** frameScale is the frame's side by that of the picture: they differ once a thing was dragged out of the frame. */
function frameScale(sigma: Renderer): number {
  const side = ({ x, y }: ReturnType<Renderer['getBBox']>) => Math.max(x[1] - x[0], y[1] - y[0]) || 1
  const picture = sigma.getBBox()
  return side(sigma.getCustomBBox() ?? picture) / side(picture)
}

/** middlemost is the thing nearest to the middle of the stage. */
function middlemost(sigma: Renderer): string | undefined {
  const { width, height } = sigma.getDimensions()
  const middle = sigma.viewportToGraph({ x: width / 2, y: height / 2 })
  let found: string | undefined
  let least = Infinity
  sigma.getGraph().forEachNode((id, { x, y }) => {
    const far = Math.hypot(x - middle.x, y - middle.y)
    if (far < least) [found, least] = [id, far]
  })
  return found
}
