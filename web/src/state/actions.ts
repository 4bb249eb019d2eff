// What a person can do, as changes of the state.
import type { RelationKind, Role } from '../api/generated'
import { go, state, take, taking, type State } from './route'

/** showing draws a thing, if it is not drawn, and picks it. Who comes from another view sees all of the picture. */
export function showing(id: string): Partial<State> {
  const { view, camera } = state.value
  const beside = view === 'graph' || view === 'table'
  return taking([`add ${id}`], { picked: [id], line: null, view: beside ? view : 'graph', camera: beside ? camera : null })
}

export const show = (id: string) => go(showing(id))

/** drawAround draws what lies around a thing, and picks it. */
export const drawAround = (id: string, change: Partial<State> = {}) => take([`near ${id}`], { picked: [id], line: null, view: 'graph', ...change })

/** find draws around what may stand anywhere: all comes into sight. */
export const find = (id: string) => drawAround(id, { camera: null })

export const openBy = (id: string, relation: RelationKind, role: Role) => take([`open ${id} ${relation} ${role}`])
export const drawAll = (id: string, relation: RelationKind, role: Role) => take([`all ${id} ${relation} ${role}`])

/** join draws the shortest ways between two things. */
export const join = (from: string, to: string) => take([`path ${from} ${to}`], { view: 'graph', camera: null })

/** drop takes things out of the picture. A later step may bring them back. */
export function drop(ids: string[]) {
  const { steps, picked } = state.peek()
  go({ steps: [...steps, ...ids.map((id) => `drop ${id}`)], picked: picked.filter((p) => !ids.includes(p)), line: null })
}

/** pin keeps things where they are; pinned ones are let go. */
export function pin(places: Record<string, [number, number]>) {
  go({ pins: { ...state.peek().pins, ...places } })
}
export function unpin(ids: string[]) {
  go({ pins: Object.fromEntries(Object.entries(state.peek().pins).filter(([id]) => !ids.includes(id))) })
}

export const drawLine = (source: string, relation: string, target: string) =>
  take([`add ${source}`, `add ${target}`], { view: 'graph', picked: [], line: `${source} ${relation} ${target}`, camera: null })
