// What can be taken away: the picture as image, the graph as file, the link.
import { signal } from '@preact/signals'
import { Menu } from '../parts/menu'
import { picture, scene } from '../picture/stage'
import { theme } from '../picture/look'
import { linesCSV } from '../take/csv'
import { gexf } from '../take/gexf'
import { svg } from '../take/svg'
import { save } from '../take/save'
import { en } from '../text/en'

const said = signal('')

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href)
    said.value = en.canvas.copied
  } catch {
    said.value = en.canvas.notCopied
  }
  setTimeout(() => (said.value = ''), 4000)
}

const takes = {
  png: async () => {
    const image = await scene.peek()?.png()
    if (image) save('tripartite.png', image)
  },
  svg: () => scene.peek() && save('tripartite.svg', new Blob([svg(scene.peek()!, theme.peek())], { type: 'image/svg+xml' })),
  gexf: () => save('tripartite.gexf', new Blob([gexf(picture.peek(), scene.peek())], { type: 'application/gexf+xml' })),
  csv: () => save('tripartite.csv', new Blob([linesCSV(picture.peek())], { type: 'text/csv' })),
} as const

export const Export = () => (
  <>
    <Menu label={en.canvas.export}>
      {(Object.keys(takes) as (keyof typeof takes)[]).map((how) => (
        <button key={how} type="button" onClick={() => void takes[how]()}>
          {en.canvas.exports[how]}
        </button>
      ))}
    </Menu>
    <button type="button" onClick={copyLink}>
      {en.canvas.link}
    </button>
    <span role="status" class="said">
      {said.value}
    </span>
  </>
)
