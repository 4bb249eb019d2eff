// The canvas: what is drawn.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { drawn, graph, kharkova, near, placeOf, server, start, stop } from './world.mjs'

before(start)
after(stop)

/** deniedAlone is a claim that somebody denies, and nothing contradicts. */
async function deniedAlone() {
  const query = '{ claims(filter: { stances: [DENIED], disputed: false }, first: 100) { nodes { subject { id } object { id } } } }'
  const response = await fetch(`${server.address}/graphql`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) })
  const { nodes } = (await response.json()).data.claims
  return nodes.find(({ subject, object }) => object && object.id !== subject.id)
}

describe('the picture', () => {
  test('draws lines by who says them: dashed where disputed, struck where denied, doubled where several agree', () =>
    graph(near('country/kazakhstan'), async (page) => {
      const { lines } = await drawn(page)
      for (const manner of ['dashed', 'struck', 'doubled']) assert.ok(lines.some((l) => l[manner]) && lines.some((l) => !l[manner]), manner)
      assert.ok(new Set(lines.map((l) => l.color)).size > 3)
      for (const words of ['governments', 'workers', 'disputed', 'somebody denies it']) await page.locator('.legend').getByText(words, { exact: true }).waitFor()
    }))
  test('groups what a hub has most of, and names each group', () =>
    graph(near('authority/government-of-kazakhstan'), async (page) => {
      const group = (await drawn(page)).nodes.filter((n) => n.startsWith('group '))
      assert.ok(group.length > 0)
      const names = await page.evaluate(() => document.querySelector('.canvas').scene.labels.map((l) => l.text))
      assert.ok(names.some((n) => /^\d+ · /.test(n)), names.join(', '))
      const before = (await drawn(page)).nodes.length
      const { x, y } = await placeOf(page, group[0])
      await page.mouse.dblclick(x, y)
      await page.waitForFunction((n) => document.querySelector('.canvas').scene.graph.order > n, before)
    }))
  test('strikes a denied line through without breaking it into dashes', async () => {
    const { subject, object } = await deniedAlone()
    await graph(`#/graph?s=add+${subject.id}&s=add+${object.id}`, async (page) => {
      const line = (await drawn(page)).lines.find((l) => l.struck && !l.dashed)
      const covered = await page.evaluate(({ key }) => {
        const { sigma, graph, holder } = document.querySelector('.canvas').scene
        const sheet = document.createElement('canvas')
        const { width, height } = sigma.getDimensions()
        Object.assign(sheet, { width, height })
        const pen = sheet.getContext('2d')
        sigma.refresh()
        for (const layer of holder.querySelectorAll('canvas:not(.names)')) if (layer.width) pen.drawImage(layer, 0, 0, width, height)
        const [a, b] = graph.extremities(key).map((id) => sigma.framedGraphToViewport(sigma.getNodeDisplayData(id)))
        const length = Math.hypot(b.x - a.x, b.y - a.y)
        const aside = graph.getEdgeAttribute(key, 'shift') / length
        const inked = (part) => {
          const [x, y] = [a.x + (b.x - a.x) * part + (b.y - a.y) * aside, a.y + (b.y - a.y) * part - (b.x - a.x) * aside]
          return pen.getImageData(Math.round(x) - 2, Math.round(y) - 2, 5, 5).data.some((v, i) => i % 4 === 3 && v > 60)
        }
        const parts = Array.from({ length: 80 }, (_, i) => 0.12 + (i / 80) * 0.7)
        return parts.filter(inked).length / parts.length
      }, line)
      assert.ok(covered > 0.97, `${covered} of the line is drawn`)
    })
  })
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
