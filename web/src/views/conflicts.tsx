// All contradictions, each as its voices side by side, with their words.
import { useEffect, useState } from 'preact/hooks'
import { ConflictsDocument, type ConflictKind, type ConflictsQuery, type DetailFragment } from '../api/generated'
import { ask } from '../api/client'
import { Claim, Statement } from '../panel/claim'
import { Empty, Failure, Loading } from '../parts/parts'
import { drawLine, show } from '../state/actions'
import { useAnswer } from '../state/ask'
import { viewOf } from '../state/lens'
import { learn } from '../state/names'
import { go, state } from '../state/route'
import { en } from '../text/en'

type Conflict = ConflictsQuery['conflicts']['nodes'][number]

export default function ConflictsView() {
  const kind = state.value.about as ConflictKind | null
  const known = kind && kind in en.conflictKinds ? kind : null
  const variables = { filter: known ? { kinds: [known] } : null, view: viewOf(state.value.lens), first: 20, after: null as string | null }
  const asked = useAnswer(ConflictsDocument, variables)
  const list = asked.value?.conflicts
  const [further, setFurther] = useState<Conflict[]>([])
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
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h2>{en.conflicts.title}</h2>
          <p>{en.conflicts.intro}</p>
        </div>
        <label class="choice">
          {en.conflicts.kind}{' '}
          <select value={known ?? ''} onChange={(e) => go({ about: e.currentTarget.value || null })}>
            <option value="">{en.conflicts.all}</option>
            {Object.entries(en.conflictKinds).map(([k, words]) => (
              <option key={k} value={k}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </div>
      {asked.state === 'failed' && <Failure problem={asked.problem} again={asked.again} />}
      {!list && asked.state === 'waiting' && <Loading />}
      {list && (
        <p class="note" role="status">
          {en.count.conflicts(list.totalCount)}
        </p>
      )}
      {list?.totalCount === 0 && <Empty title={en.conflicts.none} />}
      {all.map((conflict) => (
        <Conflicting key={conflict.id} conflict={conflict} />
      ))}
      {cursor && (
        <button type="button" class="more" onClick={more}>
          {en.panel.more} ({en.conflicts.of(all.length, list?.totalCount ?? 0)})
        </button>
      )}
    </div>
  )
}

function Conflicting({ conflict }: { conflict: Conflict }) {
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
        <span class="conflict-kind">{en.conflictKinds[conflict.kind]}</span>
        <span class="quiet">{conflict.origin === 'RULE' ? en.conflicts.rule : en.conflicts.curated}</span>
        <button type="button" onClick={draw}>
          {en.conflicts.draw}
        </button>
      </header>
      {one && first && <Statement claim={first} />}
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
export function sides({ kind, claims }: Pick<Conflict, 'kind' | 'claims'>): [string, DetailFragment[]][] {
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
