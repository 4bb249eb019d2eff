// The canvas: what hands and keys do there.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { drawn, graph, kharkova, near, placeOf, start, stillAt, stop } from './world.mjs'

before(start)
after(stop)

describe('hands and keys on the picture', () => {
  test('opens a thing by one relation, its count first; undo takes it back', () =>
    graph(`#/graph?s=add+${kharkova}&p=${kharkova}`, async (page) => {
      const leads = page.locator('.relation-list button', { hasText: /^leads/ })
      assert.match(await leads.textContent(), /leads 3 · \d+ claims/)
      await leads.click()
      await page.waitForFunction(() => document.querySelector('.canvas').scene.graph.order === 4)
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.waitForFunction(() => document.querySelector('.canvas').scene.graph.order === 1)
    }))
  test('draws the neighbours of a hub as one group, which can be opened', () =>
    graph('#/graph?s=open+authority/government-of-kazakhstan+REQUESTED+OBJECT', async (page) => {
      const group = (await drawn(page)).nodes.find((n) => n.startsWith('group '))
      assert.ok(group)
      const { x, y } = await placeOf(page, group)
      await page.mouse.click(x, y)
      await page.getByRole('heading', { name: /\d+ things tied to Government of Kazakhstan/ }).waitFor()
      await page.getByRole('button', { name: 'Draw them all' }).click()
      await page.waitForFunction(() => document.querySelector('.canvas').scene.graph.order > 25)
    }))
  test('ties two picked things by a path', () =>
    graph('#/graph?s=add+person/erlan-baltabay&s=add+event/ilc-2021', async (page) => {
      for (const [id, modifiers, title] of [['person/erlan-baltabay', [], 'Erlan Baltabay'], ['event/ilc-2021', ['Shift'], '2 picked']]) {
        const at = await stillAt(page, id)
        for (const key of modifiers) await page.keyboard.down(key)
        await page.mouse.click(at.x, at.y)
        for (const key of modifiers) await page.keyboard.up(key)
        await page.getByRole('heading', { name: title }).first().waitFor()
        await page.waitForTimeout(400) // or two clicks would be a double one
      }
      await page.getByRole('button', { name: 'Show what ties the two' }).click()
      await page.waitForFunction(() => document.querySelector('.canvas').scene.graph.size >= 3)
      assert.ok((await drawn(page)).nodes.includes('event/cas-discussion-2021'))
    }))
  test('pins what is dragged, and the link keeps it', () =>
    graph(near(kharkova), async (page) => {
      const at = await placeOf(page, kharkova)
      await page.mouse.move(at.x, at.y)
      await page.mouse.down()
      await page.mouse.move(at.x + 60, at.y + 30, { steps: 4 })
      await page.mouse.up()
      await page.waitForFunction(() => location.hash.includes('pin='))
      const pinned = (page) => page.evaluate((id) => document.querySelector('.canvas').scene.pinOf(id), kharkova)
      const [x, y] = await pinned(page)
      await graph(await page.evaluate(() => location.hash), async (other) => {
        const [left, top] = await pinned(other)
        assert.ok(Math.hypot(left - x, top - y) < 0.2, JSON.stringify([left, top, x, y]))
      }, { viewport: { width: 420, height: 900 } })
    }))
  test('brings all into sight, what was dragged away too, and leaves it there', () =>
    graph(near(kharkova), async (page) => {
      const at = await placeOf(page, kharkova)
      await page.mouse.move(at.x, at.y)
      await page.mouse.down()
      await page.mouse.move(at.x, at.y - 2000, { steps: 4 })
      await page.mouse.up()
      await page.getByRole('button', { name: 'All in sight' }).click()
      await page.waitForFunction((id) => {
        const { sigma } = document.querySelector('.canvas').scene
        return sigma.framedGraphToViewport(sigma.getNodeDisplayData(id)).y > 0
      }, kharkova)
      const before = await stillAt(page, kharkova)
      await page.getByRole('button', { name: 'Dark' }).click() // what draws it anew
      await page.waitForTimeout(200)
      const after = await stillAt(page, kharkova)
      assert.ok(Math.hypot(after.x - before.x, after.y - before.y) < 1, JSON.stringify([before, after]))
    }))
  test('undo takes back any change: a pin, a layout, a thing taken out', () =>
    graph(near(kharkova), async (page) => {
      const shown = (await drawn(page)).nodes.length
      const at = await placeOf(page, kharkova)
      await page.mouse.click(at.x, at.y)
      await page.getByRole('button', { name: 'Pin', exact: true }).click()
      await page.getByRole('button', { name: 'Unpin' }).waitFor()
      await page.getByRole('combobox', { name: 'Layout' }).selectOption('radial')
      await page.getByRole('button', { name: 'Take out' }).click()
      await page.waitForFunction((n) => document.querySelector('.canvas').scene.graph.order < n, shown)
      await page.keyboard.press('Control+z')
      await page.waitForFunction((n) => document.querySelector('.canvas').scene.graph.order === n, shown)
      await page.keyboard.press('Control+z')
      await page.waitForFunction(() => !location.hash.includes('layout='))
      assert.match(await page.evaluate(() => location.hash), /pin=/)
      await page.keyboard.press('Control+z')
      await page.waitForFunction(() => !location.hash.includes('pin='))
    }))
  test('keys alone go from thing to thing, pick, pick more and open', () =>
    graph('#/graph?s=path+person/erlan-baltabay+event/ilc-2021', async (page) => {
      await page.locator('.canvas').focus()
      const reached = () => page.locator('.pointed').textContent()
      await page.keyboard.press('ArrowRight')
      const first = await reached()
      assert.match(first, / · .* relations? drawn/)
      for (const way of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown']) {
        await page.keyboard.press(way)
        if ((await reached()) !== first) break
      }
      assert.notEqual(await reached(), first)
      await page.keyboard.press('Enter')
      await page.locator('.panel h2', { hasText: (await reached()).split(' · ')[0] }).waitFor()
      await page.locator('.canvas').focus()
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press(' ')
      await page.getByRole('heading', { name: '2 picked' }).waitFor()
      await page.locator('.canvas').focus()
      await page.keyboard.press('o')
      await page.waitForFunction(() => location.hash.includes('s=near+'))
    }))
  test('tells what one points at: a line with who says it', () =>
    graph('#/graph?s=path+person/erlan-baltabay+event/ilc-2021', async (page) => {
      const [a, b] = await page.evaluate(() => {
        const { graph } = document.querySelector('.canvas').scene
        return graph.extremities(graph.edges().find((e) => graph.edges(...graph.extremities(e)).length === 1))
      })
      const [from, to] = [await placeOf(page, a), await placeOf(page, b)]
      await page.mouse.move((from.x + to.x) / 2 + 40, (from.y + to.y) / 2 + 40)
      await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 })
      await page.locator('.pointed', { hasText: ': say ' }).waitFor()
    }))
})
