// The legend tells of what is drawn now, no more.
import { Dot, Glyph } from '../parts/parts'
import { mannerOf } from '../picture/model'
import { picture } from '../picture/stage'
import { kindName } from '../state/names'
import { en } from '../text/en'

export function Legend() {
  const { things, lines } = picture.value
  const kinds = [...new Set([...things.values()].map((t) => t.kind))].sort()
  const manners = [...lines.values()].map((l) => mannerOf(l.ties))
  const capacities = [...new Set(manners.flatMap((m) => m.capacities))].sort()
  if (!things.size) return null
  return (
    <details class="legend" open={innerWidth > 1000}>
      <summary>{en.canvas.legend}</summary>
      {capacities.length > 0 && <p class="legend-head">{en.canvas.lines}</p>}
      <ul>
        {capacities.map((c) => (
          <li key={c}>
            <Dot capacity={c} /> {en.capacities[c]}
          </li>
        ))}
      </ul>
      {capacities.length > 0 && <Strokes manners={manners} />}
      <p class="legend-head">{en.canvas.kinds}</p>
      <ul>
        {kinds.map((k) => (
          <li key={k}>
            <Glyph kind={k} /> {kindName(k)}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Strokes({ manners }: { manners: ReturnType<typeof mannerOf>[] }) {
  const strokes = [
    { name: 'plain', there: manners.some((m) => !m.doubled && !m.disputed), lines: [6], dash: undefined, slash: false },
    { name: 'doubled', there: manners.some((m) => m.doubled), lines: [4, 8], dash: undefined, slash: false },
    { name: 'dashed', there: manners.some((m) => m.disputed), lines: [6], dash: '6 4', slash: false },
    { name: 'struck', there: manners.some((m) => m.denied), lines: [6], dash: undefined, slash: true },
  ] as const
  return (
    <ul>
      {strokes
        .filter((s) => s.there)
        .map((s) => (
          <li key={s.name}>
            <svg width="34" height="12" viewBox="0 0 34 12" aria-hidden="true" class="stroke">
              {s.lines.map((y) => (
                <path key={y} d={`M1 ${y}h32`} stroke-dasharray={s.dash} />
              ))}
              {s.slash && <path d="M14 11.500l6-11" />}
            </svg>{' '}
            {en.canvas.strokes[s.name]}
          </li>
        ))}
    </ul>
  )
}
