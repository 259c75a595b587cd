import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Exchange, Recording } from '../../schemas/recording.ts'
import { findDifferences } from '../../scripts/recording/compare.ts'
import { readRecording } from '../../scripts/recording/read.ts'
import { createReferences } from '../../scripts/recording/references.ts'
import { replay } from '../../scripts/recording/replay.ts'
import { startEmulatorTarget } from '../../scripts/recording/targets.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { runScript } from '../support/run-script.ts'
import { temporaryFile } from '../support/temporary.ts'

const TUNNELS = `/accounts/${ACCOUNT}/cfd_tunnel`
const [ONE, TWO] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']
const [TIME, LATER] = ['2026-09-29T07:05:39.497020Z', '2026-09-29T07:05:40.000000Z']

/** Replays a recording, and returns its differences after the number of the exchange. */
async function differencesIn(recording: Recording): Promise<string[]> {
  await using target = await startEmulatorTarget(recording)
  return (await replay(recording, target)).flatMap(({ differences }, index) =>
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

function createExchange(id: string, name: string): Exchange {
  return {
    request: { method: 'POST', path: TUNNELS, body: { name } },
    response: ok({ ...tunnel(id, name, { connections: [] }), ...secrets(id, name, SECRET) }),
  }
}

function getExchange(id: string, name: string, changes: object = {}): Exchange {
  return {
    request: { method: 'GET', path: `${TUNNELS}/${id}` },
    response: ok(tunnel(id, name, changes)),
  }
}

function recordingOf(...steps: Recording['steps']): Recording {
  return { version: 1, steps }
}

describe('replay', () => {
  it('sends the ids it received instead of the recorded ids', async () => {
    expect(await differencesIn(recordingOf(createExchange(ONE, 'blog'), getExchange(ONE, 'blog')))).toEqual([])
  })

  it.each([
    ['a changed value', { name: 'shop' }, ['2 body.result.name: "shop" → "blog"']],
    ['null instead of a value', { metadata: null }, ['2 body.result.metadata: null → {}']],
    ['a missing field', { replicas: 1 }, ['2 body.result.replicas: 1 → nothing']],
    ['an additional field', { status: undefined }, ['2 body.result.status: nothing → "inactive"']],
    ['a new id', { id: TWO }, ['2 body.result.id: "[another uuid]" → "[uuid 1]"']],
    ['a new time', { created_at: LATER }, ['2 body.result.created_at: "[another time]" → "[time 1]"']],
    [
      'a time without a fraction',
      { created_at: '2026-09-29T07:05:39Z' },
      ['2 body.result.created_at: "[another time]" → "[time 1]"'],
    ],
  ])('finds %s', async (_name, changes, differences) => {
    const second = getExchange(ONE, 'blog', changes)
    const recording = JSON.parse(JSON.stringify(recordingOf(createExchange(ONE, 'blog'), second)))

    expect(await differencesIn(recording)).toEqual(differences)
  })

  it('finds a changed status, header and error code', async () => {
    const taken = createExchange(ONE, 'blog')
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

    expect(await differencesIn(recordingOf(createExchange(ONE, 'blog'), taken))).toEqual([
      '2 status: 400 → 409',
      '2 headers.content-type: "application/json; charset=utf-8" → "application/json"',
      '2 body.errors[0].code: 1000 → 1013',
    ])
  })

  it('compares the words around ids in a text', async () => {
    const message = `Could not route to ${TUNNELS}/none, perhaps your object identifier is invalid?`
    const errors = [
      { code: 7003, message },
      { code: 7000, message: 'No route for that URI' },
    ]
    const response = { status: 404, body: { success: false, errors, messages: [], result: null } }
    const request: Exchange['request'] = { method: 'GET', path: `${TUNNELS}/none` }

    expect(await differencesIn(recordingOf({ request, response }))).toEqual([])
  })

  it('sends an anonymous request without credentials', async () => {
    const request: Exchange['request'] = { method: 'GET', path: TUNNELS, anonymous: true }

    expect(await differencesIn(recordingOf({ request, response: { status: 400 } }))).toEqual([
      expect.stringMatching(/^1 body: nothing → .*"code":9106/),
    ])
  })

  it('runs a control step on the tunnel that corresponds to the recorded one', async () => {
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
      await differencesIn(
        recordingOf(createExchange(ONE, 'blog'), { control: 'connectConnector', input }, connections),
      ),
    ).toEqual([])
  })

  it('rejects an unknown control verb', async () => {
    await expect(differencesIn(recordingOf({ control: 'explode' }))).rejects.toThrow('has no verb explode')
  })

  it('uses the behaviour of the day of the recording', async () => {
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
      await differencesIn({ ...recordingOf(createExchange(ONE, 'blog'), list), recorded_at: '2026-10-04T00:00:00Z' }),
    ).toEqual([])
    expect(
      await differencesIn({ ...recordingOf(createExchange(ONE, 'blog'), list), recorded_at: '2026-10-05T00:00:00Z' }),
    ).toEqual(['2 body.result[0].connections: [] → nothing'])
  })
})

