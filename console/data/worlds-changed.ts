import { useEffect } from 'preact/hooks'
import { connectWorker } from './connect-worker.ts'
import { player } from './control.ts'
import { streamHeaders } from './live.ts'
import type { ToWorker } from './messages.ts'
import { controlUrl } from './place.ts'

/** Reads again when anything happened in any world, while someone looks at it. */
export function useWorldsChanged(reload: () => void): void {
  useEffect(() => {
    if (player.value) return
    const source = { headers: streamHeaders(), after: 0, isOfAllWorlds: true }
    const follow = typeof SharedWorker === 'undefined' ? followHere : followInWorker
    let stop = follow(source, reload)
    const onVisible = (): void => {
      stop()
      if (document.hidden) return
      reload()
      stop = follow(source, reload)
    }
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      document.removeEventListener('visibilitychange', onVisible)
      stop()
    }
  }, [])
}

type Source = Omit<Extract<ToWorker, { follow: string }>, 'follow'>

function followInWorker(source: Source, onChange: () => void): () => void {
  const port = connectWorker(message => {
    if ('gap' in message) onChange()
  })
  port.postMessage({ follow: controlUrl, ...source } satisfies ToWorker)
  return () => {
    port.postMessage({ leave: true } satisfies ToWorker)
    port.close()
  }
}

function followHere(source: Source, onGap: () => void): () => void {
  const following = import('./stream.ts').then(({ followEvents }) =>
    followEvents({ url: controlUrl, ...source, onGap, onEvent: () => {}, onState: () => {} }),
  )
  return () => void following.then(close => close())
}
