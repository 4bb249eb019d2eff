import { expect, it } from 'vitest'
import { cutWords } from '../../src/views/table'

it('a table says when it does not draw all of its rows, and where the rest are', () => {
  expect(cutWords(2000)).toBeNull()
  expect(cutWords(2001)).toBe('2,000 of 2,001 drawn, in the order chosen; the CSV has all.')
})
