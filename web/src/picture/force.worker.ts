// The force layout, off the page's thread: ForceAtlas2 (Jacomy et al., 2014),
// then nodes are moved apart until none covers another.
import Graph from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'
import noverlap from 'graphology-layout-noverlap'
import type { ForceJob, ForceResult } from './force'

self.onmessage = ({ data }: MessageEvent<ForceJob>) => {
  const graph = new Graph({ multi: true })
  data.ids.forEach((id, i) => graph.addNode(id, { x: data.x[i], y: data.y[i], size: data.sizes[i], fixed: data.fixed[i] }))
  for (const [source, target] of data.ties) if (source !== target) graph.addEdge(data.ids[source], data.ids[target])
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    adjustSizes: false,
    barnesHutOptimize: graph.order > 400,
    gravity: graph.order < 60 ? 0.6 : 0.25,
    scalingRatio: graph.order < 400 ? 26 : 10,
    strongGravityMode: false,
    linLogMode: false,
  }
  const rounds = graph.order < 200 ? 400 : graph.order < 1500 ? 200 : 60
  const chunk = Math.max(5, Math.floor(rounds / 12))
  for (let done = 0; done < rounds; done += chunk) {
    forceAtlas2.assign(graph, { iterations: chunk, settings })
    report(graph, data.job, false)
  }
  if (graph.order < 3000) noverlap.assign(graph, { maxIterations: 80, settings: { margin: 16, ratio: 1.1, speed: 3 } })
  report(graph, data.job, true)
}

function report(graph: Graph, job: number, done: boolean) {
  const x = new Float32Array(graph.order)
  const y = new Float32Array(graph.order)
  let i = 0
  graph.forEachNode((_, at) => {
    x[i] = at.x as number
    y[i++] = at.y as number
  })
  const result: ForceResult = { job, x, y, done }
  self.postMessage(result, { transfer: [x.buffer, y.buffer] })
}
