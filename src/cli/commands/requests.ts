import type { Command } from 'commander'
import type { JournalEntry, StatusOrClass } from '../../../schemas/control/journal.ts'
import { columns, counted } from '../action.ts'
import { parseTextJson, statusParser, wholeNumberParser } from '../arguments.ts'
import { defined } from '../defined.ts'
import { followEvents } from '../event-stream.ts'
import type { CliHost } from '../host.ts'
import { type LogRangeFlags, withLogRangeFlags } from '../log-range-flags.ts'
import { setRemoteAction } from '../remote.ts'

interface FilterFlags {
  readonly operation?: string
  readonly method?: string
  readonly path?: string
  readonly account?: string
  readonly tunnel?: string
}

interface ListFlags extends FilterFlags, LogRangeFlags {
  readonly status?: StatusOrClass
  readonly text?: string
  readonly unread?: true
  readonly follow?: true
}

interface VerifyFlags extends FilterFlags {
  readonly status?: number
  readonly body?: string
  readonly min?: number
  readonly max?: number
}

export function addRequests(program: Command, host: CliHost): void {
  const requests = program
    .command('requests')
    .alias('request')
    .helpCommand(false)
    .description('List, show or verify requests, or clear the request log')

  const list = withFilterFlags(
    requests.command('list', { isDefault: true }).description('List requests, the newest last (the default)'),
  )
    .option('--status <STATUS>', 'Status of the response, or a class such as 4xx', statusParser('--status'))
    .option('--text <TEXT>', 'Only requests with this text in path, body or response')
    .option('--unread', 'Only requests with keys that the API did not read')
  withLogRangeFlags(list).option('--follow', 'Then print each request when it is over, until you stop it')
  setRemoteAction<ListFlags>(list, host, async ({ control, server, flags }) => {
    const { after, before, limit, follow, json, status, text, unread, ...others } = flags
    const filter = { ...filterOf(others), ...defined({ status, text, unread }) }
    const entries = await control.listRequests({ ...filter, ...defined({ after, before, limit }) })
    if (!follow) return { text: columns(entries.map(row)) || 'no requests', json: entries }

    const print = (entry: JournalEntry): void => host.print(json ? JSON.stringify(entry) : columns([row(entry)]))
    for (const entry of entries) print(entry)
    for await (const { request_id } of followEvents(server, host)) {
      if (request_id === undefined) continue
      const [entry] = await control.listRequests({ ...filter, after: request_id - 1, limit: 1 })
      if (entry?.id === request_id) print(entry)
    }
    return undefined
  })

  const show = requests
    .command('show')
    .description('Show one request with its response')
    .argument('<ID>', 'Number of the request', wholeNumberParser('ID', 1))
  setRemoteAction(show, host, async ({ control, args }) => {
    const entry = await control.getRequest({ id: Number(args[0]) })
    return { text: JSON.stringify(entry, null, 2), json: entry }
  })

  const verify = withFilterFlags(
    requests.command('verify').description('Verify that a request was sent, and how often'),
  )
    .option('--status <STATUS>', 'Status of the response', wholeNumberParser('--status', 100))
    .option('--body <JSON>', 'JSON that the body must contain; it may contain more')
    .option('--min <COUNT>', 'Minimum number of matches [1]', wholeNumberParser('--min', 0))
    .option('--max <COUNT>', 'Maximum number of matches', wholeNumberParser('--max', 0))
  setRemoteAction<VerifyFlags>(verify, host, async ({ control, flags: { body, min, max, status, ...filter } }) => {
    const count = defined({ min, max })
    const verification = await control.verifyRequests({
      ...filterOf(filter),
      ...defined({ status }),
      ...(body !== undefined && { body: parseTextJson(body, '--body') }),
      ...(Object.keys(count).length > 0 && { count }),
    })
    return { text: verification.message, json: verification, isNegative: !verification.passed }
  })

  const clear = requests.command('clear').description('Clear the request log')
  setRemoteAction(clear, host, async ({ control }) => {
    const { cleared } = await control.clearRequests()
    return { text: `cleared ${counted(cleared, 'request')}`, json: { cleared } }
  })
}

function withFilterFlags(command: Command): Command {
  return command
    .option('--operation <ID>', 'Operation id, as in the OpenAPI document')
    .option('--method <METHOD>', 'Method, such as POST')
    .option('--path <PATH>', 'Path without /client/v4: its start to list, all of it to verify')
    .option('--account <ID>', 'Id of the account')
    .option('--tunnel <ID>', 'Id of the tunnel')
}

function filterOf({ operation, method, path, account, tunnel }: FilterFlags) {
  return defined({ operation, method: method?.toUpperCase(), path, account_id: account, tunnel_id: tunnel })
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
