// One claim, whole: what is said, by whom, about when, and the words.
import type { DetailFragment, PlaceFragment } from '../api/generated'
import { Dot, ThingButton } from '../parts/parts'
import { relationName } from '../state/names'
import { show } from '../state/actions'
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
      {claim.conflicts.length > 0 && <p class="clash">{en.panel.disputes(claim.conflicts.length)}</p>}
      {claim.retraction && <p class="clash">{en.panel.retracted(claim.retraction.reason)}</p>}
    </article>
  )
}

function Voices({ claim, party }: { claim: DetailFragment; party: boolean }) {
  return (
    <header class="voices">
      {claim.assertedBy.map(
        (voice) =>
          (party || voice.spokenBy) && (
            <span class="voice" key={voice.party.id}>
              {party && <Dot capacity={voice.capacity} />} {party && <ThingButton thing={voice.party} onPick={show} plain />}
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
      <ThingButton thing={claim.subject} onPick={show} /> <span class="relation">{relationName(claim.relation)}</span>{' '}
      {claim.object && <ThingButton thing={claim.object} onPick={show} />}
      {claim.value && <span class="value">{claim.value.lexical}</span>}
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
            <span class="date" title={claim.dateBasis ? en.bases[claim.dateBasis] : undefined}>
              {claim.date}
            </span>
          )}
          {claim.event && (
            <span>
              {en.panel.about} <ThingButton thing={claim.event} onPick={show} plain />
            </span>
          )}
          {claim.reportedBy.length > 0 && <span class="quiet">{en.panel.reported(claim.reportedBy.map((r) => r.name).join(' → '))}</span>}
        </p>
      )}
      {facts.length > 0 && (
        <dl class="qualifiers">
          {facts.map((q, i) => (
            <div key={i}>
              <dt>{q.name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)}</dt>
              <dd>{q.entity ? <ThingButton thing={q.entity} onPick={show} plain /> : (q.value?.lexical ?? (q.relation && relationName(q.relation)))}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}

/** Words are those of the paragraph, highlighted, where the document is at hand; else where they stand. */
export function Words({ place }: { place: PlaceFragment }) {
  const where = [
    place.document.title ?? place.document.name,
    place.paragraph !== null && en.panel.paragraph(place.paragraph),
    place.text === null && place.start !== null && place.end !== null && en.panel.characters(place.start, place.end),
    place.role === 'CONTEXT' && en.panel.context,
  ].filter(Boolean)
  return (
    <figure class="words">
      {place.text !== null ? (
        <blockquote>
          <mark>{place.text}</mark>
        </blockquote>
      ) : (
        <p class="quiet">{en.panel.noWords}</p>
      )}
      <figcaption>{where.join(', ')}</figcaption>
    </figure>
  )
}
