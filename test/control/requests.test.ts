import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { ACCOUNT, seedOf, startEmulator, UNKNOWN_ID } from '../support/emulator.ts'

const CREATE = 'cloudflare-tunnel-create-a-cloudflare-tunnel'

async function startWith(...names: readonly string[]) {
  const emulator = await createEmulator({ listen: false })
  onTestFinished(() => emulator.close())

  for (const name of names) {
    await emulator.inject({
      method: 'POST',
      url: `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`,
      headers: { authorization: 'Bearer token' },
      payload: { name },
    })
  }
  return emulator.control
}

describe('the request log', () => {
  it('can be listed, filtered and cleared', async () => {
    const control = await startWith('blog', 'shop', 'blog')

    expect((await control.listRequests()).map(({ body }) => body)).toEqual([
      { name: 'blog' },
      { name: 'shop' },
      { name: 'blog' },
    ])
    expect(await control.listRequests({ status: 409 })).toMatchObject([{ id: 3, operation: CREATE }])
    expect(await control.clearRequests()).toEqual({ cleared: 3 })
    expect(await control.listRequests()).toEqual([])
  })

  it('gives a short form of its entries, with the same filters', async () => {
    const control = await startWith('blog', 'shop', 'blog')
    const [entry] = await control.listRequests({ status: 409 })
    const [summary = {}, ...others] = await control.listRequestSummaries({ status: '4xx' })

    expect([{ ...entry, ...summary }, others]).toEqual([{ ...entry, unread_count: 0 }, []])
    expect(Object.keys(summary).toSorted()).toEqual([
      'account_id',
      'at',
      'duration_ms',
      'evidence',
      'id',
      'method',
      'operation',
      'path',
      'real_at',
      'status',
      'tunnel_id',
      'unread_count',
    ])
    expect((await control.listRequestSummaries({ before: 3, limit: 1 })).map(({ id }) => id)).toEqual([2])
  })

  it('gives an entry by its number, or says why there is none', async () => {
    const { emulator, create } = await startEmulator({ journal_size: 2 })
    const { control } = emulator
    const errorOf = async (id: number) => control.getRequest({ id }).catch(({ code, message }) => [code, message])

    expect(await errorOf(1)).toEqual(['not_found', 'there is no request 1: the world has had none yet'])
    for (const name of ['blog', 'shop', 'news']) await create({ name })
    const [, last] = await control.listRequests()
    expect(await control.getRequest({ id: 3 })).toEqual(last)
    expect(await errorOf(4)).toEqual(['not_found', 'there is no request 4: the latest is 3'])
    expect(await errorOf(1)).toEqual(['not_found', 'request 1 is no longer in the request log, which begins with 2'])
    await control.clearRequests()
    expect(await errorOf(3)).toEqual(['not_found', 'request 3 is no longer in the request log, which was cleared'])
  })

  it('says that it is off', async () => {
    const { emulator } = await startEmulator({ journal_size: 0 })

    await expect(emulator.control.getRequest({ id: 1 })).rejects.toThrow('--journal-size 0 turned the request log off')
  })

  it.each([
    ['/requests/1', 200, '"id":1'],
    ['/requests/2', 404, 'the latest is 1'],
    ['/requests/blog', 400, 'path.id: \\"blog\\" is not a whole number'],
    ['/requests/0', 400, 'path.id: 0'],
    ['/requests?status=200', 200, '"id":1'],
    ['/requests?status=2xx&unread=false&text=BLOG', 200, '"id":1'],
    ['/requests?status=6xx', 400, 'query.status: '],
    ['/requests/summaries?unread=maybe', 400, 'query.unread: '],
  ])('over HTTP: %s', async (path, status, text) => {
    const { emulator, create } = await startEmulator()
    await create({ name: 'blog' })
    const response = await emulator.inject({ url: `/_mockflared${path}` })

    expect(response.statusCode).toBe(status)
    expect(response.body).toContain(text)
  })

  it('verifies expectations, with a result when one is not met', async () => {
    const control = await startWith('blog')

    expect(await control.verifyRequests({ operation: CREATE, body: { name: 'blog' } })).toMatchObject({ passed: true })
    expect(await control.verifyRequests({ operation: CREATE, body: { name: 'shop' } })).toMatchObject({
      passed: false,
      nearest: [{ request_id: 1, differences: [{ field: 'body.name', expected: 'shop', actual: 'blog' }] }],
    })
  })

  it('keeps names, ids, hostnames and services readable, and the API keeps passwords', async () => {
    const seed = seedOf({ id: UNKNOWN_ID, name: 'blog', config_src: 'cloudflare' })
    const { emulator, create, put, get } = await startEmulator({ seed })
    const config = {
      ingress: [
        {
          hostname: 'app.example.com',
          path: '/api',
          service: 'http://token-service:8080',
          originRequest: { noTLSVerify: true },
        },
        { hostname: '*.example.com', service: 'https://me:pass-phrase@10.0.0.1' },
        { service: 'http_status:404' },
      ],
    }
    const { id } = await create({ name: 'shop', config_src: 'local' })
    await put(`/${UNKNOWN_ID}/configurations`, { config })
    const { result } = await get<{ config: unknown }>(`/${UNKNOWN_ID}/configurations`)
    const [created, published] = await emulator.control.listRequests()
    const { tunnels } = await emulator.control.explain({ url: 'https://www.example.com/' })

    expect(created).toMatchObject({
      body: { name: 'shop', config_src: 'local' },
      answer: { result: { id, name: 'shop', credentials_file: { AccountTag: ACCOUNT, TunnelSecret: '[redacted]' } } },
    })
    const [first, second, last] = config.ingress
    const redacted = { ...second, service: 'https://[redacted]@10.0.0.1' }
    expect(published).toMatchObject({
      status: 200,
      body: { config: { ingress: [first, redacted, last] } },
      answer: { result: { tunnel_id: UNKNOWN_ID, config: { ingress: [first, redacted, last] } } },
    })
    expect(result.config).toMatchObject(config)
    expect(tunnels).toMatchObject([{ tunnel_name: 'blog', rule: { service: redacted.service } }])
  })

  it('verifies expectations without repeating their secrets', async () => {
    const control = await startWith('blog')
    const body = { name: 'blog', tunnel_secret: 'abc', note: 'token=abc' }

    const { message, nearest } = await control.verifyRequests({ body })
    expect(message).toContain('"tunnel_secret":"[redacted]"')
    expect(message).not.toContain('abc')
    expect(nearest[0]?.differences).toEqual([
      { field: 'body.tunnel_secret', expected: '[redacted]' },
      { field: 'body.note', expected: 'token=[redacted]' },
    ])
  })

  it('refuses to verify an unknown operation', async () => {
    const control = await startWith()

    await expect(control.verifyRequests({ operation: 'create', count: { max: 0 } })).rejects.toThrow(
      `unknown operation create: there are`,
    )
  })
})

