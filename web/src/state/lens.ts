// The lens: which claims count. It goes with every question to the server.
import type { Capacity, View } from '../api/generated'
import { en } from '../text/en'

export interface Lens {
  speakers: string[]
  capacities: Capacity[]
  documents: string[]
  /** EDTF; null: any date. */
  asOf: string | null
  undisputed: boolean
  direct: boolean
}

export const noLens: Lens = { speakers: [], capacities: [], documents: [], asOf: null, undisputed: false, direct: false }

/** viewOf is the lens as the server reads it; null where it restricts nothing. */
export function viewOf(lens: Lens): View | null {
  const view: View = {}
  if (lens.speakers.length) view.assertedBy = lens.speakers
  if (lens.capacities.length) view.capacities = lens.capacities
  if (lens.documents.length) view.documents = lens.documents
  if (lens.asOf) view.asOf = lens.asOf
  if (lens.undisputed) view.undisputedOnly = true
  if (lens.direct) view.direct = true
  return Object.keys(view).length ? view : null
}

/** inWords says what the lens lets through; name tells the names of speakers and documents. */
export function inWords(lens: Lens, name: (id: string) => string): string {
  const t = en.lens.words
  const who = lens.speakers.length
    ? lens.speakers.map(name).join(t.and)
    : lens.capacities.length
      ? lens.capacities.map((c) => en.capacities[c]).join(t.and)
      : t.anyone
  const both = lens.speakers.length && lens.capacities.length ? t.as(lens.capacities.map((c) => en.capacities[c]).join(t.or)) : ''
  const where = lens.documents.length ? t.inDocuments(lens.documents.map(name).join(t.or)) : t.anywhere
  const when = lens.asOf ? t.asOf(lens.asOf) : t.anyTime
  const rest = [lens.direct && t.direct, lens.undisputed && t.undisputed].filter(Boolean).join('')
  return `${t.said} ${who}${both}, ${where}, ${when}${rest}.`
}
