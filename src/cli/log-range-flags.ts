import type { Command } from 'commander'
import { wholeNumberParser } from './arguments.ts'

/** Which part of a log of requests a command lists. */
export interface LogRangeFlags {
  readonly after?: number
  readonly before?: number
  readonly limit?: number
}

export function withLogRangeFlags(command: Command): Command {
  return command
    .option('--after <ID>', 'Only requests after the one with this number', wholeNumberParser('--after', 0))
    .option('--before <ID>', 'Only requests before the one with this number', wholeNumberParser('--before', 1))
    .option(
      '--limit <COUNT>',
      'At most this many: with --after the oldest, otherwise the newest',
      wholeNumberParser('--limit', 1),
    )
}
