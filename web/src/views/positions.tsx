// Positions: parties as rows, statements as columns, what each says in the cells.
import { useEffect } from 'preact/hooks'
import { ConflictsDocument, PositionsDocument, type DetailFragment, type PositionsQuery, type RelationKind, type ThingFragment } from '../api/generated'
import { shorten } from '../picture/labels'
import { Claim } from '../panel/claim'
import { Dot, Empty, Failure, intoSight, Loading, ThingLink } from '../parts/parts'
import { Search } from '../parts/search'
import { useAnswer } from '../state/ask'
import { viewOf } from '../state/lens'
import { learn, lookUp, nameOf, relationName } from '../state/names'
import { go, state } from '../state/route'
import { en } from '../text/en'

type Position = PositionsQuery['positions'][number]
const marks = { asserts: '✓', denies: '✗', withholds: '–' } as const
type Stand = keyof typeof marks
const stands = Object.keys(marks) as Stand[]

export default function PositionsView() {
  const { about } = state.value
  return (
    <div class="page wide">
      <div class="page-head">
        <div>
          <h2>{en.positions.title}</h2>
          <p>{en.positions.intro}</p>
        </div>
        <Search label={en.positions.search} onChoose={(id) => go({ about: id, open: null })} />
      </div>
      {about && about.includes('/') ? <Of about={about} /> : <Choose text={en.positions.choose} />}
    </div>
  )
}

/** Choose offers what contradictions are about. */
export function Choose({ text }: { text: string }) {
  const asked = useAnswer(ConflictsDocument, { filter: null, view: null, first: 40, after: null })
  const count = new Map<string, [ThingFragment, number]>()
  for (const { claims } of asked.value?.conflicts.nodes ?? []) for (const { subject } of claims.slice(0, 1)) count.set(subject.id, [subject, (count.get(subject.id)?.[1] ?? 0) + 1])
  const often = [...count.values()].sort((a, b) => b[1] - a[1]).slice(0, 12)
  return (
    <Empty title={text}>
      {asked.state === 'failed' && <Failure problem={asked.problem} again={asked.again} />}
      {asked.state === 'waiting' && <Loading />}
      <ul class="plain">
        {often.map(([thing, n]) => (
          <li key={thing.id}>
            <ThingLink thing={thing} to={{ about: thing.id, open: null }} /> <span class="quiet">{en.count.conflicts(n)}</span>
          </li>
        ))}
      </ul>
    </Empty>
  )
}

function Of({ about }: { about: string }) {
  const [subject = '', relation = null, object = null] = about.split(' ')
  const asked = useAnswer(PositionsDocument, { subject, relation: relation as RelationKind | null, object, view: { ...viewOf(state.value.lens) } })
  useEffect(() => void lookUp([subject, ...(object ? [object] : [])]), [about])
  const title = relation ? `${nameOf(subject)} ${relationName(relation as RelationKind)} ${object ? nameOf(object) : '…'}` : nameOf(subject)
  return (
    <>
      <h3 class="matrix-title">{en.positions.of(title)}</h3>
      {asked.state === 'failed' && <Failure problem={asked.problem} again={asked.again} />}
      {asked.state === 'waiting' && <Loading />}
      {asked.value && asked.state !== 'failed' && <Matrix positions={asked.value.positions} />}
    </>
  )
}

interface Column {
  key: string
  claim: DetailFragment
  weight: number
  parties: number
}

const keyOf = (c: DetailFragment) => `${c.relation} ${c.object?.id ?? c.objectClaim?.id ?? c.value?.lexical ?? ''}`
const objectOf = (c: DetailFragment) => c.object?.name ?? c.value?.lexical ?? c.objectClaim?.subject.name ?? ''
const most = 8

