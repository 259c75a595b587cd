/** Installs the locked npm clients, unless they are newer than the lock file. */
import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'

const FOLDER = 'test/clients'

export default (): void => {
  const installedAt = changedAt(`${FOLDER}/node_modules/.package-lock.json`)
  if (installedAt > changedAt(`${FOLDER}/package-lock.json`)) return

  const args = ['ci', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund']
  execFileSync('npm', args, { stdio: 'inherit' })
}

/** 0 if the file does not exist. */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
