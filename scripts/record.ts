/**
 * Takes a tour of the twelve operations and writes what was asked and answered, redacted, into a file. It makes two tunnels
 * in the account that CLOUDFLARE_ACCOUNT_ID names and deletes them again.
 */
import { argv, env, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { isReal, REAL_URL } from './recording/real.ts'
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
  const [account, token] = [given('CLOUDFLARE_ACCOUNT_ID'), given('CLOUDFLARE_API_TOKEN')]
  const recording = await record({ baseURL: baseURL(real), account, token, fetch, signal: stop.signal })
  writeRedacted(out, recording)
  stdout.write(`${recording.steps.length} exchanges are in ${out}. Look it through before you send it.\n`)
}

/** Nobody's account is touched by mistake: the real service must be asked for. */
function baseURL(real: boolean): string {
  if (real) return REAL_URL

  const url = given('CLOUDFLARE_BASE_URL')
  if (isReal(url)) throw new Error('CLOUDFLARE_BASE_URL is the real service: say --real to record from it')
  return url
}

function given(name: string): string {
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
