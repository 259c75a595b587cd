import type { Command } from 'commander'
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
    if (extra !== undefined) throw new Error(`Unexpected argument '${extra}'; mockflared --help tells what there is`)
    await run({ args, flags: command.opts<Record<string, unknown>>() as Flags })
  })
}

/** The same for a command with one result, which is printed as text, or with `--json` as JSON. */
export function setOutputAction<Flags>(
  command: Command,
  host: CliHost,
  run: (invocation: Invocation<Flags>) => Promise<Output>,
): void {
  command.option('--json', 'Say it as JSON')
  setAction<Flags & { json?: true }>(command, async invocation => {
    const { text, json, isNegative } = await run(invocation)
    if (invocation.flags.json) host.print(JSON.stringify(json, null, 2))
    else if (text) host.print(text)
    if (isNegative) throw new NegativeResult()
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
