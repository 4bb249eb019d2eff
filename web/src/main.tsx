import { render } from 'preact'
import { App } from './app'
import { keepDrawn } from './picture/stage'
import { loadOntology } from './state/names'
import { follow } from './state/route'
import { theme } from './picture/look'
import { loadExample } from './tour/example'
import { beginOnFirstVisit } from './tour/tour'
import './style.css'

document.documentElement.dataset.theme = theme.value
const page = document.getElementById('page')
if (page) render(<App />, page)
follow()
keepDrawn()
loadOntology().catch(() => {}) // the views say so when the server does not answer
loadExample().then(beginOnFirstVisit, () => {})
