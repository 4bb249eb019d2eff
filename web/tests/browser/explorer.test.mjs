// What a person does, in a real browser, on the real corpus.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { browse, download, drawn, open, placeOf, rest, serve, violations } from './world.mjs'

const kharkova = 'person/larisa-kharkova'
const near = (id) => `#/graph?s=near+${id}`
let server, browser

before(async () => ([server, browser] = await Promise.all([serve(), browse()])))
after(async () => {
  await browser?.close()
  server?.stop()
})

/** on opens a state, does something there, and looks that nothing went wrong. */
async function on(state, act, options) {
  const page = await open(browser, server.address, state, options)
  try {
    await act(page)
    assert.deepEqual(page.faults, [])
  } finally {
    await page.context().close()
  }
}

const graph = (state, act, options) => on(state, async (page) => (await rest(page), act(page)), options)

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
  test('says when nothing is found', () =>
    on('#/graph', async (page) => {
      await page.getByRole('combobox').first().fill('qqqzzzxxx')
      await page.getByText('Nothing is called “qqqzzzxxx”').waitFor()
    }))
})

describe('the picture', () => {
  test('draws lines by who says them: dashed where disputed, struck where denied, doubled where several agree', () =>
    graph(near('country/kazakhstan'), async (page) => {
      const { lines } = await drawn(page)
      for (const manner of ['dashed', 'struck', 'doubled']) assert.ok(lines.some((l) => l[manner]) && lines.some((l) => !l[manner]), manner)
      assert.ok(new Set(lines.map((l) => l.color)).size > 3)
      for (const words of ['governments', 'workers', 'disputed', 'somebody denies it']) await page.locator('.legend').getByText(words, { exact: true }).waitFor()
    }))
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
      for (const [id, modifiers] of [['person/erlan-baltabay', []], ['event/ilc-2021', ['Shift']]]) {
        const at = await placeOf(page, id)
        for (const key of modifiers) await page.keyboard.down(key)
        await page.mouse.click(at.x, at.y)
        for (const key of modifiers) await page.keyboard.up(key)
        await page.waitForTimeout(400)
      }
      await page.getByRole('heading', { name: '2 picked' }).waitFor()
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
    }))
  for (const layout of ['force', 'radial', 'layered'])
    test(`at rest no label covers another, and none is cut off: ${layout}`, () =>
      graph(`${near(kharkova)}&layout=${layout}`, async (page) => {
        const boxes = await page.evaluate(() => {
          const { scene } = document.querySelector('.canvas')
          const pen = document.createElement('canvas').getContext('2d')
          const { width, height } = scene.sigma.getDimensions()
          return scene.labels
            .filter((l) => !l.along)
            .map((l) => {
              pen.font = `${l.bold ? '600 ' : ''}${l.size}px system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif`
              const w = pen.measureText(l.text).width
              return { text: l.text, box: [l.x, l.y - l.size * 0.8, l.x + w, l.y + l.size * 0.2], inside: l.x >= 0 && l.y >= 10 && l.x + w <= width && l.y <= height }
            })
        })
        assert.ok(boxes.length > 8, `${boxes.length} labels`)
        for (const [i, a] of boxes.entries()) {
          assert.ok(a.inside, `${a.text} is cut off`)
          for (const b of boxes.slice(i + 1)) assert.ok(a.box[0] >= b.box[2] || a.box[2] <= b.box[0] || a.box[1] >= b.box[3] || a.box[3] <= b.box[1], `${a.text} covers ${b.text}`)
        }
      }))
})

