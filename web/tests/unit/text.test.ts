import { describe, expect, it } from 'vitest'
import { beginning, ending } from '../../src/panel/words'
import { en } from '../../src/text/en'

describe('words for', () => {
  it('dates say what intervals and marks mean', () => {
    const said = ['2017-07-25', '2020-05/..', '../2017', '2019-10/2020-03', '2014~', '2014?/2016'].map(en.date)
    expect(said).toEqual(['2017-07-25', 'from 2020-05 on', 'until 2017', '2019-10 to 2020-03', 'about 2014', '2014, uncertain to 2016'])
  })
  it('durations count years and months; other values stay', () => {
    expect(['P4Y', 'P1Y6M', '17 million KZT', 'P'].map(en.value)).toEqual(['4 years', '1 year, 6 months', '17 million KZT', 'P'])
  })
})

describe('a long paragraph', () => {
  const text = Array.from({ length: 100 }, (_, i) => `word${i}`).join(' ')
  it('is cut between words, on the side away from what is cited', () => {
    expect(ending(text)).toMatch(/^… word\d+ .* word99$/)
    expect(beginning(text)).toMatch(/^word0 .* word\d+ …$/)
    expect(ending('short')).toBe('short')
  })
})
