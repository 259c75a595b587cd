import { worldName } from '../data/place.ts'
import { Icon } from '../parts/icon.tsx'
import { ThemeButton } from './theme.tsx'

export function Top() {
  return (
    <header class="top">
      <a class="brand" href="#/">
        <Icon name="brand" size={22} />
        <span>mockflared</span>
      </a>
      <a class="button" href="#/worlds">
        <span class="quiet-text">world</span>
        <b>{worldName}</b>
      </a>
      <span class="space" />
      <ThemeButton />
    </header>
  )
}
