// Takes the pictures of docs/explorer.md anew: `npm run pictures`, and look at each;
// `npm run pictures -- 09` takes those whose names begin so.
// The server has no documents, so that no picture holds words of a source.
import { fileURLToPath } from 'node:url'
import { browse, kharkova, near, open, rest, serve, settled } from '../tests/browser/world.mjs'

const folder = fileURLToPath(new URL('../../docs/explorer/', import.meta.url))
const line = `${kharkova}+SENTENCED_BY+court/kharkova-trial-court`

/** Name, state, what a hand does there, options of the page. */
const pictures = [
  ['01-first-visit', '', rest, { firstVisit: true }],
  ['02-search', '#/graph', async (page) => (await page.getByRole('combobox').first().fill('харькова'), await page.getByRole('option').first().waitFor())],
  ['03-picture', `${near(kharkova)}&p=${kharkova}`, rest],
  ['04-voices', `${near(kharkova)}&line=${line}`, rest],
  ['05-lens', `${near(kharkova)}&as=GOVERNMENT&at=2017`, async (page) => (await rest(page), await page.getByRole('button', { name: 'Change lens' }).click())],
  ['06-contradictions', '#/conflicts'],
  ['07-positions', '#/positions?about=country/kazakhstan'],
  ['08-timeline-dark', '#/timeline?about=person/erlan-baltabay', undefined, { colorScheme: 'dark' }],
  ['09-table', `#/table?s=near+${kharkova}`],
  ['10-large-dark', '#/graph?s=near+country/kazakhstan+2', rest, { colorScheme: 'dark', viewport: { width: 1600, height: 1000 } }],
]

const { TRIPARTITE_DOCUMENTS: _, ...env } = process.env
const server = await serve({ env })
const browser = await browse()
try {
  const [only = ''] = process.argv.slice(2)
  for (const [name, state, act = () => {}, options] of pictures.filter(([name]) => name.startsWith(only))) {
    const page = await open(browser, server.address, state, options)
    await settled(page)
    await act(page)
    await settled(page)
    await page.screenshot({ path: `${folder}${name}.png` })
    await page.context().close()
  }
} finally {
  await browser.close()
  server.stop()
}
