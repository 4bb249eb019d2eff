// The example of a first visit. It is data beside the page (example.json), and
// is offered only where the graph knows it.
import { computed, signal } from '@preact/signals'
import { ThingsDocument, type ThingFragment } from '../api/generated'
import { ask } from '../api/client'
import { learn } from '../state/names'
import type { State } from '../state/route'

interface Example {
  from: string
  to: string
  steps: string[]
  line: string
}

export const example = signal<Example | null>(null)

/** exampleSteps is what to go to for the example; null where there is none. */
export const exampleSteps = computed<Partial<State> | null>(
  () => example.value && { view: 'graph', steps: example.value.steps, picked: [example.value.from], line: null, pins: {}, layout: 'force', camera: null },
)

/** loadExample reads the example, and keeps it if this graph has both of its ends. */
export async function loadExample() {
  const response = await fetch('/example.json')
  if (!response.ok) return
  const read = (await response.json()) as Example
  const { nodes } = await ask(ThingsDocument, { ids: [read.from, read.to] })
  if (!nodes.every(Boolean)) return
  learn(nodes.flatMap((n) => (n && 'kind' in n ? [n as ThingFragment] : [])))
  example.value = read
}
