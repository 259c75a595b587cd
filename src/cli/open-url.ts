import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'

/** A program that still runs after this long has found a browser. */
const OPENING_MS = 2_000

/** Opens a page in the browser. Resolves with false if the program for that is missing or fails. */
export async function openUrl(url: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const [program, ...args] = openerFor(platform)
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true })
  const waiting = new AbortController()
  const ended = new Promise<boolean>(resolve => {
    child.once('error', () => resolve(false))
    child.once('exit', code => resolve(code === 0))
  })
  const opened = await Promise.race([ended, pause(OPENING_MS, true, waiting)])
  waiting.abort()
  child.unref()
  return opened
}

function openerFor(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open']
  // The first argument in quotes is the title of a window.
  if (platform === 'win32') return ['cmd', '/c', 'start', '""']
  return ['xdg-open']
}
