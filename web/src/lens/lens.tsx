// The lens, always visible in words; opened, it is where one chooses.
import { signal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { FacetsDocument, SourcesDocument, type Capacity, type FacetsQuery, type SourcesQuery } from '../api/generated'
import { Dot, Failure, Loading } from '../parts/parts'
import { askOnce, useAnswer } from '../state/ask'
import { inWords, noLens, viewOf, type Lens } from '../state/lens'
import { learn, learnt, lookUp, nameOf } from '../state/names'
import { go, state } from '../state/route'
import { en } from '../text/en'

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

type Facets = FacetsQuery['facets']

/** Choices counts what each choice would let through, under all that is chosen of the other kinds. */
function Choices({ lens }: { lens: Lens }) {
  const inTime = useAnswer(FacetsDocument, { filter: null, view: viewOf({ ...lens, asOf: null }) })
  const ofVoices = useAnswer(FacetsDocument, { filter: null, view: viewOf({ ...lens, speakers: [], capacities: [] }) })
  if (inTime.state === 'failed') return <Failure problem={inTime.problem} again={inTime.again} />
  const voices = ofVoices.value?.facets
  return (
    <>
      <div>
        {inTime.value ? <Time lens={lens} facets={inTime.value.facets} /> : <Loading />}
        <Tick on={lens.direct} label={en.lens.direct} onChange={() => set({ direct: !lens.direct })} />
        <Tick on={lens.undisputed} label={en.lens.undisputed} onChange={() => set({ undisputed: !lens.undisputed })} />
      </div>
      {voices ? <Capacities lens={lens} facets={voices} /> : <Loading />}
      <Documents lens={lens} />
      {voices && <Speakers lens={lens} facets={voices} />}
    </>
  )
}

function Tick({ on, label, onChange, capacity, count }: { on: boolean; label: string; onChange: () => void; capacity?: Capacity; count?: number }) {
  return (
    <label class="tick">
      <input type="checkbox" checked={on} onChange={onChange} />
      {capacity && <Dot capacity={capacity} />}
      <span>{label}</span>
      {count !== undefined && <span class="quiet">{en.number(count)}</span>}
    </label>
  )
}

function Capacities({ lens, facets }: { lens: Lens; facets: Facets }) {
  const count = new Map(facets.capacities.map((c) => [c.capacity, c.count]))
  const shown = (Object.keys(en.capacities) as Capacity[]).filter((c) => count.has(c) || lens.capacities.includes(c))
  return (
    <fieldset>
      <legend>{en.lens.capacities}</legend>
      <div class="ticks">
        {shown.map((c) => (
          <Tick key={c} on={lens.capacities.includes(c)} label={en.capacities[c]} capacity={c} count={count.get(c) ?? 0} onChange={() => set({ capacities: toggled(lens.capacities, c) })} />
        ))}
      </div>
    </fieldset>
  )
}

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

function Speakers({ lens, facets }: { lens: Lens; facets: Facets }) {
  const [text, setText] = useState('')
  learn(facets.speakers.map((s) => s.speaker))
  const shown = useMemo(() => {
    const found = facets.speakers.map(({ speaker, count }) => ({ id: speaker.id, name: speaker.name, count }))
    const rest = lens.speakers.filter((id) => !found.some((s) => s.id === id)).map((id) => ({ id, name: nameOf(id), count: 0 }))
    const chosen = (s: { id: string }) => Number(lens.speakers.includes(s.id))
    return [...found, ...rest].filter((s) => s.name.toLowerCase().includes(text.toLowerCase())).sort((a, b) => chosen(b) - chosen(a) || b.count - a.count)
  }, [facets, text, lens.speakers])
  return (
    <fieldset class="speakers">
      <legend>{en.lens.speakers}</legend>
      <input type="search" aria-label={en.lens.filter} placeholder={en.lens.filter} value={text} onInput={(e) => setText(e.currentTarget.value)} />
      <div class="ticks scroll" tabIndex={0} role="group" aria-label={en.lens.speakers}>
        {shown.map((s) => (
          <Tick key={s.id} on={lens.speakers.includes(s.id)} label={s.name} count={s.count} onChange={() => set({ speakers: toggled(lens.speakers, s.id) })} />
        ))}
      </div>
    </fieldset>
  )
}

/** More years than this are not drawn: the earliest are left out. */
const longest = 80

/** everyYear fills the years between those that have claims. */
export function everyYear(counted: Facets['years']): Facets['years'] {
  const last = counted.at(-1)?.year
  if (last === undefined) return []
  const first = Math.max(counted[0]?.year ?? last, last - longest + 1)
  const count = new Map(counted.map((y) => [y.year, y.count]))
  return Array.from({ length: last - first + 1 }, (_, i) => ({ year: first + i, count: count.get(first + i) ?? 0 }))
}

function Time({ lens, facets }: { lens: Lens; facets: Facets }) {
  const years = everyYear(facets.years)
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
        <span>{en.lens.any}</span>
      </div>
      <p class="note">{en.lens.undated(facets.undated)}</p>
    </fieldset>
  )
}
