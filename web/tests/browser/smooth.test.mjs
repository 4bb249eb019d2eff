// How much work it is: to pan 10,000 nodes and 50,000 lines in sight, and to load the page.
// Chromium draws in software here, so what is counted is the page's own script, in time of
// its thread alone, and the calls that draw.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { browser, open, server, start, stop } from './world.mjs'

before(start)
after(stop)

const kinds = ['PERSON', 'UNION', 'COURT', 'EVENT', 'AUTHORITY', 'LAW', 'COMPANY', 'TOPIC']
const capacities = ['GOVERNMENT', 'WORKERS', 'EMPLOYERS', 'NGO']

/** large is an answer of many things and lines: a few hubs, as real graphs have. */
function large(nodes, lines) {
  let seed = 7
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
  const id = (i) => `person/n${i}`
  const thing = (i) => ({ id: id(i), kind: kinds[i % kinds.length], name: `Thing number ${i}`, protected: false, unnamed: false })
  const line = (_, i) => {
    const [a, b] = [Math.floor(random() ** 2 * nodes), Math.floor(random() * nodes)]
    const said = { capacity: capacities[i % 4], party: { id: `union/${i % 9}`, name: `Union ${i % 9}` } }
    const claim = { id: `claim/${i}`, relation: 'MET_WITH', stance: i % 11 ? 'ASSERTED' : 'DENIED', mode: 'FACT', date: null, assertedBy: [said], conflicts: i % 7 ? [] : [{ kind: 'STANCE' }] }
    return { source: { id: id(a) }, relation: 'MET_WITH', target: { id: id(b === a ? (b + 1) % nodes : b) }, claims: [claim] }
  }
  return { subgraph: { truncated: false, omitted: 0, nodes: Array.from({ length: nodes }, (_, i) => thing(i)), edges: Array.from({ length: lines }, line) } }
}

/** ground is a place on the canvas where nothing is drawn: a corner of it. */
const ground = (page) =>
  page.evaluate(() => {
    const { right, bottom } = document.querySelector('.canvas').getBoundingClientRect()
    return [right - 120, Math.min(bottom, innerHeight) - 90]
  })

test('10,000 nodes and 50,000 lines are panned by hand in under 12 ms of script a frame, in few draw calls', async (t) => {
  const body = JSON.stringify({ data: large(10_000, 50_000) })
  const before = async (page) => {
    await page.route('**/graphql', (route) => (route.request().postData()?.includes('query Around') ? route.fulfill({ contentType: 'application/json', body }) : route.continue()))
    await page.addInitScript(() => {
      window.draws = 0
      for (const context of [WebGLRenderingContext, WebGL2RenderingContext])
        for (const name of Object.getOwnPropertyNames(context.prototype).filter((n) => n.startsWith('draw'))) {
          const original = Object.getOwnPropertyDescriptor(context.prototype, name)
          if (typeof original?.value === 'function')
            context.prototype[name] = function (...args) {
              window.draws++
              return original.value.apply(this, args)
            }
        }
    })
  }
  const page = await open(browser, server.address, '#/graph?s=near+person/larisa-kharkova+2&layout=radial', { before, viewport: { width: 640, height: 480 } })
  await page.waitForFunction(() => document.querySelector('.canvas')?.scene?.graph.size > 40_000, null, { timeout: 60_000, polling: 500 })
  await page.waitForTimeout(2000)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const script = async () => (await cdp.send('Performance.getMetrics')).metrics.find((m) => m.name === 'ScriptDuration').value * 1000
  const [x, y] = await ground(page)
  const move = async (i) => {
    await page.mouse.move(x - i * 9, y - i * 5)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  }
  await page.mouse.move(x, y)
  await page.mouse.down()
  await move(1)
  await page.evaluate(() => {
    const { scene } = document.querySelector('.canvas')
    scene.frames.length = 0
    scene.sigma.on('afterProcess', () => window.processed++)
    window.draws = window.processed = 0
  })
  const begun = await script()
  for (let i = 2; i <= 8; i++) await move(i)
  const spent = (await script()) - begun
  const { frames, median, draws, moved } = await page.evaluate(() => {
    const { scene } = document.querySelector('.canvas')
    const took = [...scene.frames].sort((a, b) => a - b)
    return { frames: took.length, median: took[took.length >> 1], draws: window.draws, moved: scene.sigma.getCamera().getState().x !== 0.5 }
  })
  await page.waitForTimeout(600)
  assert.doesNotMatch(page.url(), /cam=/, 'the address is written when the hand lets go, not before')
  await page.mouse.up()
  await page.waitForURL(/cam=/)
  assert.equal(await page.evaluate(() => window.processed), 0, 'the picture is not made anew, neither by panning nor by writing the address')
  t.diagnostic(JSON.stringify({ frames, msOfDrawing: median, msOfAllScript: spent / frames, drawCalls: draws / frames }))
  assert.ok(moved && frames >= 6, `${frames} frames`)
  assert.ok(Math.min(median, spent / frames) < 12, `${median} ms to draw a frame, ${spent / frames} ms of script by the thread's clock`)
  assert.ok(draws / frames <= 12, `${draws / frames} draw calls a frame`)
  assert.deepEqual(page.faults, [])
})

test('the first picture needs under 300 kB of compressed script', async (t) => {
  const page = await open(browser, server.address, '#/graph?s=near+person/larisa-kharkova')
  await page.waitForSelector('.canvas[data-rest]')
  const scripts = await page.evaluate(() => performance.getEntriesByType('resource').filter((r) => r.name.endsWith('.js')).map((r) => r.encodedBodySize))
  const sum = scripts.reduce((a, b) => a + b, 0)
  t.diagnostic(`${scripts.length} scripts, ${sum} bytes`)
  assert.ok(scripts.length >= 1 && sum > 10_000 && sum < 300_000, `${sum} bytes`)
})
