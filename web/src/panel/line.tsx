// The side panel of a line: its claims, by who says them.
import { ClaimsDocument, type Capacity, type DetailFragment, type RelationKind, type ThingFragment } from '../api/generated'
import { Dot, Empty, Failure, Loading, ThingLink } from '../parts/parts'
import { useAnswer } from '../state/ask'
import { viewOf } from '../state/lens'
import { nameOf, relationName, thing } from '../state/names'
import { href, state } from '../state/route'
import { en } from '../text/en'
import { Claim } from './claim'

export function LinePanel({ line }: { line: string }) {
  const [source = '', relation = '', target = ''] = line.split(' ')
  const asked = useAnswer(ClaimsDocument, {
    filter: { relations: [relation as RelationKind], subject: { ids: [source] }, object: { ids: [target] } },
    view: viewOf(state.value.lens),
    first: 100,
    after: null,
  })
  const claims = asked.value?.claims
  return (
    <>
      <header class="panel-head">
        <p class="quiet">{claims && en.count.claims(claims.totalCount)}</p>
        <h2>
          <End id={source} /> <em>{relationName(relation as RelationKind)}</em> <End id={target} />
        </h2>
        <div class="deeds">
          <a class="button" href={href({ view: 'positions', about: `${source} ${relation} ${target}` })}>
            {en.panel.positions}
          </a>
        </div>
      </header>
      {asked.state === 'failed' && <Failure problem={asked.problem} again={asked.again} />}
      {!claims && asked.state === 'waiting' && <Loading />}
      {claims?.totalCount === 0 && <Empty title={en.panel.none} />}
      {byParty(claims?.nodes ?? []).map((group) => (
        <section class="party" key={group.key}>
          <h3>
            <Dot capacity={group.capacity} /> {group.parties.map((p) => p.name).join(', ')} <span class="quiet">{en.capacities[group.capacity]}</span>
          </h3>
          {group.claims.map((claim) => (
            <Claim key={claim.id} claim={claim} party={false} statement={false} />
          ))}
        </section>
      ))}
    </>
  )
}

/** End is one of the two things that a line ties. */
function End({ id }: { id: string }) {
  const end = thing(id)
  return end ? <ThingLink thing={end} /> : <>{nameOf(id)}</>
}

interface PartyGroup {
  key: string
  capacity: Capacity
  parties: ThingFragment[]
  claims: DetailFragment[]
}

/** byParty puts claims together by those who say them, who says most first. */
export function byParty(claims: DetailFragment[]): PartyGroup[] {
  const groups = new Map<string, PartyGroup>()
  for (const claim of claims) {
    const parties = claim.assertedBy.map((v) => v.party)
    const key = parties.map((p) => p.id).sort().join(' ')
    const group = groups.get(key) ?? { key, capacity: claim.assertedBy[0]?.capacity ?? 'OTHER', parties, claims: [] }
    group.claims.push(claim)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => b.claims.length - a.claims.length)
}
