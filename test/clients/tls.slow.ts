/**
 * Programs with a fixed `https://api.cloudflare.com`. The name resolves to the emulator, and they
 * trust its CA as their environment says.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { connect } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { disposableFolder, run } from '../support/clients/child.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { FIXED_URL, startWithTls } from '../support/tls.ts'

const URL = `${FIXED_URL}/accounts`

/** Runs a program with the variables of the emulator; EMULATOR is its address. */
async function start() {
  const { emulator, port } = await startWithTls()
  const place = `127.0.0.1:${port}`
  return {
    emulator,
    port,
    place,
    run: (program: string, args: readonly string[], env = {}) =>
      run(program, args, { env: { ...emulator.env, EMULATOR: place, ...env } }),
  }
}

/** A suite for a program; it is skipped, by name, if the program is not there. */
async function describeWith(program: string, args: readonly string[], tests: () => void): Promise<void> {
  const isThere = (await run(program, args)).code === 0
  describe.skipIf(!isThere)(`${isThere ? '' : `SKIPPED: there is no ${program}: `}${program}`, tests)
}

await describeWith('curl', ['--version'], () => {
  it.each([
    ['its environment', []],
    ['--cacert', ['--cacert']],
  ])('trusts the CA by %s', async (_how, flags) => {
    const { emulator, place, run } = await start()
    const ca = flags.flatMap(flag => [flag, emulator.caFile])
    const resolve = ['--connect-to', `api.cloudflare.com:443:${place}`]
    const shown = ['--silent', '--show-error', '--write-out', '%{http_code}', '--output', '/dev/null']
    const auth = ['--header', 'authorization: Bearer any-token']

    expect((await run('curl', [...shown, ...auth, ...resolve, ...ca, URL])).output).toBe('200')
  })
})

await describeWith('openssl', ['version'], () => {
  it('accepts the certificate under its strict rules', async () => {
    const { emulator, port, run } = await start()
    const socket = connect({
      host: '127.0.0.1',
      port,
      servername: 'api.cloudflare.com',
      ca: readFileSync(emulator.caFile),
    })
    const pem = await new Promise<string>(resolve => {
      socket.once('secureConnect', () => resolve(String(socket.getPeerX509Certificate())))
    })
    socket.destroy()
    const file = join(temporaryFolder({ 'cert.pem': pem }), 'cert.pem')
    const rules = ['-x509_strict', '-purpose', 'sslserver', '-verify_hostname', 'api.cloudflare.com']

    expect(await run('openssl', ['verify', ...rules, '-CAfile', emulator.caFile, file])).toMatchObject({
      code: 0,
      output: `${file}: OK\n`,
    })
  })
})

await describeWith('python3', ['--version'], () => {
  it('trusts the CA by its environment, under the strict rules of Python 3.13', async () => {
    const { run } = await start()

    expect(await run('python3', ['test/clients/python/fixed_address.py'])).toMatchObject({ code: 0, output: '200\n' })
  })
})

await describeWith('go', ['version'], () => {
  it('trusts the CA by its environment', async () => {
    const { run } = await start()
    using folder = disposableFolder()
    const program = join(folder.path, 'fixed')
    const build = ['build', '-C', 'test/clients/go-tls', '-o', program, '.']
    expect(await run('go', build, { GOTOOLCHAIN: 'local' })).toMatchObject({ code: 0 })

    expect(await run(program, [])).toMatchObject({ code: 0, output: '200\n' })
    expect((await run(program, [], { SSL_CERT_FILE: '' })).output).toContain('x509: ')
  })
})

describe('node', () => {
  it('trusts the CA by its environment', async () => {
    const { port, run } = await start()
    const program = `
      import { request } from 'node:https'
      const lookup = (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }])
      const headers = { authorization: 'Bearer any-token' }
      request('${URL}', { lookup, port: ${port}, headers }, response => {
        console.log(response.statusCode)
        response.resume()
      }).end()`

    expect(await run(execPath, ['--input-type=module', '--eval', program])).toMatchObject({ code: 0, output: '200\n' })
  })
})
