import { describe, expect, it } from 'vitest'
import type { Capacity, Stance, TieFragment } from '../../src/api/generated'
import { Taken, shorten } from '../../src/picture/labels'
import { columns, distances, rings, seed, stretchTo } from '../../src/picture/layout'
import { mannerOf, pairs, parts } from '../../src/picture/model'
import { capacitiesContrast } from './contrast'

const tie = (party: string, capacity: Capacity, stance: Stance = 'ASSERTED', disputed = false): TieFragment => ({
  id: `${party} ${stance}`,
  relation: 'LEADS',
  stance,
  mode: 'FACT',
  date: null,
  assertedBy: [{ capacity, party: { id: party, name: party } }],
  conflicts: disputed ? [{ kind: 'STANCE' }] : [],
})

describe('a line', () => {
  it('of one voice is plain', () => expect(mannerOf([tie('a', 'NGO')])).toEqual({ disputed: false, denied: false, doubled: false, capacities: ['NGO'] }))
  it('is doubled where several parties agree, not where one says it twice', () => {
    expect(mannerOf([tie('a', 'NGO'), tie('b', 'WORKERS')]).doubled).toBe(true)
    expect(mannerOf([tie('a', 'NGO'), { ...tie('a', 'NGO'), id: 'again' }]).doubled).toBe(false)
  })
  it('has the colour of those who assert it, and a stroke of those who deny', () => {
    const manner = mannerOf([tie('g', 'GOVERNMENT', 'DENIED', true), tie('w', 'WORKERS', 'ASSERTED', true)])
    expect(manner).toEqual({ disputed: true, denied: true, doubled: false, capacities: ['WORKERS'] })
  })
  it('that is only denied has the colour of those who deny it', () => expect(mannerOf([tie('g', 'GOVERNMENT', 'DENIED')]).capacities).toEqual(['GOVERNMENT']))
})

describe('questions for many things', () => {
  it('let any two of them meet', () => {
    const ids = Array.from({ length: 450 }, (_, i) => i)
    const asked = pairs(parts(ids, 100))
    expect(asked.every((a) => a.length <= 200)).toBe(true)
    expect(asked.some((a) => a.includes(3) && a.includes(449))).toBe(true)
    expect(new Set(asked.flat()).size).toBe(450)
  })
})

describe('layouts', () => {
  const ids = ['a', 'b', 'c', 'd', 'alone']
  const ties = [
    { source: 'a', target: 'b' },
    { source: 'c', target: 'b' },
    { source: 'c', target: 'd' },
  ]
  it('count hops in either direction; what is out of reach comes last', () => {
    expect(Object.fromEntries(distances(ids, ties, ['a']))).toEqual({ a: 0, b: 1, c: 2, d: 3, alone: 4 })
  })
  it('put each thing in a place of its own', () => {
    for (const places of [rings(ids, ties, ['a']), columns(ids, ties, ['a'])]) expect(new Set([...places.values()].map((p) => `${p.x} ${p.y}`)).size).toBe(5)
  })
  it('columns go to the right with distance', () => {
    const places = columns(ids, ties, ['a'])
    expect(['a', 'b', 'c', 'd'].map((id) => places.get(id)?.x)).toEqual([0, 160, 320, 480])
  })
  it('begin in the same place for the same id', () => expect(seed('person/a')).toEqual(seed('person/a')))
  it('are stretched to the stage, but for rings; those by force fill it', () => {
    const flat = [{ x: 0, y: 0 }, { x: 150, y: 100 }]
    expect(stretchTo(1.5, 'radial', flat)).toBe(1)
    expect(stretchTo(1.5, 'layered', flat)).toBe(1.5)
    expect(stretchTo(1.5, 'force', flat)).toBe(1)
    expect(stretchTo(0.75, 'force', flat)).toBe(0.5)
    expect(stretchTo(9, 'force', flat)).toBe(2)
    expect(stretchTo(1.5, 'force', [{ x: 3, y: 4 }])).toBe(1.5)
  })
})

describe('labels', () => {
  it('take their room, and no more', () => {
    const taken = new Taken()
    taken.take([0, 0, 100, 20])
    expect(taken.free([90, 10, 200, 30])).toBe(false)
    expect(taken.free([100, 0, 200, 20])).toBe(true)
    expect(taken.free([-50, -50, -1, -1])).toBe(true)
  })
  it('are cut at a word', () => {
    expect(shorten('Committee of Experts on the Application of Conventions')).toBe('Committee of Experts on the…')
    expect(shorten('short')).toBe('short')
  })
})

describe('colours', () => {
  it('of voices read as text on the ground, in both themes', () => {
    for (const [name, ratio] of capacitiesContrast()) expect(ratio, name).toBeGreaterThan(4.5)
  })
})
