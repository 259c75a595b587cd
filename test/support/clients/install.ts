/** Installs the clients that come from npm, as they are locked, unless that was done since the lock last changed. */
import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'

const FOLDER = 'test/clients'

export default (): void => {
  const installed = changedAt(`${FOLDER}/node_modules/.package-lock.json`)
  if (installed > changedAt(`${FOLDER}/package-lock.json`)) return

  const args = ['ci', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund']
  execFileSync('npm', args, { stdio: 'inherit' })
}

/** 0 when there is no such file. */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
