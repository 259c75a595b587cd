import type { Command } from 'commander'
import { unexpectedArgument } from './command-names.ts'
import type { CliHost } from './host.ts'

/** The result of a command. */
export interface Output {
  /** For people. Nothing is printed when it is empty. */
  readonly text: string
  /** For machines. */
  readonly json: unknown
  /** The command succeeded, and its answer is no. */
  readonly isNegative?: boolean
}

interface Invocation<Flags> {
  readonly args: readonly string[]
  readonly flags: Flags
}

/**
 * `run` carries the command out. More arguments than the command declares are an error. `Flags` is
 * the type of its options.
 */
export function setAction<Flags>(command: Command, run: (invocation: Invocation<Flags>) => Promise<void>): void {
  command.allowExcessArguments().action(async () => {
    const { args, registeredArguments: declared } = command
    const extra = declared.at(-1)?.variadic ? undefined : args[declared.length]
    if (extra !== undefined) throw unexpectedArgument(command, extra)
    await run({ args, flags: command.opts<Record<string, unknown>>() as Flags })
  })
}

export interface JsonFlag {
  readonly json?: true
}

/**
 * The same for a command with one result, which is printed as text, or with `--json` as JSON. A
 * command that prints for as long as it runs has none.
 */
export function setOutputAction<Flags>(
  command: Command,
  host: CliHost,
  run: (invocation: Invocation<Flags & JsonFlag>) => Promise<Output | undefined>,
): void {
  command.option('--json', 'Print JSON')
  setAction<Flags & JsonFlag>(command, async invocation => {
    const output = await run(invocation)
    if (output === undefined) return

    if (invocation.flags.json) host.print(JSON.stringify(output.json, null, 2))
    else if (output.text) host.print(output.text)
    if (output.isNegative) throw new NegativeResult()
  })
}

/** Ends the command with exit code 1 and no message: the output says it all. */
export class NegativeResult extends Error {
  override readonly name = 'NegativeResult'
}

/** Rows of text with aligned columns; empty when there are no rows. */
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

/** `1 tunnel`, `2 tunnels`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
