/**
 * npm and npx do not pass a signal on to the command that they run. So the command watches the
 * process of npm, and not its own parent: a server in the background outlives the shell that
 * started it.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const POLL_MS = 500

/** The process of the nearest npm that runs this command; undefined without npm. */
export function findNpm(): number | undefined {
  // npm sets this variable for all that it runs.
  return process.env.npm_execpath === undefined ? undefined : npmAmong(process.ppid)
}

/** Looks at a process and its ancestors, since there is a shell in between. */
function npmAmong(pid: number): number | undefined {
  const found = pid > 0 ? readProcess(pid) : undefined
  if (found === undefined) return undefined
  return isNpm(found.command) ? pid : npmAmong(found.parent)
}

/** npm calls its process `npm start` or `npm exec mockflared`; where it cannot, this is its file. */
function isNpm(command: string): boolean {
  return /^np[mx] |\bnp[mx]-cli\.js /.test(command)
}

interface ProcessEntry {
  readonly parent: number
  readonly command: string
}

/** Undefined where neither way works, as on Windows. */
function readProcess(pid: number): ProcessEntry | undefined {
  try {
    return process.platform === 'linux' ? readProc(pid) : readPs(pid)
  } catch {
    return undefined
  }
}

/** Small images have no `ps`. */
function readProc(pid: number): ProcessEntry {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is a name in brackets, which may contain blanks and brackets.
  const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  return { parent: Number(parent), command }
}

function readPs(pid: number): ProcessEntry {
  const line = execFileSync('ps', ['-ww', '-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' })
  const [, parent, command = ''] = /^\s*(\d+) (.*)/.exec(line) ?? []
  return { parent: Number(parent), command: `${command} ` }
}

/** Calls `stop` when a process has ended, however it did. Returns a function that stops watching. */
export function onEnd(pid: number, stop: () => void): () => void {
  const timer = setInterval(() => {
    if (!isRunning(pid)) stop()
  }, POLL_MS).unref()
  return () => clearInterval(timer)
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
