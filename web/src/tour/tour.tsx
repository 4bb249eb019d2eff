// A first visit explains itself in a few steps, which can be skipped.
import { signal } from '@preact/signals'
import { en } from '../text/en'
import { nameOf } from '../state/names'
import { go } from '../state/route'
import { example, exampleSteps } from './example'

const seen = 'tour-seen'
export const at = signal<number | null>(null)

/** begin starts the tour with its picture. */
export function begin() {
  if (!exampleSteps.peek()) return
  go({ ...exampleSteps.peek(), picked: [] })
  at.value = 0
}

/** beginOnFirstVisit starts it where nobody asked for anything else, once in a browser. */
export function beginOnFirstVisit() {
  if (location.hash.length > 2 || localStorage.getItem(seen)) return
  begin()
}

function end() {
  at.value = null
  localStorage.setItem(seen, 'yes')
}

export function Tour() {
  const told = example.value
  const steps = told ? en.tour.steps(nameOf(told.from), nameOf(told.to)) : null
  const now = at.value
  const step = now === null ? undefined : steps?.[now]
  if (!steps || now === null || !step) return null
  const last = now === steps.length - 1
  const next = () => {
    if (last) return end()
    at.value = now + 1
    if (now === 0 && told) go({ line: told.line, picked: [] })
  }
  return (
    <section class="tour" aria-label={en.tour.label}>
      <p class="quiet">{en.tour.step(now + 1, steps.length)}</p>
      <h2>{step.title}</h2>
      <p aria-live="polite">{step.text}</p>
      <div class="deeds">
        {!last && (
          <button type="button" onClick={end}>
            {en.tour.skip}
          </button>
        )}
        <button type="button" class="main" onClick={next}>
          {last ? en.tour.done : en.tour.next}
        </button>
      </div>
    </section>
  )
}