describe('an entry of the request log', () => {
  it('has the behaviours of its response with the weakest label, and the ray', async () => {
    const { emulator, create, get } = await startEmulator({ rate_limit: true })
    const { control } = emulator
    await create({ name: 'blog' })
    const responses = [await get('?include_prefix=b'), await get('?page=x'), await get(`/${UNKNOWN_ID}`)]
    const entries = await control.listRequests({ after: 1 })

    expect(entries.map(({ evidence, behaviours = [] }) => [evidence, behaviours])).toEqual([
      ['documented', expect.arrayContaining(['list_page', 'filter_prefix'])],
      ['inferred', ['input_invalid', 'query_refused']],
      ['recorded', ['tunnel_not_found']],
    ])
    for (const [index, { headers }] of responses.entries()) {
      const { evidence, answer_headers, behaviours } = await control.getRequest({ id: index + 2 })
      const [label, weakest] = String(headers['mockflared-evidence']).split('; ')
      expect(answer_headers).toEqual({ 'cf-ray': headers['cf-ray'], ratelimit: headers.ratelimit })
      expect(Object.keys(answer_headers ?? {})[0]).toBe('cf-ray')
      expect(evidence).toBe(label)
      if (weakest !== undefined) expect(behaviours).toContain(weakest)
    }
  })

  it('has the events of what its request changed, and of no other request', async () => {
    const { emulator, create, get, delete: remove, patch } = await startEmulator()
    const { control } = emulator
    await control.addFault({ effect: { latency: { ms: 20 } }, method: 'PATCH' })
    const { id } = await create({ name: 'blog', config_src: 'cloudflare' })
    await get('')
    await Promise.all([patch(`/${id}`, { name: 'news' }), create({ name: 'shop' }), create({ name: 'shop2' })])
    await remove(`/${id}`)
    const events = await control.listEvents()
    const entries = await control.listRequests()
    const caused = entries.map(({ method, caused: range }) => [
      method,
      range &&
        events
          .filter(event => event.id >= range.first_event_id && event.id <= range.last_event_id)
          .map(({ type, name }) => [type, name].filter(Boolean).join(' ')),
    ])

    expect(caused).toEqual([
      ['POST', ['tunnel_created blog']],
      ['GET', undefined],
      ['POST', ['tunnel_created shop']],
      ['POST', ['tunnel_created shop2']],
      ['PATCH', ['tunnel_updated']],
      ['DELETE', ['tunnel_deleted']],
    ])
  })

  it('names the faults that acted, in its short form too', async () => {
    const { emulator, get } = await startEmulator()
    const { control } = emulator
    await control.addFault({ effect: { latency: { ms: 1 } } })
    await control.addFault({ effect: { error: { status: 429, code: 971, retry_after: 7 } }, times: 1 })
    await control.addFault({ effect: { body: 'malformed' }, times: 1 })
    await control.addFault({ effect: { html: 502 } })
    await get('')
    await emulator.inject({ url: `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`, headers: { authorization: 'Bearer t' } })
    await emulator.inject({ url: `/client/v4/accounts/${ACCOUNT}/cfd_tunnel` })
    const ray = expect.stringMatching(/^[\da-f]{16}-/)
    const entries = await control.listRequests()

    expect(
      entries.map(({ status, fault_ids, answer_headers, evidence }) => [status, fault_ids, answer_headers, evidence]),
    ).toEqual([
      [429, ['fault-1', 'fault-2'], { 'cf-ray': ray, 'retry-after': '7' }, undefined],
      [200, ['fault-1', 'fault-3'], { 'cf-ray': ray }, 'documented'],
      [502, ['fault-1', 'fault-4'], { 'cf-ray': ray, 'content-type': 'text/html' }, undefined],
    ])
    expect((await control.listRequestSummaries()).map(({ fault_ids, evidence }) => [fault_ids, evidence])).toEqual(
      entries.map(({ fault_ids, evidence }) => [fault_ids, evidence]),
    )
  })

  it('has the methods of a path that does not know the method', async () => {
    const { emulator, put } = await startEmulator()
    const { headers } = await put('', {})

    expect(await emulator.control.getRequest({ id: 1 })).toMatchObject({
      status: 405,
      answer_headers: { allow: headers.allow },
    })
  })
})
