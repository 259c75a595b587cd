#!/usr/bin/env node
/** The command `mockflared`: the only file that touches the process. Nothing is imported here that an older Node could not load. */
import { complaintAboutNode } from './node-version.ts'

const complain = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

const onStop = (stop: () => void): void => {
  const once = (): void => {
    process.off('SIGTERM', once)
    process.off('SIGINT', once)
    stop()
  }
  process.on('SIGTERM', once)
  process.on('SIGINT', once)
}

const main = async (): Promise<number> => {
  const complaint = complaintAboutNode(process.versions.node)
  if (complaint) {
    complain(`mockflared: ${complaint}`)
    return 1
  }
  const { runCommand } = await import('./command-line.ts')
  return runCommand(process.argv.slice(2), {
    environment: process.env,
    folder: process.cwd(),
    print: text => process.stdout.write(`${text}\n`),
    complain,
    createEmulator: async options => (await import('./emulator.ts')).createEmulator(options),
    onStop,
  })
}

process.exitCode = await main()
