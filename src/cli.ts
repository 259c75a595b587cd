#!/usr/bin/env node
/** The command `mockflared`: the only file that touches the process. Nothing is imported here that an older Node could not load. */
import module from 'node:module'
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
  // What was compiled for one start is kept for the next, in the folder for temporary files; where that cannot be, nothing happens.
  module.enableCompileCache()
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

void main().then(code => {
  process.exitCode = code
})
