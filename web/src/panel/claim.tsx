// One claim, whole: what is said, by whom, about when, and the words.
import type { DetailFragment } from '../api/generated'
import { Dot, ThingLink } from '../parts/parts'
import { Words } from './words'
import { relationName, spaced } from '../state/names'
import { href, state } from '../state/route'
import { theme, voiceColour } from '../picture/look'
import { en } from '../text/en'

/** Claim shows a claim; its party and its statement are left out where what is around says them. */
export function Claim({ claim, party = true, statement = true }: { claim: DetailFragment; party?: boolean; statement?: boolean }) {
  const capacity = claim.assertedBy[0]?.capacity ?? 'OTHER'
  return (
    <article class={`claim stance-${claim.stance.toLowerCase()}`} style={{ '--voice': voiceColour(capacity, theme.value) }}>
      <Voices claim={claim} party={party} />
      {statement && <Statement claim={claim} />}
      <Facts claim={claim} />
      {claim.evidence.map((e) => (
        <Words key={e.iri} place={e} />
      ))}
      {claim.conflicts.length > 0 && state.value.view !== 'conflicts' && <Clashes conflicts={claim.conflicts} />}
      {claim.retraction && <p class="clash">{en.panel.retracted(claim.retraction.reason)}</p>}
    </article>
  )
}

/** Clashes leads to the contradictions that a claim takes part in. */
const Clashes = ({ conflicts }: Pick<DetailFragment, 'conflicts'>) => (
  <p class="clash">
    {en.panel.contradicted}{' '}
    {conflicts.map((c) => (
      <a key={c.id} href={href({ view: 'conflicts', about: c.id })} title={c.summary}>
        {en.conflictKinds[c.kind]}
      </a>
    ))}
  </p>
)

function Voices({ claim, party }: { claim: DetailFragment; party: boolean }) {
  return (
    <header class="voices">
      {claim.assertedBy.map(
        (voice) =>
          (party || voice.spokenBy) && (
            <span class="voice" key={voice.party.id}>
              {party && <Dot capacity={voice.capacity} />} {party && <ThingLink thing={voice.party} plain />}
              {voice.spokenBy && <span class="quiet"> {en.panel.asDelegate(voice.spokenBy.name)}</span>}
            </span>
          ),
      )}
      <span class={`stance ${claim.stance.toLowerCase()}`}>{en.stances[claim.stance]}</span>
      {claim.mode !== 'FACT' && <span class="mode">{en.modes[claim.mode]}</span>}
    </header>
  )
}

/** Statement is the sentence of a claim: subject, relation, object. */
export function Statement({ claim }: { claim: DetailFragment }) {
  const other = claim.objectClaim
  return (
    <p class="statement">
      <ThingLink thing={claim.subject} /> <span class="relation">{relationName(claim.relation)}</span>{' '}
      {claim.object && <ThingLink thing={claim.object} />}
      {claim.value && <span class="value">{en.value(claim.value.lexical)}</span>}
      {other && (
        <span class="value">
          {other.subject.name} {relationName(other.relation)} {other.object?.name}
        </span>
      )}
    </p>
  )
}

function Facts({ claim }: { claim: DetailFragment }) {
  const facts = [...claim.qualifiers].sort((a, b) => (a.group ?? 0) - (b.group ?? 0))
  return (
    <>
      {(claim.date || claim.event || claim.reportedBy.length > 0) && (
        <p class="facts">
          {claim.date && (
            <span class="date" title={[claim.date, claim.dateBasis && en.bases[claim.dateBasis]].filter(Boolean).join(': ')}>
              {en.date(claim.date)}
            </span>
          )}
          {claim.event && (
            <span>
              {en.panel.about} <ThingLink thing={claim.event} plain />
            </span>
          )}
          {claim.reportedBy.length > 0 && <span class="quiet">{en.panel.reported(claim.reportedBy.map((r) => r.name).join(' → '))}</span>}
        </p>
      )}
      {facts.length > 0 && (
        <dl class="qualifiers">
          {facts.map((q, i) => (
            <div key={i}>
              <dt>{spaced(q.name)}</dt>
              <dd>{q.entity ? <ThingLink thing={q.entity} plain /> : (q.value ? en.value(q.value.lexical) : q.relation && relationName(q.relation))}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}
