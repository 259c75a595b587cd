import { effect, signal } from '@preact/signals'
import { Button } from '../parts/button.tsx'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'mockflared-theme'

export const theme = signal<Theme>(THEMES.find(one => one === localStorage.getItem(KEY)) ?? 'system')

effect(() => {
  document.documentElement.dataset.theme = theme.value
  localStorage.setItem(KEY, theme.value)
})

const ICONS = { system: 'system', light: 'sun', dark: 'moon' } as const

export function ThemeButton() {
  const next = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system'
  return (
    <Button
      label={`Theme: ${theme.value}. Switch to ${next}`}
      icon={ICONS[theme.value]}
      isIconOnly
      onPress={() => {
        theme.value = next
      }}
    />
  )
}
