import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Recording } from '../../schemas/recording.ts'
import { record } from '../../scripts/recording/record.ts'
import { redactedRecording } from '../../scripts/recording/redact.ts'
import { replay } from '../../scripts/recording/replay.ts'
import { ownStage } from '../../scripts/recording/stages.ts'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { temporary } from '../support/command.ts'
import { ACCOUNT, seedOf } from '../support/emulator.ts'
import { runScript } from '../support/run-script.ts'

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator({ listen: false, seed: seedOf({ name: 'of somebody else' }), ...options })
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

const OTHERS = ['of somebody else']

describe('a tour', () => {
  it('calls every operation that a description knows', async () => {
    const emulator = await start()
    await record(accountOf(emulator))
    const operations = (await emulator.control.listRequests({ limit: 1000 })).map(({ operation }) => operation)

    expect(new Set(operations.filter(operation => operation?.startsWith('cloudflare-tunnel'))).size).toBe(12)
  })

  it('replays with no difference, redacted or not', async () => {
    const recording = await record(accountOf(await start()))

    for (const version of [recording, redactedRecording(recording)]) {
      await using stage = await ownStage(version)
      const replayed = await replay(version, stage)
      expect(replayed.length).toBeGreaterThan(30)
      expect(replayed.filter(({ differences }) => differences.length > 0)).toEqual([])
    }
  })

  it('shows exactly what is otherwise', async () => {
    const text = JSON.stringify(await record(accountOf(await start())))
    const recording: Recording = JSON.parse(
      text.replace('"code":1013', '"code":1012').replace('"version":2', '"version":3'),
    )
    await using stage = await ownStage(recording)
    const differences = (await replay(recording, stage)).flatMap(replayed => replayed.differences)

    expect(differences).toEqual([
      { where: 'body.errors[0].code', recorded: '1012', got: '1013' },
      { where: 'body.result.version', recorded: '3', got: '2' },
    ])
  })

  it('leaves no tunnel behind, and touches nobody else', async () => {
    const emulator = await start()
    await record(accountOf(emulator))

    expect(await liveNames(emulator)).toEqual(OTHERS)
  })

  it.each([
    'cloudflare-tunnel-create-a-cloudflare-tunnel',
    'cloudflare-tunnel-configuration-put-configuration',
    'cloudflare-tunnel-get-a-cloudflare-tunnel-token',
  ])('cleans up when the connection breaks after %s', async operation => {
    const emulator = await start()
    await emulator.control.addFault({ operation, effect: { reset: 'after' } })

    await expect(record(accountOf(emulator))).rejects.toThrow('fetch failed')
    expect(await liveNames(emulator)).toEqual(OTHERS)
  })

  it('cleans up when it is stopped', async () => {
    const emulator = await start()
    const stop = new AbortController()
    const stopping: typeof fetch = (input, init) => {
      if (init?.method === 'PUT') stop.abort(new Error('stopped'))
      return emulator.fetch(input, init)
    }

    await expect(record({ ...accountOf(emulator, stop.signal), fetch: stopping })).rejects.toThrow('stopped')
    expect(await liveNames(emulator)).toEqual(OTHERS)
  })

  it('deletes no tunnel of others where a list answers more than it was asked for', async () => {
    const emulator = await start()
    const careless: typeof fetch = (input, init) =>
      emulator.fetch(String(input).replace(/include_prefix=[^&]*/, ''), init)
    await record({ ...accountOf(emulator), fetch: careless })

    expect(await liveNames(emulator)).toEqual(OTHERS)
  })

  it('says what to delete by hand when it cannot clean up', async () => {
    const emulator = await start()
    const failing: typeof fetch = (input, init) =>
      init?.method === 'DELETE' ? Promise.reject(new Error('unplugged')) : emulator.fetch(input, init)

    await expect(record({ ...accountOf(emulator), fetch: failing })).rejects.toThrow(
      /^unplugged; delete tunnels whose names begin with mockflared-record-[\da-f]{8}- by hand: unplugged$/,
    )
  })

  it('says what may be wrong when nothing is created', async () => {
    const emulator = await start({ auth: 'strict' })

    await expect(record(accountOf(emulator))).rejects.toThrow(/may the token write tunnels/)
  })
})

describe('npm run record', () => {
  it('writes a redacted file that replays with no difference', async () => {
    const emulator = await start({ listen: true, port: 0 })
    const file = temporary('recording.json')
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
  ])('exits with 2 and a line for %j under %j', async (args, environment, line) => {
    const credentials =
      'CLOUDFLARE_BASE_URL' in environment ? { CLOUDFLARE_ACCOUNT_ID: ACCOUNT, CLOUDFLARE_API_TOKEN: 't' } : {}
    const { code, stdout, stderr } = await runScript('record', args, { ...credentials, ...environment })

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.trimEnd()).toMatch(line)
    expect(existsSync('a.json')).toBe(false)
  })
})
