import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../../schemas/configuration.ts'
import type { EmulatorOptions } from '../../../src/emulator/emulator.ts'
import { ACCOUNT, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'

const CATCH_ALL = { service: 'http_status:404' }
const FULL_CONFIG = {
  ingress: [
    {
      hostname: 'www.example.com',
      path: '^/api',
      service: 'http://localhost:8080',
      originRequest: {
        access: { required: true, teamName: 'zoo', audTag: ['a'] },
        connectTimeout: 10,
        noTLSVerify: false,
        keepAliveConnections: 0,
        httpHostHeader: '',
      },
    },
    CATCH_ALL,
  ],
  originRequest: { tcpKeepAlive: 30 },
  'warp-routing': { enabled: true },
}

/** Creates a tunnel, and adds functions to put and get its configuration. */
async function startConfigurable(options: EmulatorOptions = {}, config_src: 'local' | 'cloudflare' = 'cloudflare') {
  const api = await startEmulator(options)
  const { id } = await api.create({ name: 'blog', config_src })
  return {
    ...api,
    id,
    putConfig: (body: object | string) => api.put<Configuration>(`/${id}/configurations`, body),
    getConfig: () => api.get<Configuration>(`/${id}/configurations`),
  }
}

describe('PUT cfd_tunnel/{id}/configurations, 200', { tags: ['configuration_answer'] }, () => {
  it('returns version 1, then 2, then 3', { tags: ['configuration_version'] }, async () => {
    const { putConfig, id } = await startConfigurable()
    const first = await putConfig({ config: FULL_CONFIG })

    expect(first.status).toBe(200)
    expect(Object.keys(first.result)).toEqual(['tunnel_id', 'version', 'config', 'source', 'created_at'])
    expect(first.result).toMatchObject({
      tunnel_id: id,
      version: 1,
      config: FULL_CONFIG,
      source: 'cloudflare',
    })
    expect((await putConfig({ config: { ingress: [CATCH_ALL] } })).result.version).toBe(2)
    expect((await putConfig({ config: FULL_CONFIG })).result.version).toBe(3)
  })

  it('creates a new version with a later time even for an identical configuration', {
    tags: ['configuration_identical'],
  }, async () => {
    const { putConfig, getConfig } = await startConfigurable()
    const first = await putConfig({ config: FULL_CONFIG })
    const second = await putConfig({ config: FULL_CONFIG })

    expect(second.result).toMatchObject({ version: 2, config: first.result.config })
    expect(second.result.created_at > first.result.created_at).toBe(true)
    expect((await getConfig()).result).toEqual(second.result)
  })

  it('creates no version for a rejected configuration', { tags: ['configuration_refused'] }, async () => {
    const { putConfig, getConfig } = await startConfigurable()
    const first = await putConfig({ config: FULL_CONFIG })
    expect((await putConfig({ config: { ingress: [] } })).status).toBe(400)
    expect((await putConfig('{"config":')).status).toBe(400)

    expect((await getConfig()).result).toEqual(first.result)
    expect((await putConfig({ config: FULL_CONFIG })).result.version).toBe(2)
  })

  it('counts versions separately for each tunnel', async () => {
    const { putConfig, create, put } = await startConfigurable()
    await putConfig({ config: FULL_CONFIG })
    const { id } = await create({ name: 'shop', config_src: 'cloudflare' })

    expect((await put(`/${id}/configurations`, { config: FULL_CONFIG })).result).toMatchObject({
      tunnel_id: id,
      version: 1,
    })
  })

  it('replaces the whole configuration and merges nothing', { tags: ['configuration_replaced'] }, async () => {
    const { putConfig, getConfig } = await startConfigurable()
    await putConfig({ config: FULL_CONFIG })
    await putConfig({ config: { ingress: [CATCH_ALL] } })

    expect((await getConfig()).result.config).toEqual({ ingress: [CATCH_ALL], 'warp-routing': { enabled: false } })
  })

  it.each([
    [{}, { enabled: false }],
    [{ 'warp-routing': null }, { enabled: false }],
    [{ 'warp-routing': { enabled: true } }, { enabled: true }],
    [{ 'warp-routing': { enabled: false } }, { enabled: false }],
    [{ 'warp-routing': {} }, {}],
    [{ 'warp-routing': { colour: 'red' } }, { colour: 'red' }],
  ])('with %j returns warp-routing %j', { tags: ['warp_routing_added'] }, async (part, expected) => {
    const { putConfig } = await startConfigurable()
    const { result } = await putConfig({ config: { ingress: [CATCH_ALL], ...part } })

    expect(result.config).toEqual({ ingress: [CATCH_ALL], 'warp-routing': expected })
  })

  it('adds no default other than warp-routing', { tags: ['configuration_replaced'] }, async () => {
    const { putConfig } = await startConfigurable()
    const config = { ingress: [{ ...CATCH_ALL, originRequest: {} }], originRequest: {}, 'warp-routing': {} }

    expect((await putConfig({ config })).result.config).toEqual(config)
  })

  it('keeps unknown keys at every level verbatim, __proto__ included', {
    tags: ['configuration_unknown_keys'],
  }, async () => {
    const { putConfig, getConfig } = await startConfigurable()
    const unknown = '"__proto__":{"a":null},"constructor":"x","new key":[1,{"b":false}],"toString":null'
    const access = `{"teamName":"zoo",${unknown}}`
    const ipRules = `[{"prefix":"10.0.0.0/8","allow":true,${unknown}}]`
    const originRequest = `{"connectTimeout":10,"access":${access},"ipRules":${ipRules},${unknown}}`
    const ingress = `[{"service":"http_status:404","originRequest":${originRequest},${unknown}}]`
    const config = `{"ingress":${ingress},"originRequest":${originRequest},"warp-routing":{"enabled":true,${unknown}},${unknown}}`
    const put = await putConfig(`{"config":${config}}`)

    expect(put.status).toBe(200)
    expect(JSON.stringify(put.result.config)).toBe(config)
    expect(JSON.stringify((await getConfig()).result.config)).toBe(config)
  })

  it('ignores unknown keys next to config, and the keys of its own response', {
    tags: ['unread_ignored'],
  }, async () => {
    const { putConfig } = await startConfigurable()
    const { status, result } = await putConfig({
      config: FULL_CONFIG,
      version: 9,
      source: 'local',
      tunnel_id: UNKNOWN_ID,
      account_id: 5,
    })

    expect(status).toBe(200)
    expect(result).toMatchObject({ version: 1, source: 'cloudflare' })
    expect(result.tunnel_id).not.toBe(UNKNOWN_ID)
  })

  it.each(['ünïcödé 🦊', 'a\u0000b', 'line\u2028feed', '</script>'])(
    'keeps the text %j of an unknown key',
    async text => {
      const { putConfig, getConfig } = await startConfigurable()
      const { status } = await putConfig({ config: { ingress: [CATCH_ALL], note: text } })

      expect(status).toBe(200)
      expect((await getConfig()).result.config).toMatchObject({ note: text })
    },
  )

  it('returns version 0, then 1, for a local tunnel', {
    tags: ['configuration_first_of_local', 'configuration_on_local'],
  }, async () => {
    const { putConfig, getConfig } = await startConfigurable({}, 'local')
    const first = await putConfig({ config: FULL_CONFIG })

    expect(first).toMatchObject({ status: 200, result: { version: 0, config: FULL_CONFIG, source: 'cloudflare' } })
    expect((await getConfig()).result).toEqual(first.result)
    expect((await putConfig({ config: FULL_CONFIG })).result.version).toBe(1)
  })

  it('turns a local tunnel into a remote one', { tags: ['configuration_migrates'] }, async () => {
    const { putConfig, getConfig, get, id } = await startConfigurable({}, 'local')
    expect((await get(`/${id}`)).result).toMatchObject({ config_src: 'local', remote_config: false })

    expect((await putConfig({ config: FULL_CONFIG })).result).toMatchObject({ source: 'cloudflare' })
    expect((await get(`/${id}`)).result).toMatchObject({ config_src: 'cloudflare', remote_config: true })
    expect((await getConfig()).status).toBe(200)
  })

  it('returns account_id if that behaviour is on', { tags: ['configuration_account_id'] }, async () => {
    const { putConfig, getConfig } = await startConfigurable({ behaviour: 'latest,configuration_account_id=on' })

    expect((await putConfig({ config: FULL_CONFIG })).result).toMatchObject({ account_id: ACCOUNT })
    expect((await getConfig()).result).toMatchObject({ account_id: ACCOUNT })
  })

  it('accepts ids in upper case', { tags: ['id_case'] }, async () => {
    const api = await startEmulator({}, ACCOUNT.toUpperCase())
    const { id } = await api.create({ name: 'blog' })

    expect((await api.put(`/${id.toUpperCase()}/configurations`, { config: FULL_CONFIG })).result).toMatchObject({
      tunnel_id: id,
    })
  })

  it.each([
    {},
    { config: null },
    { config: {} },
    { config: { ingress: null } },
    { config: { 'warp-routing': { enabled: true } } },
    { config: { originRequest: { connectTimeout: 10 } } },
  ])('accepts %j, without rules', { tags: ['ingress_missing'] }, async body => {
    const { putConfig, getConfig } = await startConfigurable()
    const { status, result } = await putConfig(body)
    const { ingress, ...config } = { ingress: undefined, 'warp-routing': { enabled: false }, ...body.config }

    expect(status).toBe(200)
    expect(result).toMatchObject({ version: 1 })
    expect(result.config).toEqual(config)
    expect((await getConfig()).result).toEqual(result)
  })
})

describe('PUT cfd_tunnel/{id}/configurations with check_ingress off', { tags: ['ingress_validation'] }, () => {
  it.each([
    { config: { ingress: [] } },
    { config: { ingress: [{ hostname: 'a:b:c', path: '*', service: 'nowhere' }] } },
  ])('accepts %j, which cloudflared would reject', async body => {
    const { putConfig, getConfig } = await startConfigurable({ check_ingress: false })
    const { status, result } = await putConfig(body)

    expect(status).toBe(200)
    expect(result).toMatchObject({ version: 1, config: { ...body.config, 'warp-routing': { enabled: false } } })
    expect((await getConfig()).result).toEqual(result)
  })

  it('answers 1030 for a value of the wrong type', async () => {
    const { putConfig } = await startConfigurable({ check_ingress: false })

    expect(await putConfig({ config: { ingress: 'all' } })).toMatchObject({ status: 400, errors: [{ code: 1030 }] })
  })
})

describe('PUT cfd_tunnel/{id}/configurations, 400', { tags: ['configuration_invalid'] }, () => {
  const NO_RULES = "The config file doesn't contain any ingress rules"
  const LAST_RULE = 'The last ingress rule must match all URLs (i.e. it should not have a hostname or path filter)'

  it.each([
    [{ config: { ingress: [] } }, NO_RULES],
    [{ config: { ingress: [], 'warp-routing': { enabled: true } } }, NO_RULES],
    [{ config: { ingress: [{ hostname: 'a.example.com', service: 'hello_world' }] } }, LAST_RULE],
    [{ config: { ingress: [{ path: 'a', service: 'hello_world' }] } }, LAST_RULE],
    [
      { config: { ingress: [{ hostname: 'a.example.com:80', service: 'hello_world' }, CATCH_ALL] } },
      'Hostname cannot contain a port',
    ],
    [
      { config: { ingress: [CATCH_ALL, CATCH_ALL] } },
      "Rule #1 is matching the hostname '', but this will match every hostname, meaning the rules which follow it will never be triggered.",
    ],
    [{ config: { ingress: [{ service: 'http_status:99' }] } }, 'invalid HTTP status code: 99'],
    [
      { config: { ingress: [{ service: 'localhost' }] } },
      'localhost is an invalid address, please make sure it has a scheme and a hostname',
    ],
    [
      {
        config: { ingress: [{ service: 'hello_world', originRequest: { access: { required: true, audTag: ['a'] } } }] },
      },
      'access.TeamName cannot be blank when access.audTags are present',
    ],
  ])(
    'answers 1056 for %j with the error of cloudflared and a line feed',
    { tags: ['ingress_validation'] },
    async (body, reason) => {
      const { putConfig, getConfig } = await startConfigurable()

      expect(await putConfig(body)).toMatchObject({
        status: 400,
        success: false,
        errors: [{ code: 1056, message: `Bad Configuration: Validation failed: ${reason}\n` }],
        messages: [],
        result: null,
      })
      expect((await getConfig()).result).toMatchObject({ version: 0, config: null })
    },
  )

  it('answers 1056 for an invalid configuration and keeps a local tunnel local', async () => {
    const { putConfig, get, id } = await startConfigurable({}, 'local')

    expect((await putConfig({ config: { ingress: [] } })).errors).toMatchObject([{ code: 1056 }])
    expect((await get(`/${id}`)).result).toMatchObject({ config_src: 'local' })
  })

  it.each([
    [{ config: [] }, 'invalid type: sequence, expected struct TunnelConfig at line 1 column 10'],
    [{ config: 'none' }, 'invalid type: string "none", expected struct TunnelConfig at line 1 column 16'],
    [{ config: { ingress: {} } }, 'invalid type: map, expected a sequence at line 1 column 21'],
    [{ config: { ingress: ['x'] } }, 'invalid type: string "x", expected struct IngressRule at line 1 column 25'],
    [
      { config: { ingress: [{ hostname: true }] } },
      'invalid type: boolean `true`, expected a string at line 1 column 38',
    ],
    [{ config: { ingress: [{ service: 404 }] } }, 'invalid type: integer `404`, expected a string at line 1 column 36'],
    [{ config: { ingress: [{ path: {} }] } }, 'invalid type: map, expected a string at line 1 column 30'],
    [
      { config: { originRequest: { connectTimeout: '10s' } } },
      'invalid type: string "10s", expected i64 at line 1 column 50',
    ],
    [
      { config: { originRequest: { connectTimeout: 1.5 } } },
      'invalid type: floating point `1.5`, expected i64 at line 1 column 48',
    ],
    [{ config: { originRequest: { proxyPort: -1 } } }, 'invalid value: integer `-1`, expected u64 at line 1 column 42'],
    [
      { config: { ingress: [{ originRequest: { noTLSVerify: 'yes' } }] } },
      'invalid type: string "yes", expected a boolean at line 1 column 59',
    ],
    [
      { config: { ingress: [{ originRequest: { access: { audTag: ['a', 5] } } }] } },
      'invalid type: integer `5`, expected a string at line 1 column 65',
    ],
    [
      { config: { 'warp-routing': { enabled: 'true' } } },
      'invalid type: string "true", expected a boolean at line 1 column 43',
    ],
    [[], 'invalid length 0, expected struct UpdateConfiguration with 1 element at line 1 column 2'],
    ['null', 'invalid type: null, expected struct UpdateConfiguration at line 1 column 4'],
    ['{"config":{"a":1e400}}', 'number out of range at line 1 column 20'],
    ['{"config":{"a":"\\ud800"}}', 'unexpected end of hex escape at line 1 column 23'],
    ['{"config":{"ingress":[', 'EOF while parsing a list at line 1 column 22'],
    ['', 'EOF while parsing a value at line 1 column 0'],
    [`{"config":{"a":${'['.repeat(200)}${']'.repeat(200)}}}`, 'recursion limit exceeded at line 1 column 141'],
  ])('answers 1030 for %j in the words of serde', { tags: ['input_invalid', 'body_wording'] }, async (body, reason) => {
    const { putConfig, getConfig } = await startConfigurable()
    const { status, errors, result } = await putConfig(body)

    expect(status).toBe(400)
    expect(errors).toMatchObject([{ code: 1030, message: expect.stringContaining(reason) }])
    expect(result).toBeNull()
    expect((await getConfig()).result).toMatchObject({ version: 0 })
  })
})

describe('PUT cfd_tunnel/{id}/configurations, 404', { tags: ['tunnel_not_found', 'id_form'] }, () => {
  it('answers 1002 for an unknown tunnel', async () => {
    const { put } = await startEmulator()

    expect(await put(`/${UNKNOWN_ID}/configurations`, { config: FULL_CONFIG })).toMatchObject({
      status: 404,
      errors: [{ code: 1002, message: 'Tunnel not found' }],
      result: null,
    })
  })

  it('answers 1002 for a deleted tunnel, even with an invalid configuration', {
    tags: ['configuration_put_on_deleted'],
  }, async () => {
    const { putConfig, delete: remove, id } = await startConfigurable()
    await remove(`/${id}`)

    expect(await putConfig({ config: FULL_CONFIG })).toMatchObject({ status: 404, errors: [{ code: 1002 }] })
    expect(await putConfig({ config: { ingress: [] } })).toMatchObject({ status: 404, errors: [{ code: 1002 }] })
  })

  it('answers 7003 for an id that is not a UUID', async () => {
    const { put } = await startEmulator()

    expect(await put('/blog/configurations', { config: FULL_CONFIG })).toMatchObject({
      status: 404,
      errors: [{ code: 7003 }, { code: 7000 }],
    })
  })
})
