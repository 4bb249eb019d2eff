// The picture that is drawn now, shared by the canvas, the table and the panel.
import { batch, effect, signal } from '@preact/signals'
import type { Problem } from '../api/client'
import { viewOf } from '../state/lens'
import { pin } from '../state/actions'
import { state } from '../state/route'
import { draw, nothing, type Picture } from './model'
import type { Scene } from './scene'

export const picture = signal<Picture>(nothing)
export const scene = signal<Scene | null>(null)
export const drawing = signal(false)
/** slow: it has been drawing for long enough to say so. To say it costs a frame. */
export const slow = signal(false)
const patience = 150 // ms
export const failed = signal<Problem | null>(null)
const turn = signal(0)

/** redraw asks again, after a failure. */
export const redraw = () => turn.value++

/** pinHere pins things where they stand. */
export const pinHere = (ids: string[]) =>
  pin(
    Object.fromEntries(
      ids.flatMap((id) => {
        const at = scene.peek()?.pinOf(id)
        return at ? [[id, at]] : []
      }),
    ),
  )

/** keepDrawn draws whenever the steps or the lens change; an answer that comes too late is left. */
export function keepDrawn() {
  let asked = ''
  effect(() => {
    const { steps, lens } = state.value
    const view = viewOf(lens)
    const key = JSON.stringify([steps, view, turn.value])
    if (key === asked) return
    asked = key
    drawing.value = true
    const wait = setTimeout(() => (slow.value = key === asked && drawing.value), patience)
    const end = (show: () => void) => {
      clearTimeout(wait)
      if (key !== asked) return
      batch(() => {
        show()
        drawing.value = slow.value = false
      })
    }
    draw(steps, view).then(
      (drawn) => end(() => ([picture.value, failed.value] = [drawn, null])),
      (problem: Problem) => end(() => (failed.value = problem)),
    )
  })
}
