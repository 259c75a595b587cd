/** An action as text that does the same elsewhere. Never holds a secret. */
import type { Operation } from '../../schemas/control/operation.ts'
import { partsOf } from '../../schemas/control/operation.ts'
import { OPERATIONS } from '../../schemas/control/operations.ts'
import type { Action } from './act.ts'
import { commandOf } from './command.ts'
import { controlUrl, server, world } from './place.ts'
import { quoted } from './quote.ts'
import { token } from './token.ts'

export interface Copy {
  readonly name: 'curl' | 'Command' | 'TypeScript'
  readonly text: string
}

export function copiesOf(action: Action): readonly Copy[] {
  const command = commandOf(action)
  return [
    { name: 'curl', text: curlOf(action) },
    ...(command === undefined ? [] : [{ name: 'Command', text: command } as const]),
    { name: 'TypeScript', text: typescriptOf(action) },
  ]
}

export function curlOf({ operation, input }: Action): string {
  const { route }: Operation = OPERATIONS[operation]
  const { params, query, body } = partsOf(OPERATIONS[operation], input)
  const path = route[1].replaceAll(/:(\w+)/g, (_all, key: string) => encodeURIComponent(String(params[key])))
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])).toString()
  const words = [
    'curl',
    ...(route[0] === 'GET' ? [] : [`-X ${route[0]}`]),
    quoted(`${controlUrl}${path}${search && `?${search}`}`),
    ...(token.value === undefined ? [] : ['-H "Authorization: Bearer $MOCKFLARED_CONTROL_TOKEN"']),
    ...(body === undefined || route[0] === 'GET' ? [] : [`-d ${quoted(JSON.stringify(body))}`]),
  ]
  return words.join(' ')
}

export function typescriptOf({ operation, input }: Action): string {
  const given = Object.keys(Object(input)).length === 0 ? '' : literal(input)
  const where = world === undefined ? `{ url: '${server}' }` : `{ url: '${server}', world: '${world}' }`
  return `const control = createControlClient(${where})\nawait control.${operation}(${given})`
}

/** A value as TypeScript on one line. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
  if (typeof value !== 'object' || value === null) return String(value)

  const pairs = Object.entries(value).filter(([, one]) => one !== undefined)
  return `{ ${pairs.map(([key, one]) => `${/^[a-z_$][\w$]*$/i.test(key) ? key : `'${key}'`}: ${literal(one)}`).join(', ')} }`
}
