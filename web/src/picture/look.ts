// One visual language: a shape and a tint for each kind of entity, a colour for
// each capacity in which parties speak. Kinds that came after this file share
// the tints of the palette by their place in the ontology.
import { signal } from '@preact/signals'
import type { Capacity, EntityKind } from '../api/generated'

export type Theme = 'light' | 'dark'

const dark = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)')
const chosen = typeof localStorage === 'undefined' ? null : (localStorage.getItem('theme') as Theme | null)
export const theme = signal<Theme>(chosen ?? (dark?.matches ? 'dark' : 'light'))

// Who has not chosen goes with the system, also when it changes in the evening.
dark?.addEventListener('change', ({ matches }) => {
  if (localStorage.getItem('theme') === null) theme.value = matches ? 'dark' : 'light'
})

/** setTheme chooses a theme for this browser. */
export function setTheme(next: Theme) {
  theme.value = next
  localStorage.setItem('theme', next)
}

export const shapes = ['circle', 'square', 'diamond', 'triangle', 'hexagon', 'pentagon', 'cross', 'wedge'] as const
export type Shape = (typeof shapes)[number]

interface Look {
  shape: Shape
  /** Hue of the tint, in degrees; null is grey. */
  hue: number | null
}

const looks: Partial<Record<EntityKind, Look>> = {
  PERSON: { shape: 'circle', hue: 38 },
  GROUP: { shape: 'circle', hue: 285 },
  UNION: { shape: 'hexagon', hue: 205 },
  EMPLOYERS_ORGANIZATION: { shape: 'hexagon', hue: 25 },
  COMPANY: { shape: 'square', hue: 25 },
  COURT: { shape: 'pentagon', hue: 50 },
  AUTHORITY: { shape: 'pentagon', hue: 350 },
  LAW: { shape: 'square', hue: 50 },
  ILO_BODY: { shape: 'hexagon', hue: 255 },
  ORGANIZATION: { shape: 'hexagon', hue: 170 },
  COUNTRY: { shape: 'wedge', hue: 120 },
  PLACE: { shape: 'wedge', hue: 90 },
  EVENT: { shape: 'diamond', hue: 350 },
  CASE: { shape: 'diamond', hue: 255 },
  AGREEMENT: { shape: 'square', hue: 170 },
  DOCUMENT: { shape: 'square', hue: 205 },
  TOPIC: { shape: 'triangle', hue: null },
}

/** lookOf is the shape and tint of a kind. */
export function lookOf(kind: EntityKind): Look {
  const known = looks[kind]
  if (known) return known
  let sum = 0
  for (const letter of kind) sum += letter.charCodeAt(0)
  return { shape: 'cross', hue: (sum * 47) % 360 }
}

/** fillOf is the colour inside a node, as #rrggbb. */
export function fillOf(kind: EntityKind, t: Theme): string {
  const { hue } = lookOf(kind)
  return t === 'light' ? hsl(hue ?? 0, hue === null ? 0 : 62, 80) : hsl(hue ?? 0, hue === null ? 0 : 38, 42)
}

/** rimOf is the colour of its edge. */
export function rimOf(kind: EntityKind, t: Theme): string {
  const { hue } = lookOf(kind)
  return t === 'light' ? hsl(hue ?? 0, hue === null ? 0 : 45, 34) : hsl(hue ?? 0, hue === null ? 0 : 55, 78)
}

const voices: Record<Capacity, [light: string, dark: string]> = {
  GOVERNMENT: ['#b4231f', '#ff7a70'],
  WORKERS: ['#1c5fb8', '#6aa8ff'],
  EMPLOYERS: ['#8a5a00', '#e0a43a'],
  NGO: ['#00766c', '#35c4b5'],
  ILO: ['#5b3fb0', '#ab90ff'],
  INTERGOVERNMENTAL: ['#86309b', '#d491e8'],
  AUTHORITY: ['#9c2f5a', '#f08fb0'],
  COURT: ['#6b5b16', '#cbb776'],
  COMPANY: ['#9a4510', '#f59a5b'],
  MEDIA: ['#456612', '#a6cc5c'],
  INDIVIDUAL: ['#23683a', '#74cf8d'],
  CURATOR: ['#4b5563', '#a3adba'],
  OTHER: ['#625d56', '#b8b1a6'],
}

/** voiceColour is the colour of those who speak in a capacity; it reads as text on the page's ground. */
export const voiceColour = (capacity: Capacity, t: Theme) => voices[capacity][t === 'light' ? 0 : 1]

export const ground: Record<Theme, string> = { light: '#fbfaf8', dark: '#14161a' }
export const ink: Record<Theme, string> = { light: '#1d2127', dark: '#eceae6' }
export const accent: Record<Theme, string> = { light: '#4338a8', dark: '#b3a8ff' }

function hsl(h: number, s: number, l: number): string {
  const a = (s / 100) * Math.min(l / 100, 1 - l / 100)
  const channel = (n: number) => {
    const k = (n + h / 30) % 12
    const value = l / 100 - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return Math.round(value * 255).toString(16).padStart(2, '0')
  }
  return `#${channel(0)}${channel(8)}${channel(4)}`
}

/** mixed moves a colour #rrggbb towards another, by part of 1. */
export function mixed(from: string, to: string, part: number): string {
  const at = (c: string, i: number) => parseInt(c.slice(i, i + 2), 16)
  const channel = (i: number) => Math.round(at(from, i) + (at(to, i) - at(from, i)) * part).toString(16).padStart(2, '0')
  return `#${channel(1)}${channel(3)}${channel(5)}`
}
