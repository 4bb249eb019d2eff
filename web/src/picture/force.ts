// Talks to the worker that lays out by force.
export interface ForceJob {
  job: number
  ids: string[]
  x: number[]
  y: number[]
  sizes: number[]
  fixed: boolean[]
  /** Pairs of indices into ids. */
  ties: [number, number][]
}
export interface ForceResult {
  job: number
  x: Float32Array
  y: Float32Array
  done: boolean
}

let worker: Worker | null = null
let spare: Worker | null = null
let latest = 0

/** readyForce starts a worker ahead: that takes longer than to lay out what a click opens. */
export function readyForce(): Worker {
  return (spare ??= new Worker(new URL('./force.worker.ts', import.meta.url), { type: 'module' }))
}

/** layOutByForce reports places again and again until done; a new call ends the one before. */
export function layOutByForce(job: Omit<ForceJob, 'job'>, moved: (ids: string[], result: ForceResult) => void) {
  stopForce()
  const one = (worker = readyForce())
  spare = null
  const number = latest
  one.onmessage = ({ data }: MessageEvent<ForceResult>) => {
    if (data.job !== latest) return
    if (data.done) [worker, spare] = [null, one]
    moved(job.ids, data)
  }
  one.postMessage({ ...job, job: number })
}

/** running tells whether a layout is under way. */
export const running = () => worker !== null

/** stopForce ends the layout, wherever it is. */
export function stopForce() {
  worker?.terminate()
  worker = null
  latest++
}
