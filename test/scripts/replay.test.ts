import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Exchange, Recording } from '../../schemas/recording.ts'
import { differencesBetween } from '../../scripts/recording/compare.ts'
import { readRecording } from '../../scripts/recording/read.ts'
import { createReferences } from '../../scripts/recording/references.ts'
import { replay } from '../../scripts/recording/replay.ts'
import { ownStage } from '../../scripts/recording/stages.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { temporary } from '../support/command.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { runScript } from '../support/run-script.ts'

const TUNNELS = `/accounts/${ACCOUNT}/cfd_tunnel`
const [ONE, TWO] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']
const [TIME, LATER] = ['2026-09-29T07:05:39.497020Z', '2026-09-29T07:05:40.000000Z']

/** What comes otherwise when a recording is replayed, with the number of its exchange in front. */
async function differencesIn(recording: Recording): Promise<string[]> {
  await using stage = await ownStage(recording)
  return (await replay(recording, stage)).flatMap(({ differences }, index) =>
    differences.map(({ where, recorded, got }) => `${index + 1} ${where}: ${recorded} → ${got}`),
  )
}

function tunnel(id: string, name: string, changes: object = {}) {
  return {
    id,
    account_tag: ACCOUNT,
    created_at: TIME,
    deleted_at: null,
    name,
    conns_active_at: null,
    conns_inactive_at: TIME,
    tun_type: 'cfd_tunnel',
    metadata: {},
    status: 'inactive',
    remote_config: false,
    config_src: 'local',
    ...changes,
  }
}

function ok(result: unknown): Exchange['response'] {
  return {
    status: 200,
    body: { success: true, errors: [], messages: [], result },
  }
}

function secrets(id: string, name: string, secret: string) {
  return {
    credentials_file: { AccountTag: ACCOUNT, TunnelID: id, TunnelName: name, TunnelSecret: secret },
    token: btoa(JSON.stringify({ a: ACCOUNT, t: id, s: secret })),
  }
}

const SECRET = btoa('redacted secret 1'.padEnd(32, '.'))

function created(id: string, name: string): Exchange {
  return {
    request: { method: 'POST', path: TUNNELS, body: { name } },
    response: ok({ ...tunnel(id, name, { connections: [] }), ...secrets(id, name, SECRET) }),
  }
}

function got(id: string, name: string, changes: object = {}): Exchange {
  return {
    request: { method: 'GET', path: `${TUNNELS}/${id}` },
    response: ok(tunnel(id, name, changes)),
  }
}

function recordingOf(...steps: Recording['steps']): Recording {
  return { version: 1, steps }
}

