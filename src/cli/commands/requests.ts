import type { Command } from 'commander'
import type { JournalEntry, RequestFilter } from '../../../schemas/control/journal.ts'
import { columns } from '../action.ts'
import { parseTextJson, wholeNumberParser } from '../arguments.ts'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'

interface FilterFlags {
  readonly operation?: string
  readonly method?: string
  readonly path?: string
  readonly account?: string
  readonly tunnel?: string
  readonly status?: number
}

interface ListFlags extends FilterFlags {
  readonly after?: number
  readonly limit?: number
}

interface VerifyFlags extends FilterFlags {
  readonly body?: string
  readonly min?: number
  readonly max?: number
}

export function addRequests(program: Command, host: CliHost): void {
  const requests = program.command('requests').helpCommand(false).description('What was asked and answered')

  const list = withFilterFlags(requests.command('list', { isDefault: true }).description('List them, the newest last'))
    .option('--after <ID>', 'Only those after the one with this number', wholeNumberParser('--after', 0))
    .option('--limit <COUNT>', 'So many: the first with --after, else the newest', wholeNumberParser('--limit', 1))
  setRemoteAction<ListFlags>(list, host, async ({ control, flags: { after, limit, ...filter } }) => {
    const entries = await control.listRequests({ ...filterOf(filter), ...defined({ after, limit }) })
    return { text: columns(entries.map(row)) || 'no requests', json: entries }
  })

  const verify = withFilterFlags(
    requests.command('verify').description('Verify that something was asked, and how often'),
  )
    .option('--body <JSON>', 'What the body must hold; more may be in it')
    .option('--min <COUNT>', 'At least so often; default: once', wholeNumberParser('--min', 0))
    .option('--max <COUNT>', 'At most so often', wholeNumberParser('--max', 0))
  setRemoteAction<VerifyFlags>(verify, host, async ({ control, flags: { body, min, max, ...filter } }) => {
    const count = defined({ min, max })
    const verification = await control.verifyRequests({
      ...filterOf(filter),
      ...(body !== undefined && { body: parseTextJson(body, '--body') }),
      ...(Object.keys(count).length > 0 && { count }),
    })
    return { text: verification.message, json: verification, isNegative: !verification.passed }
  })

  const clear = requests.command('clear').description('Forget them')
  setRemoteAction(clear, host, async ({ control }) => {
    const { cleared } = await control.clearRequests()
    return { text: `forgot ${cleared}`, json: { cleared } }
  })
}

function withFilterFlags(command: Command): Command {
  return command
    .option('--operation <ID>', 'As the OpenAPI document names it')
    .option('--method <METHOD>', 'Such as POST')
    .option('--path <PATH>', 'Without base path; to list: how it starts, to verify: all of it')
    .option('--account <ID>', 'The account')
    .option('--tunnel <ID>', 'The tunnel')
    .option('--status <STATUS>', 'Of the answer', wholeNumberParser('--status', 100))
}

function filterOf({ operation, method, path, account, tunnel, status }: FilterFlags): RequestFilter {
  return defined({ operation, method: method?.toUpperCase(), path, account_id: account, tunnel_id: tunnel, status })
}

/** Without the keys whose value is undefined. */
function defined<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
}

function row({ id, at, method, path, status, duration_ms, operation, not_emulated }: JournalEntry): string[] {
  return [
    `#${id}`,
    at,
    status === null ? 'none' : String(status),
    method,
    path,
    duration_ms === null ? '' : `${Math.round(duration_ms)} ms`,
    operation ?? (not_emulated ? `not emulated: ${not_emulated}` : ''),
  ]
}
