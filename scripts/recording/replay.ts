import type { ControlStep, Exchange, Recording } from '../../schemas/recording.ts'
import { type Difference, findDifferences } from './compare.ts'
import { createReferences, type References } from './references.ts'
import { replaceVariableParts } from './variable-parts.ts'

/** The server that a recording is replayed against. */
export interface ReplayTarget {
  readonly baseURL: string
  readonly fetch: typeof fetch
  readonly token: string
  /** Replaces the first account of the recording; undefined keeps that account. */
  readonly account: string | undefined
  /** Runs a verb of the control plane; rejects if it fails. */
  readonly control: (verb: string, input: Readonly<Record<string, unknown>>) => Promise<void>
  /** Advances the clock, so that consecutive steps have different times. */
  readonly tick: () => Promise<void>
}

export interface ReplayedExchange {
  readonly exchange: Exchange
  readonly differences: readonly Difference[]
}

/** Replays the exchanges in order and returns each with its differences. */
export async function replay({ steps }: Recording, target: ReplayTarget): Promise<readonly ReplayedExchange[]> {
  const references = createReferences(target.account)
  const replayed: ReplayedExchange[] = []
  for (const step of steps) {
    await target.tick()
    if ('control' in step) await runControlStep(step, target, references)
    else replayed.push({ exchange: step, differences: await replayExchange(step, target, references) })
  }
  return replayed
}

function runControlStep(
  { control, input = {} }: ControlStep,
  target: ReplayTarget,
  { toSend }: References,
): Promise<void> {
  return target.control(control, replaceVariableParts(input, toSend))
}

async function replayExchange({ request, response }: Exchange, target: ReplayTarget, references: References) {
  const received = await send(replaceVariableParts(request, references.toSend), target)
  const headers = Object.fromEntries(
    Object.keys(response.headers ?? {}).map(name => [name, received.headers.get(name) ?? undefined]),
  )
  const text = await received.text()
  return [
    ...findDifferences(response.status, received.status, 'status', references),
    ...findDifferences(response.headers ?? {}, headers, 'headers', references),
    ...findDifferences(response.body, parseBody(text), 'body', references),
  ]
}

export function send(
  { method, path, query, headers = {}, anonymous = false, body }: Exchange['request'],
  { baseURL, fetch, token }: Pick<ReplayTarget, 'baseURL' | 'fetch' | 'token'>,
): Promise<Response> {
  const search = query ? `?${new URLSearchParams(query)}` : ''
  return fetch(`${baseURL}${path}${search}`, {
    method,
    headers: {
      ...(!anonymous && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

/** The parsed body if it is JSON, otherwise its text; undefined if it is empty. */
export function parseBody(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
