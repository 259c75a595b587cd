import { render } from 'preact'
import { refresh } from './data/store.ts'
import { Frame } from './frame/frame.tsx'

const place = document.getElementById('console')
if (place) {
  place.replaceChildren()
  render(<Frame />, place)
}
refresh()
