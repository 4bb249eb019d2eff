// The side panel of an entity: its names, what ties it, and its claims.
import { useEffect, useState } from 'preact/hooks'
import { EntityClaimsDocument, EntityDocument, type DetailFragment, type EntityQuery, type Role } from '../api/generated'
import { ask } from '../api/client'
import { Empty, Failure, Kind, Loading } from '../parts/parts'
import { drawAround, drop, openBy, unpin } from '../state/actions'
import { useAnswer } from '../state/ask'
import { viewOf } from '../state/lens'
import { learn, relationName } from '../state/names'
import { href, pick, state } from '../state/route'
import { picture, pinHere } from '../picture/stage'
import { en } from '../text/en'
import { Claim } from './claim'

type Found = NonNullable<EntityQuery['entity']>

export function EntityPanel({ id }: { id: string }) {
  const view = viewOf(state.value.lens)
  const asked = useAnswer(EntityDocument, { id, view })
  const entity = asked.value?.entity
  if (asked.state === 'failed') return <Failure problem={asked.problem} again={asked.again} />
  if (asked.state === 'done' && !entity) return <Empty title={en.unknown(id)} />
  if (!entity) return <Loading />
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
  return (
    <div class="deeds">
      <button type="button" onClick={() => drawAround(id)}>
        {en.panel.around}
      </button>
      <a class="button" href={href({ view: 'timeline', about: id })}>
        {en.panel.timeline}
      </a>
      <a class="button" href={href({ view: 'positions', about: id })}>
        {en.panel.positions}
      </a>
      <button type="button" aria-pressed={pinned} onClick={() => (pinned ? unpin([id]) : pinHere([id]))}>
        {pinned ? en.panel.unpin : en.panel.pin}
      </button>
      <button type="button" onClick={() => drop([id])}>
        {en.panel.drop}
      </button>
    </div>
  )
}

/** Names lists what sources call it; where they do so is folded away. */
function Names({ names }: { names: Found['names'] }) {
  const shown = names.slice(0, 6)
  return (
    <section>
      <h3>{en.panel.names}</h3>
      <ul class="names-list">
        {shown.map((name) => (
          <NameLine key={`${name.text} ${name.language}`} name={name} />
        ))}
      </ul>
      <details>
        <summary>{en.panel.moreNames(names.length - shown.length)}</summary>
        <ul class="names-list">
          {names.map((name) => (
            <NameLine key={`${name.text} ${name.language}`} name={name} places />
          ))}
        </ul>
      </details>
    </section>
  )
}

function NameLine({ name, places = false }: { name: Found['names'][number]; places?: boolean }) {
  const where = name.evidence.map((e) => [e.document.name, e.paragraph !== null && en.panel.paragraph(e.paragraph)].filter(Boolean).join(', '))
  return (
    <li>
      <span lang={name.language ?? undefined}>{name.text}</span> <span class="quiet">{[en.nameRoles[name.role], name.language].filter(Boolean).join(', ')}</span>
      {places && where.length > 0 && <span class="places">{where.join('; ')}</span>}
    </li>
  )
}

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
          const group = `group ${entity.id} ${relation} ${direction}`
          const grouped = picture.value.groups.has(group)
          const open = !grouped && (taken.includes(`open ${entity.id} ${relation} ${direction}`) || taken.includes(`near ${entity.id}`))
          return (
            <li key={`${relation} ${direction}`}>
              <button type="button" onClick={() => (grouped ? pick(group) : openBy(entity.id, relation, direction))} disabled={open} title={en.panel.open(name, count)}>
                <span>{name}</span> <span class="number">{en.count.neighbours(count, claims)}{open && ` · ${en.panel.drawn}`}</span>
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
        {en.panel.claims} {list && <span class="quiet">{en.number(list.totalCount)}</span>}
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
