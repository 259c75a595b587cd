import type { Command } from 'commander'
import type { Shell } from './host.ts'

/** What a verb has to say. */
export interface Said {
  /** For people; empty: nothing. */
  readonly text: string
  /** For machines. */
  readonly json: unknown
  /** The verb did its work, and the answer is no. */
  readonly failed?: boolean
}

interface Given<Flags> {
  readonly args: readonly string[]
  readonly flags: Flags
}

/** Lets a verb run, with no argument more than it declares. `Flags` is what its options make of the command line. */
export function does<Flags>(command: Command, run: (given: Given<Flags>) => Promise<void>): void {
  command.allowExcessArguments().action(async () => {
    const { args, registeredArguments: declared } = command
    const extra = declared.at(-1)?.variadic ? undefined : args[declared.length]
    if (extra !== undefined) throw new Error(`Unexpected argument '${extra}'; mockflared --help tells what there is`)
    await run({ args, flags: command.opts<Record<string, unknown>>() as Flags })
  })
}

/** The same for a verb that has one thing to say, in words or with `--json`. */
export function says<Flags>(command: Command, shell: Shell, run: (given: Given<Flags>) => Promise<Said>): void {
  command.option('--json', 'Say it as JSON')
  does<Flags & { json?: true }>(command, async given => {
    const { text, json, failed } = await run(given)
    if (given.flags.json) shell.print(JSON.stringify(json, null, 2))
    else if (text) shell.print(text)
    if (failed) throw new AnsweredNo()
  })
}

/** Ends the command with code 1; all has been said. */
export class AnsweredNo extends Error {}

/** Rows of text with their columns aligned; empty for none. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
