import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'

import { loadLaterStyle } from '../data/later-style.ts'

type Load = () => Promise<ComponentType>

const loaded = signal<ReadonlyMap<Load, ComponentType>>(new Map())

/** A part whose code is loaded when it is shown. */
export function Later({ load }: { load: Load }) {
  useEffect(() => {
    if (!loaded.value.has(load)) void add(load)
  }, [load])
  const Content = loaded.value.get(load)
  return Content ? <Content /> : null
}

async function add(load: Load): Promise<void> {
  const [content] = await Promise.all([load(), loadLaterStyle()])
  loaded.value = new Map([...loaded.value, [load, content]])
}
