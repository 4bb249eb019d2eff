// The time of a thing: its dated claims and those about its happenings, a lane
// for each party that speaks, sessions of the ILO as marks across.
import { useEffect, useState } from 'preact/hooks'
import { DatedDocument, EventsOfDocument, SessionsDocument, type Capacity, type DetailFragment, type ThingFragment, type View } from '../api/generated'
import { Problem } from '../api/client'
import { Claim } from '../panel/claim'
import { Dot, Empty, Failure, intoSight, Loading, ThingLink } from '../parts/parts'
import { theme, voiceColour } from '../picture/look'
import { Search } from '../parts/search'
import { show } from '../state/actions'
import { askOnce } from '../state/ask'
import { viewOf } from '../state/lens'
import { learn, lookUp, nameOf, relationName } from '../state/names'
import { go, state } from '../state/route'
import { en } from '../text/en'
import { Choose } from './positions'
import { rowsOf, spanOf, type Span } from './time'

interface Drawn {
  claims: DetailFragment[]
  undated: number
  sessions: { thing: ThingFragment; span: Span }[]
}

export default function TimelineView() {
  const about = state.value.about?.split(' ')[0] ?? null
  return (
    <div class="page wide">
      <div class="page-head">
        <div>
          <h2>{en.timeline.title}</h2>
          <p>{en.timeline.intro}</p>
        </div>
        <Search label={en.timeline.search} onChoose={(id) => go({ about: id, open: null })} />
      </div>
      {about?.includes('/') ? <Of key={about} id={about} /> : <Choose text={en.timeline.choose} />}
    </div>
  )
}

function Of({ id }: { id: string }) {
  const view = viewOf(state.value.lens)
  const [drawn, setDrawn] = useState<Drawn | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let late = false
    setProblem(null)
    load(id, view).then(
      (found) => late || setDrawn(found),
      (failed: Problem) => late || setProblem(failed),
    )
    void lookUp([id])
    return () => void (late = true)
  }, [id, JSON.stringify(view), turn])
  return (
    <>
      <h3 class="matrix-title">{en.timeline.of(nameOf(id))}</h3>
      {problem && <Failure problem={problem} again={() => setTurn(turn + 1)} />}
      {!problem && !drawn && <Loading />}
      {drawn && <Lanes drawn={drawn} />}
    </>
  )
}

