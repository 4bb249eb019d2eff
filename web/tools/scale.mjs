// The explorer on a large store: `npm run scale -- DIR`, where DIR is the folder of a
// store that `go run ./bench -dir D` left. It prints, for things with few and with many
// relations, how long it takes from the loaded page to the first picture, and from the
// click on a relation to its neighbours on the canvas; of both the page's script; and,
// to tell what a frame alone costs here, how long the same picture takes to be drawn again.
// All is timed inside the page, up to the end of the frame that has the picture.
import { browse, open, rest, serve } from '../tests/browser/world.mjs'

const [dir] = process.argv.slice(2)
if (!dir) throw new Error('name the folder of a store: npm run scale -- DIR')
const server = await serve({ store: `file:${dir}`, seed: 'no' })
const browser = await browse()
try {
  const things = await busiest()
  await first(things[0].id) // what follows is measured on a server that is warm
  const rows = []
  for (const { id, ties } of things) rows.push({ id, ties, ...(await first(id)), ...(await expanded(id)) })
  console.table(rows)
} finally {
  await browser.close()
  server.stop()
}

/** busiest are things with few, some and many relations. */
async function busiest() {
  const ask = '{ entities(first: 200) { nodes { id relationCounts { count } } } }'
  const response = await fetch(`${server.address}/graphql`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query: ask }) })
  const { nodes } = (await response.json()).data.entities
  const counted = nodes.map(({ id, relationCounts }) => ({ id, ties: relationCounts.reduce((sum, c) => sum + c.count, 0) }))
  counted.sort((a, b) => a.ties - b.ties)
  return [0.1, 0.5, 0.9, 1].map((part) => counted[Math.min(counted.length - 1, Math.floor(part * counted.length))])
}

/** watch runs in the page before its own script: it times pictures to the end of their frame. */
function watch() {
  const frame = () =>
    new Promise((done) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => done(performance.now())
        port2.postMessage(null) // comes when the frame has been made
      }),
    )
  const scene = () => document.querySelector('.canvas')?.scene
  const drawn = async (things) => {
    for (;;) {
      const there = scene()?.graph.order >= things && scene().frames.length
      const now = await frame()
      if (there) return now
    }
  }
  window.timed = {}
  addEventListener('load', async () => {
    const loaded = performance.now()
    const now = await drawn(2)
    Object.assign(window.timed, { first: now - loaded, whole: now })
  })
  addEventListener('click', async (event) => (window.timed.expanding = (await drawn(scene().graph.order + 1)) - event.timeStamp), { capture: true })
  window.redrawn = async () => {
    const begun = performance.now()
    scene().sigma.refresh()
    return (await frame()) - begun
  }
}

async function watched(state) {
  const page = await open(browser, server.address, state, { before: (page) => page.addInitScript(watch) })
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const script = async () => (await cdp.send('Performance.getMetrics')).metrics.find((m) => m.name === 'ScriptDuration').value * 1000
  return { page, script }
}

/** timed waits for one of what the page times. */
async function timed(page, name) {
  return (await page.waitForFunction((name) => window.timed[name], name)).jsonValue()
}

async function first(id) {
  const { page, script } = await watched(`#/graph?s=near+${id}`)
  const took = await timed(page, 'first')
  await rest(page)
  const result = { 'first picture, ms': Math.round(took), 'since it was asked for': Math.round(await timed(page, 'whole')), 'script of it': Math.round(await script()) }
  await page.context().close()
  return result
}

async function expanded(id) {
  const { page, script } = await watched(`#/graph?s=add+${id}&p=${id}`)
  const relation = page.locator('.relation-list button').first()
  await relation.waitFor()
  await rest(page)
  await page.waitForTimeout(500)
  const begun = await script()
  await relation.click()
  const took = await timed(page, 'expanding')
  await rest(page)
  const spent = (await script()) - begun
  const again = []
  for (let i = 0; i < 9; i++) again.push(await page.evaluate(() => window.redrawn()))
  const result = { 'expanding, ms': Math.round(took), 'script of that': Math.round(spent), 'the same frame again': Math.round(again.sort((a, b) => a - b)[4]) }
  await page.context().close()
  return result
}
