import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { say } from '../data/act.ts'
import { loadLaterStyle } from '../data/later-style.ts'

/** A component whose code is loaded when it is first shown. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const loaded = signal<ComponentType<Props> | undefined>(undefined)
  const start = async (): Promise<void> => {
    try {
      const [content] = await Promise.all([load(), loadLaterStyle()])
      loaded.value = content
    } catch {
      say('A part of the page could not be loaded. Load the console again.', { kind: 'failed' })
    }
  }
  return function Lazy(props: Props) {
    useEffect(() => {
      if (!loaded.value) void start()
    }, [])
    const Content = loaded.value
    return Content ? <Content {...props} /> : null
  }
}