/** load asks for the claims about a thing and about the events that it is tied to. */
async function load(id: string, view: View | null): Promise<Drawn> {
  const { entity } = await askOnce(EventsOfDocument, { id, view })
  const events = entity?.neighbors.nodes.map((e) => e.id) ?? []
  const filter = { or: [{ subject: { ids: [id, ...events] } }, { object: { ids: [id, ...events] } }, { events: [id, ...events] }] }
  const claims: DetailFragment[] = []
  let after: string | null = null
  do {
    const page: { claims: { nodes: DetailFragment[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } = await askOnce(DatedDocument, { filter, view, after })
    claims.push(...page.claims.nodes)
    after = page.claims.pageInfo.hasNextPage ? page.claims.pageInfo.endCursor : null
  } while (after && claims.length < 2000)
  const dated = claims.filter((c) => c.date && spanOf(c.date))
  return { claims: dated, undated: claims.length - dated.length, sessions: await sessions(dated) }
}

async function sessions(claims: DetailFragment[]): Promise<Drawn['sessions']> {
  const spans = claims.flatMap((c) => spanOf(c.date ?? '') ?? [])
  if (!spans.length) return []
  const year = (n: number) => String(Math.floor(n)).padStart(4, '0')
  const answer = await askOnce(SessionsDocument, { from: year(Math.min(...spans.map((s) => s.from))), to: year(Math.max(...spans.map((s) => s.to)) - 0.001) })
  const found = new Map<string, { thing: ThingFragment; span: Span }>()
  for (const { date, subject } of answer.claims.nodes) {
    const span = spanOf(date ?? '')
    const before = found.get(subject.id)
    if (span && (!before || span.to - span.from < before.span.to - before.span.from)) found.set(subject.id, { thing: subject, span })
  }
  learn([...found.values()].map((s) => s.thing))
  return [...found.values()].sort((a, b) => a.span.from - b.span.from)
}

interface Lane {
  party: ThingFragment
  capacity: Capacity
  claims: { claim: DetailFragment; span: Span }[]
}

/** lanesOf gives each party its lane, who says most first. */
export function lanesOf(claims: DetailFragment[]): Lane[] {
  const lanes = new Map<string, Lane>()
  for (const claim of claims) {
    const span = spanOf(claim.date ?? '')
    if (!span) continue
    for (const { party, capacity } of claim.assertedBy) {
      const lane = lanes.get(party.id) ?? { party, capacity, claims: [] }
      lane.claims.push({ claim, span })
      lanes.set(party.id, lane)
    }
  }
  return [...lanes.values()].sort((a, b) => b.claims.length - a.claims.length || (a.party.name < b.party.name ? -1 : 1))
}

const row = 16

/** toFirst scrolls to the first bar of who says most, where a narrow window has no room for all years. */
function toFirst(scroller: HTMLElement | null) {
  const track = scroller?.querySelector('.track:has(.bar)')
  if (!scroller || !track) return
  const left = (e: Element) => e.getBoundingClientRect().left
  scroller.scrollLeft = Math.min(...[...track.querySelectorAll('.bar')].map(left)) - left(track) - row
}

function Lanes({ drawn: { claims, undated, sessions } }: { drawn: Drawn }) {
  const lanes = lanesOf(claims)
  const picked = claims.find((c) => c.id === state.value.open) ?? null
  if (!lanes.length) return <Empty title={en.timeline.none}>{undated > 0 && <p>{en.timeline.undated(undated)}</p>}</Empty>
  const spans = lanes.flatMap((l) => l.claims.map((c) => c.span))
  const latest = Math.ceil(Math.max(...spans.map((s) => s.to)))
  const first = Math.max(Math.floor(Math.min(...spans.map((s) => s.from))), latest - 40)
  const share = (year: number) => ((Math.max(year, first) - first) / (latest - first)) * 100
  const at = (year: number) => `${share(year).toFixed(3)}%`
  const step = latest - first > 16 ? 5 : latest - first > 8 ? 2 : 1
  const years = Array.from({ length: latest - first + 1 }, (_, i) => first + i).filter((y) => y % step === 0 && y < latest - (latest - first) * 0.04)
  const marks = sessions.filter((s) => s.span.to > first && s.span.from < latest)
  return (
    <>
      {undated > 0 && <p class="note">{en.timeline.undated(undated)}</p>}
      <p class="note matrix-legend">
        {(Object.keys(en.timeline.bars) as (keyof typeof en.timeline.bars)[]).map((manner) => (
          <span key={manner}>
            <i class={`bar sample ${manner}`} aria-hidden="true" /> {en.timeline.bars[manner]}
          </span>
        ))}
      </p>
      <div class="scroller" tabIndex={0} role="region" aria-label={en.timeline.title} ref={toFirst}>
        <div class="lanes">
          <div class="lane axis" aria-hidden="true">
            <span />
            <svg width="100%" height="22">
              {years.map((y) => (
                <text key={y} x={at(y)} y="15" dx="2">
                  {y}
                </text>
              ))}
            </svg>
          </div>
          <Marks marks={marks} at={at} share={share} />
          {lanes.map((lane) => (
            <LaneOf key={lane.party.id} lane={lane} at={at} least={(latest - first) / 90} years={years} marks={marks.map((m) => m.span.from)} picked={picked} onPick={(c) => go({ open: c.id === picked?.id ? null : c.id })} />
          ))}
        </div>
      </div>
      {picked && (
        <section class="cell-claims" aria-label={relationName(picked.relation)} ref={intoSight}>
          <Claim claim={picked} />
        </section>
      )}
    </>
  )
}

/** Share of the track that a letter of a session's name takes at most: names that might touch stand in rows. */
const letter = 1.3

function Marks({ marks, at, share }: { marks: Drawn['sessions']; at: (year: number) => string; share: (year: number) => number }) {
  if (!marks.length) return null
  const spans = marks.map(({ thing, span }) => {
    const [from, wide] = [share(span.from), (thing.name.length + 3) * letter]
    return from > 50 ? { from: from - wide, to: from } : { from, to: from + wide }
  })
  const rows = rowsOf(spans)
  return (
    <div class="lane sessions">
      <span class="lane-name">{en.timeline.marks}</span>
      <div class="track" style={{ minHeight: `${(Math.max(...rows) + 1) * 24}px` }}>
        {marks.map(({ thing, span }, i) => {
          const late = share(span.from) > 50
          const [before, after] = [`calc(${at(span.from)} - 6px)`, `calc(100% - ${at(span.from)} - 6px)`]
          const side = late ? { right: after, left: 0 } : { left: before, right: 0 }
          return (
            <button key={thing.id} type="button" class={late ? 'session late' : 'session'} title={thing.name} style={{ ...side, top: `${(rows[i] ?? 0) * 24}px` }} onClick={() => show(thing.id)}>
              <span aria-hidden="true">◆</span> <span>{thing.name}</span>
            </button>
          )
        })}
      </div>
    </div>
  )
}

interface LaneProps {
  lane: Lane
  at: (year: number) => string
  /** Years that the shortest bar covers, so that a hand can meet it. */
  least: number
  years: number[]
  marks: number[]
  picked: DetailFragment | null
  onPick: (claim: DetailFragment) => void
}

function LaneOf({ lane, at, least, years, marks, picked, onPick }: LaneProps) {
  const bars = lane.claims.map(({ claim, span }) => ({ claim, from: span.from, to: Math.max(span.to, span.from + least) }))
  const rows = rowsOf(bars)
  const height = (Math.max(...rows) + 1) * row + 8
  const colour = voiceColour(lane.capacity, theme.value)
  const width = (from: number, to: number) => `calc(${at(to)} - ${at(from)} - 1px)`
  return (
    <div class="lane">
      <span class="lane-name">
        <Dot capacity={lane.capacity} /> <ThingLink thing={lane.party} plain />
      </span>
      <div class="track" style={{ minHeight: `${height}px` }}>
        {years.map((y) => (
          <i key={y} class="year" style={{ left: at(y) }} />
        ))}
        {marks.map((m) => (
          <i key={m} class="mark" style={{ left: at(m) }} />
        ))}
        {bars.map(({ claim, from, to }, i) => (
          <button
            key={claim.id}
            type="button"
            class={`bar ${claim.stance.toLowerCase()} ${claim.conflicts.length ? 'disputed' : ''}`}
            style={{ left: at(from), width: width(from, to), top: `${(rows[i] ?? 0) * row + 4}px`, '--voice': colour }}
            aria-pressed={picked?.id === claim.id}
            aria-label={sentence(claim)}
            title={sentence(claim)}
            onClick={() => onPick(claim)}
          />
        ))}
      </div>
    </div>
  )
}

const sentence = (c: DetailFragment) => `${c.date}: ${c.subject.name} ${relationName(c.relation)} ${c.object?.name ?? c.value?.lexical ?? ''}`
