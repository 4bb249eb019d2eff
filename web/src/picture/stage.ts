// The picture that is drawn now, shared by the canvas, the table and the panel.
import { effect, signal } from '@preact/signals'
import type { Problem } from '../api/client'
import { viewOf } from '../state/lens'
import { state } from '../state/route'
import { draw, nothing, type Picture } from './model'
import type { Scene } from './scene'

export const picture = signal<Picture>(nothing)
export const scene = signal<Scene | null>(null)
export const drawing = signal(false)
export const failed = signal<Problem | null>(null)
const turn = signal(0)

/** redraw asks again, after a failure. */
export const redraw = () => turn.value++

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
    draw(steps, view).then(
      (drawn) => {
        if (key !== asked) return
        picture.value = drawn
        failed.value = null
        drawing.value = false
      },
      (problem: Problem) => {
        if (key !== asked) return
        failed.value = problem
        drawing.value = false
      },
    )
  })
}
