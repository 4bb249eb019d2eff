import { describe, expect, it } from 'vitest'
import { nearest, type Placed } from '../../src/picture/nearest'
import { state, taking } from '../../src/state/route'

describe('a step', () => {
  const after = (steps: string[], added: string[]) => {
    state.value = { ...state.value, steps }
    return taking(added).steps
  }
  it('in force is not taken twice', () => expect(after(['add a', 'near b'], ['add a', 'add c'])).toEqual(['add a', 'near b', 'add c']))
  it('is taken again after something was taken out', () => expect(after(['add a', 'drop a'], ['add a'])).toEqual(['add a', 'drop a', 'add a']))
})

describe('arrow keys', () => {
  const marks: Placed[] = [
    { id: 'middle', x: 0, y: 0 },
    { id: 'right', x: 10, y: 1 },
    { id: 'far right', x: 30, y: 0 },
    { id: 'below', x: 2, y: 20 },
    { id: 'left', x: -38, y: -20 },
  ]
  it('begin near to the middle', () => expect(nearest(marks, null, [1, 0])).toBe('middle'))
  it('go to the nearest in their direction', () => {
    expect(nearest(marks, 'middle', [1, 0])).toBe('right')
    expect(nearest(marks, 'right', [1, 0])).toBe('far right')
    expect(nearest(marks, 'middle', [0, 1])).toBe('below')
    expect(nearest(marks, 'middle', [-1, 0])).toBe('left')
  })
  it('stay where nothing lies further', () => expect(nearest(marks, 'far right', [1, 0])).toBe(null))
})
