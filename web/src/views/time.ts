// Dates of EDTF as spans on a line of time, in years with fractions.

export interface Span {
  from: number
  to: number
  /** One of its ends is open or unknown. */
  open: boolean
}

/** spanOf reads a date of EDTF: a day, month, year or an interval; null where it names no year. */
export function spanOf(date: string): Span | null {
  const [a = '', b] = date.split('/')
  const from = bound(a, false)
  const to = bound(b ?? a, true)
  if (from === null && to === null) return null
  return { from: from ?? (to as number), to: to ?? (from as number), open: from === null || to === null }
}

function bound(text: string, end: boolean): number | null {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text)
  if (!match) return null
  const [, year, month, day] = match
  const y = Number(year)
  if (!month) return end ? y + 1 : y
  const m = Number(month) - 1
  const days = new Date(Date.UTC(y, m + 1, 0)).getUTCDate()
  const within = day ? (Number(day) - 1 + (end ? 1 : 0)) / days : end ? 1 : 0
  return y + (m + within) / 12
}

/** rowsOf stacks spans so that none covers another; each gets the number of its row. */
export function rowsOf(spans: { from: number; to: number }[]): number[] {
  const ends: number[] = []
  return spans.map(({ from, to }) => {
    const free = ends.findIndex((end) => end <= from)
    const row = free < 0 ? ends.length : free
    ends[row] = to
    return row
  })
}
