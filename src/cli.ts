#!/usr/bin/env node
/**
 * The command `mockflared`. It imports nothing that crashes an older Node.
 */
import { findNpm, onEnd } from './cli/npm.ts'
import { unsupportedNodeMessage } from './config/node-version.ts'

// Stack traces then name the files of the source, not those of the bundle.
process.setSourceMapsEnabled(true)

// Found at once, since npm may end before a server is up.
const npm = findNpm()

function printError(text: string): void {
  process.stderr.write(`${text}\n`)
}

function onStop(stop: () => void): void {
  const once = (): void => {
    process.off('SIGTERM', once)
    process.off('SIGINT', once)
    unwatch()
    stop()
  }
  process.on('SIGTERM', once)
  process.on('SIGINT', once)
  const unwatch = npm === undefined ? () => {} : onEnd(npm, once)
}

async function main(): Promise<number> {
  const message = unsupportedNodeMessage(process.versions.node)
  if (message) {
    printError(`mockflared: ${message}`)
    return 1
  }
  const { runCommand } = await import('./cli/program.ts')
  return runCommand(process.argv.slice(2), {
    environment: process.env,
    workingDirectory: process.cwd(),
    isInteractive: process.stderr.isTTY === true,
    print: text => process.stdout.write(`${text}\n`),
    printError,
    createEmulator: async options => {
      if (options.workers) {
        const { startWorkers } = await import('./emulator/workers/front.ts')
        return startWorkers(options)
      }
      const { createEmulator } = await import('./emulator/emulator.ts')
      return createEmulator(options)
    },
    validateSeeds: async (seeds, clock) => {
      const { validateSeeds } = await import('./emulator/validate-seeds.ts')
      return validateSeeds(seeds, clock)
    },
    openUrl: async url => {
      const { openUrl } = await import('./cli/open-url.ts')
      return openUrl(url)
    },
    onStop,
  })
}

void main().then(code => {
  process.exitCode = code
})
