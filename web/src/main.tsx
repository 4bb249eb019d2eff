import { render } from 'preact'
import { App, loadViews } from './app'
import { keepDrawn } from './picture/stage'
import { loadOntology } from './state/names'
import { follow, undo } from './state/route'
import { theme } from './picture/look'
import { loadExample } from './tour/example'
import { beginOnFirstVisit } from './tour/tour'
import './style.css'

document.documentElement.dataset.theme = theme.value
const page = document.getElementById('page')
if (page) render(<App />, page)
follow()
addEventListener('keydown', (event) => {
  const writing = event.target instanceof HTMLElement && event.target.matches('input, select, textarea')
  if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || writing) return
  event.preventDefault()
  undo()
})
keepDrawn()
loadOntology().catch(() => {}) // the views say so when the server does not answer
addEventListener('load', () => setTimeout(() => loadViews().catch(() => {}), 1500)) // their own turn tells of a failure
loadExample().then(beginOnFirstVisit, () => {})
