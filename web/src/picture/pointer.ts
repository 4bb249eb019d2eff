// The mark around what a hand or a key is at.
import type { Handled, Pointed } from './hands'

export function markPointed({ sigma, graph }: Handled, pen: CanvasRenderingContext2D, at: Pointed, colour: string) {
  const place = (id: string) => {
    const data = sigma.getNodeDisplayData(id)
    return data ? { ...sigma.framedGraphToViewport(data), r: sigma.scaleSize(data.size) } : null
  }
  pen.strokeStyle = colour
  pen.lineWidth = 2.5
  pen.beginPath()
  if ('node' in at) {
    const node = graph.hasNode(at.node) ? place(at.node) : null
    if (node) pen.arc(node.x, node.y, node.r + 6, 0, 2 * Math.PI)
  } else if (graph.hasEdge(at.line)) {
    const [from, to] = graph.extremities(at.line).map(place)
    if (from && to) {
      pen.globalAlpha = 0.35
      pen.lineWidth = 9
      pen.moveTo(from.x, from.y)
      pen.lineTo(to.x, to.y)
    }
  }
  pen.stroke()
  pen.globalAlpha = 1
}
