/**
 * Adding a product takes one folder and one line. Here it is `labels`, which `src/` does not know.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { State } from '../../schemas/state.ts'
import { composeEmulator } from '../../src/emulator/emulator.ts'
import type { EmulatorOptions } from '../../src/emulator/types.ts'
import { RESOURCES } from '../../src/resources/index.ts'
import { combine, PRODUCTS } from '../../src/resources/products.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { labels } from '../support/labels.ts'

const products = combine([...RESOURCES, labels])

const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const LABEL = { tunnel_id: TUNNEL, text: 'blue' }

/** The public type `State` has no section for labels. */
function seed(content: object): State {
  return { tunnels: [{ account_tag: ACCOUNT, id: TUNNEL, name: 'blog' }], ...content }
}

async function start(options: EmulatorOptions = {}) {
  const emulator = await composeEmulator({ listen: false, ...options }, products)
  onTestFinished(() => emulator.close())

  const send = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object, token = 'token', world = '') => {
    const response = await emulator.inject({
      method,
      url: `${world}/client/v4${path}`,
      headers: token === '' ? {} : { authorization: `Bearer ${token}` },
      ...(body && { payload: body }),
    })
    return { status: response.statusCode, headers: response.headers, body: response.json() }
  }
  return { emulator, control: emulator.control, send }
}

