/**
 * Replays recorded exchanges against a new emulator or a running server, and prints the
 * differences. Exit code 0 means no difference, 1 means differences, 2 means an invalid input.
 */
import { argv, env, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import type { Recording } from '../schemas/recording.ts'
import { isCloudflare } from './recording/cloudflare-url.ts'
import { readRecording } from './recording/read.ts'
import { replay } from './recording/replay.ts'
import { report } from './recording/report.ts'
import { createWorldTarget, type DisposableTarget, startEmulatorTarget } from './recording/targets.ts'
import { isRedacted, writeRedacted } from './recording/write.ts'

const USAGE = 'usage: npm run replay -- FILE [--url URL] [--redact OUT]'

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv.slice(2),
    allowPositionals: true,
    options: { url: { type: 'string' }, redact: { type: 'string' } },
  })
  const [file] = positionals
  if (file === undefined || positionals.length > 1) throw new Error(USAGE)
  if (isCloudflare(values.url)) {
    throw new Error('a recording may delete tunnels, so it is not replayed against the real service')
  }

  const recording = readRecording(file)
  if (values.redact !== undefined) {
    writeRedacted(values.redact, recording)
    return 0
  }
  if (!isRedacted(recording))
    stderr.write(`${file} may hold secrets: make a copy with --redact OUT before you send it\n`)

  await using target = await openTarget(recording, values.url)
  const replayed = await replay(recording, target)
  stdout.write(`${report(replayed).join('\n')}\n`)
  return replayed.some(({ differences }) => differences.length > 0) ? 1 : 0
}

function openTarget(recording: Recording, url: string | undefined): Promise<DisposableTarget> {
  if (url === undefined) return startEmulatorTarget(recording)

  const { CLOUDFLARE_ACCOUNT_ID: account, CLOUDFLARE_API_TOKEN: token, MOCKFLARED_CONTROL_TOKEN: control_token } = env
  return createWorldTarget(recording, { url, account, token, control_token })
}

process.exitCode = await main().catch(({ message, cause }: Error) => {
  stderr.write(`replay: ${message}${cause instanceof Error ? `: ${cause.message}` : ''}\n`)
  return 2
})
