// Search with suggestions: which name matched, and why.
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { SearchDocument, type SearchQuery } from '../api/generated'
import { find } from '../state/actions'
import { useAnswer } from '../state/ask'
import { en } from '../text/en'
import { Failure, Glyph } from './parts'
import { kindName, learn } from '../state/names'

const shown = 8
type Hit = SearchQuery['search']['edges'][number]

/** Search suggests while one types; what is chosen is drawn, or handed to onChoose. */
export function Search({ onChoose = find, label = en.search.label }: { onChoose?: (id: string) => void; label?: string }) {
  const [text, setText] = useState('')
  const [asking, setAsking] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const wait = setTimeout(() => setAsking(text.trim()), 120)
    return () => clearTimeout(wait)
  }, [text])
  const asked = useAnswer(asking ? SearchDocument : null, { text: asking, kinds: null, first: shown })
  const hits = asking ? (asked.value?.search.edges ?? []) : []
  useEffect(() => setActive(-1), [asked.value])
  const choose = (hit: Hit | undefined) => {
    if (!hit) return
    learn([hit.node])
    onChoose(hit.node.id)
    setText('')
    setOpen(false)
  }
  const key = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      setActive((active + (event.key === 'ArrowDown' ? 1 : hits.length)) % Math.max(1, hits.length))
    } else if (event.key === 'Enter') choose(hits[Math.max(active, 0)])
    else if (event.key === 'Escape') setOpen(false)
  }
  const listed = open && asking !== ''
  return (
    <div class="search" ref={box} onFocusOut={(e) => !box.current?.contains(e.relatedTarget as Node | null) && setOpen(false)}>
      <input
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={listed}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        placeholder={label}
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(e) => {
          setText(e.currentTarget.value)
          setOpen(true)
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={key}
      />
      <div class="suggestions" hidden={!listed}>
        <ul id={id} role="listbox" aria-label={label}>
          {hits.map((hit, i) => (
            <li key={hit.node.id} id={`${id}-${i}`} role="option" aria-selected={i === active} onMouseDown={(e) => e.preventDefault()} onClick={() => choose(hit)}>
              <Suggestion hit={hit} />
            </li>
          ))}
        </ul>
        {asked.state === 'failed' && <Failure problem={asked.problem} again={asked.again} />}
        {asked.state === 'done' && hits.length === 0 && <p class="note">{en.search.none(asking)}</p>}
        {(asked.value?.search.totalCount ?? 0) > shown && <p class="note">{en.search.more((asked.value?.search.totalCount ?? 0) - shown)}</p>}
      </div>
      <span class="unseen" role="status">
        {listed && asked.state === 'done' ? en.search.found(asked.value.search.totalCount) : ''}
      </span>
    </div>
  )
}

const Suggestion = ({ hit }: { hit: Hit }) => (
  <>
    <Glyph kind={hit.node.kind} />
    <span class="suggestion">
      <span class="suggestion-name">{hit.node.name}</span>
      <span class="quiet">
        {kindName(hit.node.kind)} · {en.search.matched(hit.matchedName.text, hit.node.name, en.why[hit.why] ?? hit.why)}
      </span>
    </span>
  </>
)
