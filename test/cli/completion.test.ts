import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { run } from '../support/run-command.ts'

const start = promisify(execFile)

/** What bash offers for the last of these words. */
async function completed(...words: readonly string[]): Promise<string[]> {
  const { stdout: script } = await run(['completion', 'bash'])
  const { stdout } = await start('bash', [
    '-c',
    `${script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mockflared; printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash',
    'mockflared',
    ...words,
  ])
  return stdout.trim().split('\n')
}

function hasShell(name: string): boolean {
  return spawnSync(name, ['--version']).status === 0
}

describe('completion bash', () => {
  it.each([
    ['a command', ['cl'], ['clock']],
    ['a subcommand', ['clock', 'f'], ['freeze']],
    ['a subcommand after an option', ['clock', '--json', 'f'], ['freeze']],
    ['an option of the server', ['--po'], ['--port']],
    ['an option of a command', ['clock', 'advance', '--js'], ['--json']],
    ['the values of an option', ['--auth', ''], ['open', 'strict', 'off']],
    ['the bundled seeds', ['serve', '--seed', 'd'], ['docs', 'demo']],
    ['the formats of env', ['env', '--format', 'd'], ['dotenv']],
    ['no word of ours where any text may be', ['--db', ''], ['']],
  ])('completes %s', async (_what, words, offered) => {
    expect(await completed(...words)).toEqual(offered)
  })

  it('offers no option that the help hides', async () => {
    expect(await completed('--behav')).toEqual(['--behavior'])
    expect(await completed('--no-')).toEqual([''])
  })
})

describe.each([
  ['zsh', ['-n']],
  ['fish', ['--no-execute']],
])('completion %s', (shell, flags) => {
  it('names every command and its options', async () => {
    const { code, stdout } = await run(['completion', shell])

    expect(code).toBe(0)
    for (const word of ['advance', 'flap', 'world', 'print-config']) expect(stdout).toContain(word)
  })

  it.runIf(hasShell(shell))('is a valid script', async () => {
    const { stdout } = await run(['completion', shell])

    expect(spawnSync(shell, [...flags, '/dev/stdin'], { input: stdout }).status).toBe(0)
  })
})
