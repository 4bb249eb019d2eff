// Contradictions: all, those of a kind, those about a thing, or one; each as its
// voices side by side, with their words.
import { useEffect, useState } from 'preact/hooks'
import { ConflictsDocument, OneConflictDocument, type ClashFragment, type ConflictFilter, type ConflictKind, type DetailFragment } from '../api/generated'
import { ask } from '../api/client'
import { Claim, Statement } from '../panel/claim'
import { Empty, Failure, Loading } from '../parts/parts'
import { drawLine, show } from '../state/actions'
import { useAnswer } from '../state/ask'
import { viewOf } from '../state/lens'
import { learn, lookUp, nameOf } from '../state/names'
import { go, href, state } from '../state/route'
import { en } from '../text/en'

export default function ConflictsView() {
  const about = state.value.about?.split(' ')[0] ?? null
  const kind = about && about in en.conflictKinds ? (about as ConflictKind) : null
  const one = about?.startsWith('conflict/') ? about : null
  const thing = about && !kind && !one ? about : null
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h2>{en.conflicts.title}</h2>
          <p>{en.conflicts.intro}</p>
        </div>
        <label class="choice">
          {en.conflicts.kind}{' '}
          <select value={kind ?? ''} onChange={(e) => go({ about: e.currentTarget.value || null })}>
            <option value="">{en.conflicts.all}</option>
            {Object.entries(en.conflictKinds).map(([k, words]) => (
              <option key={k} value={k}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </div>
      {(one ?? thing) && <Narrowed thing={thing} />}
      {one ? <One key={one} id={one} /> : <All kind={kind} thing={thing} />}
    </div>
  )
}

/** Narrowed says that not all are listed, and leads to all. */
function Narrowed({ thing }: { thing: string | null }) {
  useEffect(() => void (thing && lookUp([thing])), [thing])
  return (
    <p class="narrowed">
      <span>{thing ? en.conflicts.about(nameOf(thing)) : en.conflicts.one}</span>{' '}
      <a class="button" href={href({ about: null })}>
        {en.conflicts.showAll}
      </a>
    </p>
  )
}

function One({ id }: { id: string }) {
  const asked = useAnswer(OneConflictDocument, { id })
  if (asked.state === 'failed') return <Failure problem={asked.problem} again={asked.again} />
  if (asked.state === 'waiting') return <Loading />
  const found = asked.value.node
  return found?.__typename === 'Conflict' ? <Conflicting conflict={found} /> : <Empty title={en.unknown(id)} />
}

function filterOf(kind: ConflictKind | null, thing: string | null): ConflictFilter | null {
  if (kind) return { kinds: [kind] }
  if (!thing) return null
  return { claim: { or: [{ subject: { ids: [thing] } }, { object: { ids: [thing] } }, { events: [thing] }, { assertedBy: [thing] }] } }
}

function All({ kind, thing }: { kind: ConflictKind | null; thing: string | null }) {
  const variables = { filter: filterOf(kind, thing), view: viewOf(state.value.lens), first: 20, after: null as string | null }
  const asked = useAnswer(ConflictsDocument, variables)
  const list = asked.value?.conflicts
  const [further, setFurther] = useState<ClashFragment[]>([])
  const [cursor, setCursor] = useState<string | null>(null)
  useEffect(() => {
    setFurther([])
    setCursor(list?.pageInfo.hasNextPage ? list.pageInfo.endCursor : null)
  }, [list])
  const more = async () => {
    const { conflicts } = await ask(ConflictsDocument, { ...variables, after: cursor })
    setFurther([...further, ...conflicts.nodes])
    setCursor(conflicts.pageInfo.hasNextPage ? conflicts.pageInfo.endCursor : null)
  }
  const all = [...(list?.nodes ?? []), ...further]
  if (asked.state === 'failed') return <Failure problem={asked.problem} again={asked.again} />
  if (!list) return <Loading />
  return (
    <>
      <p class="note" role="status">
        {en.count.conflicts(list.totalCount)}
      </p>
      {list.totalCount === 0 && <Empty title={en.conflicts.none} />}
      {all.map((conflict) => (
        <Conflicting key={conflict.id} conflict={conflict} />
      ))}
      {cursor && (
        <button type="button" class="more" onClick={more}>
          {en.panel.more} ({en.conflicts.of(all.length, list.totalCount)})
        </button>
      )}
    </>
  )
}

function Conflicting({ conflict }: { conflict: ClashFragment }) {
  const first = conflict.claims[0]
  learn(conflict.claims.flatMap((c) => (c.object ? [c.subject, c.object] : [c.subject])))
  const one = conflict.claims.every((c) => c.relation === first?.relation && c.object?.id === first.object?.id && c.subject.id === first.subject.id)
  const draw = () => {
    if (!first) return
    if (first.object) drawLine(first.subject.id, first.relation, first.object.id)
    else show(first.subject.id)
  }
  return (
    <section class="conflict" aria-label={conflict.summary}>
      <header>
        <a class="conflict-kind" href={href({ view: 'conflicts', about: conflict.id })}>
          {en.conflictKinds[conflict.kind]}
        </a>
        <span class="quiet">{conflict.origin === 'RULE' ? en.conflicts.rule : en.conflicts.curated}</span>
        <button type="button" onClick={draw}>
          {en.conflicts.draw}
        </button>
      </header>
      {one && first ? <Statement claim={first} /> : <p class="statement">{conflict.summary}</p>}
      <div class="sides">
        {sides(conflict).map(([side, claims]) => (
          <div class="side" key={side}>
            {claims.map((claim) => (
              <Claim key={claim.id} claim={claim} statement={!one} />
            ))}
          </div>
        ))}
      </div>
    </section>
  )
}

/** sides puts together the claims that say the same, by what the kind of conflict is about. */
export function sides({ kind, claims }: Pick<ClashFragment, 'kind' | 'claims'>): [string, DetailFragment[]][] {
  const side = (c: DetailFragment): string => {
    if (kind === 'STANCE') return c.stance
    if (kind === 'DATE') return c.date ?? ''
    if (kind === 'STATUS') return `${c.relation} ${c.stance}`
    return c.id
  }
  const found = new Map<string, DetailFragment[]>()
  for (const claim of claims) found.set(side(claim), [...(found.get(side(claim)) ?? []), claim])
  return [...found]
}
