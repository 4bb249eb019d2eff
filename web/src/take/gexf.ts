// GEXF 1.3 of a picture: things as nodes, lines as edges, with who says them.
import { mannerOf, type Picture } from '../picture/model'
import type { Scene } from '../picture/scene'
import { relationName } from '../state/names'

/** xml escapes a text for XML, and leaves out what XML 1.0 cannot hold. */
export const xml = (text: string) =>
  text
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

export function gexf({ things, lines }: Picture, scene: Scene | null): string {
  const nodes = [...things.values()].map((thing) => {
    const at = scene?.graph.hasNode(thing.id) ? scene.graph.getNodeAttributes(thing.id) : null
    const place = at ? `<viz:position x="${at.x.toFixed(2)}" y="${at.y.toFixed(2)}"/>` : ''
    return `<node id="${xml(thing.id)}" label="${xml(thing.name)}"><attvalues><attvalue for="kind" value="${thing.kind}"/></attvalues>${place}</node>`
  })
  const edges = [...lines.values()].map((line, i) => {
    const { disputed, denied } = mannerOf(line.ties)
    const voices = [...new Set(line.ties.flatMap((t) => t.assertedBy.map((v) => v.party.name)))].join('; ')
    const values = { voices, claims: String(line.ties.length), disputed: String(disputed), denied: String(denied) }
    const attributes = Object.entries(values).map(([k, v]) => `<attvalue for="${k}" value="${xml(v)}"/>`)
    return `<edge id="${i}" source="${xml(line.source)}" target="${xml(line.target)}" label="${xml(relationName(line.relation))}" weight="${line.ties.length}"><attvalues>${attributes.join('')}</attvalues></edge>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<graph defaultedgetype="directed">
<attributes class="node"><attribute id="kind" title="kind" type="string"/></attributes>
<attributes class="edge"><attribute id="voices" title="voices" type="string"/><attribute id="claims" title="claims" type="integer"/><attribute id="disputed" title="disputed" type="boolean"/><attribute id="denied" title="denied" type="boolean"/></attributes>
<nodes>
${nodes.join('\n')}
</nodes>
<edges>
${edges.join('\n')}
</edges>
</graph>
</gexf>
`
}
