import { describe, expect, it } from 'vitest'
import { ACCOUNT } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

/** Names of existing files, of bundled seeds and of inherited properties. */
const NAMES = ['package.json', 'demo', 'docs', '..', '.', 'constructor', '__proto__', 'toString']
const PATHS = [
  '/etc/passwd',
  '../../etc/passwd',
  'fixtures/demo.json',
  './package.json',
  'file:///etc/passwd',
  'a\0b',
  '',
]

async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object | string) {
  const { emulator, create } = await startFrozen()
  await create('blog')
  const response = await emulator.inject({ method, url: `/_mockflared${path}`, ...(payload && { payload }) })
  const tunnels = (await emulator.control.getState()).tunnels ?? []
  return { status: response.statusCode, code: response.json().error?.code, names: tunnels.map(({ name }) => name) }
}

describe('a name sent to the control plane', () => {
  it.each(NAMES)('reads no file and no bundled seed: %s', async name => {
    const unknown = { status: 404, code: 'not_found', names: ['blog'] }

    expect(await ask('POST', '/reset', { to: name })).toEqual(unknown)
    expect(await ask('POST', '/worlds', { from: name })).toEqual(unknown)
    expect(await ask('POST', `/snapshots/${encodeURIComponent(name)}/restore`)).toMatchObject({
      names: ['blog'],
      status: name === '.' ? 405 : 404,
    })
  })

  it.each(PATHS)('is refused when it is a path: %j', async path => {
    const invalid = { status: 400, code: 'invalid', names: ['blog'] }

    expect(await ask('POST', '/reset', { to: path })).toEqual(invalid)
    expect(await ask('PUT', '/worlds/mine', { from: path })).toEqual(invalid)
    expect(await ask('POST', '/snapshots', { name: path })).toEqual(invalid)
  })

  it.each(['__proto__', 'constructor', 'toString'])('may be %s for a world and a snapshot', async name => {
    const { control } = await startFrozen()
    await control.saveSnapshot({ name })
    await control.createWorldAs({ id: name, from: name })

    expect((await control.listWorlds()).map(({ id }) => id)).toEqual(['main', name])
    expect((await control.listSnapshots()).map(snapshot => snapshot.name)).toEqual([name])
  })
})

describe('a key that every object inherits', () => {
  const tunnel = `"account_tag":"${ACCOUNT}","name":"shop"`

  it.each<[string, 'POST' | 'PUT', string]>([
    ['/state', 'PUT', '{"__proto__":{"polluted":true}}'],
    ['/state', 'PUT', `{"tunnels":[{${tunnel},"__proto__":{"polluted":true}}]}`],
    ['/state', 'PUT', `{"tunnels":[{${tunnel},"constructor":{"prototype":{"polluted":true}}}]}`],
    ['/faults', 'POST', '{"__proto__":{"polluted":true},"constructor":1}'],
    ['/reset', 'POST', '{"__proto__":{"to":"empty"}}'],
    ['/clock?__proto__[polluted]=true&constructor.prototype.polluted=true', 'POST', '{"__proto__":{"polluted":true}}'],
    ['/requests/verify', 'POST', '{"body":{"__proto__":{"polluted":true}}}'],
  ])('changes no prototype when it is sent to %s', async (path, method, payload) => {
    await ask(method, path, payload)

    expect('polluted' in {}).toBe(false)
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it('stays in a configuration as it was sent', async () => {
    const { emulator, create } = await startFrozen()
    const { id } = await create('blog')
    const url = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel/${id}/configurations`
    const config = '{"ingress":[{"service":"http_status:404"}],"__proto__":{"polluted":true}}'
    const headers = { authorization: 'Bearer token' }
    await emulator.inject({ method: 'PUT', url, headers, payload: `{"config":${config}}` })

    expect((await emulator.inject({ url, headers })).body).toContain('"__proto__":{"polluted":true}')
    expect('polluted' in {}).toBe(false)
  })
})
