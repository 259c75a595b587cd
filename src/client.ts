/** `mockflared/client`: the control plane of a server elsewhere, under the same names, without any of the server's code. */
import { VERBS } from '../schemas/control/operations.ts'
import type { Control } from './control/in-process.ts'

export type { Control } from './control/in-process.ts'

export interface ClientOptions {
  /** Where the server is, such as `http://127.0.0.1:8844`. */
  readonly url: string
  /** The id of a world; undefined: the main one. */
  readonly world?: string | undefined
  /** The value of `--control-token`, where there is one. */
  readonly token?: string | undefined
  /** How requests are sent; undefined: by the fetch of this runtime. */
  readonly fetch?: typeof fetch | undefined
}

/** What the server will not do. */
export class ControlFailed extends Error {
  override readonly name = 'ControlFailed'
  readonly code: string
  readonly status: number

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

type Input = Readonly<Record<string, unknown>>

/** Each verb takes one object and answers as over HTTP, or rejects with a ControlFailed; with a TypeError when nothing answers. */
export function createControlClient({ url, world, token, fetch: send = fetch }: ClientOptions): Control {
  const root = `${url.replace(/\/+$/, '')}${world === undefined ? '' : `/w/${encodeURIComponent(world)}`}/_mockflared`
  const headers = {
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  }

  const verbs = Object.entries(VERBS).map(([name, { method, path, query }]) => [
    name,
    async (input: Input = {}): Promise<unknown> => {
      const { filled, rest } = fill(path, input)
      const search = searchOf(rest.filter(([key]) => query.includes(key)))
      const body = Object.fromEntries(rest.filter(([key]) => !query.includes(key)))
      const target = `${root}${filled}${search}`
      return answerOf(await send(target, { method, headers, ...(method !== 'GET' && { body: JSON.stringify(body) }) }))
    },
  ])
  return Object.fromEntries(verbs)
}

/** The path with its parameters in place, and what of the input it did not take. */
function fill(path: string, input: Input): { filled: string; rest: [string, unknown][] } {
  const taken = new Set<string>()
  const filled = path.replaceAll(/:(\w+)/g, (_all, name: string) => {
    taken.add(name)
    return encodeURIComponent(String(input[name]))
  })
  return { filled, rest: Object.entries(input).filter(([key, value]) => !taken.has(key) && value !== undefined) }
}

function searchOf(pairs: readonly [string, unknown][]): string {
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(pairs.map(([key, value]): [string, string] => [key, String(value)]))}`
}

async function answerOf(response: Response): Promise<unknown> {
  const answer = parsed(await response.text())
  if (response.ok && answer !== undefined) return answer

  const { code = 'unknown', message = `${response.url} answered ${response.status}, and no control plane` } =
    failureIn(answer)
  throw new ControlFailed(response.status, code, message)
}

/** Undefined for what is no JSON: something else than mockflared answers there. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function failureIn(answer: unknown): { code?: string; message?: string } {
  return typeof answer === 'object' && answer !== null && 'error' in answer && typeof answer.error === 'object'
    ? { ...answer.error }
    : {}
}