describe('findDifferences', () => {
  const compare = (recorded: unknown, received: unknown): string[] =>
    findDifferences(recorded, received, 'body', createReferences()).map(
      difference => `${difference.where}: ${difference.recorded} → ${difference.got}`,
    )

  it.each([
    ['keys in another order', { a: 1, b: [{ c: 1, d: 2 }] }, { b: [{ d: 2, c: 1 }], a: 1 }],
    [
      'connections in another order',
      { conns: [{ id: ONE }, { id: TWO, n: 1 }] },
      { conns: [{ id: TWO, n: 1 }, { id: ONE }] },
    ],
    [
      'the order of a list by id',
      [
        { id: ONE, name: 'a' },
        { id: TWO, name: 'b' },
      ],
      [
        { id: ONE, name: 'b' },
        { id: TWO, name: 'a' },
      ],
    ],
    ['ids that correspond one to one', [ONE, TWO, ONE], [TWO, ONE, TWO]],
    ['a different data center', { colo_name: 'DFW' }, { colo_name: 'fra08' }],
    ['a different number of features', { features: ['a', 'b'] }, { features: ['a'] }],
  ])('ignores %s', (_name, recorded, received) => {
    expect(compare(recorded, received)).toEqual([])
  })

  it.each([
    ['one id instead of two', [ONE, TWO], [ONE, ONE], ['body[1]: "[another uuid]" → "[uuid 1]"']],
    ['two ids instead of one', [ONE, ONE], [ONE, TWO], ['body[1]: "[uuid 1]" → "[another uuid]"']],
    [
      'a list that is not by id',
      [
        { id: ONE, name: 'a' },
        { id: TWO, name: 'b' },
      ],
      [
        { id: TWO, name: 'b' },
        { id: ONE, name: 'a' },
      ],
      ['body[0].name: "a" → "b"', 'body[1].name: "b" → "a"'],
    ],
    ['a list in another order', ['b', 'a'], ['a', 'b'], ['body[0]: "b" → "a"', 'body[1]: "a" → "b"']],
    ['a missing item', { a: [1, 2] }, { a: [1] }, ['body.a[1]: 2 → nothing']],
    [
      'an additional connection',
      { conns: [] },
      { conns: [{ id: ONE }] },
      ['body.conns[0]: nothing → {"id":"[another uuid]"}'],
    ],
    ['null instead of a data center', { colo_name: 'DFW' }, { colo_name: null }, ['body.colo_name: "DFW" → null']],
    ['a different version of a configuration', { version: 1 }, { version: 2 }, ['body.version: 1 → 2']],
    [
      'a token without one of its keys',
      { token: btoa(JSON.stringify({ t: ONE, e: 'fed' })) },
      { token: btoa(JSON.stringify({ t: TWO })) },
      ['body.token, opened.e: "fed" → nothing'],
    ],
    [
      'a token of a different tunnel',
      { id: ONE, token: btoa(JSON.stringify({ t: TWO })) },
      { id: ONE, token: btoa(JSON.stringify({ t: ONE })) },
      ['body.token, opened.t: "[another uuid]" → "[uuid 1]"'],
    ],
    ['a text instead of an id', { id: ONE }, { id: 'none' }, ['body.id: "[another uuid]" → "none"']],
  ])('finds %s', (_name, recorded, received, differences) => {
    expect(compare(recorded, received)).toEqual(differences)
  })
})

describe('readRecording', () => {
  it.each([
    ['{', /recording\.json: .*JSON/],
    ['{"version": 2, "steps": []}', /recording\.json: version: /],
    ['{"version": 1, "steps": []}', /recording\.json: steps: /],
    [
      '{"version": 1, "steps": [{"request": {"method": "GET", "path": "/"}}]}',
      /steps\[0\]: "response" is missing: an object$/,
    ],
    ['{"version": 1, "steps": [{"control": 5}]}', /steps\[0\]\.control: 5 is not text$/],
  ])('rejects a file with %s in one line', (text, message) => {
    const file = temporaryFile('recording.json')
    writeFileSync(file, text)

    expect(() => readRecording(file)).toThrow(message)
  })
})

describe('npm run replay', () => {
  const fileWith = (recording: Recording): string => {
    const file = temporaryFile('recording.json')
    writeFileSync(file, JSON.stringify(recording))
    return file
  }

  it('exits with code 1, prints the differences, and warns of a recording that is not redacted', async () => {
    const second = { ...getExchange(ONE, 'shop'), note: 'as it is' }
    const { code, stdout, stderr } = await runScript('replay', [
      fileWith(recordingOf(createExchange(ONE, 'blog'), second)),
    ])

    expect(code).toBe(1)
    expect(stdout).toBe(
      `2. GET ${TUNNELS}/${ONE} (as it is)\n   body.result.name: recorded "shop", got "blog"\n` +
        '2 exchanges: 1 as recorded, 1 different.\n',
    )
    expect(stderr).toMatch(/may hold secrets: .* --redact OUT/)
  })

  it('with --redact writes a redacted file that replays without differences', async () => {
    const file = fileWith(recordingOf(createExchange(ONE, 'blog'), getExchange(ONE, 'blog')))
    const redacted = temporaryFile('redacted.json')

    expect(await runScript('replay', [file, '--redact', redacted])).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(readFileSync(redacted, 'utf8')).not.toContain(ACCOUNT)
    expect(await runScript('replay', [redacted])).toEqual({
      code: 0,
      stdout: '2 exchanges: 2 as recorded, 0 different.\n',
      stderr: '',
    })
  })

  it('with --url replays in a new world of a running server, with the account of the environment', async () => {
    const account = 'a'.repeat(32)
    const seed = {
      accounts: [{ id: account }],
      credentials: [{ token: 'secret', accounts: [account], permissions: ['Cloudflare Tunnel Write' as const] }],
    }
    const emulator = await createEmulator({ port: 0, auth: 'strict', seed })
    onTestFinished(() => emulator.close())
    const file = fileWith(recordingOf(createExchange(ONE, 'blog'), getExchange(ONE, 'blog')))
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
  ])('exits with code 2 and one line on stderr for the arguments %j', async (args, line) => {
    const { code, stdout, stderr } = await runScript('replay', args)

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.split('\n').at(-2)).toMatch(line)
  })
})
