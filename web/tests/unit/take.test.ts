import { expect, it } from 'vitest'
import { csv } from '../../src/take/csv'
import { gexf, xml } from '../../src/take/gexf'
import { inWords, noLens, viewOf } from '../../src/state/lens'
import type { Picture } from '../../src/picture/model'

it('CSV quotes what needs it, and no spreadsheet runs a cell', () => {
  expect(csv([['a,b', 'say "x"', 3, '=1+1']])).toBe('"a,b","say ""x""",3,\'=1+1\r\n')
})

it('XML holds markup as text', () => {
  expect(xml('<b>&"\u0001')).toBe('&#60;b&#62;&#38;&#34;')
})

it('GEXF names who says a line', () => {
  const thing = (id: string) => ({ id, kind: 'PERSON' as const, name: `<${id}>`, protected: false, unnamed: false })
  const tie = { id: 't', relation: 'LEADS' as const, stance: 'DENIED' as const, mode: 'FACT' as const, date: null, assertedBy: [{ capacity: 'NGO' as const, party: { id: 'n', name: 'N & M' } }], conflicts: [] }
  const picture: Picture = {
    things: new Map(['a', 'b'].map((id) => [id, thing(id)])),
    lines: new Map([['a LEADS b', { key: 'a LEADS b', source: 'a', relation: 'LEADS', target: 'b', ties: [tie] }]]),
    groups: new Map(),
    omitted: 0,
    pathless: [],
    unknown: [],
  }
  const text = gexf(picture, null)
  expect(text).toContain('<node id="a" label="&#60;a&#62;">')
  expect(text).toContain('<attvalue for="voices" value="N &#38; M"/>')
  expect(text).toContain('<attvalue for="denied" value="true"/>')
})

it('the lens in words and for the server', () => {
  expect(viewOf(noLens)).toBeNull()
  expect(inWords(noLens, String)).toBe('What is said by anyone, in any document, of any date.')
  const lens = { ...noLens, speakers: ['union/a'], capacities: ['WORKERS' as const], asOf: '2017', direct: true }
  expect(viewOf(lens)).toEqual({ assertedBy: ['union/a'], capacities: ['WORKERS'], asOf: '2017', direct: true })
  expect(inWords(lens, (id) => id.toUpperCase())).toBe('What is said by UNION/A as workers, in any document, as of 2017, first-hand.')
})
