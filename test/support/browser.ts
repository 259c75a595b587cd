/** Chromium, as the system has it: the package that drives it downloads none. */
import { execFileSync } from 'node:child_process'
import { env, getuid } from 'node:process'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The path of the browser, which is installed if that is possible; undefined if there is none. */
export function findBrowser(): string | undefined {
  return env.CHROMIUM_BIN ?? pathOfAny() ?? (installBrowser() ? pathOfAny() : undefined)
}

function pathOfAny(): string | undefined {
  return NAMES.map(name => succeeds('sh', ['-c', `command -v ${name}`])?.trim()).find(Boolean)
}

/** On Debian, as root. */
function installBrowser(): boolean {
  if (getuid?.() !== 0) return false
  return succeeds('sh', ['-c', 'apt-get update -qq && apt-get install -y -qq chromium']) !== undefined
}

/** What a program prints; undefined if it fails. */
function succeeds(program: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return undefined
  }
}

export function launchBrowser(executablePath: string | undefined): Promise<Browser> {
  // Root may not use its sandbox; it visits our own pages only.
  return chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] })
}
