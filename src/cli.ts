#!/usr/bin/env node
/** The command `mockflared`: the only file that touches the process. */
import { helpText, readCommand } from './command-line.ts'
import { checkHealth } from './health-check.ts'
import { complaintAboutNode } from './node-version.ts'
import { DEFAULTS, type Options } from './options.ts'
import { VERSION } from './version.ts'

const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

const serve = async (options: Partial<Options>): Promise<void> => {
  const { createEmulator } = await import('./emulator.ts')
  const emulator = await createEmulator({ log: 'text', ...options })

  const stop = (): void => {
    process.off('SIGTERM', stop)
    process.off('SIGINT', stop)
    void emulator.close()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  print(`mockflared ${VERSION} listens on ${emulator.url}, its documentation on ${emulator.url}/docs`)
  print(`export CLOUDFLARE_BASE_URL=${emulator.baseURL}`)
  print(`export CLOUDFLARE_API_TOKEN=${options.auth === 'strict' ? 'one-of-your-seed' : 'any-token'}`)
}

const main = async (): Promise<void> => {
  const complaint = complaintAboutNode(process.versions.node)
  if (complaint) throw new Error(complaint)

  const command = readCommand(process.argv.slice(2), process.env)
  if (command.kind === 'help') return print(helpText())
  if (command.kind === 'version') return print(VERSION)
  if (command.kind === 'health') return checkHealth({ ...DEFAULTS, ...command.options })
  await serve(command.options)
}

main().catch((error: Error) => {
  process.stderr.write(`mockflared: ${error.message}\n`)
  process.exitCode = 1
})
