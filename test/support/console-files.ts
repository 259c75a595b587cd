import { onTestFinished } from 'vitest'
import { composeEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { consoleFilesIn } from '../../src/http/console/files.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { temporaryFolder } from './temporary.ts'

/** A built console in small, with a file of each type. */
export const CONSOLE_FILES = {
  'index.html': '<!DOCTYPE html><title>console</title><script type="module" src="assets/main-1a2b3c.js"></script>',
  'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'assets/main-1a2b3c.js': `console.log(${JSON.stringify('mockflared '.repeat(100))})`,
  'assets/main-4d5e6f.css': 'body { margin: 0 }',
  'assets/inter-7a8b9c.woff2': 'wOF2 not really',
  'assets/notes.txt': 'of the build',
  'private.json': '{}',
}

export const CONSOLE = '/_mockflared/console/'

/** Starts an emulator without a socket that serves these files as its console. */
export async function startWithConsole(
  options: EmulatorOptions = {},
  files: Readonly<Record<string, string>> = CONSOLE_FILES,
) {
  const folder = temporaryFolder(files)
  const given = { listen: false, ...options }
  const emulator = await composeEmulator(given, PRODUCTS, consoleFilesIn(folder))
  onTestFinished(() => emulator.close())
  const get = (url: string, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
    emulator.inject({ url, headers: { host: 'localhost:8844', ...headers }, remoteAddress })
  return { emulator, folder, get }
}
