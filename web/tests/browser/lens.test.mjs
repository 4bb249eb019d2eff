// The lens: in words, by choice, by date.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { drawn, graph, kharkova, near, start, stop } from './world.mjs'

before(start)
after(stop)

describe('the lens', () => {
  test('is always there in words; what is chosen changes words and picture', () =>
    graph(near(kharkova), async (page) => {
      const words = page.locator('.lens-words')
      assert.equal(await words.textContent(), 'What is said by anyone, in any document, of any date.')
      const all = (await drawn(page)).lines.length
      await page.getByRole('button', { name: 'Change lens' }).click()
      await page.locator('.lens-choices').getByRole('checkbox', { name: /^governments \d/ }).check()
      await page.waitForFunction((all) => document.querySelector('.canvas').scene.graph.size < all, all)
      const colours = new Set((await drawn(page)).lines.map((l) => l.color))
      assert.equal(colours.size, 1)
      await page.getByRole('slider').fill('2016')
      await page.getByText('What is said by governments, in any document, as of 2016.').waitFor()
      assert.ok((await page.locator('.histogram rect').count()) > 5)
      await page.getByRole('button', { name: 'Look without a lens' }).click()
      await page.waitForFunction((all) => document.querySelector('.canvas').scene.graph.size === all, all)
    }))
})
