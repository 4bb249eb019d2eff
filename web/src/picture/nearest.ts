// Which mark lies next in a direction, for those who go by keys.

/** Way is a direction on the screen, y downwards. */
export type Way = readonly [x: number, y: number]

export interface Placed {
  id: string
  x: number
  y: number
}

/**
 * nearest is the next mark from one in a direction: the closest, what lies aside counting
 * as farther. From none it is the one nearest to the middle of all; null where there is none.
 */
export function nearest(marks: Placed[], from: string | null, [wx, wy]: Way): string | null {
  const start = marks.find((m) => m.id === from)
  if (!start) return central(marks)
  let best: string | null = null
  let least = Infinity
  for (const { id, x, y } of marks) {
    const [dx, dy] = [x - start.x, y - start.y]
    const ahead = dx * wx + dy * wy
    const aside = Math.abs(dx * wy - dy * wx)
    const far = ahead + 2 * aside
    if (ahead > 0.5 && aside <= 2 * ahead && far < least) [best, least] = [id, far]
  }
  return best
}

function central(marks: Placed[]): string | null {
  const mean = (of: (m: Placed) => number) => marks.reduce((sum, m) => sum + of(m), 0) / marks.length
  const [x, y] = [mean((m) => m.x), mean((m) => m.y)]
  const far = (m: Placed) => Math.hypot(m.x - x, m.y - y)
  return marks.reduce<Placed | null>((best, m) => (!best || far(m) < far(best) ? m : best), null)?.id ?? null
}