describe('the side panel', () => {
  test('tells a thing’s names and claims', () =>
    on(`#/graph?s=add+${kharkova}&p=${kharkova}`, async (page) => {
      await page.getByText('Ms L. Kharkova', { exact: true }).waitFor()
      await page.locator('.claim .statement').first().waitFor()
      assert.ok((await page.locator('.claim').count()) >= 10)
    }))
  test('groups a relation’s claims by party, with date, details and the words or where they stand', () =>
    on(`#/graph?s=near+${kharkova}&line=${kharkova}+SENTENCED_BY+court/kharkova-trial-court`, async (page) => {
      await page.locator('.party h3', { hasText: 'Government of Kazakhstan' }).waitFor()
      await page.locator('.party h3', { hasText: 'Worker members' }).waitFor()
      assert.match(await page.locator('.panel').textContent(), /2017-07-25.*paragraph \d+/s)
      const words = process.env.TRIPARTITE_DOCUMENTS ? page.locator('.words mark') : page.getByText('The words are not at hand here')
      await words.first().waitFor()
    }))
  test('shows document, paragraph and characters, and no words, where no documents are at hand', async () => {
    const { TRIPARTITE_DOCUMENTS: _, ...bare } = process.env
    const wordless = await serve(bare)
    const page = await open(browser, wordless.address, `#/graph?s=near+${kharkova}&line=${kharkova}+SENTENCED_BY+court/kharkova-trial-court`)
    try {
      const place = page.locator('.panel .words').first()
      await place.getByText('The words are not at hand here: this is where they stand.').waitFor()
      assert.match(await place.locator('figcaption').textContent(), /^\S.*, paragraph \d+, characters \d+–\d+/)
      assert.equal(await page.locator('.panel blockquote').count(), 0)
      assert.deepEqual(page.faults, [])
    } finally {
      await page.context().close()
      wordless.stop()
    }
  })
})

describe('the lens', () => {
  test('is always there in words; what is chosen changes words and picture', () =>
    graph(near(kharkova), async (page) => {
      const words = page.locator('.lens-words')
      assert.equal(await words.textContent(), 'What is said by anyone, in any document, of any date.')
      const all = (await drawn(page)).lines.length
      await page.getByRole('button', { name: 'Change lens' }).click()
      await page.locator('.lens-choices').getByRole('checkbox', { name: /^governments \d/ }).check()
      await page.waitForFunction((all) => document.querySelector('.canvas').scene.graph.size < all, all)
      const colours = new Set((await drawn(page)).lines.map((l) => l.color))
      assert.equal(colours.size, 1)
      await page.getByRole('slider').fill('2016')
      await page.getByText('What is said by governments, in any document, as of 2016.').waitFor()
      assert.ok((await page.locator('.histogram rect').count()) > 5)
      await page.getByRole('button', { name: 'Look without a lens' }).click()
      await page.waitForFunction((all) => document.querySelector('.canvas').scene.graph.size === all, all)
    }))
})

describe('contradictions', () => {
  test('are listed, each with its voices side by side and their paragraphs', () =>
    on('#/conflicts', async (page) => {
      const first = page.locator('.conflict').first()
      await first.waitFor()
      assert.match(await page.locator('.page .note').first().textContent(), /\d+ contradictions/)
      assert.ok((await first.locator('.side').count()) >= 2)
      assert.match(await first.textContent(), /denies it.*paragraph \d+/s)
      const before = await page.locator('.conflict').count()
      await page.getByRole('button', { name: /^More/ }).click()
      await page.waitForFunction((n) => document.querySelectorAll('.conflict').length > n, before)
    }))
  test('positions are a matrix; a cell opens its claims', () =>
    on('#/positions?about=country/kazakhstan', async (page) => {
      const denies = page.locator('.matrix button.denies').first()
      await denies.waitFor()
      assert.ok((await page.locator('.matrix tbody tr').count()) > 5)
      await denies.click()
      await page.locator('.cell-claims .claim').first().waitFor()
    }))
})

