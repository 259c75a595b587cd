import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Recording } from '../../schemas/recording.ts'
import { record } from '../../scripts/recording/record.ts'
import { redactRecording } from '../../scripts/recording/redact.ts'
import { replay } from '../../scripts/recording/replay.ts'
import { startEmulatorTarget } from '../../scripts/recording/targets.ts'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT, seedOf } from '../support/emulator.ts'
import { runScript } from '../support/run-script.ts'
import { temporaryFile } from '../support/temporary.ts'

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator({ listen: false, seed: seedOf({ name: 'not ours' }), ...options })
  onTestFinished(() => emulator.close())
  return emulator
}

function accountOf({ baseURL, fetch }: Emulator, signal = new AbortController().signal) {
  return {
    baseURL,
    fetch,
    account: ACCOUNT,
    token: 'any-token',
    signal,
  }
}

/** The names of tunnels that are not deleted. */
async function liveNames({ control }: Emulator): Promise<string[]> {
  return ((await control.getState()).tunnels ?? []).flatMap(({ name, deleted_at }) => (deleted_at ? [] : [name]))
}

const OTHER_TUNNELS = ['not ours']

describe('record', () => {
  it('calls all twelve operations', async () => {
    const emulator = await start()
    await record(accountOf(emulator))
    const operations = (await emulator.control.listRequests({ limit: 1000 })).map(({ operation }) => operation)

    expect(new Set(operations.filter(operation => operation?.startsWith('cloudflare-tunnel'))).size).toBe(12)
  })

  it('makes a recording that replays without differences, redacted or not', async () => {
    const recording = await record(accountOf(await start()))

    for (const variant of [recording, redactRecording(recording)]) {
      await using target = await startEmulatorTarget(variant)
      const replayed = await replay(variant, target)
      expect(replayed.length).toBeGreaterThan(30)
      expect(replayed.filter(({ differences }) => differences.length > 0)).toEqual([])
    }
  })

  it('makes a recording whose changes a replay finds exactly', async () => {
    const text = JSON.stringify(await record(accountOf(await start())))
    const recording: Recording = JSON.parse(
      text.replace('"code":1013', '"code":1012').replace('"version":2', '"version":3'),
    )
    await using target = await startEmulatorTarget(recording)
    const differences = (await replay(recording, target)).flatMap(replayed => replayed.differences)

    expect(differences).toEqual([
      { where: 'body.errors[0].code', recorded: '1012', got: '1013' },
      { where: 'body.result.version', recorded: '3', got: '2' },
    ])
  })

  it('deletes its tunnels and no others', async () => {
    const emulator = await start()
    await record(accountOf(emulator))

    expect(await liveNames(emulator)).toEqual(OTHER_TUNNELS)
  })

  it.each([
    'cloudflare-tunnel-create-a-cloudflare-tunnel',
    'cloudflare-tunnel-configuration-put-configuration',
    'cloudflare-tunnel-get-a-cloudflare-tunnel-token',
  ])('deletes its tunnels if the connection breaks after %s', async operation => {
    const emulator = await start()
    await emulator.control.addFault({ operation, effect: { reset: 'after' } })

    await expect(record(accountOf(emulator))).rejects.toThrow('fetch failed')
    expect(await liveNames(emulator)).toEqual(OTHER_TUNNELS)
  })

  it('deletes its tunnels if it is aborted', async () => {
    const emulator = await start()
    const stop = new AbortController()
    const abortingFetch: typeof fetch = (input, init) => {
      if (init?.method === 'PUT') stop.abort(new Error('stopped'))
      return emulator.fetch(input, init)
    }

    await expect(record({ ...accountOf(emulator, stop.signal), fetch: abortingFetch })).rejects.toThrow('stopped')
    expect(await liveNames(emulator)).toEqual(OTHER_TUNNELS)
  })

  it('deletes no other tunnels if the server ignores the filter of a list', async () => {
    const emulator = await start()
    const unfilteredFetch: typeof fetch = (input, init) =>
      emulator.fetch(String(input).replace(/include_prefix=[^&]*/, ''), init)
    await record({ ...accountOf(emulator), fetch: unfilteredFetch })

    expect(await liveNames(emulator)).toEqual(OTHER_TUNNELS)
  })

  it('names the tunnels to delete by hand if it cannot delete them', async () => {
    const emulator = await start()
    const failingFetch: typeof fetch = (input, init) =>
      init?.method === 'DELETE' ? Promise.reject(new Error('unplugged')) : emulator.fetch(input, init)

    await expect(record({ ...accountOf(emulator), fetch: failingFetch })).rejects.toThrow(
      /^unplugged; delete tunnels whose names begin with mockflared-record-[\da-f]{8}- by hand: unplugged$/,
    )
  })

  it('suggests a cause if it cannot create a tunnel', async () => {
    const emulator = await start({ auth: 'strict' })

    await expect(record(accountOf(emulator))).rejects.toThrow(/may the token write tunnels/)
  })
})

describe('npm run record', () => {
  it('writes a redacted file that replays without differences', async () => {
    const emulator = await start({ listen: true, port: 0 })
    const file = temporaryFile('recording.json')
    const { CLOUDFLARE_BASE_URL, CLOUDFLARE_API_TOKEN } = emulator.env
    const environment = { CLOUDFLARE_BASE_URL, CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID: ACCOUNT }

    expect(await runScript('record', ['--out', file], environment)).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^\d+ exchanges are in .*recording\.json\. Look it through before you send it\.\n$/,
      ),
      stderr: '',
    })
    expect(readFileSync(file, 'utf8')).not.toContain(ACCOUNT)
    expect(await runScript('replay', [file])).toMatchObject({ code: 0, stderr: '' })
  })

  it.each([
    [[], {}, /^record: usage: /],
    [['--out', 'a.json'], {}, /^record: CLOUDFLARE_ACCOUNT_ID is not set$/],
    [['--out', 'a.json'], { CLOUDFLARE_BASE_URL: undefined }, /^record: CLOUDFLARE_BASE_URL is not set; --real /],
    [
      ['--out', 'a.json'],
      { CLOUDFLARE_BASE_URL: 'https://api.cloudflare.com/client/v4' },
      /^record: CLOUDFLARE_BASE_URL is the real service: say --real/,
    ],
  ])(
    'exits with code 2 and one line on stderr for the arguments %j and the variables %j',
    async (args, environment, line) => {
      const credentials =
        'CLOUDFLARE_BASE_URL' in environment ? { CLOUDFLARE_ACCOUNT_ID: ACCOUNT, CLOUDFLARE_API_TOKEN: 't' } : {}
      const { code, stdout, stderr } = await runScript('record', args, { ...credentials, ...environment })

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr.trimEnd()).toMatch(line)
      expect(existsSync('a.json')).toBe(false)
    },
  )
})
