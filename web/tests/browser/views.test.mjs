// Contradictions, positions, timeline and table.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { download, kharkova, on, start, stop } from './world.mjs'

before(start)
after(stop)

describe('contradictions', () => {
  test('are listed, each with its voices side by side and their paragraphs', () =>
    on('#/conflicts', async (page) => {
      const first = page.locator('.conflict').first()
      await first.waitFor()
      assert.match(await page.locator('.page .note').first().textContent(), /\d+ contradictions/)
      assert.ok((await first.locator('.side').count()) >= 2)
      assert.match(await first.textContent(), /denies it.*paragraph \d+/s)
      const before = await page.locator('.conflict').count()
      await page.getByRole('button', { name: /^More/ }).click()
      await page.waitForFunction((n) => document.querySelectorAll('.conflict').length > n, before)
    }))
  test('positions are a matrix; a cell opens its claims', () =>
    on('#/positions?about=country/kazakhstan', async (page) => {
      const denies = page.locator('.matrix button.denies').first()
      await denies.waitFor()
      assert.ok((await page.locator('.matrix tbody tr').count()) > 5)
      await denies.click()
      await page.locator('.cell-claims .claim').first().waitFor()
      await page.reload()
      await page.locator('.cell-claims .claim').first().waitFor()
      await page.getByRole('button', { name: /^More/ }).click()
      await page.waitForFunction(() => document.querySelectorAll('.matrix thead th').length > 9 && location.hash.includes('all='))
    }))
  test('about a thing are listed alone', () =>
    on('#/conflicts', async (page) => {
      const all = await page.locator('.page .note').first().textContent()
      await page.goto(`${page.url().split('#')[0]}#/conflicts?about=${kharkova}`)
      await page.getByText('Those about Larisa Kharkova').waitFor()
      await page.waitForFunction((all) => document.querySelector('.page .note')?.textContent !== all, all)
      assert.ok((await page.locator('.conflict', { hasText: 'Kharkova' }).count()) === (await page.locator('.conflict').count()))
    }))
})

describe('the timeline', () => {
  for (const [what, id] of [['a person', 'person/erlan-baltabay'], ['a case', 'case/baltabay-criminal']])
    test(`of ${what} has lanes by party, and sessions as marks`, () =>
      on(`#/timeline?about=${id}`, async (page) => {
        await page.locator('.lane-name', { hasText: 'Government of Kazakhstan' }).waitFor()
        const bar = page.locator('button.bar').first()
        await bar.click()
        await page.locator('.cell-claims .claim').waitFor()
        await page.reload() // the link holds what is opened
        await page.locator('.cell-claims .claim').waitFor()
        if (what === 'a person') assert.ok((await page.locator('.session').count()) > 0)
      }))
})

describe('the table', () => {
  test('holds what the canvas shows, sorts, and is walked by keys', () =>
    on(`#/table?s=near+${kharkova}`, async (page) => {
      const lines = page.getByRole('table', { name: 'Relations' })
      await lines.waitFor()
      const rows = lines.locator('tbody tr')
      assert.ok((await rows.count()) > 20)
      await lines.getByRole('button', { name: 'Sort by Claims' }).click()
      await lines.getByRole('button', { name: 'Sort by Claims' }).click()
      await lines.locator('th[aria-sort=descending]', { hasText: 'Claims' }).waitFor()
      const counts = (await rows.locator('td:nth-child(7)').allTextContents()).map(Number)
      assert.deepEqual(counts, [...counts].sort((a, b) => b - a))
      await rows.first().locator('button').focus()
      await page.keyboard.press('ArrowDown')
      assert.ok(await rows.nth(1).locator('button').evaluate((b) => b === document.activeElement))
      await page.keyboard.press('Enter')
      await page.locator('.panel .claim').first().waitFor()
      await page.waitForFunction(() => location.hash.includes('sort=lines+6+down'))
      for (const name of ['Larisa Kharkova', 'Human Rights Watch']) await page.getByRole('checkbox', { name: `Pick ${name}`, exact: true }).check()
      await page.getByRole('heading', { name: '2 picked' }).waitFor()
      const { content } = await download(page, () => page.getByRole('button', { name: 'CSV of this table' }).first().click())
      assert.equal(content.toString().trim().split('\r\n').length, (await rows.count()) + 1)
    }))
})
