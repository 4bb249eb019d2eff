// Small parts that every view is made of.
import type { ComponentChildren } from 'preact'
import type { Capacity, EntityKind, ThingFragment } from '../api/generated'
import type { Problem } from '../api/client'
import { fillOf, lookOf, rimOf, theme, voiceColour, type Shape } from '../picture/look'
import { kindName } from '../state/names'
import { showing } from '../state/actions'
import { go, href, type State } from '../state/route'
import { en } from '../text/en'

const outlines: Record<Shape, string> = {
  circle: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z',
  square: 'M2.5 2.5h11v11h-11z',
  diamond: 'M8 1l7 7-7 7-7-7z',
  triangle: 'M8 1.5l7 12.5H1z',
  hexagon: 'M4.5 2h7L15 8l-3.5 6h-7L1 8z',
  pentagon: 'M8 1l7 5.3-2.7 8.2H3.7L1 6.3z',
  cross: 'M5.5 1h5v4.500h4.500v5h-4.500v4.500h-5v-4.500h-4.500v-5h4.500z',
  wedge: 'M8 14.500l7-12.500H1z',
}

export const outlineOf = (kind: EntityKind) => outlines[lookOf(kind).shape]

/** Glyph is the shape and tint of a kind, as on the canvas. */
export function Glyph({ kind }: { kind: EntityKind }) {
  return (
    <svg class="glyph" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d={outlineOf(kind)} fill={fillOf(kind, theme.value)} stroke={rimOf(kind, theme.value)} stroke-width="1.4" />
    </svg>
  )
}

/** Kind is a glyph with its word. */
export const Kind = ({ kind }: { kind: EntityKind }) => (
  <span class="kind">
    <Glyph kind={kind} /> {kindName(kind)}
  </span>
)

/** Dot is the colour of a capacity. */
export const Dot = ({ capacity }: { capacity: Capacity }) => (
  <svg class="dot" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
    <circle cx="5" cy="5" r="4.5" fill={voiceColour(capacity, theme.value)} />
  </svg>
)

/** ThingLink names a thing, and leads to it: where it is drawn and picked, unless another place is named. */
export function ThingLink({ thing, plain, to = showing(thing.id) }: { thing: ThingFragment; plain?: boolean; to?: Partial<State> }) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return // a tab or a window of its own
    event.preventDefault()
    go(to)
  }
  return (
    <a class="thing" href={href(to)} onClick={follow}>
      {!plain && <Glyph kind={thing.kind} />}
      <span>{thing.name}</span>
    </a>
  )
}

export const Loading = () => (
  <p class="loading" role="status">
    <span class="bars" aria-hidden="true" />
    {en.canvas.loading}
  </p>
)

export function Failure({ problem, again }: { problem: Problem; again: () => void }) {
  return (
    <div class="failure" role="alert">
      <strong>{en.error.title}</strong>
      <p>{problem.code === 'UNREACHABLE' ? en.error.unreachable : problem.message || problem.code}</p>
      <button type="button" onClick={again}>
        {en.error.again}
      </button>
    </div>
  )
}

export const Empty = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="empty">
    <p class="empty-title">{title}</p>
    {children}
  </div>
)

/** intoSight scrolls to what has just been opened. */
export const intoSight = (e: HTMLElement | null) => e?.scrollIntoView({ block: 'nearest' })
