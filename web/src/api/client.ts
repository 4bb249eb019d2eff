// The typed client: one fetch to the server that the page came from.
import type { TypedDocumentString } from './generated'

/** Problem is an answer that is no data: the server's words, or that there were none. */
export class Problem extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message)
  }
}

interface Answer<T> {
  data?: T | null
  errors?: { message: string; extensions?: { code?: string } }[]
}

/** ask sends a query; it rejects with a Problem unless all of it was answered. */
export async function ask<T, V>(query: TypedDocumentString<T, V>, variables: V, signal?: AbortSignal): Promise<T> {
  const answer = await send<T>(query.toString(), variables, signal)
  const error = answer.errors?.[0]
  if (error) throw new Problem(error.message, error.extensions?.code ?? 'UNKNOWN')
  if (!answer.data) throw new Problem('', 'NO_ANSWER')
  return answer.data
}

async function send<T>(query: string, variables: unknown, signal?: AbortSignal): Promise<Answer<T>> {
  const request: RequestInit = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
  }
  if (signal) request.signal = signal
  try {
    const response = await fetch('/graphql', request)
    return (await response.json()) as Answer<T>
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Problem('', 'UNREACHABLE')
  }
}
