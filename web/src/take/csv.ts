// CSV after RFC 4180: of the lines of a picture, and of any table.
import { relationName, nameOf } from '../state/names'
import type { Picture } from '../picture/model'

/** csv writes rows; a cell that a spreadsheet would run as a formula is quoted with an apostrophe. */
export function csv(rows: (string | number)[][]): string {
  const cell = (value: string | number) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
  }
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'
}

/** linesCSV has a row for each claim behind each line. */
export function linesCSV({ lines }: Picture): string {
  const head = ['subject', 'subject_name', 'relation', 'object', 'object_name', 'claim', 'stance', 'mode', 'date', 'asserted_by', 'capacity', 'disputed']
  const rows = [...lines.values()].flatMap((line) =>
    line.ties.map((tie) => [
      line.source,
      nameOf(line.source),
      relationName(line.relation),
      line.target,
      nameOf(line.target),
      tie.id,
      tie.stance,
      tie.mode,
      tie.date ?? '',
      tie.assertedBy.map((v) => v.party.name).join('; '),
      tie.assertedBy.map((v) => v.capacity).join('; '),
      tie.conflicts.length ? 'yes' : 'no',
    ]),
  )
  return csv([head, ...rows])
}
