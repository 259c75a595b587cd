import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { findSubcommand } from '../../src/cli/command-names.ts'
import { EXAMPLES } from '../../src/cli/examples.ts'
import type { CliHost } from '../../src/cli/host.ts'
import { programFor } from '../../src/cli/program.ts'
import { run } from '../support/run-command.ts'

/** No command runs here. */
const program = programFor({} as CliHost)

/** The words of an example after `mockflared`, as a shell splits them. */
function wordsOf(example: string): string[] {
  const [, line = ''] = /mockflared (.*?)(?: \| source|\)"?)?$/.exec(example) ?? []
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

function commandAt(words: readonly string[]): { command: Command; rest: string[] } {
  let [command, rest] = [program, [...words]]
  for (let next = findSubcommand(command, rest[0] ?? ''); next; next = findSubcommand(command, rest[0] ?? '')) {
    command = next
    rest = rest.slice(1)
  }
  return { command, rest }
}

describe('an example in the help', () => {
  it.each(EXAMPLES)('names a command, its options and its arguments: %s', example => {
    const { command, rest } = commandAt(wordsOf(example))
    const { operands, unknown } = command.parseOptions(rest)
    const declared = command.registeredArguments

    expect(unknown).toEqual([])
    expect(operands.length).toBeGreaterThanOrEqual(declared.filter(({ required }) => required).length)
    if (!declared.at(-1)?.variadic) expect(operands.length).toBeLessThanOrEqual(declared.length)
  })
})

function leavesOf(command: Command): readonly string[][] {
  return command.commands.flatMap(one => [[one.name()], ...leavesOf(one).map(path => [one.name(), ...path])])
}

describe('the help of each command', () => {
  it.each(leavesOf(program).map(path => path.join(' ')))('%s has examples', async path => {
    expect((await run(['help', ...path.split(' ')])).stdout).toMatch(
      new RegExp(`\nExamples:\n  .*mockflared ${path}\\b`),
    )
  })
})
