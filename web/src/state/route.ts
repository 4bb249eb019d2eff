// The whole state of the page is its address: what is drawn, through which
// lens, and what is picked. Every link can be shared; Back goes back.
import { computed, signal } from '@preact/signals'
import type { Capacity } from '../api/generated'
import { noLens, type Lens } from './lens'

export const views = ['graph', 'table', 'conflicts', 'positions', 'timeline'] as const
export type ViewName = (typeof views)[number]
export const layouts = ['force', 'radial', 'layered'] as const
export type LayoutName = (typeof layouts)[number]

/**
 * Step is one thing that a person did to the picture, as words:
 * `add ID`, `near ID`, `open ID RELATION ROLE`, `path ID ID`, `drop ID`.
 * The picture is what the steps make, in order; undoing is leaving out the last.
 */
export type Step = string

/**
 * Camera is how one looks at the picture: at a thing, the middle of the stage so far beside it, and
 * how much of the picture is in sight; 1 is all. Its units are the larger side of the picture.
 */
export interface Camera {
  at: string
  x: number
  y: number
  ratio: number
}

export interface State {
  view: ViewName
  steps: Step[]
  /** Ids of the nodes that are picked. */
  picked: string[]
  /** Key of the line that is picked: source, relation, target, separated by spaces. */
  line: string | null
  lens: Lens
  layout: LayoutName
  /** Where nodes were pinned, in units of the picture before the stage stretches it. */
  pins: Record<string, [number, number]>
  /** Null when all of the picture is in sight. */
  camera: Camera | null
  /** Of the conflicts, positions and timeline views: what is asked about. */
  about: string | null
  /** What is opened in such a view: a claim of the timeline, a cell of the matrix. */
  open: string | null
  /** Whether the matrix shows all of its columns. */
  all: boolean
  /** Of tables, by what they are sorted: `lines 6 down`. */
  sort: string[]
}

const empty: State = { view: 'graph', steps: [], picked: [], line: null, lens: noLens, layout: 'force', pins: {}, camera: null, about: null, open: null, all: false, sort: [] }

/** read makes the state of an address's fragment; what it does not know it leaves out. */
export function read(fragment: string): State {
  const [path = '', query = ''] = fragment.replace(/^#?\/?/, '').split('?', 2)
  const params = new URLSearchParams(query)
  const oneOf = <T extends string>(known: readonly T[], value: string | null): T => known.find((k) => k === value) ?? (known[0] as T)
  return {
    view: oneOf(views, path),
    steps: params.getAll('s'),
    picked: params.getAll('p'),
    line: params.get('line'),
    lens: {
      speakers: params.getAll('by'),
      capacities: params.getAll('as') as Capacity[],
      documents: params.getAll('in'),
      asOf: params.get('at'),
      undisputed: params.has('agreed'),
      direct: params.has('direct'),
    },
    layout: oneOf(layouts, params.get('layout')),
    pins: Object.fromEntries(params.getAll('pin').flatMap(readPin)),
    camera: readCamera(params.get('cam') ?? ''),
    about: params.get('about'),
    open: params.get('open'),
    all: params.has('all'),
    sort: params.getAll('sort'),
  }
}

function readPin(text: string): [string, [number, number]][] {
  const [x, y, ...id] = text.split(' ') // the id of a group has spaces
  const at: [number, number] = [Number(x), Number(y)]
  return id.length && at.every(Number.isFinite) ? [[id.join(' '), at]] : []
}

function readCamera(text: string): Camera | null {
  const [x, y, ratio, ...at] = text.split(' ')
  const camera = { at: at.join(' '), x: Number(x), y: Number(y), ratio: Number(ratio) }
  return camera.at && camera.ratio > 0 && [camera.x, camera.y, camera.ratio].every(Number.isFinite) ? camera : null
}

const writeCamera = ({ at, x, y, ratio }: Camera) => `${x.toFixed(4)} ${y.toFixed(4)} ${ratio.toFixed(4)} ${at}`

/** write is the inverse of read. */
export function write(state: State): string {
  const params = new URLSearchParams()
  const all = (name: string, values: string[]) => values.forEach((v) => params.append(name, v))
  all('s', state.steps)
  all('p', state.picked)
  if (state.line) params.set('line', state.line)
  all('by', state.lens.speakers)
  all('as', state.lens.capacities)
  all('in', state.lens.documents)
  if (state.lens.asOf) params.set('at', state.lens.asOf)
  if (state.lens.undisputed) params.set('agreed', '')
  if (state.lens.direct) params.set('direct', '')
  if (state.layout !== 'force') params.set('layout', state.layout)
  all('pin', Object.entries(state.pins).map(([id, [x, y]]) => `${x.toFixed(1)} ${y.toFixed(1)} ${id}`))
  if (state.camera) params.set('cam', writeCamera(state.camera))
  if (state.about) params.set('about', state.about)
  if (state.open) params.set('open', state.open)
  if (state.all) params.set('all', '')
  all('sort', state.sort)
  const query = params.toString().replace(/%2F/g, '/').replace(/%3A/g, ':')
  return `#/${state.view}${query ? `?${query}` : ''}`
}

export const state = signal<State>(typeof location === 'undefined' ? empty : read(location.hash))

/** What undo takes back: how the picture was before each change to it. */
type Before = Pick<State, 'steps' | 'pins' | 'layout' | 'camera'>
const past = signal<Before[]>([])

/** go changes the state; with replace the change is no step of the browser's history. */
export function go(change: Partial<State>, replace = false) {
  const { steps, pins, layout, camera } = state.peek()
  const next = { ...state.peek(), ...change }
  const address = write(next)
  if (address === location.hash) return
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  if (next.steps !== steps || next.pins !== pins || next.layout !== layout) past.value = [...past.peek(), { steps, pins, layout, camera }]
  state.value = next
}

/** href is the address after a change, for links that are links. */
export const href = (change: Partial<State>) => write({ ...state.value, ...change })

/** follow makes the page heed Back, Forward and edited addresses. */
export function follow() {
  const heed = () => {
    past.value = []
    state.value = read(location.hash)
  }
  addEventListener('popstate', heed)
  addEventListener('hashchange', heed)
}

export const isEmpty = computed(() => state.value.steps.length === 0)

/** taking is the change that adds steps: those that are in force, taken since the last thing was taken out, are not added again. */
export function taking(added: Step[], change: Partial<State> = {}): Partial<State> {
  const { steps } = state.value
  const inForce = new Set(steps.slice(steps.findLastIndex((s) => s.startsWith('drop ')) + 1))
  const fresh = added.filter((step) => !inForce.has(step))
  return { steps: fresh.length ? [...steps, ...fresh] : steps, ...change }
}

export const take = (added: Step[], change: Partial<State> = {}) => go(taking(added, change))

export const canUndo = computed(() => past.value.length > 0 || state.value.steps.length > 0)

/** undo takes back the last change to the picture; of a picture that came by a link, its last step. */
export function undo() {
  const before = past.peek().at(-1)
  const rest = past.peek().slice(0, -1)
  go({ line: null, ...(before ?? { steps: state.peek().steps.slice(0, -1) }) })
  past.value = rest
}

/** pick marks one node, or with more adds it to those that are marked. */
export function pick(id: string, more = false) {
  const picked = state.peek().picked
  if (!more) return go({ picked: [id], line: null })
  go({ picked: picked.includes(id) ? picked.filter((p) => p !== id) : [...picked, id], line: null })
}
