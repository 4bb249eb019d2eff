// Positions: parties as rows, statements as columns, what each says in the cells.
import { useEffect, useState } from 'preact/hooks'
import { ConflictsDocument, PositionsDocument, type DetailFragment, type PositionsQuery, type RelationKind, type ThingFragment } from '../api/generated'
import { shorten } from '../picture/labels'
import { Claim } from '../panel/claim'
import { Dot, Empty, Failure, Loading, ThingButton } from '../parts/parts'
import { Search } from '../parts/search'
import { show } from '../state/actions'
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
    <div class="page">
      <div class="page-head">
        <div>
          <h2>{en.positions.title}</h2>
          <p>{en.positions.intro}</p>
        </div>
        <Search label={en.search.label} onChoose={(id) => go({ about: id })} />
      </div>
      {about && about.includes('/') ? <Of about={about} /> : <Choose onChoose={(id) => go({ about: id })} text={en.positions.choose} />}
    </div>
  )
}

/** Choose offers what contradictions are about. */
export function Choose({ onChoose, text }: { onChoose: (id: string) => void; text: string }) {
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
            <ThingButton thing={thing} onPick={onChoose} /> <span class="quiet">{en.count.conflicts(n)}</span>
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
      {asked.value && asked.state !== 'failed' && <Matrix key={about} positions={asked.value.positions} />}
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
  const [all, setAll] = useState(false)
  const [cell, setCell] = useState<{ title: string; claims: DetailFragment[] } | null>(null)
  learn(positions.map((p) => p.party))
  const columns = columnsOf(positions)
  if (!columns.length) return <Empty title={en.positions.none} />
  const shown = all ? columns : columns.slice(0, most)
  const here = new Set(shown.map((c) => c.key))
  const stand = (p: Position) => stands.reduce((n, s) => n + p[s].filter((c) => here.has(keyOf(c))).length, 0)
  const rows = positions.filter((p) => p.silent || stand(p) > 0).sort((a, b) => stand(b) - stand(a))
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
                      <ThingButton thing={p.party} onPick={show} plain /> {p.silent && <span class="quiet">{en.positions.silent}</span>}
                    </span>
                  </span>
                </th>
                {shown.map((column) => (
                  <td key={column.key}>
                    <Cell position={p} column={column} onOpen={(claims) => setCell({ title: p.party.name, claims })} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {columns.length > shown.length && (
        <button type="button" class="more" onClick={() => setAll(true)}>
          {en.panel.more} ({en.conflicts.of(shown.length, columns.length)})
        </button>
      )}
      {cell && (
        <section class="cell-claims" aria-label={cell.title} ref={(e) => e?.scrollIntoView({ block: 'nearest' })}>
          {cell.claims.map((claim) => (
            <Claim key={claim.id} claim={claim} />
          ))}
        </section>
      )}
    </>
  )
}

function Cell({ position, column, onOpen }: { position: Position; column: Column; onOpen: (claims: DetailFragment[]) => void }) {
  const found = stands.flatMap((stand) => {
    const claims = position[stand].filter((c) => keyOf(c) === column.key)
    return claims.length ? [{ stand, claims }] : []
  })
  return (
    <>
      {found.map(({ stand, claims }) => (
        <button key={stand} type="button" class={`stand ${stand}`} aria-label={`${position.party.name} ${en.positions.marks[stand]}${claims.length > 1 ? ` ${claims.length}` : ''}`} onClick={() => onOpen(claims)}>
          {marks[stand]}
          {claims.length > 1 && <sub>{claims.length}</sub>}
        </button>
      ))}
    </>
  )
}
