/**
 * Calls the twelve operations and writes the redacted exchanges to a file. It creates two tunnels
 * in the account that CLOUDFLARE_ACCOUNT_ID names, and deletes them again.
 */
import { argv, env, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { CLOUDFLARE_URL, isCloudflare } from './recording/cloudflare-url.ts'
import { record } from './recording/record.ts'
import { writeRedacted } from './recording/write.ts'

const USAGE = 'usage: npm run record -- --out FILE [--real]'

async function main(): Promise<void> {
  const { out, real } = parseArgs({
    args: argv.slice(2),
    options: { out: { type: 'string' }, real: { type: 'boolean', default: false } },
  }).values
  if (out === undefined) throw new Error(USAGE)

  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort(new Error('stopped')))
  process.once('SIGTERM', () => stop.abort(new Error('stopped')))
  const [account, token] = [requireVariable('CLOUDFLARE_ACCOUNT_ID'), requireVariable('CLOUDFLARE_API_TOKEN')]
  const recording = await record({ baseURL: chooseBaseURL(real), account, token, fetch, signal: stop.signal })
  writeRedacted(out, recording)
  stdout.write(`${recording.steps.length} exchanges are in ${out}. Look it through before you send it.\n`)
}

/** Requires --real for Cloudflare's own API, so that nobody changes an account by mistake. */
function chooseBaseURL(real: boolean): string {
  if (real) return CLOUDFLARE_URL

  const url = requireVariable('CLOUDFLARE_BASE_URL')
  if (isCloudflare(url)) throw new Error('CLOUDFLARE_BASE_URL is the real service: say --real to record from it')
  return url
}

function requireVariable(name: string): string {
  const value = env[name]
  if (!value)
    throw new Error(`${name} is not set${name === 'CLOUDFLARE_BASE_URL' ? '; --real is the real service' : ''}`)
  return value
}

process.exitCode = await main().then(
  () => 0,
  ({ message, cause }: Error) => {
    stderr.write(`record: ${message}${cause instanceof Error ? `: ${cause.message}` : ''}\n`)
    return 2
  },
)
