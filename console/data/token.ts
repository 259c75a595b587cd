/**
 * The value of `--control-token`. It stays in this tab, and never gets into a cookie or a query.
 * `#token=…` is accepted once, for links.
 */
import { signal } from '@preact/signals'

const KEY = 'mockflared-token'

export const token = signal(tokenAtStart())

function tokenAtStart(): string | undefined {
  const given = /^#token=(.+)$/.exec(location.hash)?.[1]
  if (given === undefined) return sessionStorage.getItem(KEY) ?? undefined

  history.replaceState(null, '', `${location.pathname}#/`)
  sessionStorage.setItem(KEY, decodeURIComponent(given))
  return decodeURIComponent(given)
}

export function enterToken(value: string): void {
  sessionStorage.setItem(KEY, value)
  token.value = value
}
