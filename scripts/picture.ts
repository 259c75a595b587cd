/**
 * Draws `docs/demo.svg`: a terminal with the demo in it. The layout is ours, the text is what the commands print, on a clock
 * that stands still and with chance that repeats. With `--check` it draws nothing, and fails when the picture is out of date.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, env, execPath, exit, stderr } from 'node:process'

const ROOT = new URL('..', import.meta.url).pathname
const PICTURE = join(ROOT, 'docs/demo.svg')

const SERVE = 'mockflared --seed demo'
const COMMANDS = [
  'eval "$(mockflared env)"',
  'node examples/tunnels.mjs',
  'mockflared disconnect shop-staging --lost',
  'mockflared clock advance 70s | grep changed',
  'mockflared connect preview-branches --colo ams01 --colo fra02',
]

const FONT_PX = 13
const LINE_PX = 19
const COLUMN_PX = 7.8
const MARGIN_PX = 22
const BAR_PX = 36

const COLOURS: Record<string, string> = {
  healthy: '#7ee787',
  degraded: '#e3b341',
  down: '#ff7b72',
  inactive: '#8b949e',
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** A folder with the command in it, as an installed package has one. */
function commandFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mockflared-'))
  const script = `#!/bin/sh\nexec '${execPath}' '${join(ROOT, 'src/cli.ts')}' "$@"\n`
  writeFileSync(join(folder, 'mockflared'), script, { mode: 0o755 })
  return folder
}

/** Each command with what it printed. */
async function play(): Promise<[string, string][]> {
  const port = await freePort()
  const folder = commandFolder()
  const environment = { PATH: `${folder}:${env.PATH}`, HOME: folder }
  // It tells the usual port and listens on another, so that the picture does not depend on which is free.
  const told = { MOCKFLARED_PUBLIC_URL: 'http://127.0.0.1:8844', MOCKFLARED_LOG: 'off' }
  const fixed = { MOCKFLARED_CLOCK: '2026-01-01T00:00:00Z', MOCKFLARED_RANDOM_SEED: '1' }
  const options = { cwd: ROOT, env: { ...environment, ...told, ...fixed, MOCKFLARED_PORT: String(port) } }
  const server = spawn('bash', ['--norc', '-c', `exec ${SERVE}`], { ...options, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [ready] = await once(server.stdout, 'data')
    return [[`${SERVE} &`, String(ready)], ...playAgainst(`http://127.0.0.1:${port}`, environment)]
  } finally {
    server.kill()
    rmSync(folder, { recursive: true })
  }
}

/** One after the other; what an earlier one exported, a later one finds. */
function playAgainst(url: string, environment: NodeJS.ProcessEnv): [string, string][] {
  return COMMANDS.map((command, index) => {
    const before = COMMANDS.slice(0, index).filter(earlier => earlier.startsWith('eval '))
    const script = [...before, command].join('\n')
    const options = { cwd: ROOT, env: { ...environment, MOCKFLARED_URL: url }, encoding: 'utf8' as const }
    return [command, execFileSync('bash', ['--norc', '-euo', 'pipefail', '-c', script], options)]
  })
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

function coloured(line: string): string {
  return escaped(line).replaceAll(
    /\b(healthy|degraded|down|inactive)\b/g,
    status => `<tspan fill="${COLOURS[status]}">${status}</tspan>`,
  )
}

function prompt(command: string): string {
  return `<tspan fill="#7ee787">$</tspan> <tspan fill="#f0f6fc" font-weight="bold">${escaped(command)}</tspan>`
}

function draw(played: [string, string][]): string {
  const plain = played.flatMap(([command, printed]) => [`$ ${command}`, ...linesOf(printed)])
  const lines = played.flatMap(([command, printed]) => [prompt(command), ...linesOf(printed).map(coloured)])
  const width = Math.ceil(Math.max(...plain.map(({ length }) => length)) * COLUMN_PX + 2 * MARGIN_PX)
  const height = BAR_PX + lines.length * LINE_PX + MARGIN_PX
  const texts = lines.map(
    (line, index) =>
      `    <text x="${MARGIN_PX}" y="${BAR_PX + (index + 1) * LINE_PX}" xml:space="preserve">${line}</text>`,
  )
  const lights = ['#ff5f57', '#febc2e', '#28c840'].map(
    (colour, index) => `  <circle cx="${MARGIN_PX + index * 20}" cy="18" r="6" fill="${colour}"/>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
  <title>A terminal in which mockflared serves its demo</title>
  <rect width="${width}" height="${height}" rx="10" fill="#0d1117" stroke="#30363d"/>
${lights.join('\n')}
  <g fill="#c9d1d9" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="${FONT_PX}">
${texts.join('\n')}
  </g>
</svg>
`
}

function linesOf(printed: string): string[] {
  return printed.split('\n').filter(line => line !== '')
}

const picture = draw(await play())
function isStale(): boolean {
  return readFileSync(PICTURE, 'utf8') !== picture
}
if (argv.includes('--check')) {
  if (isStale()) stderr.write('out of date: docs/demo.svg; run node scripts/picture.ts\n')
  exit(isStale() ? 1 : 0)
}
writeFileSync(PICTURE, picture)
