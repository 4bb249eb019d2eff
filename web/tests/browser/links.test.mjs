// Links, Back, exports, and the first visit.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { download, drawn, graph, kharkova, near, on, rest, server, start, stop } from './world.mjs'

before(start)
after(stop)

describe('a state is a link', () => {
  test('that draws the same for another', () =>
    graph(near(kharkova), async (page) => {
      await page.locator('.lens').getByRole('button').click()
      await page.locator('.lens-choices').getByRole('checkbox', { name: /^workers [\d,]+$/ }).check()
      await page.waitForFunction(() => location.hash.includes('as=WORKERS'))
      await page.waitForTimeout(1000)
      const mine = await drawn(page)
      const link = await page.evaluate(() => location.hash)
      await graph(link, async (other) => {
        const theirs = await drawn(other)
        assert.deepEqual(theirs.nodes.sort(), mine.nodes.sort())
        assert.deepEqual(theirs.lines.map((l) => l.key).sort(), mine.lines.map((l) => l.key).sort())
      })
    }))
  test('and Back goes back', () =>
    graph(near(kharkova), async (page) => {
      await page.getByRole('link', { name: 'Contradictions' }).click()
      await page.locator('.conflict').first().waitFor()
      await page.goBack()
      await page.locator('.canvas').waitFor()
    }))
  test('exports are files of their kinds', () =>
    graph(near(kharkova), async (page) => {
      const take = async (name) => {
        await page.locator('.menu summary', { hasText: 'Export' }).click()
        return download(page, () => page.getByRole('button', { name }).click())
      }
      const png = await take(/^PNG/)
      assert.equal(png.content.subarray(1, 4).toString(), 'PNG')
      assert.ok(png.content.length > 20_000, 'the picture is not blank')
      const parsed = async (text) => page.evaluate((xml) => new DOMParser().parseFromString(xml, 'application/xml').documentElement.nodeName, text)
      assert.equal(await parsed((await take(/^SVG/)).content.toString()), 'svg')
      assert.equal(await parsed((await take(/^GEXF/)).content.toString()), 'gexf')
      assert.match((await take(/^CSV/)).content.toString(), /^subject,subject_name,relation/)
    }))
  test('an id opens as a page in a browser', () =>
    on('#/graph', async (page) => {
      await page.goto(`${server.address}/id/${kharkova}`)
      await page.getByRole('heading', { name: 'Larisa Kharkova' }).waitFor()
    }))
})

describe('a first visit', () => {
  test('explains itself in three steps', () =>
    on('', async (page) => {
      const tour = page.getByRole('region', { name: 'First visit' })
      await tour.getByText('1 of 3').waitFor()
      await rest(page)
      assert.ok((await drawn(page)).nodes.includes('event/ilc-2021'))
      await tour.getByRole('button', { name: 'Next' }).click()
      await page.locator('.panel .claim').first().waitFor()
      await tour.getByRole('button', { name: 'Next' }).click()
      await tour.getByRole('button', { name: 'Look around' }).click()
      await tour.waitFor({ state: 'detached' })
    }, { firstVisit: true }))
  test('can be skipped, and does not come again', () =>
    on('', async (page) => {
      await page.getByRole('button', { name: 'Skip', exact: true }).click()
      await page.goto(server.address + '/')
      await page.getByText('Nothing is drawn yet').or(page.locator('.canvas')).first().waitFor()
      assert.equal(await page.locator('.tour').count(), 0)
    }, { firstVisit: true }))
})
