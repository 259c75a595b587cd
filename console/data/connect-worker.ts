import type { FromWorker } from './messages.ts'

/** A port of the worker that holds the streams of all tabs. */
export function connectWorker(onMessage: (message: FromWorker) => void): MessagePort {
  const { port } = new SharedWorker(workerUrl() as string, { name: 'mockflared' })
  port.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => onMessage(data))
  port.start()
  return port
}

let trusted: unknown

/** The page runs under trusted types: its one policy lets through the URL of the worker. */
function workerUrl(): unknown {
  const url = new URL(WORKER_FILE, import.meta.url).href
  const { trustedTypes } = globalThis as {
    trustedTypes?: { createPolicy(name: string, rules: object): { createScriptURL(url: string): unknown } }
  }
  if (!trustedTypes) return url
  const only = (text: string): string => {
    if (text !== url) throw new TypeError(`no script but ${url}`)
    return text
  }
  trusted ??= trustedTypes.createPolicy('mockflared', { createScriptURL: only }).createScriptURL(url)
  return trusted
}
