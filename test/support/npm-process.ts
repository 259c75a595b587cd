/** Servers that npm runs, for tests of what happens when npm ends. */
import { type ChildProcess, spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { env, execPath, kill } from 'node:process'
import { onTestFinished } from 'vitest'

/**
 * Runs a command line in a folder until the server that it starts listens. `exec` makes a single
 * command the process itself. The process is the leader of a group, which ends with the test.
 */
export async function serveWithNpm(folder: string, command: string) {
  const line = command.includes('&') ? command : `exec ${command}`
  const npm = spawn('sh', ['-c', line], {
    cwd: folder,
    // On the Node of this project: that of the machine may be too old.
    env: { ...env, PATH: `${dirname(execPath)}:${env.PATH}`, MOCKFLARED_PORT: '0', MOCKFLARED_LOG: 'off' },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  onTestFinished(() => endGroup(npm))
  const url = await readUrl(npm)
  const isServing = (): Promise<boolean> =>
    fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
  return { npm, isServing }
}

function endGroup({ pid = 0 }: ChildProcess): void {
  try {
    if (pid > 0) kill(-pid, 'SIGKILL')
  } catch {
    // Nothing is left of it.
  }
}

function readUrl({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    stdout?.on('data', chunk => {
      printed += chunk
      const [, url] = /listens on (http:[^\s,]+)/.exec(printed) ?? []
      if (url) resolve(url)
    })
    stdout?.on('close', () => reject(new Error(`no server started: ${printed}`)))
  })
}
