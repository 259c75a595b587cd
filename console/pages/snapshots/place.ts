/** Where in a state the server found a mistake. */

export type Place = readonly (string | number)[]

const IN_STATE = /^(?:state: |body\.)((?:[\w-]+|\[\d+\])(?:\.[\w-]+|\[\d+\])*):/

/** Of “state: tunnels[0].name: …”: tunnels, 0, name. Undefined if the message has no place. */
export function placeIn(message: string): Place | undefined {
  const path = IN_STATE.exec(message)?.[1]
  return path?.match(/[\w-]+/g)?.map(part => (/^\d+$/.test(part) ? Number(part) : part))
}

const LINES = 14

/** Keys whose values are secrets. The excerpt is shown, and screens are shared. */
const SECRET = /secret|token|key|password/i

/** The start of the value at a place, as JSON; of the nearest value around it if there is none. */
export function excerptAt(state: unknown, place: Place): string {
  let value = state
  for (const part of place) {
    const inner = Object(value)[part]
    if (inner === undefined) break
    value = inner
  }
  const text = JSON.stringify(value, (key, one) => (SECRET.test(key) && typeof one === 'string' ? '…' : one), 2)
  const lines = text.split('\n')
  return lines.length <= LINES ? text : `${lines.slice(0, LINES).join('\n')}\n…`
}

/** How many of each section a state has, such as “tunnels (13)”, without empty ones. */
export function sectionsOf(state: unknown): readonly string[] {
  return Object.entries(Object(state)).flatMap(([section, items]) =>
    Array.isArray(items) && items.length > 0
      ? [`${section.replaceAll('_', ' ').replace(/^dns/, 'DNS')} (${items.length})`]
      : [],
  )
}
