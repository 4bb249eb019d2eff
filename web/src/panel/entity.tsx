// The side panel of an entity: its names, what ties it, and its claims.
import { useEffect, useState } from 'preact/hooks'
import { EntityClaimsDocument, EntityDocument, type DetailFragment, type EntityQuery, type Role } from '../api/generated'
import { ask } from '../api/client'
import { Empty, Failure, Kind, Loading } from '../parts/parts'
import { drop, find, openBy, pin, unpin } from '../state/actions'
import { useAnswer } from '../state/ask'
import { viewOf } from '../state/lens'
import { learn, relationName } from '../state/names'
import { href, state } from '../state/route'
import { scene } from '../picture/stage'
import { en } from '../text/en'
import { Claim } from './claim'

type Found = NonNullable<EntityQuery['entity']>

export function EntityPanel({ id }: { id: string }) {
  const view = viewOf(state.value.lens)
  const asked = useAnswer(EntityDocument, { id, view })
  const entity = asked.value?.entity
  if (asked.state === 'failed') return <Failure problem={asked.problem} again={asked.again} />
  if (!entity || entity.id !== id) return <Loading />
  learn([entity])
  return (
    <>
      <header class="panel-head">
        <Kind kind={entity.kind} />
        <h2>{entity.name}</h2>
        {entity.description && <p>{entity.description}</p>}
        {entity.protected && <p class="note">{en.panel.protected}</p>}
        {entity.unnamed && <p class="note">{en.panel.unnamed}</p>}
        <Deeds entity={entity} />
      </header>
      <Names names={entity.names} />
      <Relations entity={entity} />
      <Claims id={id} />
    </>
  )
}

function Deeds({ entity }: { entity: Found }) {
  const { id } = entity
  const pinned = id in state.value.pins
  const at = () => scene.value?.graph.hasNode(id) && scene.value.graph.getNodeAttributes(id)
  const hold = () => {
    const place = at()
    if (place) pin({ [id]: [place.x, place.y] })
  }
  return (
    <div class="deeds">
      <button type="button" onClick={() => find(id)}>
        {en.panel.around}
      </button>
      <a class="button" href={href({ view: 'timeline', about: id })}>
        {en.panel.timeline}
      </a>
      <a class="button" href={href({ view: 'positions', about: id })}>
        {en.panel.positions}
      </a>
      <button type="button" aria-pressed={pinned} onClick={() => (pinned ? unpin([id]) : hold())}>
        {pinned ? en.panel.unpin : en.panel.pin}
      </button>
      <button type="button" onClick={() => drop([id])}>
        {en.panel.drop}
      </button>
    </div>
  )
}

function Names({ names }: { names: Found['names'] }) {
  const shown = names.slice(0, 6)
  const rest = names.slice(6)
  return (
    <section>
      <h3>{en.panel.names}</h3>
      <ul class="names-list">{shown.map(nameLine)}</ul>
      {rest.length > 0 && (
        <details>
          <summary>{en.panel.moreNames(rest.length)}</summary>
          <ul class="names-list">{rest.map(nameLine)}</ul>
        </details>
      )}
    </section>
  )
}

const nameLine = (name: Found['names'][number]) => (
  <li key={`${name.text} ${name.language}`}>
    <span lang={name.language ?? undefined}>{name.text}</span>{' '}
    <span class="quiet">
      {[en.nameRoles[name.role], name.language].filter(Boolean).join(', ')}
      {name.evidence.length > 0 && ` · ${name.evidence.map((e) => `${e.document.name}${e.paragraph === null ? '' : ` ¶${e.paragraph}`}`).join('; ')}`}
    </span>
  </li>
)

function Relations({ entity }: { entity: Found }) {
  const counts = [...entity.relationCounts].sort((a, b) => b.count - a.count)
  const taken = state.value.steps
  if (!counts.length) return null
  return (
    <section>
      <h3>{en.panel.relations}</h3>
      <ul class="relation-list">
        {counts.map(({ relation, direction, count, claims }) => {
          const name = relationName(relation, direction === 'OBJECT')
          const open = taken.includes(`open ${entity.id} ${relation} ${direction}`) || taken.includes(`near ${entity.id}`)
          return (
            <li key={`${relation} ${direction}`}>
              <button type="button" onClick={() => openBy(entity.id, relation, direction)} disabled={open} title={en.panel.open(name, count)}>
                <span>{name}</span> <span class="number">{open ? en.panel.drawn : en.count.neighbours(count, claims)}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Claims({ id }: { id: string }) {
  const [speaking, setSpeaking] = useState(false)
  const roles: Role[] = speaking ? ['SPEAKER'] : ['SUBJECT', 'OBJECT', 'QUALIFIER']
  const variables = { id, view: viewOf(state.value.lens), roles, first: 20, after: null as string | null, orderBy: 'DATE_DESC' as const }
  const asked = useAnswer(EntityClaimsDocument, variables)
  const [further, setFurther] = useState<DetailFragment[]>([])
  const [cursor, setCursor] = useState<string | null>(null)
  const list = asked.value?.entity?.claims
  useEffect(() => {
    setFurther([])
    setCursor(list?.pageInfo.hasNextPage ? list.pageInfo.endCursor : null)
  }, [list])
  const more = async () => {
    const answer = await ask(EntityClaimsDocument, { ...variables, after: cursor })
    const found = answer.entity?.claims
    if (!found) return
    setFurther([...further, ...found.nodes])
    setCursor(found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null)
  }
  return (
    <section>
      <h3>
        {en.panel.claims} {list && <span class="quiet">{list.totalCount.toLocaleString('en')}</span>}
      </h3>
      <div class="tabs" role="group" aria-label={en.panel.claims}>
        <button type="button" aria-pressed={!speaking} onClick={() => setSpeaking(false)}>
          {en.panel.claims}
        </button>
        <button type="button" aria-pressed={speaking} onClick={() => setSpeaking(true)}>
          {en.panel.says}
        </button>
      </div>
      {asked.state === 'failed' && <Failure problem={asked.problem} again={asked.again} />}
      {!list && asked.state === 'waiting' && <Loading />}
      {list && list.undatedCount > 0 && <p class="note">{en.count.undated(list.undatedCount)}</p>}
      {list && list.withheldCount > 0 && <p class="note">{en.count.withheld(list.withheldCount)}</p>}
      {list?.totalCount === 0 && <Empty title={en.panel.none} />}
      {[...(list?.nodes ?? []), ...further].map((claim) => (
        <Claim key={claim.id} claim={claim} />
      ))}
      {cursor && (
        <button type="button" class="more" onClick={more}>
          {en.panel.more}
        </button>
      )}
    </section>
  )
}
