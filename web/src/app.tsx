// The page: search, views, lens, and beside them what is picked.
import type { ComponentType } from 'preact'
import { Suspense, lazy } from 'preact/compat'
import { useEffect } from 'preact/hooks'
import { LensBar } from './lens/lens'
import { Panel } from './panel/panel'
import { Problem } from './api/client'
import { Failure, Loading } from './parts/parts'
import { Search } from './parts/search'
import { setTheme, theme } from './picture/look'
import { ontology } from './state/names'
import { href, state, views, type ViewName } from './state/route'
import { en } from './text/en'
import { exampleSteps } from './tour/example'
import { begin, Tour } from './tour/tour'
import { GraphView } from './views/graph'

/** The views that the first picture does not need. */
const loads = {
  table: () => import('./views/table'),
  conflicts: () => import('./views/conflicts'),
  positions: () => import('./views/positions'),
  timeline: () => import('./views/timeline'),
}
const later = (load: () => Promise<{ default: ComponentType }>) => lazy(() => load().catch(() => ({ default: Unreached })))
const others = { table: later(loads.table), conflicts: later(loads.conflicts), positions: later(loads.positions), timeline: later(loads.timeline) }

/** loadViews brings them while nothing else is done, so that they are there without a network too. */
export const loadViews = () => Promise.all(Object.values(loads).map((load) => load()))

/** Unreached stands for a view that could not be fetched; a page does not try twice. */
const Unreached = () => (
  <div class="page">
    <Failure problem={new Problem('', 'UNREACHABLE')} again={() => location.reload()} />
  </div>
)

export function App() {
  useEffect(() => {
    document.documentElement.dataset.theme = theme.value
  }, [theme.value])
  const { view } = state.value
  return (
    <>
      <a class="skip" href="#main">
        {en.skip}
      </a>
      <Header />
      <LensBar />
      <main id="main" tabIndex={-1} class={`view-${view}`}>
        <View view={view} />
        {(view === 'graph' || view === 'table') && <Panel />}
        <Tour />
      </main>
      <Footer />
    </>
  )
}

function View({ view }: { view: ViewName }) {
  if (view === 'graph') return <GraphView />
  const Other = others[view]
  return (
    <Suspense fallback={<Loading />}>
      <Other />
    </Suspense>
  )
}

function Header() {
  const other = theme.value === 'dark' ? 'light' : 'dark'
  return (
    <header class="top">
      <h1>
        <a href={href({ view: 'graph' })}>
          <img src="/icon.svg" alt="" width="24" height="24" /> {en.title}
        </a>
      </h1>
      <Search />
      <nav aria-label={en.title}>
        {views.map((v) => (
          <a key={v} href={href({ view: v, open: null })} aria-current={state.value.view === v ? 'page' : undefined}>
            {en.views[v]}
          </a>
        ))}
      </nav>
      <div class="top-deeds">
        {exampleSteps.value && (
          <button type="button" onClick={begin}>
            {en.tour.again}
          </button>
        )}
        <button type="button" aria-label={en.theme.change(other)} onClick={() => setTheme(other)}>
          {en.theme[other]}
        </button>
      </div>
    </header>
  )
}

function Footer() {
  const stats = ontology.value?.stats
  return (
    <footer class="bottom">
      <span>{en.tagline}</span>
      {stats && <span>{en.footer(stats.entities, stats.claims, stats.conflicts, stats.documents)}</span>}
    </footer>
  )
}
