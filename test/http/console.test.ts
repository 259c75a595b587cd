import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { consoleFilesIn } from '../../src/http/console/files.ts'
import { CONSOLE, CONSOLE_FILES, startWithConsole } from '../support/console-files.ts'

const GZIP = { 'accept-encoding': 'gzip, deflate, br' }
const SCRIPT = 'assets/main-1a2b3c.js'
const FONT = 'assets/inter-7a8b9c.woff2'

describe('the console', () => {
  it.each([
    ['', 'index.html', 'text/html; charset=utf-8'],
    ['index.html', 'index.html', 'text/html; charset=utf-8'],
    ['icon.svg', 'icon.svg', 'image/svg+xml'],
    [SCRIPT, SCRIPT, 'text/javascript; charset=utf-8'],
    ['assets/main-4d5e6f.css', 'assets/main-4d5e6f.css', 'text/css; charset=utf-8'],
    [FONT, FONT, 'font/woff2'],
  ] as const)('serves %j as the built %s', async (path, name, type) => {
    const { get } = await startWithConsole()
    const { statusCode, headers, body } = await get(CONSOLE + path)

    expect({ statusCode, type: headers['content-type'], body }).toEqual({
      statusCode: 200,
      type,
      body: CONSOLE_FILES[name],
    })
  })

  it('has one URL with a slash, to which the other redirects in every world', async () => {
    const { emulator, get } = await startWithConsole()
    const { id } = await emulator.control.createWorld()

    for (const root of ['', `/w/${id}`]) {
      const { statusCode, headers } = await get(`${root}/_mockflared/console`)
      expect(statusCode).toBe(308)
      expect(new URL(String(headers.location), `http://x${root}/_mockflared/console`).pathname).toBe(root + CONSOLE)
    }
  })

  it('is the same in every world, also in one that is gone, so that the page itself can say so', async () => {
    const { emulator, get } = await startWithConsole()
    const { id } = await emulator.control.createWorld()

    expect((await get(`/w/${id}${CONSOLE}`)).body).toBe(CONSOLE_FILES['index.html'])
    expect((await get(`/w/gone${CONSOLE}`)).body).toBe(CONSOLE_FILES['index.html'])
    expect((await get(`/w/gone${CONSOLE}${SCRIPT}`)).statusCode).toBe(200)
    expect((await get('/w/gone/_mockflared/clock')).statusCode).toBe(410)
  })

  it('answers HEAD like GET without the body', async () => {
    const { emulator } = await startWithConsole()
    const request = { url: CONSOLE + SCRIPT, headers: { host: 'localhost', ...GZIP } }
    const got = await emulator.inject({ method: 'GET', ...request })
    const head = await emulator.inject({ method: 'HEAD', ...request })

    expect([head.statusCode, head.payload]).toEqual([200, ''])
    for (const name of ['content-length', 'content-encoding', 'content-type', 'etag', 'cache-control']) {
      expect(head.headers[name]).toBe(got.headers[name])
    }
  })

  it.each(['', 'icon.svg', SCRIPT, FONT, 'nothing', 'assets/nothing.js'])(
    'sends its security headers with %j',
    async path => {
      const { get } = await startWithConsole()

      expect((await get(CONSOLE + path)).headers).toMatchObject({
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types mockflared",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      })
    },
  )

  it.each([
    'private.json',
    'assets/notes.txt',
    'assets/nothing.js',
    'assets/',
    'assets/..%2findex.html',
    'assets/..%2f..%2fprivate.js',
    'assets/constructor',
    '%2fetc%2fpasswd',
    'index.html/',
  ])('has no file %j, and says so in one sentence', async path => {
    const { get } = await startWithConsole()
    const { statusCode, headers, body } = await get(CONSOLE + path)

    expect([statusCode, headers['content-type'], body]).toEqual([
      404,
      'text/plain; charset=utf-8',
      'The console has no such file.\n',
    ])
  })

  it('says how to build it when it is not built', async () => {
    const { get } = await startWithConsole({}, {})
    const { statusCode, body } = await get(CONSOLE)

    expect([statusCode, body]).toEqual([404, 'The console is not built: run npm run build:console.\n'])
  })

  it.each<[EmulatorOptions]>([[{ console: 'on' }], [{ console: 'watch' }]])('is there with %j', async options => {
    const { emulator, get } = await startWithConsole(options)

    expect((await get(CONSOLE)).statusCode).toBe(200)
    expect(await emulator.control.getInfo()).toMatchObject(options)
  })

  it('says how to turn it on when it is off', async () => {
    const { emulator, get } = await startWithConsole({ console: 'off' })

    for (const path of ['/_mockflared/console', CONSOLE, CONSOLE + SCRIPT]) {
      const { statusCode, body } = await get(path)
      expect([statusCode, body]).toEqual([404, 'The console is off: start the server with --console on.\n'])
    }
    expect(await emulator.control.getInfo()).toMatchObject({ console: 'off' })
  })

  it('is an unknown path of the emulated API without a control plane', async () => {
    const { emulator, get } = await startWithConsole({ control: 'off' })

    expect((await get(CONSOLE)).json()).toMatchObject({ success: false, errors: [{ code: 7003 }] })
    expect(await emulator.control.getInfo()).toMatchObject({ console: 'off' })
  })

  it('is on the port of the control plane alone', async () => {
    const { emulator } = await startWithConsole({ listen: true, port: 0, control_port: 0 })

    const there = await fetch(`${emulator.controlURL}/console/`)
    expect([there.status, await there.text()]).toEqual([200, CONSOLE_FILES['index.html']])
    expect((await fetch(`${emulator.url}${CONSOLE}`)).status).toBe(404)
  })

  it('is in no request log', async () => {
    const { emulator, get } = await startWithConsole()
    for (const path of ['', SCRIPT, 'nothing']) await get(CONSOLE + path)

    expect(await emulator.control.listRequests()).toEqual([])
  })
})

describe('the cache of a browser', () => {
  it.each(['', 'icon.svg'])('asks again for %j, and gets 304 until a build changes it', async path => {
    const { folder, get } = await startWithConsole()
    const { etag, 'cache-control': caching } = (await get(CONSOLE + path)).headers
    const again = await get(CONSOLE + path, { 'if-none-match': `"other", ${etag}` })

    expect(caching).toBe('no-cache')
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag])
    expect(again.headers['content-security-policy']).toContain("default-src 'none'")
    expect((await get(CONSOLE + path, { 'if-none-match': '*' })).statusCode).toBe(304)
    expect((await get(CONSOLE + path, { 'if-none-match': 'W/"other"' })).statusCode).toBe(200)

    writeFileSync(join(folder, path || 'index.html'), 'built again')
    const changed = await get(CONSOLE + path, { 'if-none-match': String(etag), ...GZIP })
    expect([changed.statusCode, gunzipSync(changed.rawPayload).toString()]).toEqual([200, 'built again'])
  })

  it.each([SCRIPT, FONT])('keeps %s for a year, as its name has a hash', async path => {
    const { get } = await startWithConsole()

    expect((await get(CONSOLE + path)).headers['cache-control']).toBe('public, max-age=31536000, immutable')
  })

  it('keeps no error', async () => {
    const { get } = await startWithConsole()

    expect((await get(`${CONSOLE}assets/nothing.js`)).headers['cache-control']).toBe('no-store')
  })
})

