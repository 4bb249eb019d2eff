// Search, as a person does it.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { drawn, on, rest, start, stop } from './world.mjs'

before(start)
after(stop)

describe('search', () => {
  test('suggests across scripts, tells which name matched and why, and draws what is chosen', () =>
    on('#/graph', async (page) => {
      await page.getByRole('combobox').first().fill('харькова')
      const first = page.getByRole('option').first()
      await first.waitFor()
      assert.match(await first.textContent(), /Larisa Kharkova.*Person.*“Kharkova”: the same name, in another case or script/)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Larisa Kharkova' }).waitFor()
      await rest(page)
      assert.ok((await drawn(page)).nodes.length > 10)
    }))
  for (const [typed, name] of [['Kushakbajv', 'Nurbek Kushakbaev'], ['КСПК', 'Confederation of Free Trade Unions of Kazakhstan']])
    test(`finds “${name}” by ${typed}`, () =>
      on('#/graph', async (page) => {
        await page.getByRole('combobox').first().fill(typed)
        await page.getByRole('option').first().getByText(name, { exact: true }).waitFor()
        assert.match(await page.getByRole('option').first().textContent(), /spelt nearly so|in another case or script/)
      }))
  test('says when nothing is found', () =>
    on('#/graph', async (page) => {
      await page.getByRole('combobox').first().fill('qqqzzzxxx')
      await page.getByText('Nothing is called “qqqzzzxxx”').waitFor()
    }))
})
