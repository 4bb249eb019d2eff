// For everybody: axe, both themes, all widths, keys alone.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { drawn, graph, kharkova, near, on, rest, settled, start, stop, violations } from './world.mjs'

before(start)
after(stop)

const lens = async (page) => {
  await page.getByRole('button', { name: 'Change lens' }).click()
  await page.getByRole('slider').waitFor()
}
const menu = (page) => page.locator('.menu summary', { hasText: 'Help' }).click()

/** The page's main states; some need a hand to reach. */
const states = {
  empty: ['#/graph'],
  'first visit': ['', rest, { firstVisit: true }],
  picture: [`#/graph?s=near+${kharkova}&p=${kharkova}`, rest],
  line: [`#/graph?s=near+${kharkova}&line=${kharkova}+SENTENCED_BY+court/kharkova-trial-court`, rest],
  several: [`#/graph?s=add+${kharkova}&s=add+union/knprk&p=${kharkova}&p=union/knprk`, rest],
  group: ['#/graph?s=open+authority/government-of-kazakhstan+REQUESTED+OBJECT&p=group+authority/government-of-kazakhstan+REQUESTED+OBJECT', rest],
  help: [`#/graph?s=add+${kharkova}`, menu],
  lens: ['#/graph?as=GOVERNMENT&at=2017', lens],
  unknown: ['#/graph?s=near+person/nobody&p=person/nobody'],
  failure: [`#/graph?s=near+${kharkova}&at=soon`],
  table: [`#/table?s=near+${kharkova}&p=${kharkova}`],
  conflicts: ['#/conflicts'],
  'conflicts about one': [`#/conflicts?about=${kharkova}`],
  positions: ['#/positions?about=country/kazakhstan'],
  'positions, to choose': ['#/positions'],
  timeline: ['#/timeline?about=person/erlan-baltabay'],
  'timeline, to choose': ['#/timeline'],
}

/** cutOff are the parts that reach beyond the page, but for those in what scrolls. */
const cutOff = (page) =>
  page.evaluate(() => {
    const out = [...document.querySelectorAll('button, a, input, select, h1, h2, h3, p')]
      .filter((e) => e.checkVisibility() && !e.closest('.scroller, .suggestions, .unseen, .skip, .scroll'))
      .filter((e) => { const b = e.getBoundingClientRect(); return b.width && (b.left < -1 || b.right > innerWidth + 1) })
      .map((e) => e.outerHTML.slice(0, 90))
    const wide = document.documentElement.scrollWidth
    return wide > innerWidth ? [`the page is ${wide} px wide`, ...out] : out
  })

/** darken changes the theme of the system, and waits until the page has gone with it. */
async function darken(page) {
  const ink = await page.evaluate(() => getComputedStyle(document.body).color)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await page.waitForFunction((ink) => getComputedStyle(document.body).color !== ink, ink)
}

describe('for everybody', () => {
  for (const [name, [state, act = () => {}, options]] of Object.entries(states))
    test(`axe finds no violation, and nothing is cut off: ${name}`, () =>
      on(state, async (page) => {
        await settled(page)
        await act(page)
        await settled(page)
        assert.deepEqual(await violations(page), [])
        await darken(page)
        assert.deepEqual(await violations(page, ['color-contrast']), [], 'in the dark theme')
        for (const width of [1920, 768, 360]) {
          await page.setViewportSize({ width, height: 800 })
          assert.deepEqual(await cutOff(page), [], `at ${width} px`)
        }
        assert.deepEqual(await violations(page), [], 'at 360 px')
      }, { colorScheme: 'light', ...options }))

  for (const [width, height] of [[360, 740], [768, 1024], [1280, 800]])
    test(`nothing lies over the picture on a first visit, at ${width} px`, () =>
      on('', async (page) => {
        await rest(page)
        await page.locator('.tour').waitFor()
        const covered = await page.evaluate(() => {
          const canvas = document.querySelector('.canvas').getBoundingClientRect()
          return [...document.querySelectorAll('.tour, .legend, .notices')].flatMap((e) => {
            const { left, top, right, bottom } = e.getBoundingClientRect()
            return left < canvas.right && right > canvas.left && top < canvas.bottom && bottom > canvas.top ? [e.className] : []
          })
        })
        assert.deepEqual(covered, [])
      }, { firstVisit: true, viewport: { width, height } }))

  test('keys alone reach everything that can be pressed', () =>
    graph(near(kharkova), async (page) => {
      const pressable = await page.evaluate(() => {
        const all = [...document.querySelectorAll('a, button:not(:disabled), input, select, summary, [tabindex="0"]')].filter((e) => e.checkVisibility())
        all.forEach((e, i) => e.setAttribute('data-place', i))
        return all.length
      })
      const reached = new Set()
      for (let i = 0; i < pressable + 5; i++) {
        await page.keyboard.press('Tab')
        reached.add(await page.evaluate(() => document.activeElement.dataset.place))
      }
      reached.delete(undefined)
      assert.equal(reached.size, pressable)
    }))

  test('who wants no motion sees the layout when it is done, not on its way', () =>
    graph(near(kharkova), async (page) => {
      await page.evaluate(() => {
        window.moves = 0
        document.querySelector('.canvas').scene.graph.on('eachNodeAttributesUpdated', () => window.moves++)
        location.hash += '&s=near+union/knprk'
      })
      await page.waitForFunction((n) => document.querySelector('.canvas').scene.graph.order > n, (await drawn(page)).nodes.length)
      await rest(page)
      const moves = await page.evaluate(() => window.moves)
      assert.ok(moves <= 4, `${moves} moves`)
    }))
})
