// Whose name is written first: what is pointed at, what is picked, what was asked
// for, then what has most relations.
import type { Drawn } from './follow'

/** With more things asked for than this, none of them has its name written in any case. */
const few = 4

export class Ranks {
  private ordered: string[] = []
  /** What has its name written in any case, unless it would cover another name. */
  sure: Set<string> = new Set()

  /** order is asked when the picture or what is picked changes, not in each frame. */
  order(graph: Drawn, named: string[]) {
    const groups = graph.filterNodes((id) => id.startsWith('group '))
    const asked = new Set([...named, ...groups])
    this.sure = asked.size <= few ? asked : new Set(groups)
    const score = new Map(graph.mapNodes((id, { ringed }) => [id, (ringed ? 1e6 : 0) + (asked.has(id) ? 1e5 : 0) + graph.degree(id)]))
    this.ordered = [...score.keys()].sort((a, b) => (score.get(b) ?? 0) - (score.get(a) ?? 0) || (a < b ? -1 : 1))
  }

  /** with puts what is pointed at before all others. */
  *with(pointed: string | null): Generator<string> {
    if (pointed) yield pointed
    for (const id of this.ordered) if (id !== pointed) yield id
  }
}
