// Where a claim stands: the words, highlighted in their paragraph, where the
// document is at hand; its locator where it is not.
import { useState } from 'preact/hooks'
import type { PlaceFragment } from '../api/generated'
import { en } from '../text/en'

/** Of a paragraph, so many characters are shown on either side of the words. */
const around = 160

export function Words({ place }: { place: PlaceFragment }) {
  const where = [
    place.document.title ?? place.document.name,
    place.paragraph !== null && en.panel.paragraph(place.paragraph),
    place.text === null && place.start !== null && place.end !== null && en.panel.characters(place.start, place.end),
    place.role === 'CONTEXT' && en.panel.context,
  ]
    .filter(Boolean)
    .join(', ')
  return (
    <figure class="words">
      {place.text !== null && <Highlighted place={place} words={place.text} />}
      <figcaption>{place.text !== null ? where : en.panel.noWords(where)}</figcaption>
    </figure>
  )
}

function Highlighted({ place, words }: { place: PlaceFragment; words: string }) {
  const [whole, setWhole] = useState(false)
  const [before, after] = besides(place)
  const [left, right] = whole ? [before, after] : [ending(before), beginning(after)]
  return (
    <>
      <blockquote>
        {left}
        <mark>{words}</mark>
        {right}
      </blockquote>
      {(left !== before || right !== after) && (
        <button type="button" class="plain-button" onClick={() => setWhole(true)}>
          {en.panel.wholeParagraph}
        </button>
      )}
    </>
  )
}

/** besides is what the paragraph says before and after the words; places count code points. */
function besides({ paragraphText, start, end }: Pick<PlaceFragment, 'paragraphText' | 'start' | 'end'>): [string, string] {
  if (paragraphText === null || start === null || end === null) return ['', '']
  const points = [...paragraphText]
  return [points.slice(0, start).join(''), points.slice(end).join('')]
}

/** ending is the end of a long text, from the beginning of a word; beginning is its beginning. */
export const ending = (text: string) => (text.length <= around ? text : `… ${text.slice(-around).replace(/^\S*\s/, '')}`)
export const beginning = (text: string) => (text.length <= around ? text : `${text.slice(0, around).replace(/\s\S*$/, '')} …`)
