/** The texts in the code that people read: descriptions, summaries, statements and sources. */
import { OPERATIONS } from '../../schemas/control/operations.ts'
import { isObject } from '../../schemas/is-object.ts'
import { flagOf, modelOf, OPTION_NAMES } from '../../src/config/options.ts'
import { DEVIATIONS } from '../../src/evidence/deviations.ts'
import { GATEWAY_ERRORS } from '../../src/gateway/errors.ts'
import { GATEWAY_EVIDENCE } from '../../src/gateway/evidence.ts'
import { createEmulator } from '../../src/index.ts'
import { RESOURCES } from '../../src/resources/index.ts'

export interface Text {
  /** Where it comes from, such as `/openapi.json: paths./accounts.get.summary`. */
  readonly place: string
  readonly text: string
}

const KEYS = ['description', 'summary', 'statement', 'source', 'reason', 'unobservable', 'purpose']

/** Error responses quote Cloudflare. */
const QUOTED = ['responses', 'examples', 'example']

function textsIn(value: unknown, place: string): Text[] {
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, child]) => {
    if (QUOTED.includes(key)) return []
    if (typeof child === 'string') return KEYS.includes(key) ? [{ place: `${place}.${key}`, text: child }] : []
    return textsIn(child, `${place}.${key}`)
  })
}

async function descriptions(): Promise<Text[]> {
  await using emulator = await createEmulator({ listen: false })
  const pages = ['/openapi.json', '/_mockflared/openapi.json']
  const texts = pages.map(async page => textsIn(await (await emulator.fetch(`${emulator.url}${page}`)).json(), page))
  return (await Promise.all(texts)).flat()
}

export async function textsInCode(): Promise<Text[]> {
  const products = [...RESOURCES, { evidence: GATEWAY_EVIDENCE, errors: GATEWAY_ERRORS }]
  const found = [
    ...products.flatMap(({ evidence, errors }) => [...textsIn(evidence, 'evidence'), ...textsIn(errors, 'errors')]),
    ...textsIn(DEVIATIONS, 'deviations'),
    ...textsIn(OPERATIONS, 'operations'),
    ...OPTION_NAMES.map(name => ({ place: `--${flagOf(name)}`, text: modelOf(name).description })),
    ...(await descriptions()),
  ]
  return [...new Map(found.toReversed().map(one => [one.text, one])).values()]
}
