import { describe, expect, it } from 'vitest'
import { everyYear } from '../../src/lens/lens'
import { rowsOf, spanOf } from '../../src/views/time'

describe('dates of EDTF', () => {
  it.each([
    ['2017', 2017, 2018, false],
    ['2017-07', 2017.5, 2017 + 7 / 12, false],
    ['2019-10/2020-03', 2019.75, 2020.25, false],
    ['2014~', 2014, 2015, false],
    ['2019/..', 2019, 2019, true],
    ['/2019-08', 2019 + 8 / 12, 2019 + 8 / 12, true],
  ])('%s', (date, from, to, open) => {
    const span = spanOf(date)
    expect(span?.from).toBeCloseTo(from, 5)
    expect(span?.to).toBeCloseTo(to, 5)
    expect(span?.open).toBe(open)
  })
  it('a day is a day long', () => {
    const span = spanOf('2017-07-25')
    expect((span?.to ?? 0) - (span?.from ?? 0)).toBeCloseTo(1 / 12 / 31, 5)
  })
  it('without a year is no span', () => expect(spanOf('../..')).toBeNull())
})

it('bars in one row do not cover each other', () => {
  expect(rowsOf([{ from: 0, to: 2 }, { from: 1, to: 3 }, { from: 2, to: 4 }])).toEqual([0, 1, 0])
})

it('years without claims are there, the earliest of too many are not', () => {
  expect(everyYear([{ year: 2015, count: 1 }, { year: 2017, count: 2 }])).toEqual([{ year: 2015, count: 1 }, { year: 2016, count: 0 }, { year: 2017, count: 2 }])
  expect(everyYear([{ year: 1000, count: 1 }, { year: 2017, count: 2 }])).toHaveLength(80)
  expect(everyYear([])).toEqual([])
})
