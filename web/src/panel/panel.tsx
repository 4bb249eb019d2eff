// The side panel: what is picked, whatever it is.
import { useEffect, useRef, useState } from 'preact/hooks'
import { NeighboursDocument, type RelationKind, type Role } from '../api/generated'
import { Failure, Loading, ThingLink } from '../parts/parts'
import { picture, pinHere } from '../picture/stage'
import { drawAll, drop, join } from '../state/actions'
import { useAnswer } from '../state/ask'
import { viewOf } from '../state/lens'
import { kindName, nameOf, relationName, thing } from '../state/names'
import { go, state } from '../state/route'
import { en } from '../text/en'
import { EntityPanel } from './entity'
import { LinePanel } from './line'

export function Panel() {
  const { picked, line } = state.value
  const aside = useRef<HTMLElement>(null)
  const below = matchMedia('(max-width: 820px)').matches
  useEffect(() => void (below && aside.current?.scrollIntoView({ block: 'start' })), [picked.join(' '), line])
  if (!picked.length && !line) return null
  return (
    <aside class="panel" ref={aside} aria-label={en.panel.label}>
      <button type="button" class="close" aria-label={en.panel.close} onClick={() => go({ picked: [], line: null })}>
        ×
      </button>
      {line ? <LinePanel key={line} line={line} /> : picked.length > 1 ? <Several ids={picked} /> : <One id={picked[0] ?? ''} />}
    </aside>
  )
}

const One = ({ id }: { id: string }) => (id.startsWith('group ') ? <GroupPanel key={id} id={id} /> : <EntityPanel key={id} id={id} />)

function Several({ ids }: { ids: string[] }) {
  const [a, b] = ids
  return (
    <>
      <header class="panel-head">
        <h2>{en.panel.several(ids.length)}</h2>
        <div class="deeds">
          {a && b && ids.length === 2 && (
            <button type="button" class="main" onClick={() => join(a, b)}>
              {en.panel.path}
            </button>
          )}
          <button type="button" onClick={() => pinHere(ids)}>
            {en.panel.pinAll}
          </button>
          <button type="button" onClick={() => drop(ids)}>
            {en.panel.dropAll}
          </button>
        </div>
      </header>
      <ul class="plain">
        {ids.map((id) => {
          const it = thing(id)
          return (
            <li key={id}>
              {it ? <ThingLink thing={it} to={{ picked: [id], line: null }} /> : nameOf(id)} {it && <span class="quiet">{kindName(it.kind)}</span>}
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** GroupPanel lists the neighbours of a hub, which the canvas draws as one. */
function GroupPanel({ id }: { id: string }) {
  const [, of = '', relation = '', role = ''] = id.split(' ')
  const [after, setAfter] = useState<string | null>(null)
  const asked = useAnswer(NeighboursDocument, { id: of, relations: [relation as RelationKind], roles: [role as Role], view: viewOf(state.value.lens), first: 100, after })
  const found = asked.value?.entity?.neighbors
  const name = relationName(relation as RelationKind, role === 'OBJECT')
  if (asked.state === 'failed') return <Failure problem={asked.problem} again={asked.again} />
  if (!found) return <Loading />
  return (
    <>
      <header class="panel-head">
        <h2>{en.panel.group(found.totalCount, name, nameOf(of))}</h2>
        <p>{en.panel.groupHint}</p>
        <div class="deeds">
          <button type="button" class="main" onClick={() => drawAll(of, relation as RelationKind, role as Role)}>
            {en.panel.drawAll}
          </button>
        </div>
      </header>
      <ul class="plain">
        {found.edges.map(({ node, claims }) => (
          <li key={node.id}>
            <ThingLink thing={node} /> <span class="quiet">{picture.value.things.has(node.id) ? en.panel.drawn : en.count.claims(claims.length)}</span>
          </li>
        ))}
      </ul>
      {found.pageInfo.hasNextPage && (
        <button type="button" class="more" onClick={() => setAfter(found.pageInfo.endCursor)}>
          {en.panel.more}
        </button>
      )}
    </>
  )
}