describe('a replay', () => {
  it('asks for what it was given, where the recording asks for what it was given then', async () => {
    expect(await differencesIn(recordingOf(created(ONE, 'blog'), got(ONE, 'blog')))).toEqual([])
  })

  it.each([
    ['another value', { name: 'shop' }, ['2 body.result.name: "shop" → "blog"']],
    ['null in place of a value', { metadata: null }, ['2 body.result.metadata: null → {}']],
    ['a field that we lack', { replicas: 1 }, ['2 body.result.replicas: 1 → nothing']],
    ['a field that we add', { status: undefined }, ['2 body.result.status: nothing → "inactive"']],
    ['a new id', { id: TWO }, ['2 body.result.id: "[another uuid]" → "[uuid 1]"']],
    ['a new time', { created_at: LATER }, ['2 body.result.created_at: "[another time]" → "[time 1]"']],
    [
      'a time without a fraction',
      { created_at: '2026-09-29T07:05:39Z' },
      ['2 body.result.created_at: "[another time]" → "[time 1]"'],
    ],
  ])('finds %s', async (_name, changes, differences) => {
    const second = got(ONE, 'blog', changes)
    const recording = JSON.parse(JSON.stringify(recordingOf(created(ONE, 'blog'), second)))

    expect(await differencesIn(recording)).toEqual(differences)
  })

  it('finds another status, header and code', async () => {
    const taken = created(ONE, 'blog')
    taken.response = {
      status: 400,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: {
        success: false,
        errors: [
          {
            code: 1000,
            message:
              'You already have a tunnel with this name. Delete the existing tunnel, or choose a different name for your new tunnel',
          },
        ],
        messages: [],
        result: null,
      },
    }

    expect(await differencesIn(recordingOf(created(ONE, 'blog'), taken))).toEqual([
      '2 status: 400 → 409',
      '2 headers.content-type: "application/json; charset=utf-8" → "application/json"',
      '2 body.errors[0].code: 1000 → 1013',
    ])
  })

  it('tells ids in texts from the words around them', async () => {
    const message = `Could not route to ${TUNNELS}/none, perhaps your object identifier is invalid?`
    const errors = [
      { code: 7003, message },
      { code: 7000, message: 'No route for that URI' },
    ]
    const response = { status: 404, body: { success: false, errors, messages: [], result: null } }
    const request: Exchange['request'] = { method: 'GET', path: `${TUNNELS}/none` }

    expect(await differencesIn(recordingOf({ request, response }))).toEqual([])
  })

  it('sends no credential where none was sent', async () => {
    const request: Exchange['request'] = { method: 'GET', path: TUNNELS, anonymous: true }

    expect(await differencesIn(recordingOf({ request, response: { status: 400 } }))).toEqual([
      expect.stringMatching(/^1 body: nothing → .*"code":9106/),
    ])
  })

  it('brings about what happened in between, to the tunnel that was meant', async () => {
    const input = { account_id: ACCOUNT, tunnel_id: ONE, id: TWO, connections: 1 }
    const conn = {
      client_id: TWO,
      client_version: '2022.7.1',
      colo_name: 'DFW',
      id: '00000000-0000-4000-8000-000000000003',
      is_pending_reconnect: false,
      opened_at: '2021-01-25T18:22:34.317854Z',
      origin_ip: '10.1.0.137',
      uuid: '00000000-0000-4000-8000-000000000003',
    }
    const client = { arch: 'linux_amd64', conns: [conn], features: [], id: TWO, run_at: LATER, version: '2022.7.1' }
    const connections: Exchange = {
      request: { method: 'GET', path: `${TUNNELS}/${ONE}/connections` },
      response: ok([{ ...client, ha_status: null }]),
    }

    expect(
      await differencesIn(recordingOf(created(ONE, 'blog'), { control: 'connectConnector', input }, connections)),
    ).toEqual([])
  })

  it('stops where it cannot bring about what happened', async () => {
    await expect(differencesIn(recordingOf({ control: 'explode' }))).rejects.toThrow('has no verb explode')
  })

  it('behaves as on the day of the recording', async () => {
    const list: Exchange = {
      request: { method: 'GET', path: TUNNELS },
      response: {
        status: 200,
        body: {
          success: true,
          errors: [],
          messages: [],
          result: [tunnel(ONE, 'blog', { connections: [] })],
          result_info: { page: 1, per_page: 1000, count: 1, total_count: 1 },
        },
      },
    }

    expect(
      await differencesIn({ ...recordingOf(created(ONE, 'blog'), list), recorded_at: '2026-10-04T00:00:00Z' }),
    ).toEqual([])
    expect(
      await differencesIn({ ...recordingOf(created(ONE, 'blog'), list), recorded_at: '2026-10-05T00:00:00Z' }),
    ).toEqual(['2 body.result[0].connections: [] → nothing'])
  })
})

describe('two answers', () => {
  const compare = (recorded: unknown, answer: unknown): string[] =>
    differencesBetween(recorded, answer, 'body', createReferences()).map(
      difference => `${difference.where}: ${difference.recorded} → ${difference.got}`,
    )

  it.each([
    ['keys in another order', { a: 1, b: [{ c: 1, d: 2 }] }, { b: [{ d: 2, c: 1 }], a: 1 }],
    [
      'connections in another order',
      { conns: [{ id: ONE }, { id: TWO, n: 1 }] },
      { conns: [{ id: TWO, n: 1 }, { id: ONE }] },
    ],
    ['ids that go together', [ONE, TWO, ONE], [TWO, ONE, TWO]],
    ['another data center', { colo_name: 'DFW' }, { colo_name: 'fra08' }],
    ['another length of features', { features: ['a', 'b'] }, { features: ['a'] }],
  ])('with %s are the same', (_name, recorded, answer) => {
    expect(compare(recorded, answer)).toEqual([])
  })

  it.each([
    ['one id where there were two', [ONE, TWO], [ONE, ONE], ['body[1]: "[another uuid]" → "[uuid 1]"']],
    ['two ids where there was one', [ONE, ONE], [ONE, TWO], ['body[1]: "[uuid 1]" → "[another uuid]"']],
    ['a list in another order', ['b', 'a'], ['a', 'b'], ['body[0]: "b" → "a"', 'body[1]: "a" → "b"']],
    ['less', { a: [1, 2] }, { a: [1] }, ['body.a[1]: 2 → nothing']],
    [
      'a connection more',
      { conns: [] },
      { conns: [{ id: ONE }] },
      ['body.conns[0]: nothing → {"id":"[another uuid]"}'],
    ],
    ['a colo that is null', { colo_name: 'DFW' }, { colo_name: null }, ['body.colo_name: "DFW" → null']],
    ['another version of a configuration', { version: 1 }, { version: 2 }, ['body.version: 1 → 2']],
    [
      'a token with more in it',
      { token: btoa(JSON.stringify({ t: ONE, e: 'fed' })) },
      { token: btoa(JSON.stringify({ t: TWO })) },
      ['body.token, opened.e: "fed" → nothing'],
    ],
    [
      'a token of another tunnel',
      { id: ONE, token: btoa(JSON.stringify({ t: TWO })) },
      { id: ONE, token: btoa(JSON.stringify({ t: ONE })) },
      ['body.token, opened.t: "[another uuid]" → "[uuid 1]"'],
    ],
    ['no id at all', { id: ONE }, { id: 'none' }, ['body.id: "[another uuid]" → "none"']],
  ])('differ when there is %s', (_name, recorded, answer, differences) => {
    expect(compare(recorded, answer)).toEqual(differences)
  })
})

