#!/usr/bin/env node
/** The command `mockflared`: the only file that touches the process. Nothing is imported here that an older Node could not load. */
import module from 'node:module'
import { keepCompiled } from './cli/code-cache.ts'
import { startsServer } from './cli/starts-server.ts'
import { complaintAboutNode } from './config/node-version.ts'

function complain(text: string): void {
  process.stderr.write(`${text}\n`)
}

function onStop(stop: () => void): void {
  const once = (): void => {
    process.off('SIGTERM', once)
    process.off('SIGINT', once)
    stop()
  }
  process.on('SIGTERM', once)
  process.on('SIGINT', once)
}

/** The start is over by then. */
const SPARE_AFTER_MS = 200

/**
 * V8 gives back what it needed to compile on a thread of its own, which falls behind under a first load: 18 MiB that then stay. So it
 * is told to do that at once. Node 24 knows this flag; one that is unknown would be complained about on stderr.
 */
function spareMemory(save: () => void): void {
  if (!process.versions.node.startsWith('24.')) return

  const spare = async (): Promise<void> => {
    const { setFlagsFromString } = await import('node:v8')
    // What was compiled fits only the flags that V8 began with.
    module.flushCompileCache()
    save()
    process.off('exit', save)
    setFlagsFromString('--no-maglev-destroy-on-background')
  }
  setTimeout(spare, SPARE_AFTER_MS).unref()
}

async function main(): Promise<number> {
  const complaint = complaintAboutNode(process.versions.node)
  if (complaint) {
    complain(`mockflared: ${complaint}`)
    return 1
  }
  const args = process.argv.slice(2)
  const save = keepCompiled(startsServer(args) ? 'server' : 'verb')
  process.on('exit', save)
  const { runCommand } = await import('./cli/program.ts')
  return runCommand(args, {
    environment: process.env,
    folder: process.cwd(),
    print: text => process.stdout.write(`${text}\n`),
    complain,
    importModule: url => import(url),
    createEmulator: async options => {
      const { createEmulator } = await import('./emulator/emulator.ts')
      const emulator = await createEmulator(options)
      spareMemory(save)
      return emulator
    },
    onStop,
  })
}

void main().then(code => {
  process.exitCode = code
})
