// What a person does, in a real browser, on the real corpus: one server and one
// browser for all, a page of its own for each test.
import { after, before } from 'node:test'
import { start, stop } from './world.mjs'
import './explorer/search.mjs'
import './explorer/picture.mjs'
import './explorer/panel.mjs'
import './explorer/lens.mjs'
import './explorer/views.mjs'
import './explorer/links.mjs'
import './explorer/everybody.mjs'
import './explorer/safety.mjs'

before(start)
after(stop)
