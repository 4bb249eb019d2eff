// The lens, always visible in words; opened, it is where one chooses.
import { signal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { SourcesDocument, SpeakersDocument, type Capacity, type SourcesQuery, type SpeakersQuery } from '../api/generated'
import { Dot, Loading } from '../parts/parts'
import { askOnce } from '../state/ask'
import { inWords, noLens, viewOf, type Lens } from '../state/lens'
import { learn, learnt, lookUp, nameOf } from '../state/names'
import { go, state } from '../state/route'
import { en } from '../text/en'
import { perYear, type Year } from './years'

const open = signal(false)
const set = (change: Partial<Lens>, replace = false) => go({ lens: { ...state.peek().lens, ...change } }, replace)
const toggled = <T,>(list: T[], item: T) => (list.includes(item) ? list.filter((l) => l !== item) : [...list, item])

export function LensBar() {
  const { lens } = state.value
  learnt.value
  useEffect(() => void lookUp([...lens.speakers, ...lens.documents]), [lens])
  return (
    <section class="lens" aria-label={en.lens.title}>
      <p class="lens-words" role="status">
        {inWords(lens, nameOf)}
      </p>
      <div class="lens-deeds">
        {viewOf(lens) && (
          <button type="button" onClick={() => go({ lens: noLens })}>
            {en.lens.reset}
          </button>
        )}
        <button type="button" class="main" aria-expanded={open.value} aria-controls="lens-choices" onClick={() => (open.value = !open.value)}>
          {open.value ? en.lens.close : `${en.lens.change} ${en.lens.title.toLowerCase()}`}
        </button>
      </div>
      <div id="lens-choices" class="lens-choices" hidden={!open.value}>
        {open.value && <Choices lens={lens} />}
      </div>
    </section>
  )
}

function Choices({ lens }: { lens: Lens }) {
  return (
    <>
      <Time lens={lens} />
      <Capacities lens={lens} />
      <Documents lens={lens} />
      <Speakers lens={lens} />
      <fieldset>
        <legend>{en.lens.title}</legend>
        <Tick on={lens.direct} label={en.lens.direct} onChange={() => set({ direct: !lens.direct })} />
        <Tick on={lens.undisputed} label={en.lens.undisputed} onChange={() => set({ undisputed: !lens.undisputed })} />
      </fieldset>
    </>
  )
}

function Tick({ on, label, onChange, capacity, count }: { on: boolean; label: string; onChange: () => void; capacity?: Capacity; count?: number }) {
  return (
    <label class="tick">
      <input type="checkbox" checked={on} onChange={onChange} />
      {capacity && <Dot capacity={capacity} />}
      <span>{label}</span>
      {count !== undefined && <span class="quiet">{count.toLocaleString('en')}</span>}
    </label>
  )
}

const Capacities = ({ lens }: { lens: Lens }) => (
  <fieldset>
    <legend>{en.lens.capacities}</legend>
    <div class="ticks">
      {(Object.keys(en.capacities) as Capacity[]).map((c) => (
        <Tick key={c} on={lens.capacities.includes(c)} label={en.capacities[c]} capacity={c} onChange={() => set({ capacities: toggled(lens.capacities, c) })} />
      ))}
    </div>
  </fieldset>
)

type Source = SourcesQuery['documents']['nodes'][number]

function Documents({ lens }: { lens: Lens }) {
  const [sources, setSources] = useState<Source[] | null>(null)
  useEffect(() => void loadSources().then(setSources, () => setSources([])), [])
  return (
    <fieldset>
      <legend>{en.lens.documents}</legend>
      {!sources && <Loading />}
      {sources?.map((d) => (
        <Tick key={d.id} on={lens.documents.includes(d.id)} label={[d.name, d.date].filter(Boolean).join(', ')} onChange={() => set({ documents: toggled(lens.documents, d.id) })} />
      ))}
    </fieldset>
  )
}

/** loadSources lists the documents that are sources: those that have a file. */
async function loadSources(): Promise<Source[]> {
  const { documents } = await askOnce(SourcesDocument, { after: null })
  return documents.nodes.filter((d) => d.fileName)
}

type Speaker = SpeakersQuery['entities']['nodes'][number]

function Speakers({ lens }: { lens: Lens }) {
  const [all, setAll] = useState<Speaker[] | null>(null)
  const [text, setText] = useState('')
  useEffect(() => void loadSpeakers().then(setAll, () => setAll([])), [])
  const shown = useMemo(() => {
    const wanted = (all ?? []).filter((s) => s.name.toLowerCase().includes(text.toLowerCase()))
    return wanted.sort((a, b) => Number(lens.speakers.includes(b.id)) - Number(lens.speakers.includes(a.id)) || b.claims.totalCount - a.claims.totalCount)
  }, [all, text, lens.speakers])
  return (
    <fieldset class="speakers">
      <legend>{en.lens.speakers}</legend>
      <input type="search" aria-label={en.lens.filter} placeholder={en.lens.filter} value={text} onInput={(e) => setText(e.currentTarget.value)} />
      {!all && <Loading />}
      <div class="ticks scroll" tabIndex={0} role="group" aria-label={en.lens.speakers}>
        {shown.slice(0, 60).map((s) => (
          <Tick key={s.id} on={lens.speakers.includes(s.id)} label={s.name} count={s.claims.totalCount} onChange={() => set({ speakers: toggled(lens.speakers, s.id) })} />
        ))}
      </div>
    </fieldset>
  )
}

async function loadSpeakers(): Promise<Speaker[]> {
  const { entities } = await askOnce(SpeakersDocument, { after: null })
  learn(entities.nodes)
  return entities.nodes
}

function Time({ lens }: { lens: Lens }) {
  const [years, setYears] = useState<Year[] | null>(null)
  useEffect(() => void perYear().then(setYears, () => setYears([])), [])
  if (!years) return <Loading />
  const first = years[0]
  const last = years.at(-1)
  if (!first || !last) return null
  const most = Math.max(...years.map((y) => y.count), 1)
  const at = lens.asOf ? Number(lens.asOf.slice(0, 4)) : last.year + 1
  const choose = (year: number) => set({ asOf: year > last.year ? null : String(year) }, true)
  return (
    <fieldset class="time">
      <legend>
        {en.lens.time}: <output>{lens.asOf ?? en.lens.any}</output>
      </legend>
      <svg class="histogram" viewBox={`0 0 ${(years.length + 1) * 10} 44`} preserveAspectRatio="none" role="img" aria-label={en.lens.histogram}>
        {years.map(({ year, count }, i) => (
          <rect key={year} x={i * 10 + 1} width={8} y={44 - (count / most) * 42} height={(count / most) * 42} class={year <= at ? 'on' : ''}>
            <title>{en.lens.bar(year, count)}</title>
          </rect>
        ))}
      </svg>
      <input type="range" min={first.year} max={last.year + 1} step={1} value={at} aria-label={en.lens.slider} aria-valuetext={lens.asOf ?? en.lens.any} onInput={(e) => choose(Number(e.currentTarget.value))} />
      <div class="scale">
        <span>{first.year}</span>
        <span>{last.year}</span>
        <span>{en.lens.any}</span>
      </div>
    </fieldset>
  )
}