describe('an added product', () => {
  it('responds under its own path with envelope and headers', async () => {
    const { send } = await start()
    const created = await send('POST', '/user/labels', LABEL)

    expect(created.body).toEqual({ success: true, errors: [], messages: [], result: LABEL })
    expect(created.headers).toMatchObject({ 'content-type': 'application/json', 'cf-ray': expect.any(String) })
    expect((await send('GET', '/user/labels')).body.result).toEqual([LABEL])
  })

  it('returns its own errors through the common error handler', async () => {
    const { send } = await start()
    await send('POST', '/user/labels', LABEL)

    expect(await send('POST', '/user/labels', LABEL)).toMatchObject({
      status: 409,
      headers: { 'mockflared-evidence': 'assumed; label_taken' },
      body: { success: false, errors: [{ code: 4711, message: 'There is a label blue already' }], result: null },
    })
  })

  it('validates requests by its models', async () => {
    const { send } = await start()

    expect((await send('POST', '/user/labels', { text: 'blue' })).body.errors[0].code).toBe(1030)
    expect((await send('DELETE', '/user/labels')).status).toBe(405)
  })

  it('reports the behaviour of a used filter', async () => {
    const { send } = await start()

    expect((await send('GET', '/user/labels?text=red')).headers['mockflared-evidence']).toBe('assumed; filter_text')
    expect((await send('GET', '/user/labels')).headers['mockflared-evidence']).toBe('recorded')
  })

  it('requires credentials', async () => {
    const { send } = await start()

    expect((await send('GET', '/user/labels', undefined, '')).body.errors[0].code).toBe(9106)
  })

  it('with strict credentials requires its own permission', async () => {
    const credentials = [
      { token: 'reader', permissions: ['Labels Read'] },
      { token: 'writer', permissions: ['Labels Write'] },
      { token: 'tunnels', permissions: ['Cloudflare Tunnel Write'] },
    ]
    const { send } = await start({ auth: 'strict', seed: [seed({ credentials })] })
    const statusOf = async (method: 'GET' | 'POST', token: string) => {
      const { status, body } = await send(method, '/user/labels', method === 'POST' ? LABEL : undefined, token)
      return status === 200 ? 200 : body.errors[0].code
    }

    expect(await statusOf('GET', 'a'.repeat(40))).toBe(9109)
    expect(await statusOf('GET', 'tunnels')).toBe(10000)
    expect(await statusOf('GET', 'reader')).toBe(200)
    expect(await statusOf('POST', 'reader')).toBe(10000)
    expect(await statusOf('POST', 'writer')).toBe(200)
    expect((await send('POST', `/accounts/${ACCOUNT}/cfd_tunnel`, { name: 'x' }, 'writer')).body.errors[0].code).toBe(
      10000,
    )
  })

  it('is subject to faults, the request log and events', async () => {
    const { control, send } = await start()
    await control.addFault({ operation: 'labels-list', times: 1, effect: { error: { status: 503, code: 1 } } })

    expect((await send('GET', '/user/labels')).status).toBe(503)
    await send('POST', '/user/labels', LABEL)
    expect(await control.listRequests({ operation: 'labels-create' })).toMatchObject([{ body: LABEL, status: 200 }])
    expect((await control.listEvents()).map(({ type }) => type)).toContain('label_created')
  })

  it('has its own lint rules, and leftovers', async () => {
    const { control, send } = await start()
    await send('POST', '/user/labels', { ...LABEL, text: 'Blue' })

    expect(await control.lint()).toEqual([{ rule: 'label_case', message: 'label Blue is not lower case', id: 'Blue' }])
    expect(await control.lint({ leftovers: true })).toMatchObject([{}, { rule: 'leftover', id: TUNNEL }])
  })

  it('has its section in seeds, states, snapshots and worlds', async () => {
    const { control, emulator, send } = await start({ seed: [seed({ labels: [LABEL] })] })
    await control.saveSnapshot({ name: 'before' })
    const { id } = await control.createWorld({ from: 'current' })
    const inWorld = (path: string) => send('GET', path, undefined, 'token', `/w/${id}`)
    await send('POST', '/user/labels', { tunnel_id: TUNNEL, text: 'red' })

    expect((await send('GET', '/user/labels')).body.result).toHaveLength(2)
    expect((await inWorld('/user/labels')).body.result).toEqual([LABEL])
    expect(await emulator.controlOf(id).getState()).toMatchObject({ labels: [LABEL] })
    await control.restoreSnapshot({ name: 'before' })
    expect((await send('GET', '/user/labels')).body.result).toEqual([LABEL])
    await control.reset({ to: 'empty' })
    expect((await send('GET', '/user/labels')).body.result).toEqual([])
  })

  it('rejects an invalid section with its path', async () => {
    await expect(start({ seed: [seed({ labels: [{ text: 'blue' }] })] })).rejects.toThrow(
      'seed: labels[0]: "tunnel_id" is missing: a UUID',
    )
    await expect(start({ seed: [seed({ labels: [{ ...LABEL, text: 'forbidden' }] })] })).rejects.toThrow(
      'seed: labels[0].text: is forbidden',
    )
    await expect(start({ seed: [seed({ lables: [] })] })).rejects.toThrow(
      'seed: unknown field "lables"; did you mean "labels"?',
    )
  })

  it('can prevent the deletion of a tunnel, or delete its rows with the tunnel', async () => {
    const { send, control } = await start({ seed: [seed({ labels: [LABEL] })] })
    const path = `/accounts/${ACCOUNT}/cfd_tunnel/${TUNNEL}`

    expect((await send('DELETE', path)).body.errors).toEqual([{ code: 4712, message: 'This tunnel has labels' }])
    expect((await send('GET', path)).body.result.deleted_at).toBeNull()
    expect((await send('DELETE', `${path}?cascade=true`)).status).toBe(200)
    expect((await send('GET', '/user/labels')).body.result).toEqual([])
    expect((await control.listEvents()).filter(({ type }) => type === 'tunnel_deleted')).toHaveLength(1)
  })

  it('takes part in the transaction that creates a tunnel', async () => {
    const { send } = await start()
    const create = (name: string) => send('POST', `/accounts/${ACCOUNT}/cfd_tunnel`, { name })
    const { body } = await create('auto-a')

    expect((await send('GET', '/user/labels')).body.result).toEqual([{ tunnel_id: body.result.id, text: 'auto-a' }])
    expect((await create('auto-')).status).toBe(409)
    expect((await send('GET', `/accounts/${ACCOUNT}/cfd_tunnel?name=auto-`)).body.result).toEqual([])
  })

  it('adds its table to an older file, which an emulator without the product then refuses', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mockflared-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const db = join(folder, 'data.db')
    await (await composeEmulator({ listen: false, db, seed: [seed({})] }, PRODUCTS)).close()

    const first = await composeEmulator({ listen: false, db }, products)
    await first.inject({
      method: 'POST',
      url: '/client/v4/user/labels',
      headers: { authorization: 'Bearer token' },
      payload: LABEL,
    })
    await first.close()
    const { send, emulator } = await start({ db })

    expect((await send('GET', '/user/labels')).body.result).toEqual([LABEL])
    await emulator.close()
    await expect(composeEmulator({ listen: false, db }, PRODUCTS)).rejects.toThrow(
      'has tables of labels from a newer mockflared; it was left as it is',
    )
  })

  it('appears in OpenAPI with its errors', async () => {
    const { emulator } = await start()
    const document = (await emulator.inject({ method: 'GET', url: '/openapi.json' })).json()

    expect(document.tags).toContainEqual({ name: 'Labels' })
    expect(document.paths['/user/labels'].post.responses[409].description).toBe('4711: There is a label … already')
  })
})
