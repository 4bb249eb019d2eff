// Answers that a component waits for, and those that many of them share.
import { useEffect, useState } from 'preact/hooks'
import { ask, type Problem } from '../api/client'
import type { TypedDocumentString } from '../api/generated'

/** Asked is a question under way, its answer or its failure. */
export type Asked<T> = { state: 'waiting'; value?: T } | { state: 'done'; value: T } | { state: 'failed'; problem: Problem; value?: T }

/**
 * useAnswer asks whenever the question or its variables change, and keeps the last answer
 * meanwhile. A null question asks nothing.
 */
export function useAnswer<T, V>(query: TypedDocumentString<T, V> | null, variables: V): Asked<T> & { again: () => void } {
  const [asked, set] = useState<Asked<T>>({ state: 'waiting' })
  const [turn, setTurn] = useState(0)
  const key = JSON.stringify(variables)
  useEffect(() => {
    if (!query) return
    const abort = new AbortController()
    set((before) => ({ state: 'waiting', ...(before.value !== undefined && { value: before.value }) }))
    ask(query, variables, abort.signal).then(
      (value) => set({ state: 'done', value }),
      (problem: Problem) => abort.signal.aborted || set({ state: 'failed', problem }),
    )
    return () => abort.abort()
  }, [query, key, turn])
  return { ...asked, again: () => setTurn(turn + 1) }
}

const kept = new Map<string, Promise<unknown>>()

/** askOnce asks, and keeps the answer for as long as the page is open; failures are asked again. */
export function askOnce<T, V>(query: TypedDocumentString<T, V>, variables: V): Promise<T> {
  const key = `${query.toString()} ${JSON.stringify(variables)}`
  const before = kept.get(key) as Promise<T> | undefined
  if (before) return before
  const answer = ask(query, variables)
  kept.set(key, answer)
  answer.catch(() => kept.delete(key))
  return answer
}

/** forget drops every kept answer: the graph may have changed. */
export const forget = () => kept.clear()