describe('the files in memory', () => {
  it.each(['../private.json', 'assets/../private.json', 'assets/../../private.js', '/etc/passwd', ''])(
    'are not read outside of the folder: %j',
    async name => {
      const { folder } = await startWithConsole()

      expect(await consoleFilesIn(join(folder, 'assets')).find(name)).toBeUndefined()
      expect(await consoleFilesIn(folder).find(name)).toBeUndefined()
    },
  )

  it('are read at the first request, and assets only then', async () => {
    const { folder, get } = await startWithConsole()
    writeFileSync(join(folder, SCRIPT), 'before the first request')
    expect((await get(CONSOLE + SCRIPT)).body).toBe('before the first request')

    rmSync(folder, { recursive: true })
    expect((await get(CONSOLE + SCRIPT)).body).toBe('before the first request')
    expect((await get(CONSOLE)).statusCode).toBe(404)
  })
})

describe('compression', () => {
  it.each(['gzip', 'br, gzip;q=0.5', 'deflate, gzip;q=1.0, *;q=0.5'])('is gzip for %j', async encoding => {
    const { get } = await startWithConsole()
    const plain = CONSOLE_FILES[SCRIPT]

    for (const _time of [1, 2]) {
      const { headers, rawPayload } = await get(CONSOLE + SCRIPT, { 'accept-encoding': encoding })
      expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
      expect(rawPayload.length).toBeLessThan(plain.length / 4)
      expect(gunzipSync(rawPayload).toString()).toBe(plain)
    }
  })

  it.each(['', 'br', 'gzip;q=0', 'gzip; q=0.0, br', 'identity'])('is not sent for %j', async encoding => {
    const { get } = await startWithConsole()
    const { headers, body } = await get(CONSOLE + SCRIPT, { 'accept-encoding': encoding })

    expect(headers['content-encoding']).toBeUndefined()
    expect(headers.vary).toBe('accept-encoding')
    expect(body).toBe(CONSOLE_FILES[SCRIPT])
  })

  it('leaves fonts as they are', async () => {
    const { get } = await startWithConsole()
    const { headers, body } = await get(CONSOLE + FONT, GZIP)

    expect([headers['content-encoding'], headers.vary, body]).toEqual([undefined, undefined, CONSOLE_FILES[FONT]])
  })
})
