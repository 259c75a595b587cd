/** Worlds that are spread over worker threads look like those of one thread. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkersServer, startWorkersServer } from '../../support/workers.ts'

let server: Awaited<ReturnType<typeof openWorkersServer>>
beforeAll(async () => {
  server = await openWorkersServer({ seed: ['docs'] })
})
afterAll(() => server.close())

const idsOf = async (): Promise<readonly string[]> => (await server.client().listWorlds()).map(({ id }) => id)

describe('a new world', () => {
  it('is listed with the others, after the main world, in the order of their creation', async () => {
    const ids = ['order-1', 'order-2', 'order-3']
    for (const id of ids) await server.client().createWorldAs({ id, from: 'empty' })

    const listed = await idsOf()
    expect(listed[0]).toBe('main')
    expect(listed.filter(id => id.startsWith('order-'))).toEqual(ids)
  })

  it('has the seeds of the server, in whichever thread it is', async () => {
    for (const id of ['seeded-1', 'seeded-2']) {
      const { tunnels, from } = await server.client().createWorldAs({ id })
      expect([tunnels, from]).toEqual([(await server.client().listWorlds())[0]?.tunnels, 'seed'])
    }
  })

  it('has the address of the server as its base URL', async () => {
    const world = await server.client().createWorldAs({ id: 'address' })

    expect(world.base_url).toBe(`${server.url}/w/address/client/v4`)
    expect((await server.client({ world: 'address' }).getInfo()).base_url).toBe(world.base_url)
  })

  it('is refused if its id is taken, in another thread too', async () => {
    const answers = ['taken', 'taken-2', 'taken', 'taken-2'].map(id => server.client().createWorldAs({ id }))
    const failed = (await Promise.allSettled(answers)).filter(({ status }) => status === 'rejected')

    expect(failed).toHaveLength(2)
    await expect(server.client().createWorldAs({ id: 'taken' })).rejects.toMatchObject({ code: 'refused' })
    expect(await server.client().createWorldAs({ id: 'taken', if_exists: 'reuse' })).toMatchObject({ id: 'taken' })
  })

  it('gets an id of its own if the request has none', async () => {
    const made = await Promise.all([1, 2, 3].map(() => server.client().createWorld({ from: 'empty' })))

    expect(new Set(made.map(({ id }) => id)).size).toBe(3)
    expect(await idsOf()).toEqual(expect.arrayContaining(made.map(({ id }) => id)))
  })

  it('is refused for a request that is not valid, and its id stays free', async () => {
    const create = (body: string) =>
      fetch(`${server.url}/_mockflared/worlds/invalid`, { method: 'PUT', body }).then(({ status }) => status)

    expect([await create('{'), await create('{"from": 1}'), await create('{"more": 1}')]).toEqual([400, 400, 400])
    expect(await create('')).toBe(200)
  })

  it('takes no if_exists with POST', async () => {
    const { status } = await fetch(`${server.url}/_mockflared/worlds`, {
      method: 'POST',
      body: '{"if_exists": "reuse"}',
    })

    expect(status).toBe(400)
  })

  it('is refused for a body that is too large, as by one thread', async () => {
    const body = JSON.stringify({ from: 'x'.repeat(2 * 1024 * 1024) })
    const response = await fetch(`${server.url}/_mockflared/worlds/large`, { method: 'PUT', body })

    expect(response.status).toBe(413)
  })
})

describe('a fork', () => {
  it('has what its world has, in whichever thread that is', async () => {
    for (const id of ['base-1', 'base-2']) {
      await server.client().createWorldAs({ id, from: 'empty' })
      await server.tunnels(id, { method: 'POST', body: JSON.stringify({ name: `of ${id}` }) })
      await server.client({ world: id }).saveSnapshot({ name: 'saved' })
      const base = server.client({ world: id })

      expect(await base.createWorldAs({ id: `${id}-current`, from: 'current' })).toMatchObject({ tunnels: 1 })
      expect(await base.createWorldAs({ id: `${id}-saved`, from: 'saved' })).toMatchObject({ tunnels: 1 })
      expect(await base.createWorld({ from: 'current' })).toMatchObject({ tunnels: 1, from: 'current' })
    }
  })

  it('of a snapshot that its world does not have is refused', async () => {
    await expect(server.client().createWorldAs({ id: 'unknown', from: 'no-such' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('a world that was deleted', () => {
  it('is gone, and its thread says why', async () => {
    for (const id of ['gone-1', 'gone-2']) {
      await server.client().createWorldAs({ id, from: 'empty' })
      await server
        .client({ world: 'gone-1' })
        .deleteWorld({ id })
        .catch(() => server.client().deleteWorld({ id }))
      const response = await server.tunnels(id)

      expect(response.status).toBe(410)
      expect(await response.text()).toContain(`there is no world ${id}: it was deleted`)
    }
    expect(await idsOf()).not.toContain('gone-2')
  })

  it('that never existed is gone too', async () => {
    await expect(server.client().deleteWorld({ id: 'never' })).rejects.toMatchObject({ code: 'gone' })
    await expect(server.client({ world: 'never' }).createWorld()).rejects.toMatchObject({ code: 'gone' })
  })
})

describe('the events of the main world', () => {
  it('tell of the worlds of all threads', async () => {
    const events = async () => {
      const all = await server.client().listEvents()
      return all
        .filter(({ world_id = '' }) => world_id.startsWith('told-'))
        .map(({ type, world_id }) => [type, world_id])
    }
    for (const id of ['told-1', 'told-2']) {
      await server.client().createWorldAs({ id, from: 'empty' })
      await server.client().deleteWorld({ id })
    }

    await expect.poll(events).toEqual([
      ['world_created', 'told-1'],
      ['world_deleted', 'told-1'],
      ['world_created', 'told-2'],
      ['world_deleted', 'told-2'],
    ])
  })
})

describe('a stream about all worlds', () => {
  it('names the worlds that change in each thread, and no main world but one', async () => {
    const ids = ['watched-1', 'watched-2']
    for (const id of ids) await server.client().createWorldAs({ id, from: 'empty' })
    const headers = { accept: 'text/event-stream' }
    const stream = await fetch(`${server.url}/_mockflared/events?worlds=all`, { headers })
    const seen = new Set<string>()
    const reading = (async () => {
      for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        for (const [, id = ''] of chunk.matchAll(/"([\w-]+)"(?=[\],])/g)) seen.add(id)
        if (ids.every(id => seen.has(id))) return
      }
    })()
    for (const id of ids) await server.tunnels(id, { method: 'POST', body: '{"name": "changed"}' })
    await reading

    expect([...seen].filter(id => !ids.includes(id))).toEqual([])
  })
})

describe('the report', () => {
  it('counts the responses of all threads, and of one world', async () => {
    const cleared = await server.client().clearReport()
    for (const id of ['report-1', 'report-2']) {
      await server.client().createWorldAs({ id, from: 'empty' })
      await server.tunnels(id)
      expect(await server.client().getReport({ world_id: id })).toMatchObject({ answers: 1 })
    }
    const report = await server.client().getReport()

    expect(cleared.cleared).toBeGreaterThan(0)
    expect(report.answers).toBe(2)
    expect(report.behaviours).toEqual(expect.arrayContaining([expect.objectContaining({ answers: 2 })]))
    expect(report.message).toContain('in 2 responses')
  })
})

describe('the maximum of worlds', () => {
  it('counts those of all threads', async () => {
    const small = await startWorkersServer({ max_worlds: 3, metrics: true })
    for (const id of ['1', '2', '3']) await small.client().createWorldAs({ id, from: 'empty' })

    await expect(small.client().createWorldAs({ id: '4' })).rejects.toMatchObject({
      code: 'refused',
      message: 'there are 3 worlds already: delete one, or allow more with --max-worlds',
    })
    const { headers } = await fetch(`${small.url}/_mockflared/worlds`)
    expect(headers.get('mockflared-worlds')).toBe('3/3')
    expect(await (await fetch(`${small.url}/metrics`)).text()).toContain('worlds_refused_total{reason="limit"} 1')
    expect(await small.client({ world: '2' }).getInfo()).toMatchObject({ worlds: 3, limits: { max_worlds: 3 } })
    await small.client().deleteWorld({ id: '2' })
    expect(await small.client().createWorld()).toMatchObject({ from: 'seed' })
  })

  it('is told to nobody who may not use the control plane', async () => {
    const small = await startWorkersServer({ max_worlds: 0, control_token: 'secret' })

    await expect(small.client().createWorld()).rejects.toMatchObject({ code: 'forbidden' })
    await expect(small.client().listWorlds()).rejects.toMatchObject({ code: 'forbidden' })
    await expect(small.client({ token: 'secret' }).createWorld()).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('a frozen clock', () => {
  it('leaves the real times out of the list, and makes generated ids repeatable', async () => {
    const start = () => startWorkersServer({ clock: '2026-01-01T00:00:00Z', random_seed: 1 })
    const [one, other] = await Promise.all([start(), start()])
    const ids = async ({ client }: typeof one) => [(await client().createWorld()).id, (await client().createWorld()).id]

    expect(await ids(one)).toEqual(await ids(other))
    expect((await one.client().listWorlds()).map(({ created_at }) => created_at)).toEqual([null, null, null])
  })
})

describe('worlds behind a balancer', () => {
  it('are created and refused as by one thread', async () => {
    const { client } = await startWorkersServer({ behind_balancer: true })
    for (const id of ['job-1', 'job-2']) await client().createWorldAs({ id, from: 'empty' })
    const { id } = await client({ world: 'job-1' }).createWorld({ from: 'current' })

    expect(id).toMatch(/^job-1\.[\da-f]{8}$/)
    expect((await client().createWorld()).id).toMatch(/^main\./)
    await expect(client({ world: 'job-1' }).createWorldAs({ id: 'job-3' })).rejects.toMatchObject({ code: 'refused' })
    expect(await client({ world: 'job-1' }).createWorldAs({ id: 'job-1.copy' })).toMatchObject({ id: 'job-1.copy' })
    expect((await client({ world: id }).getInfo()).world).toBe(id)
  })
})

describe('metrics', () => {
  it('count what all threads did, for those who may use the control plane', async () => {
    const { url, client, tunnels } = await startWorkersServer({ metrics: true, control_token: 'secret' })
    for (const id of ['in-second', 'in-first']) {
      await client({ token: 'secret' }).createWorldAs({ id, from: 'empty' })
      await tunnels(id)
    }
    const read = (headers: Record<string, string>) => fetch(`${url}/metrics`, { headers })
    const lines = (await (await read({ authorization: 'Bearer secret' })).text()).split('\n')

    expect(lines).toContain('mockflared_worlds 2')
    expect(lines).toContain('mockflared_worlds_created_total{from="empty"} 2')
    expect(lines.filter(line => line.startsWith('mockflared_build_info{'))).toHaveLength(1)
    expect(lines.filter(line => line.startsWith('process_resident_memory_bytes '))).toHaveLength(1)
    expect(lines).toContainEqual(expect.stringMatching(/cfd_tunnel.*status="200"\} 2$/))
    expect((await read({})).status).toBe(403)
  })

  it('are not there without --metrics', async () => {
    expect((await fetch(`${server.url}/_mockflared/metrics`)).status).toBe(409)
  })
})
