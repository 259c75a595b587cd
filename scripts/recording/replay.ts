import type { ControlStep, Exchange, Recording } from '../../schemas/recording.ts'
import { type Difference, differencesBetween } from './compare.ts'
import { replaced } from './parts.ts'
import { createReferences, type References } from './references.ts'

/** Where a recording is replayed. */
export interface Stage {
  readonly baseURL: string
  readonly fetch: typeof fetch
  readonly token: string
  /** What the first account of the recording is here; undefined: the same. */
  readonly account: string | undefined
  /** Brings about what happened in between; rejects when it cannot. */
  readonly control: (verb: string, input: Readonly<Record<string, unknown>>) => Promise<void>
  /** Lets time pass, so that what happened one after the other has different times. */
  readonly tick: () => Promise<void>
}

export interface Replayed {
  readonly exchange: Exchange
  readonly differences: readonly Difference[]
}

/** Each exchange in turn, with what came otherwise than recorded. */
export async function replay({ steps }: Recording, stage: Stage): Promise<readonly Replayed[]> {
  const references = createReferences(stage.account)
  const replayed: Replayed[] = []
  for (const step of steps) {
    await stage.tick()
    if ('control' in step) await perform(step, stage, references)
    else replayed.push({ exchange: step, differences: await compareWith(step, stage, references) })
  }
  return replayed
}

function perform({ control, input = {} }: ControlStep, stage: Stage, { sent }: References): Promise<void> {
  return stage.control(control, replaced(input, sent))
}

async function compareWith({ request, response }: Exchange, stage: Stage, references: References) {
  const answer = await send(replaced(request, references.sent), stage)
  const headers = Object.fromEntries(
    Object.keys(response.headers ?? {}).map(name => [name, answer.headers.get(name) ?? undefined]),
  )
  const text = await answer.text()
  return [
    ...differencesBetween(response.status, answer.status, 'status', references),
    ...differencesBetween(response.headers ?? {}, headers, 'headers', references),
    ...differencesBetween(response.body, bodyIn(text), 'body', references),
  ]
}

export function send(
  { method, path, query, headers = {}, anonymous = false, body }: Exchange['request'],
  { baseURL, fetch, token }: Pick<Stage, 'baseURL' | 'fetch' | 'token'>,
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

/** JSON where it is JSON, else the text; undefined without a body. */
export function bodyIn(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
