// The canvas and its tools.
import { signal } from '@preact/signals'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Menu } from '../parts/menu'
import { Empty, Failure, Loading } from '../parts/parts'
import type { Pointed } from '../picture/hands'
import { groupName } from '../picture/paint'
import { drawing, failed, picture, pinHere, redraw, scene, slow } from '../picture/stage'
import { Scene } from '../picture/scene'
import { theme } from '../picture/look'
import { drawAll, drawAround } from '../state/actions'
import { kindName, nameOf, relationName } from '../state/names'
import { canUndo, go, isEmpty, layouts, pick, state, undo } from '../state/route'
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
        <p id="canvas-keys" class="unseen">
          {en.canvas.keys}
        </p>
        <Legend />
        <Notices />
      </div>
    </div>
  )
}

const Help = () => (
  <Menu label={en.canvas.help}>
    <dl class="gestures">
      {en.canvas.gestures.map(([how, what]) => (
        <div key={how}>
          <dt>{how}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  </Menu>
)

/** What a hand or a key is at, on the canvas. */
const pointed = signal<Pointed | null>(null)

function open(id: string) {
  const group = picture.peek().groups.get(id)
  if (group) drawAll(group.of, group.relation, group.role)
  else drawAround(id)
}

function Canvas() {
  const holder = useRef<HTMLDivElement>(null)
  const [broken, setBroken] = useState(false)
  useLayoutEffect(() => {
    if (!holder.current) return
    try {
      scene.value = new Scene(holder.current, {
        node: pick,
        panelled: () => state.peek().picked.length > 0 || state.peek().line !== null,
        line: (key) => (key.startsWith('group ') ? pick(key) : go({ line: key, picked: [] })),
        ground: () => (state.peek().picked.length || state.peek().line) && go({ picked: [], line: null }),
        open,
        moved: (id) => pinHere([id]),
        pointed: (at) => (pointed.value = at),
        looked: (camera) => go({ camera }, true),
        rest: () => {
          holder.current?.setAttribute('data-rest', String(Date.now()))
          if (!drawing.peek()) scene.peek()?.gaze.check()
        },
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
  const { picked, line, pins, layout, steps, camera } = state.value
  const drawn = picture.value
  const roots = steps.flatMap((s) => (/^(add|near|open|path) /.test(s) ? [s.split(' ')[1] ?? ''] : [])).slice(0, 1)
  const named = steps.flatMap((s) => s.split(' ').filter((word) => drawn.things.has(word)))
  // At once, not after the next frame: that one shall have the picture.
  useLayoutEffect(() => {
    holder.current?.removeAttribute('data-rest')
    scene.value?.show({ picture: drawn, picked, line, pins, layout, roots, named, theme: theme.value })
  }, [drawn, picked, line, pins, layout, theme.value, scene.value])
  useLayoutEffect(() => scene.value?.gaze.look(camera), [camera, scene.value])
  if (broken) return <Empty title={en.canvas.noWebGL} />
  return <div class="canvas" ref={holder} tabIndex={0} role="application" aria-label={en.canvas.label} aria-describedby="canvas-keys" />
}

function Tools() {
  const now = scene.value
  return (
    <div class="tools" role="toolbar" aria-label={en.canvas.tools}>
      <button type="button" onClick={undo} disabled={!canUndo.value} title={en.canvas.undoLast}>
        {en.canvas.undo}
      </button>
      <button type="button" onClick={() => go({ steps: [], picked: [], line: null, pins: {}, camera: null })} disabled={isEmpty.value}>
        {en.canvas.clear}
      </button>
      <label class="choice">
        <span class="unseen">{en.canvas.layout}</span>
        <select value={state.value.layout} onChange={(e) => go({ layout: layouts.find((l) => l === e.currentTarget.value) ?? 'force', camera: null })}>
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
      <Help />
    </div>
  )
}

function Notices() {
  if (failed.value) return <div class="over"><Failure problem={failed.value} again={redraw} /></div>
  return isEmpty.value ? <Beginning title={en.canvas.empty} /> : <Drawn />
}

function Beginning({ title }: { title: string }) {
  const example = exampleSteps.value
  return (
    <div class="over">
      <Empty title={title}>
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

/** Drawn tells how much is drawn, what is not, and what one points at. */
function Drawn() {
  const { omitted, pathless, unknown, things, lines } = picture.value
  const told = [
    ...unknown.map(en.unknown),
    ...pathless.map(([a, b]) => en.canvas.pathless(nameOf(a), nameOf(b))),
    ...(omitted > 0 ? [en.canvas.omitted(omitted)] : []),
  ]
  if (!things.size && told.length && !drawing.value) return <Beginning title={told.join(' ')} />
  return (
    <div class="notices">
      {told.map((words) => (
        <p key={words} role="status" class="told">
          {words}
        </p>
      ))}
      <p role="status" class="pointed">
        {pointed.value && describe(pointed.value)}
      </p>
      {slow.value || (drawing.value && !things.size) ? <Loading /> : <p role="status">{en.canvas.drawn(en.count.things(things.size), en.count.lines(lines.size))}</p>}
    </div>
  )
}

/** describe says in words what one points at. */
function describe(at: Pointed): string {
  const { things, lines, groups } = picture.value
  if ('node' in at) {
    const thing = things.get(at.node)
    const group = groups.get(at.node)
    if (group) return `${groupName(group)}, ${nameOf(group.of)}`
    return thing ? en.canvas.thing(thing.name, kindName(thing.kind), scene.value?.graph.degree(at.node) ?? 0) : ''
  }
  const line = lines.get(at.line)
  if (!line) return ''
  const by = (stance: string) => [...new Set(line.ties.filter((t) => t.stance === stance).flatMap((t) => t.assertedBy.map((v) => v.party.name)))]
  return en.canvas.line(`${nameOf(line.source)} ${relationName(line.relation)} ${nameOf(line.target)}`, by('ASSERTED'), by('DENIED'))
}
