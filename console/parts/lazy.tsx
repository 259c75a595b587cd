import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { sayNotLoaded } from '../data/act.ts'
import { loadLaterStyle } from '../data/later-style.ts'
import { live } from '../data/live.ts'

/** A component whose code is loaded when it is first shown. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const loaded = signal<ComponentType<Props> | undefined>(undefined)
  const start = async (): Promise<void> => {
    try {
      const [content] = await Promise.all([load(), loadLaterStyle()])
      loaded.value = content
    } catch {
      sayNotLoaded()
    }
  }
  return function Lazy(props: Props) {
    // Once more when the server is back.
    useEffect(() => {
      if (!loaded.value) void start()
    }, [live.value.state])
    const Content = loaded.value
    return Content ? <Content {...props} /> : null
  }
}
