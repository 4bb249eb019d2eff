// Markup, policy, and a server that does not answer.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { kharkova, near, on, rest, server, start, stop } from './world.mjs'

before(start)
after(stop)

describe('safety', () => {
  test('a strict policy holds', async () => {
    const response = await fetch(server.address + '/')
    const policy = response.headers.get('content-security-policy')
    assert.match(policy, /default-src 'none'/)
    assert.doesNotMatch(policy, /unsafe|\*|data:|https?:/)
  })
  test('names and words with markup in them are shown, never run', () => {
    const markup = '<img src=x onerror=window.ran=1><script>window.ran=1</script>'
    const poison = (page) =>
      page.route('**/graphql', async (route) => {
        const answer = await route.fetch()
        await route.fulfill({ response: answer, body: (await answer.text()).replaceAll('Larisa Kharkova', markup) })
      })
    return on(`#/graph?s=near+${kharkova}&p=${kharkova}`, async (page) => {
      await page.getByRole('heading', { name: markup }).waitFor()
      await rest(page)
      await page.getByRole('link', { name: 'Table' }).click()
      await page.getByRole('table', { name: 'Relations' }).getByText(markup).first().waitFor()
      assert.equal(await page.evaluate(() => window.ran), undefined)
    }, { before: poison })
  })
  test('without a network the page says so, and goes on when it is back', () =>
    on(near(kharkova), async (page) => {
      await rest(page)
      await page.waitForFunction(() => performance.getEntriesByType('resource').some((r) => r.name.includes('conflicts')))
      await page.context().setOffline(true)
      await page.getByRole('link', { name: 'Contradictions' }).click()
      await page.getByText('The server does not answer').first().waitFor()
      await page.context().setOffline(false)
      await page.getByRole('button', { name: 'Ask again' }).first().click()
      await page.locator('.conflict').first().waitFor()
      page.faults.splice(0) // the browser itself reports what it could not fetch
    }))
  test('a server that does not answer is told, and can be asked again', () => {
    let broken = true
    const cut = (page) => page.route('**/graphql', (route) => (broken ? route.fulfill({ status: 200, body: 'no JSON' }) : route.continue()))
    return on(near(kharkova), async (page) => {
      await page.getByText('The server does not answer').first().waitFor()
      broken = false
      await page.getByRole('button', { name: 'Ask again' }).first().click()
      await rest(page)
      await page.waitForFunction(() => document.querySelector('.canvas').scene.graph.order > 10)
    }, { before: cut })
  })
})
