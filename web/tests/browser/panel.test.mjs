// The side panel: of a thing, of a line, with words and without.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { browser, kharkova, on, open, serve, start, stop } from './world.mjs'

before(start)
after(stop)

describe('the side panel', () => {
  test('tells a thing’s names and claims', () =>
    on(`#/graph?s=add+${kharkova}&p=${kharkova}`, async (page) => {
      await page.getByText('Ms L. Kharkova', { exact: true }).first().waitFor()
      await page.locator('.panel summary', { hasText: 'where they stand' }).click()
      assert.match(await page.locator('.places').first().textContent(), /, paragraph \d+/)
      await page.locator('.claim .statement').first().waitFor()
      assert.ok((await page.locator('.claim').count()) >= 10)
    }))
  test('groups a relation’s claims by party, with date, details and the words or where they stand', () =>
    on(`#/graph?s=near+${kharkova}&line=${kharkova}+SENTENCED_BY+court/kharkova-trial-court`, async (page) => {
      await page.locator('.party h3', { hasText: 'Government of Kazakhstan' }).waitFor()
      await page.locator('.party h3', { hasText: 'Worker members' }).waitFor()
      assert.match(await page.locator('.panel').textContent(), /2017-07-25.*paragraph \d+/s)
      const words = process.env.TRIPARTITE_DOCUMENTS ? page.locator('.words mark') : page.getByText('The words are not at hand here')
      await words.first().waitFor()
    }))
  test('highlights the words in their paragraph, where the document is at hand', { skip: !process.env.TRIPARTITE_DOCUMENTS && 'needs the documents: TRIPARTITE_DOCUMENTS' }, () =>
    on(`#/graph?s=near+${kharkova}&line=${kharkova}+SENTENCED_BY+court/kharkova-trial-court`, async (page) => {
      const place = page.locator('.words', { has: page.getByRole('button', { name: 'Whole paragraph' }) }).first()
      const marked = await place.locator('mark').textContent()
      const part = await place.locator('blockquote').textContent()
      assert.ok(part.includes(marked) && part.length > marked.length)
      await place.getByRole('button', { name: 'Whole paragraph' }).click()
      await page.waitForFunction((n) => [...document.querySelectorAll('.words blockquote')].some((b) => b.textContent.length > n), part.length)
    }))
  test('leads from a claim to what contradicts it', () =>
    on(`#/graph?s=add+${kharkova}&p=${kharkova}`, async (page) => {
      await page.locator('.clash a').first().click()
      await page.getByText('One contradiction.').waitFor()
      await page.locator('.conflict').first().waitFor()
      assert.equal(await page.locator('.conflict').count(), 1)
      assert.ok((await page.locator('.conflict .claim').count()) >= 2)
      await page.getByRole('link', { name: 'Show all' }).click()
      await page.locator('.conflict').nth(5).waitFor()
    }))
  test('says that an id is not known, beside the picture and in it', () =>
    on('#/graph?s=near+person/nobody&p=person/nobody', async (page) => {
      await page.locator('.panel', { hasText: 'This graph knows nothing by the id person/nobody.' }).waitFor()
      await page.locator('.stage', { hasText: 'This graph knows nothing by the id person/nobody.' }).waitFor()
    }))
  test('shows document, paragraph and characters, and no words, where no documents are at hand', async () => {
    const { TRIPARTITE_DOCUMENTS: _, ...bare } = process.env
    const wordless = await serve({ env: bare })
    const page = await open(browser, wordless.address, `#/graph?s=near+${kharkova}&line=${kharkova}+SENTENCED_BY+court/kharkova-trial-court`)
    try {
      const place = page.locator('.panel .words').first()
      await place.getByText('The words are not at hand here.').waitFor()
      assert.match(await place.locator('figcaption').textContent(), /^\S.*, paragraph \d+, characters \d+–\d+/)
      assert.equal(await page.locator('.panel blockquote').count(), 0)
      assert.deepEqual(page.faults, [])
    } finally {
      await page.context().close()
      wordless.stop()
    }
  })
})
