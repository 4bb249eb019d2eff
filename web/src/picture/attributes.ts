// What the picture's graph holds of each node and line: what they are drawn with.
import type { Shape } from './look'

/** What a node is drawn with, beside its colour. */
export interface Marks {
  shape: Shape
  rim: string
  /** Colour of the ring around a node that is picked; its own rim otherwise. */
  ring: string
  ringed: boolean
}

/** What a line is drawn with, beside its colour. */
export interface Strokes {
  second: string
  dashed: boolean
  struck: boolean
  doubled: boolean
  arrow: boolean
  /** Pixels to the left of the straight line, for lines that run side by side. */
  shift: number
  /** Half of the stroke's width, in pixels. */
  half: number
}

export interface NodeAttributes extends Marks {
  x: number
  y: number
  size: number
  color: string
  label: string
  fixed: boolean
  /** Not what is looked at: its name is written softly. */
  faint: boolean
}

export interface LineAttributes extends Strokes {
  /** Which of sigma's programs draws it. */
  type: 'line'
  color: string
  label: string
  size: number
}