describe('the timeline', () => {
  for (const [what, id] of [['a person', 'person/erlan-baltabay'], ['a case', 'case/baltabay-criminal']])
    test(`of ${what} has lanes by party, and sessions as marks`, () =>
      on(`#/timeline?about=${id}`, async (page) => {
        await page.locator('.lane-name', { hasText: 'Government of Kazakhstan' }).waitFor()
        const bar = page.locator('.bar').first()
        await bar.click()
        await page.locator('.cell-claims .claim').waitFor()
        if (what === 'a person') assert.ok((await page.locator('.session').count()) > 0)
      }))
})

describe('the table', () => {
  test('holds what the canvas shows, sorts, and is walked by keys', () =>
    on(`#/table?s=near+${kharkova}`, async (page) => {
      const lines = page.getByRole('table', { name: 'Relations' })
      await lines.waitFor()
      const rows = lines.locator('tbody tr')
      assert.ok((await rows.count()) > 20)
      await lines.getByRole('button', { name: 'Sort by Claims' }).click()
      await lines.getByRole('button', { name: 'Sort by Claims' }).click()
      await lines.locator('th[aria-sort=descending]', { hasText: 'Claims' }).waitFor()
      const counts = (await rows.locator('td:nth-child(7)').allTextContents()).map(Number)
      assert.deepEqual(counts, [...counts].sort((a, b) => b - a))
      await rows.first().locator('button').focus()
      await page.keyboard.press('ArrowDown')
      assert.ok(await rows.nth(1).locator('button').evaluate((b) => b === document.activeElement))
      await page.keyboard.press('Enter')
      await page.locator('.panel .claim').first().waitFor()
      const { content } = await download(page, () => page.getByRole('button', { name: 'CSV of this table' }).first().click())
      assert.equal(content.toString().trim().split('\r\n').length, (await rows.count()) + 1)
    }))
})

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
  test('exports are files of their kinds', () =>
    graph(near(kharkova), async (page) => {
      const take = async (name) => {
        await page.locator('.menu summary').click()
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

const states = {
  empty: '#/graph',
  picture: `#/graph?s=near+${kharkova}&p=${kharkova}`,
  line: `#/graph?s=near+${kharkova}&line=${kharkova}+SENTENCED_BY+court/kharkova-trial-court`,
  lens: '#/graph?as=GOVERNMENT&at=2017',
  table: `#/table?s=near+${kharkova}`,
  conflicts: '#/conflicts',
  positions: '#/positions?about=country/kazakhstan',
  'positions, to choose': '#/positions',
  timeline: '#/timeline?about=person/erlan-baltabay',
  'timeline, to choose': '#/timeline',
}

describe('for everybody', () => {
  for (const colorScheme of ['light', 'dark'])
    for (const [name, state] of Object.entries(states))
      test(`axe finds no violation: ${name}, ${colorScheme}`, () =>
        on(state, async (page) => {
          await page.waitForLoadState('networkidle')
          if (name === 'lens') {
            await page.getByRole('button', { name: 'Change lens' }).click()
            await page.getByRole('slider').waitFor()
            await page.waitForLoadState('networkidle')
          }
          assert.deepEqual(await violations(page), [])
        }, { colorScheme }))
  for (const width of [360, 768, 1280, 1920])
    for (const [name, state] of Object.entries(states))
      test(`nothing is cut off at ${width} px: ${name}`, () =>
        on(state, async (page) => {
          await page.waitForLoadState('networkidle')
          const wide = await page.evaluate(() => document.documentElement.scrollWidth)
          assert.ok(wide <= width, `the page is ${wide} px wide`)
          const out = await page.evaluate(() =>
            [...document.querySelectorAll('button, a, input, select, h1, h2, h3, p')]
              .filter((e) => e.checkVisibility() && !e.closest('.scroller, .suggestions, .unseen, .skip, .scroll'))
              .filter((e) => { const b = e.getBoundingClientRect(); return b.width && (b.left < -1 || b.right > innerWidth + 1) })
              .map((e) => e.outerHTML.slice(0, 90)),
          )
          assert.deepEqual(out, [])
        }, { viewport: { width, height: 800 } }))
})

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