/** columnsOf are the statements, those on which parties differ and those of many parties first. */
export function columnsOf(positions: Position[]): Column[] {
  const columns = new Map<string, Column & { stands: Set<string> }>()
  for (const position of positions)
    for (const stand of stands)
      for (const claim of position[stand]) {
        const key = keyOf(claim)
        const column = columns.get(key) ?? { key, claim, weight: 0, parties: 0, stands: new Set() }
        column.parties++
        column.stands.add(stand)
        column.weight = column.parties + (column.stands.size > 1 ? 1000 : 0)
        columns.set(key, column)
      }
  return [...columns.values()].sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1))
}

function Matrix({ positions }: { positions: Position[] }) {
  const { all, open } = state.value
  learn(positions.map((p) => p.party))
  const columns = columnsOf(positions)
  if (!columns.length) return <Empty title={en.positions.none} />
  const shown = all ? columns : columns.slice(0, most)
  const here = new Set(shown.map((c) => c.key))
  const stand = (p: Position) => stands.reduce((n, s) => n + p[s].filter((c) => here.has(keyOf(c))).length, 0)
  const rows = positions.filter((p) => stand(p) > 0).sort((a, b) => stand(b) - stand(a))
  const silent = positions.filter((p) => p.silent)
  return (
    <>
      <p class="note matrix-legend">
        {stands.map((s) => (
          <span key={s}>
            <b class={`sign ${s}`}>{marks[s]}</b> {en.positions.marks[s]}
          </span>
        ))}
      </p>
      <div class="scroller" tabIndex={0} role="region" aria-label={en.positions.title}>
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">{en.positions.party}</th>
              {shown.map(({ key, claim }) => (
                <th scope="col" key={key}>
                  <span class="relation">{relationName(claim.relation)}</span> <span title={objectOf(claim)}>{shorten(objectOf(claim), 44)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((p) => (
              <tr key={p.party.id}>
                <th scope="row">
                  <span class="row-name">
                    {p.capacities.map((c) => (
                      <Dot key={c} capacity={c} />
                    ))}
                    <span>
                      <ThingLink thing={p.party} plain />
                    </span>
                  </span>
                </th>
                {shown.map((column) => (
                  <td key={column.key}>
                    <Cell position={p} column={column} open={open} />
                  </td>
                ))}
              </tr>
            ))}
            {silent.length > 0 && (
              <tr>
                <th scope="row">{en.positions.silent}</th>
                <td colSpan={shown.length} class="silent">
                  {silent.map((p) => (
                    <ThingLink key={p.party.id} thing={p.party} plain />
                  ))}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {columns.length > shown.length && (
        <button type="button" class="more" onClick={() => go({ all: true })}>
          {en.panel.more} ({en.conflicts.of(shown.length, columns.length)})
        </button>
      )}
      <Opened positions={positions} open={open} />
    </>
  )
}

/** cellName names a cell in the address: who takes which stand on what. */
const cellName = (party: string, stand: Stand, column: string) => `${party} ${stand} ${column}`

/** Opened shows the claims of the cell that the address names. */
function Opened({ positions, open }: { positions: Position[]; open: string | null }) {
  const at = positions.flatMap((p) => stands.flatMap((stand) => p[stand].filter((c) => cellName(p.party.id, stand, keyOf(c)) === open)))
  if (!at.length) return null
  return (
    <section class="cell-claims" aria-label={en.table.claims} ref={intoSight}>
      {at.map((claim) => (
        <Claim key={claim.id} claim={claim} />
      ))}
    </section>
  )
}

function Cell({ position, column, open }: { position: Position; column: Column; open: string | null }) {
  const found = stands.flatMap((stand) => {
    const n = position[stand].filter((c) => keyOf(c) === column.key).length
    return n ? [{ stand, n, name: cellName(position.party.id, stand, column.key) }] : []
  })
  return (
    <>
      {found.map(({ stand, n, name }) => (
        <button key={stand} type="button" class={`stand ${stand}`} aria-pressed={open === name} aria-label={en.positions.stand(position.party.name, stand, n)} onClick={() => go({ open: open === name ? null : name })}>
          {marks[stand]}
          {n > 1 && <sub>{n}</sub>}
        </button>
      ))}
    </>
  )
}
