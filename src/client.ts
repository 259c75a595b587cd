/** `mockflared/client`: the control plane of a running server. Loads no code of the server. */
import { type Control, createControl } from '../schemas/control/control.ts'
import { CONTROL_ERROR_CODES, ControlError } from '../schemas/control/control-error.ts'
import { type Operation, partsOf } from '../schemas/control/operation.ts'
import { OPERATIONS } from '../schemas/control/operations.ts'

export type { Control } from '../schemas/control/control.ts'
export { ControlError } from '../schemas/control/control-error.ts'

export interface ClientOptions {
  /** The address of the server, such as `http://127.0.0.1:8844`. */
  readonly url: string
  /** The id of a world; undefined: the main world. */
  readonly world?: string | undefined
  /** The value of `--control-token`, if the server has one. */
  readonly token?: string | undefined
  /** Sends the requests; undefined: the fetch of this runtime. */
  readonly fetch?: typeof fetch | undefined
}

/**
 * Each operation resolves as in the library or rejects with a ControlError; with a TypeError when
 * no server answers.
 */
export function createControlClient({ url, world, token, fetch: send = fetch }: ClientOptions): Control {
  const root = `${url.replace(/\/+$/, '')}${world === undefined ? '' : `/w/${encodeURIComponent(world)}`}/_mockflared`
  const headers = {
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  }
  return createControl(async (name, input) => {
    const operation: Operation = OPERATIONS[name]
    const [method, path] = operation.route
    const { params, query, body } = partsOf(operation, input)
    const target = `${root}${filledIn(path, params)}${searchOf(query)}`
    const response = await send(target, { method, headers, ...(method !== 'GET' && { body: JSON.stringify(body) }) })
    return resultOf(response, operation)
  })
}

function filledIn(path: string, params: Readonly<Record<string, unknown>>): string {
  return path.replaceAll(/:(\w+)/g, (_all, name: string) => encodeURIComponent(String(params[name])))
}

function searchOf(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).map(([key, value]): [string, string] => [key, String(value)])
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

async function resultOf(response: Response, { result_type }: Operation): Promise<unknown> {
  const text = await response.text()
  if (response.ok && result_type !== undefined && response.headers.get('content-type')?.startsWith(result_type)) {
    return text
  }
  const content = parsed(text)
  if (response.ok && content !== undefined) return content
  throw errorIn(content, response)
}

/** Undefined for text that is not JSON: the answer is not from mockflared. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function errorIn(content: unknown, { status, url }: Response): ControlError {
  const { code, message }: { code?: unknown; message?: unknown } =
    typeof content === 'object' && content !== null && 'error' in content ? { ...Object(content.error) } : {}
  return new ControlError(
    CONTROL_ERROR_CODES.find(known => known === code) ?? 'unknown',
    typeof message === 'string' ? message : `${url} answered ${status}, and no control plane`,
    { status },
  )
}
