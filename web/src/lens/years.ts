// Claims per year, for the histogram under the slider of the lens.
import { DatedSpanDocument, TypedDocumentString } from '../api/generated'
import { askOnce } from '../state/ask'

export interface Year {
  year: number
  count: number
}

/** yearsIn finds the years that a date of EDTF names. */
export const yearsIn = (date: string): number[] => [...date.matchAll(/(?<![\d-])(\d{4})/g)].map((m) => Number(m[1]))

/** perYear counts the claims dated in each year of the graph, the last sixty at most. */
export async function perYear(): Promise<Year[]> {
  const span = await askOnce(DatedSpanDocument, {})
  const named = [...span.first.nodes, ...span.last.nodes].flatMap((n) => yearsIn(n.date ?? ''))
  if (!named.length) return []
  const last = Math.max(...named)
  const first = Math.max(Math.min(...named), last - 59)
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const counted = await Promise.all(chunks(years, 15).map((some) => askOnce(counts(some), {})))
  const all: Record<string, { totalCount: number }> = Object.assign({}, ...counted)
  return years.map((year) => ({ year, count: all[`y${year}`]?.totalCount ?? 0 }))
}

/** counts is one question for several years: codegen knows no number of fields that varies. */
const counts = (years: number[]) =>
  new TypedDocumentString<Record<string, { totalCount: number }>, Record<string, never>>(
    `query Years {${years.map((y) => ` y${y}: claims(filter: { date: { from: "${y}", to: "${y}" } }) { totalCount }`).join('')} }`,
  )

const chunks = <T,>(list: T[], size: number) => Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
