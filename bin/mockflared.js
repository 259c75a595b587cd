#!/usr/bin/env node
/**
 * The command `mockflared`, in the package and in a clone. A clone runs its sources: `npx` and the
 * scripts of npm find the Node there that `npm ci` installs, and only a newer Node reads TypeScript.
 */
import { existsSync } from 'node:fs'
import process from 'node:process'

const source = new URL('../src/cli.ts', import.meta.url)

if (!existsSync(source)) {
  await import('../dist/cli.js')
} else if (process.features.typescript) {
  await import(source.href)
} else {
  process.stderr.write('mockflared: in a clone, start it with npx mockflared, which uses the Node of npm ci\n')
  process.exitCode = 1
}
