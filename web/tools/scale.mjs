// The explorer on a large store: `npm run scale -- DIR`, where DIR is the folder of a
// store that `go run ./bench -dir D` left. It prints, for things with few and with many
// relations, how long it takes from the loaded page to the first picture, and from
// pressing a relation to its neighbours on the canvas; and of both the page's script.
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

/** watched opens a state on a page that notes when the canvas first shows so many things. */
async function watched(state) {
  const before = (page) =>
    page.addInitScript(() => {
      window.shows = (things) =>
        new Promise((done) => {
          const look = () => {
            const scene = document.querySelector('.canvas')?.scene
            if (scene?.graph.order >= things && scene.frames.length) done(performance.now())
            else requestAnimationFrame(look)
          }
          look()
        })
      addEventListener('load', async () => {
        const loaded = performance.now()
        window.firstPicture = (await window.shows(1)) - loaded
      })
    })
  const page = await open(browser, server.address, state, { before })
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const script = async () => (await cdp.send('Performance.getMetrics')).metrics.find((m) => m.name === 'ScriptDuration').value * 1000
  return { page, script }
}

async function first(id) {
  const { page, script } = await watched(`#/graph?s=near+${id}`)
  await rest(page)
  const firstPicture = await page.evaluate(() => window.firstPicture)
  const result = { 'first picture, ms': Math.round(firstPicture), 'script of it, ms': Math.round(await script()) }
  await page.context().close()
  return result
}

async function expanded(id) {
  const { page, script } = await watched(`#/graph?s=add+${id}&p=${id}`)
  await page.locator('.relation-list button').first().waitFor()
  await rest(page)
  const begun = await script()
  const took = await page.evaluate(async () => {
    const start = performance.now()
    document.querySelector('.relation-list button').click()
    return (await window.shows(2)) - start
  })
  const result = { 'expanding, ms': Math.round(took), 'script of that, ms': Math.round((await script()) - begun) }
  await page.context().close()
  return result
}
