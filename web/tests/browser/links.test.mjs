// Links, Back, exports, and the first visit.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { download, drawn, graph, kharkova, near, on, placeOf, rest, server, start, stillAt, stop } from './world.mjs'

before(start)
after(stop)

const cameraOf = (page) => page.evaluate(() => document.querySelector('.canvas').scene.sigma.getCamera().getState())
/** told is where the address says that one looks, once the camera rests. */
async function told(page, is = true) {
  await page.waitForFunction((is) => location.hash.includes('cam=') === is, is)
  const state = () => page.evaluate(() => location.hash + JSON.stringify(document.querySelector('.canvas').scene.sigma.getCamera().getState()))
  for (let before, now = await state(); now !== before; now = await state()) {
    before = now
    await page.waitForTimeout(500) // the swing of a hand goes on for a while
  }
  const [x, y, ratio, ...at] = new URLSearchParams(await page.evaluate(() => location.hash.split('?')[1])).get('cam')?.split(' ') ?? []
  return { x: Number(x), y: Number(y), ratio: Number(ratio), at: at.join(' ') }
}
/** closer zooms in, and pans by hand. */
async function closer(page) {
  const { left, top } = await page.locator('.canvas').evaluate((e) => ({ left: e.getBoundingClientRect().left, top: e.getBoundingClientRect().top }))
  for (let i = 0; i < 2; i++) await page.getByRole('button', { name: 'Closer' }).click()
  await page.mouse.move(left + 20, top + 20)
  await page.mouse.down()
  await page.mouse.move(left + 90, top + 60, { steps: 5 })
  await page.mouse.up()
  return told(page)
}
const close = (a, b) => ['x', 'y', 'ratio'].every((k) => Math.abs(a[k] - b[k]) < 2e-3)

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
  test('with the place and the zoom of the camera, and no step back for each move of it', () =>
    graph(near(kharkova), async (page) => {
      const before = await page.evaluate(() => history.length)
      const { at } = await closer(page)
      assert.equal(await page.evaluate(() => history.length), before)
      const link = await page.evaluate(() => location.hash)
      const mine = await cameraOf(page)
      assert.ok(mine.ratio < 0.6 && !close(mine, { x: 0.5, y: 0.5, ratio: 1 }), JSON.stringify(mine))
      await graph(link, async (other) => assert.ok(close(await cameraOf(other), mine), JSON.stringify([await cameraOf(other), mine])))
      for (const [width, height] of [[1920, 1000], [420, 900]])
        await graph(link, async (other) => {
          const [place, box] = [await placeOf(other, at), await other.locator('.canvas').boundingBox()]
          const far = Math.hypot(place.x - box.x - box.width / 2, place.y - box.y - box.height / 2)
          assert.ok(far < Math.min(box.width, box.height) / 4, `${at} is ${far} px from the middle at ${width} px`)
          assert.equal(await other.evaluate(() => location.hash), link)
        }, { viewport: { width, height } })
      await page.getByRole('button', { name: 'All in sight' }).click()
      await told(page, false)
    }))
  test('one goes on looking at the same thing when more is drawn; another layout has all in sight, and undo looks back', () =>
    graph(near(kharkova), async (page) => {
      const camera = await closer(page)
      const before = await stillAt(page, camera.at)
      await page.evaluate(() => (location.hash += '&s=near+union/knprk'))
      await page.waitForFunction((n) => document.querySelector('.canvas').scene.graph.order > n, (await drawn(page)).nodes.length)
      await rest(page)
      const after = await stillAt(page, camera.at)
      assert.ok(Math.hypot(after.x - before.x, after.y - before.y) < 40, JSON.stringify([before, after]))
      await page.getByRole('combobox', { name: 'Layout' }).selectOption('layered')
      await told(page, false)
      assert.ok(close(await cameraOf(page), { x: 0.5, y: 0.5, ratio: 1 }))
      await page.getByRole('button', { name: 'Undo' }).click()
      assert.deepEqual(await told(page), camera)
      await page.goBack()
      await told(page, false)
      await page.goBack()
      assert.deepEqual(await told(page), camera)
      await page.waitForFunction((ratio) => document.querySelector('.canvas').scene.sigma.getCamera().ratio < 0.6 && ratio, camera.ratio)
    }))
  test('what one looks at may be taken out: the link tells of another thing', () =>
    graph(near(kharkova), async (page) => {
      const { at } = await closer(page)
      const mine = await cameraOf(page)
      await page.evaluate((id) => (location.hash += `&s=drop+${id}`), at)
      await page.waitForFunction((at) => !document.querySelector('.canvas').scene.graph.hasNode(at), at)
      await page.waitForFunction((at) => !new URLSearchParams(location.hash.split('?')[1]).get('cam').endsWith(at), at)
      const other = await told(page)
      assert.notEqual(other.at, at)
      assert.ok(close(await cameraOf(page), mine))
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