describe('a file', () => {
  it.each([
    ['{', /recording\.json: .*JSON/],
    ['{"version": 2, "steps": []}', /recording\.json: version: /],
    ['{"version": 1, "steps": []}', /recording\.json: steps: /],
    ['{"version": 1, "steps": [{"request": {"method": "GET", "path": "/"}}]}', /steps\[0\]: missing field `response`$/],
    ['{"version": 1, "steps": [{"control": 5}]}', /steps\[0\]\.control: invalid type: integer, expected string$/],
  ])('with %s is refused in one line', (text, message) => {
    const file = temporary('recording.json')
    writeFileSync(file, text)

    expect(() => readRecording(file)).toThrow(message)
  })
})

describe('npm run replay', () => {
  const fileWith = (recording: Recording): string => {
    const file = temporary('recording.json')
    writeFileSync(file, JSON.stringify(recording))
    return file
  }

  it('exits with 1 and shows what is otherwise, warning of what is not redacted', async () => {
    const second = { ...got(ONE, 'shop'), note: 'as it is' }
    const { code, stdout, stderr } = await runScript('replay', [fileWith(recordingOf(created(ONE, 'blog'), second))])

    expect(code).toBe(1)
    expect(stdout).toBe(
      `2. GET ${TUNNELS}/${ONE} (as it is)\n   body.result.name: recorded "shop", got "blog"\n` +
        '2 exchanges: 1 as recorded, 1 different.\n',
    )
    expect(stderr).toMatch(/may hold secrets: .* --redact OUT/)
  })

  it('redacts into another file, which it replays as well', async () => {
    const file = fileWith(recordingOf(created(ONE, 'blog'), got(ONE, 'blog')))
    const redacted = temporary('redacted.json')

    expect(await runScript('replay', [file, '--redact', redacted])).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(readFileSync(redacted, 'utf8')).not.toContain(ACCOUNT)
    expect(await runScript('replay', [redacted])).toEqual({
      code: 0,
      stdout: '2 exchanges: 2 as recorded, 0 different.\n',
      stderr: '',
    })
  })

  it('replays in a world of its own where a server runs, as the account that the environment names', async () => {
    const account = 'a'.repeat(32)
    const seed = {
      accounts: [{ id: account }],
      credentials: [{ token: 'secret', accounts: [account], permissions: ['Cloudflare Tunnel Write' as const] }],
    }
    const emulator = await createEmulator({ port: 0, auth: 'strict', seed })
    onTestFinished(() => emulator.close())
    const file = fileWith(recordingOf(created(ONE, 'blog'), got(ONE, 'blog')))
    const environment = { CLOUDFLARE_ACCOUNT_ID: account, CLOUDFLARE_API_TOKEN: 'secret' }

    expect(await runScript('replay', [file, '--url', emulator.baseURL], environment)).toMatchObject({
      code: 0,
      stdout: '2 exchanges: 2 as recorded, 0 different.\n',
    })
    expect(await emulator.control.listWorlds()).toMatchObject([{ id: 'main', tunnels: 0 }])
  })

  it.each([
    [[], /^replay: usage: /],
    [['nowhere.json'], /^replay: nowhere\.json: ENOENT/],
    [['any.json', '--url', 'https://api.cloudflare.com/client/v4'], /real service$/],
  ])('exits with 2 and a line for %j', async (args, line) => {
    const { code, stdout, stderr } = await runScript('replay', args)

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.split('\n').at(-2)).toMatch(line)
  })
})
