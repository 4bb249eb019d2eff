// The picture as seen, as SVG: the same shapes, strokes and labels as on the canvas.
import { outlineOf } from '../parts/parts'
import { ground, ink, mixed, type Theme } from '../picture/look'
import { picture } from '../picture/stage'
import type { LineAttributes } from '../picture/attributes'
import type { Scene } from '../picture/scene'
import { xml } from './gexf'

export function svg(scene: Scene, theme: Theme): string {
  const { width, height } = scene.sigma.getDimensions()
  const at = (id: string) => {
    const data = scene.sigma.getNodeDisplayData(id)
    return data ? { ...scene.sigma.framedGraphToViewport(data), r: scene.sigma.scaleSize(data.size) } : null
  }
  const lines = scene.graph.mapEdges((_, attributes, source, target) => {
    const from = at(source)
    const to = at(target)
    return from && to ? stroke(from, to, attributes) : ''
  })
  const nodes = scene.graph.mapNodes((id, { color, rim }) => {
    const place = at(id)
    if (!place) return ''
    const size = place.r / 7
    const shape = outlineOf(picture.peek().things.get(id)?.kind ?? 'GROUP')
    return `<path transform="translate(${fixed(place.x - 8 * size)} ${fixed(place.y - 8 * size)}) scale(${size.toFixed(3)})" d="${shape}" fill="${color}" stroke="${rim}" stroke-width="1.4"/>`
  })
  const labels = scene.labels.map(({ text, x, y, size, bold, soft, along, angle }) => {
    const turn = angle ? ` transform="rotate(${((angle * 180) / Math.PI).toFixed(1)} ${fixed(x)} ${fixed(y)})"` : ''
    const manner = `${along ? ' text-anchor="middle" dominant-baseline="middle"' : ''} fill="${soft ? mixed(ink[theme], ground[theme], 0.3) : ink[theme]}"`
    return `<text x="${fixed(x)}" y="${fixed(y)}" font-size="${size}"${bold ? ' font-weight="600"' : ''}${manner}${turn}>${xml(text)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif">
<rect width="100%" height="100%" fill="${ground[theme]}"/>
<g fill="none">${lines.join('\n')}</g>
<g>${nodes.join('\n')}</g>
<g paint-order="stroke" stroke="${ground[theme]}" stroke-width="3" stroke-linejoin="round">${labels.join('\n')}</g>
</svg>
`
}

const fixed = (n: number) => n.toFixed(1)

function stroke(from: { x: number; y: number; r: number }, to: { x: number; y: number; r: number }, line: LineAttributes): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length]
  const point = (along: number, side: number) => `${fixed(from.x + ux * along + uy * (line.shift + side))} ${fixed(from.y + uy * along - ux * (line.shift + side))}`
  const end = length - to.r - 2
  const dash = line.dashed ? ' stroke-dasharray="7 4"' : ''
  const strand = (side: number, color: string) => `<path d="M${point(from.r, side)}L${point(end - (line.arrow ? 6 : 0), side)}" stroke="${color}" stroke-width="${(line.half * 2).toFixed(1)}"${dash}/>`
  const strands = line.doubled ? strand(1.8, line.color) + strand(-1.8, line.second) : strand(0, line.color)
  const head = line.arrow ? `<path d="M${point(end, 0)}L${point(end - 8, 4)}L${point(end - 8, -4)}z" fill="${line.color}"/>` : ''
  const middle = (from.r + end) / 2
  const slash = line.struck ? `<path d="M${point(middle - 4, 6)}L${point(middle + 4, -6)}" stroke="${line.color}" stroke-width="2.2"/>` : ''
  return strands + head + slash
}
