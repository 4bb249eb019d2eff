import { describe, expect, it } from 'vitest'
import { read, write, type State } from '../../src/state/route'

const full: State = {
  view: 'timeline',
  steps: ['near person/a', 'open person/a LEADS SUBJECT', 'path person/a https://example.org/x?y=1&z=2#3'],
  picked: ['person/a', 'union/b'],
  line: 'person/a LEADS union/b',
  lens: { speakers: ['union/b'], capacities: ['WORKERS', 'ILO'], documents: ['document/d'], asOf: '2017', undisputed: true, direct: true },
  layout: 'layered',
  pins: { 'person/a': [1.5, -20.3], 'group union/b LEADS OBJECT': [0, 7] },
  camera: { at: 'group union/b LEADS OBJECT', x: 0.0125, y: -0.3, ratio: 0.24 },
  about: 'country/c VIOLATES law/d',
  open: 'union/b denies VIOLATES law/d',
  all: true,
  sort: ['lines 6 down', 'things 1'],
}

describe('the address', () => {
  it('holds the whole state', () => expect(read(write(full))).toEqual(full))
  it('is short where nothing is chosen', () => expect(write(read(''))).toBe('#/graph'))
  it('leaves out what it does not know', () => {
    const odd = read('#/nowhere?layout=spiral&pin=a+b+c&s=near+person/a')
    expect(odd).toMatchObject({ view: 'graph', layout: 'force', pins: {}, steps: ['near person/a'] })
    for (const camera of ['0.1+0.2+0.5', '0.1+wide+0.5+person/a', '0+0+0+person/a', '0+0+-1+person/a', '0+0+Infinity+person/a', 'person/a', '']) expect(read(`#/graph?cam=${camera}`).camera).toBeNull()
  })
})
