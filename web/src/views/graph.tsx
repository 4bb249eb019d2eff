// The canvas and its tools.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Empty, Failure, Loading } from '../parts/parts'
import { drawing, failed, picture, redraw, scene } from '../picture/stage'
import { Scene } from '../picture/scene'
import { theme } from '../picture/look'
import { find, pin } from '../state/actions'
import { nameOf } from '../state/names'
import { go, isEmpty, layouts, pick, state, undo } from '../state/route'
import { en } from '../text/en'
import { Legend } from './legend'
import { Export } from './export'
import { exampleSteps } from '../tour/example'

export function GraphView() {
  return (
    <div class="stage">
      <Tools />
      <div class="field">
        <Canvas />
        <Legend />
        <Notices />
      </div>
    </div>
  )
}

function Canvas() {
  const holder = useRef<HTMLDivElement>(null)
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    if (!holder.current) return
    try {
      scene.value = new Scene(holder.current, {
        node: pick,
        line: (key) => (key.startsWith('group ') ? pick(key) : go({ line: key, picked: [] })),
        ground: () => (state.peek().picked.length || state.peek().line) && go({ picked: [], line: null }),
        open: (id) => !id.startsWith('group ') && find(id),
        moved: (id, x, y) => pin({ [id]: [x, y] }),
        rest: () => holder.current?.setAttribute('data-rest', String(Date.now())),
      })
      Object.assign(holder.current, { scene: scene.value }) // for tests, and for those who look under the bonnet
    } catch {
      setBroken(true)
    }
    return () => {
      scene.peek()?.kill()
      scene.value = null
    }
  }, [])
  const { picked, line, pins, layout, steps } = state.value
  const drawn = picture.value
  const roots = steps.flatMap((s) => (/^(add|near|open|path) /.test(s) ? [s.split(' ')[1] ?? ''] : [])).slice(0, 1)
  const named = steps.flatMap((s) => s.split(' ').filter((word) => drawn.things.has(word)))
  useEffect(() => {
    holder.current?.removeAttribute('data-rest')
    scene.value?.show({ picture: drawn, picked, line, pins, layout, roots, named, theme: theme.value })
  }, [drawn, picked, line, pins, layout, theme.value, scene.value])
  if (broken) return <Empty title={en.canvas.noWebGL} />
  return <div class="canvas" ref={holder} role="img" aria-label={en.canvas.label} />
}

function Tools() {
  const now = scene.value
  return (
    <div class="tools" role="toolbar" aria-label={en.canvas.tools}>
      <button type="button" onClick={undo} disabled={isEmpty.value} title={en.canvas.undoLast}>
        {en.canvas.undo}
      </button>
      <button type="button" onClick={() => go({ steps: [], picked: [], line: null, pins: {} })} disabled={isEmpty.value}>
        {en.canvas.clear}
      </button>
      <label class="choice">
        <span class="unseen">{en.canvas.layout}</span>
        <select value={state.value.layout} onChange={(e) => go({ layout: layouts.find((l) => l === e.currentTarget.value) ?? 'force' })}>
          {layouts.map((l) => (
            <option key={l} value={l}>
              {en.canvas.layouts[l]}
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => now?.centre()}>
        {en.canvas.fit}
      </button>
      <button type="button" class="square" aria-label={en.canvas.closer} onClick={() => now?.zoom(0.7)}>
        +
      </button>
      <button type="button" class="square" aria-label={en.canvas.farther} onClick={() => now?.zoom(1.4)}>
        −
      </button>
      <Export />
    </div>
  )
}

function Notices() {
  const { omitted, pathless, things, lines } = picture.value
  if (failed.value) return <div class="over"><Failure problem={failed.value} again={redraw} /></div>
  if (isEmpty.value) {
    const example = exampleSteps.value
    return (
      <div class="over">
        <Empty title={en.canvas.empty}>
          <p>{en.canvas.emptyHint}</p>
          {example && (
            <button type="button" class="main" onClick={() => go(example)}>
              {en.canvas.example}
            </button>
          )}
        </Empty>
      </div>
    )
  }
  return (
    <div class="notices">
      {drawing.value ? <Loading /> : <p role="status">{en.canvas.drawn(en.count.things(things.size), en.count.lines(lines.size))}</p>}
      {omitted > 0 && <p role="status">{en.canvas.omitted(omitted)}</p>}
      {pathless.map(([a, b]) => (
        <p key={a + b} role="status">
          {en.canvas.pathless(nameOf(a), nameOf(b))}
        </p>
      ))}
    </div>
  )
}
