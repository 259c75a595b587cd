import { constants } from 'node:http2'
import type { LiveConnection } from './live-connection.ts'
import { UPGRADE_HEADER } from './upgrade-header.ts'

/** What cloudflared answers to a configuration. */
export interface ConfigurationAnswer {
  /** The version that it uses now. */
  readonly version: number
  /** The JSON of its error; undefined if there is none. cloudflared leaves out the text. */
  readonly error: string | undefined
}

/** Our limit for the time until cloudflared answers. */
const ANSWER_TIMEOUT_MS = 10_000

/** Our limits: an answer is one short object. */
const MAX_ANSWER_BYTES = 64 * 1_024
const MAX_ERROR_LENGTH = 300

/** Rejects if the connection ends first, or if the answer is none of cloudflared. */
export async function sendConfiguration(
  live: LiveConnection,
  version: number,
  config: string,
): Promise<ConfigurationAnswer> {
  await live.flow.stalled()
  const stream = live.open({
    ':method': 'PUT',
    ':path': '/',
    [UPGRADE_HEADER]: 'update-configuration',
    'content-type': 'application/json',
  })
  stream.setTimeout(ANSWER_TIMEOUT_MS, () => stream.close(constants.NGHTTP2_CANCEL))
  stream.end(`{"version":${version},"config":${config}}`)

  let text = ''
  for await (const chunk of stream.setEncoding('utf8')) {
    text += chunk
    if (text.length > MAX_ANSWER_BYTES) throw new Error('the answer to a configuration is too long')
  }
  await live.flow.stalled()
  return parseAnswer(text)
}

function parseAnswer(text: string): ConfigurationAnswer {
  const { lastAppliedVersion: version, err = null }: { lastAppliedVersion?: unknown; err?: unknown } = Object(
    JSON.parse(text),
  )
  if (!Number.isSafeInteger(version)) throw new Error('the answer to a configuration has no version')
  return { version: Number(version), error: err === null ? undefined : JSON.stringify(err).slice(0, MAX_ERROR_LENGTH) }
}
