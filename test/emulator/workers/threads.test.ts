/** What happens to a server when one of its worker threads ends, and which options exclude threads. */
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../../src/emulator/emulator.ts'
import { startWorkers } from '../../../src/emulator/workers/front.ts'
import { run } from '../../support/run-command.ts'
import { temporaryFile, temporaryFolder } from '../../support/temporary.ts'
import { startWorkersServer } from '../../support/workers.ts'

/** A start takes a second, and more on a busy machine. */
const RESTART = { timeout: 20_000 }

describe('a thread that ends', () => {
  it('takes its worlds with it, and starts again', async () => {
    const { threads, client, tunnels } = await startWorkersServer({ seed: ['docs'] })
    for (const id of ['in-second', 'in-first']) await client().createWorldAs({ id })
    await threads[1]?.terminate()

    expect((await tunnels('in-first')).status).toBe(200)
    expect((await client().getInfo()).world).toBe('main')
    await expect.poll(async () => (await tunnels('in-second')).status, RESTART).toBe(410)
    expect(await client().createWorldAs({ id: 'in-second' })).toMatchObject({ id: 'in-second', from: 'seed' })
    expect((await client().listWorlds()).map(({ id }) => id)).toEqual(['main', 'in-first', 'in-second'])
    expect(await client().listEvents()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'world_deleted', world_id: 'in-second', reason: 'lost' }),
      ]),
    )
  })

  it('is unavailable until it serves again, and the health checks go on', async () => {
    const { threads, url } = await startWorkersServer({ workers: 1 })
    await threads[0]?.terminate()
    const response = await fetch(`${url}/_mockflared/`)

    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await response.json()).toMatchObject({ error: { code: 'unavailable' } })
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    await expect.poll(async () => (await fetch(`${url}/_mockflared/`)).status, RESTART).toBe(200)
  })

  it('opens its database file again', async () => {
    const { threads, tunnels, client } = await startWorkersServer({ db: temporaryFile('data.db') })
    await tunnels('main', { method: 'POST', body: '{"name": "kept"}' })
    await threads[0]?.terminate()

    await expect.poll(async () => (await tunnels('main')).status, RESTART).toBe(200)
    expect((await client().listWorlds())[0]).toMatchObject({ id: 'main', tunnels: 1 })
  })
})

describe('a folder for the data', () => {
  it('has a folder for each group, whose worlds the next server has again', async () => {
    const db = `${temporaryFolder()}/`
    const first = await startWorkersServer({ db })
    for (const id of ['in-second', 'in-first']) await first.client().createWorldAs({ id, from: 'empty' })
    for (const id of ['in-second', 'in-first', 'main'])
      await first.tunnels(id, { method: 'POST', body: '{"name": "kept"}' })
    await first.close()
    const next = await startWorkersServer({ db, workers: 3 })

    expect((await next.client().listWorlds()).map(({ id, tunnels }) => [id, tunnels])).toEqual([
      ['main', 1],
      ['in-second', 1],
      ['in-first', 1],
    ])
    expect(existsSync(`${db}group-1/worlds/in-second.sqlite`)).toBe(true)
  })

  it('is refused if it has worlds of more threads', async () => {
    const db = temporaryFolder({ 'group-1/worlds/job.sqlite': '', 'group-2/worlds/note.txt': '' })
    const problem = `--db: ${db}/group-1 has worlds; use --workers 2 or more, or move it away`

    await expect(createEmulator({ db: `${db}/`, listen: false })).rejects.toThrow(problem)
    await expect(startWorkers({ db: `${db}/`, workers: 1 })).rejects.toThrow(problem)
  })
})

describe('worker threads', () => {
  it('are refused with the edge, in one line', async () => {
    await expect(startWorkers({ workers: 2, edge_port: 0 })).rejects.toThrow(
      '--edge-port needs all worlds in one thread: leave out --workers',
    )
  })

  it('are refused by the library', async () => {
    await expect(createEmulator({ workers: 2, listen: false })).rejects.toThrow(
      'workers: only the command mockflared has worker threads',
    )
  })

  it('are refused with --watch', async () => {
    const { code, stderr } = await run(['--workers', '2', '--watch', '--seed', 'demo'])

    expect([code, stderr]).toEqual([1, 'mockflared: --watch needs all worlds in one thread: leave out --workers'])
  })

  it('do not start with an invalid seed, and say why', async () => {
    await expect(startWorkers({ workers: 2, log: 'off', seed: [{ tunnels: [{} as never] }] })).rejects.toThrow(
      /tunnels/,
    )
  })

  it('do not start on a port that is taken', async () => {
    const { url } = await startWorkersServer()
    const port = Number(new URL(url).port)

    await expect(startWorkers({ workers: 1, log: 'off', port })).rejects.toThrow(`port ${port} of 127.0.0.1 is taken`)
  })
})
