// What a person can do, as changes of the state.
import type { RelationKind, Role } from '../api/generated'
import { go, state, take, taking, type State } from './route'

/** showing draws a thing, if it is not drawn, and picks it. */
export function showing(id: string): Partial<State> {
  const { view } = state.value
  return taking([`add ${id}`], { picked: [id], line: null, view: view === 'table' ? view : 'graph' })
}

export const show = (id: string) => go(showing(id))

/** find draws what lies around a thing, and picks it. */
export const find = (id: string) => take([`near ${id}`], { picked: [id], line: null, view: 'graph' })

export const openBy = (id: string, relation: RelationKind, role: Role) => take([`open ${id} ${relation} ${role}`])
export const drawAll = (id: string, relation: RelationKind, role: Role) => take([`all ${id} ${relation} ${role}`])

/** join draws the shortest ways between two things. */
export const join = (from: string, to: string) => take([`path ${from} ${to}`], { view: 'graph' })

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
  take([`add ${source}`, `add ${target}`], { view: 'graph', picked: [], line: `${source} ${relation} ${target}` })
