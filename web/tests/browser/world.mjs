// A server with the corpus, a browser, and what the tests ask of a page.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

export const kharkova = 'person/larisa-kharkova'
/** near is the state that draws all around a thing. */
export const near = (id) => `#/graph?s=near+${id}`

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const program = process.env.TRIPARTITE_PROGRAM ?? fileURLToPath(new URL('../../../bin/tripartite', import.meta.url))

/** serve starts the program on a free port, with the corpus in memory unless another store is named. */
export async function serve({ env = process.env, store = 'memory:', seed = 'yes' } = {}) {
  const server = spawn(program, ['serve', '--store', store, '--seed', seed, '--addr', '127.0.0.1:0'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const address = await new Promise((done, failed) => {
    let said = ''
    const hear = (words) => {
      said += words
      const found = /serving (http:\/\/[^ ]+)/.exec(said)
      if (found) done(found[1])
    }
    server.stdout.on('data', hear)
    server.stderr.on('data', hear)
    server.on('error', failed)
    server.on('exit', (code) => failed(new Error(`the server ended with ${code}: ${said}`)))
  })
  return { address, stop: () => server.kill() }
}

/** browse starts Chromium: CHROMIUM names it. It draws in software. */
export const browse = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })

/**
 * open opens a page on a state. It fails the test for what no page may do: ask another
 * origin, break the policy, throw.
 */
export async function open(browser, address, state = '', options = {}) {
  const { firstVisit = false, before, ...context } = options
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', acceptDownloads: true, ...context })).newPage()
  const faults = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (said) => said.type() === 'error' && faults.push(said.text()))
  page.on('request', (request) => request.url().startsWith(address) || /^(blob|data):/.test(request.url()) || faults.push(`asked ${request.url()}`))
  if (!firstVisit) await page.addInitScript(() => localStorage.setItem('tour-seen', 'yes'))
  if (before) await before(page)
  await page.goto(address + '/' + state)
  return Object.assign(page, { faults })
}

export let server, browser

/** start has a server and a browser for the tests that follow; stop ends both. */
export const start = async () => ([server, browser] = await Promise.all([serve(), browse()]))
export const stop = async () => {
  await browser?.close()
  server?.stop()
}

/** on opens a state, does something there, and looks that nothing went wrong. */
export async function on(state, act, options) {
  const page = await open(browser, server.address, state, options)
  try {
    await act(page)
    assert.deepEqual(page.faults, [])
  } finally {
    await page.context().close()
  }
}

/** graph does something on a picture at rest. */
export const graph = (state, act, options) => on(state, async (page) => (await rest(page), act(page)), options)

/** settled waits until nothing is asked any more. */
export const settled = (page) => page.waitForLoadState('networkidle')

/** rest waits until the layout is done. */
export const rest = (page) => page.waitForSelector('.canvas[data-rest]', { timeout: 60_000 })

/** drawn is what the canvas shows. */
export const drawn = (page) =>
  page.evaluate(() => {
    const { graph } = document.querySelector('.canvas').scene
    return { nodes: graph.nodes(), lines: graph.mapEdges((key, { dashed, struck, doubled, color }) => ({ key, dashed, struck, doubled, color })) }
  })

/** placeOf is where a node stands on the screen. */
export const placeOf = (page, id) =>
  page.evaluate((id) => {
    const canvas = document.querySelector('.canvas')
    const { sigma } = canvas.scene
    const at = sigma.framedGraphToViewport(sigma.getNodeDisplayData(id))
    const { left, top } = canvas.getBoundingClientRect()
    return { x: at.x + left, y: at.y + top }
  }, id)

/** stillAt is where a node stands once it does: a panel that opens moves the picture. */
export async function stillAt(page, id) {
  for (let before; ; ) {
    const at = await placeOf(page, id)
    if (before && Math.hypot(at.x - before.x, at.y - before.y) < 1) return at
    before = at
    await page.waitForTimeout(200)
  }
}

/** violations are those that axe finds, of some of its rules or of all. */
export async function violations(page, rules) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  const { violations } = await page.evaluate((rules) => window.axe.run(document, { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }), rules)
  return violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ')} (${v.nodes[0].failureSummary})`)
}

/** download clicks, and returns what was saved. */
export async function download(page, click) {
  const [file] = await Promise.all([page.waitForEvent('download'), click()])
  return { name: file.suggestedFilename(), content: readFileSync(await file.path()) }
}
