// The table twin of the canvas: all that it shows, to sort and to read.
import type { ComponentChildren } from 'preact'
import type { ThingFragment } from '../api/generated'
import { Dot, Empty, Kind, Loading } from '../parts/parts'
import { mannerOf, type Line } from '../picture/model'
import { drawing, picture } from '../picture/stage'
import { kindName, nameOf, relationName } from '../state/names'
import { go, pick, state } from '../state/route'
import { csv } from '../take/csv'
import { save } from '../take/save'
import { en } from '../text/en'

interface Column<T> {
  name: string
  /** What is sorted by, and what the CSV holds. */
  value: (row: T) => string | number
  cell?: (row: T) => ComponentChildren
}

export default function TableView() {
  const { things, lines } = picture.value
  if (drawing.value && !things.size) return <Loading />
  if (!things.size) return <div class="page"><Empty title={en.table.none} /></div>
  const degree = new Map<string, number>()
  for (const { source, target } of lines.values()) for (const id of [source, target]) degree.set(id, (degree.get(id) ?? 0) + 1)
  const picked = state.value.picked
  const ofThings: Column<ThingFragment>[] = [
    { name: en.table.name, value: (t) => t.name },
    { name: en.table.kind, value: (t) => kindName(t.kind), cell: (t) => <Kind kind={t.kind} /> },
    { name: en.table.ties, value: (t) => degree.get(t.id) ?? 0 },
    {
      name: en.table.picked,
      value: (t) => (picked.includes(t.id) ? en.table.yes : en.table.no),
      cell: (t) => <input type="checkbox" aria-label={en.table.pick(t.name)} checked={picked.includes(t.id)} onChange={() => pick(t.id, true)} />,
    },
  ]
  return (
    <div class="page wide">
      <div class="page-head">
        <div>
          <h2>{en.table.title}</h2>
          <p>{en.table.intro}</p>
        </div>
      </div>
      <Table name="lines" title={en.table.lines} rows={[...lines.values()]} columns={ofLines} keyOf={(l) => l.key} onOpen={(l) => go({ line: l.key, picked: [] })} open={(l) => l.key === state.value.line} />
      <Table name="things" title={en.table.things} rows={[...things.values()]} columns={ofThings} keyOf={(t) => t.id} onOpen={(t) => pick(t.id)} open={(t) => picked.includes(t.id)} />
    </div>
  )
}

const partiesWho = (line: Line, stance: string) => [...new Set(line.ties.filter((t) => t.stance === stance).flatMap((t) => t.assertedBy.map((v) => v.party.name)))].join(', ')

const datesOf = (line: Line) => [...new Set(line.ties.flatMap((t) => t.date ?? []))].sort()

const ofLines: Column<Line>[] = [
  { name: en.table.subject, value: (l) => nameOf(l.source) },
  { name: en.table.relation, value: (l) => relationName(l.relation) },
  { name: en.table.object, value: (l) => nameOf(l.target) },
  {
    name: en.table.says,
    value: (l) => partiesWho(l, 'ASSERTED'),
    cell: (l) => (
      <>
        {mannerOf(l.ties).capacities.map((c) => (
          <Dot key={c} capacity={c} />
        ))}{' '}
        {partiesWho(l, 'ASSERTED')}
      </>
    ),
  },
  { name: en.table.denies, value: (l) => partiesWho(l, 'DENIED') },
  {
    name: en.table.date,
    value: (l) => datesOf(l).join(' · '),
    cell: (l) => (
      <span class="date-list">
        {datesOf(l).map((date) => (
          <span key={date}>{en.date(date)}</span>
        ))}
      </span>
    ),
  },
  { name: en.table.claims, value: (l) => l.ties.length },
  { name: en.table.disputed, value: (l) => (mannerOf(l.ties).disputed ? en.table.yes : en.table.no) },
]

interface TableProps<T> {
  /** By which the address keeps its order. */
  name: string
  title: string
  rows: T[]
  columns: Column<T>[]
  keyOf: (row: T) => string
  onOpen: (row: T) => void
  open: (row: T) => boolean
}

/** A browser lays out so many rows without a halt; the rest are in the CSV. */
const mostRows = 2000

/** cutWords tells that not all rows are drawn; null where they are. */
export const cutWords = (rows: number) => (rows > mostRows ? en.table.cut(mostRows, rows) : null)

function sortedBy(table: string): { column: number; down: boolean } {
  const [, column, way] = state.value.sort.find((s) => s.startsWith(`${table} `))?.split(' ') ?? []
  return { column: Number(column) || 0, down: way === 'down' }
}

function sortBy(table: string, column: number, down: boolean) {
  go({ sort: [...state.peek().sort.filter((s) => !s.startsWith(`${table} `)), `${table} ${column}${down ? ' down' : ''}`] }, true)
}

/** Table sorts by its heads; arrow keys go from row to row, Enter opens. */
function Table<T>({ name, title, rows, columns, keyOf, onOpen, open }: TableProps<T>) {
  const by = sortedBy(name)
  const value = columns[by.column]?.value ?? (() => '')
  const compare = (a: T, b: T) => {
    const [x, y] = [value(a), value(b)]
    return (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true })) * (by.down ? -1 : 1)
  }
  const sorted = [...rows].sort(compare)
  const cut = cutWords(rows.length)
  const take = () => save(`${title.toLowerCase()}.csv`, new Blob([csv([columns.map((c) => c.name), ...sorted.map((r) => columns.map((c) => c.value(r)))])], { type: 'text/csv' }))
  return (
    <section class="table">
      <header>
        <h3>
          {title} <span class="quiet">{en.number(rows.length)}</span>
        </h3>
        <button type="button" onClick={take}>
          {en.table.csv}
        </button>
      </header>
      {cut && <p class="note">{cut}</p>}
      <div class="scroller" tabIndex={0} role="region" aria-label={title}>
        <table aria-label={title}>
          <thead>
            <tr>
              {columns.map((c, i) => (
                <th key={c.name} scope="col" aria-sort={by.column !== i ? 'none' : by.down ? 'descending' : 'ascending'}>
                  <button type="button" aria-label={en.table.sort(c.name)} onClick={() => sortBy(name, i, by.column === i && !by.down)}>
                    {c.name} <span aria-hidden="true">{by.column !== i ? '' : by.down ? '↓' : '↑'}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={walk}>
            {sorted.slice(0, mostRows).map((r) => (
              <tr key={keyOf(r)} class={open(r) ? 'open' : ''}>
                {columns.map((c, i) =>
                  i === 0 ? (
                    <th key={c.name} scope="row">
                      <button type="button" class="thing" onClick={() => onOpen(r)}>
                        {c.cell?.(r) ?? c.value(r)}
                      </button>
                    </th>
                  ) : (
                    <td key={c.name}>{c.cell?.(r) ?? c.value(r)}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function walk(event: KeyboardEvent) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const line = (event.target as HTMLElement).closest('tr')
  const next = event.key === 'ArrowDown' ? line?.nextElementSibling : line?.previousElementSibling
  const button = next?.querySelector('button')
  if (!button) return
  event.preventDefault()
  button.focus()
}
