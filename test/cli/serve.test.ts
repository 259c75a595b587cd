import { describe, expect, it } from 'vitest'
import { OPTION_NAMES, spellingsOf, variableOf } from '../../src/config/options.ts'
import { VERSION } from '../../src/config/version.ts'
import { run, temporaryFolder } from '../support/run-command.ts'

describe('serve', () => {
  it.each([[[]], [['serve']], [['start']]])('starts a server on %j', async command => {
    const { code, stdout, stderr } = await run([...command, '--port', '0', '--log', 'off'])

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(
      /^mockflared \S+ listens on (\S+), its documentation on \1\/docs\nits console on \1\/_mockflared\/console\/\n/,
    )
    expect(stdout).toMatch(/\nexport CLOUDFLARE_API_TOKEN=any-token$/)
  })

  it('prints the account and a token of its seed', async () => {
    const account = '0'.repeat(32)
    const credentials = [{ token: 'good', accounts: [account], permissions: [] }]
    const workingDirectory = temporaryFolder({ 'seed.json': { credentials } })
    const seed = `${workingDirectory}/seed.json`
    const { stdout } = await run(['--port', '0', '--auth', 'strict', '--seed', seed])

    expect(stdout.split('\n').slice(2)).toEqual([
      expect.stringMatching(/^export CLOUDFLARE_BASE_URL=http:\/\/127\.0\.0\.1:\d+\/client\/v4$/),
      `export CLOUDFLARE_ACCOUNT_ID=${account}`,
      'export CLOUDFLARE_API_TOKEN=good',
    ])
  })

  it('prints JSON with --json', async () => {
    const { stdout } = await run(['--port', '0', '--json'])

    expect(JSON.parse(stdout)).toMatchObject({
      version: VERSION,
      url: expect.stringMatching(/^http:/),
      console_url: expect.stringMatching(/^http:.*\/_mockflared\/console\/$/),
      env: { CLOUDFLARE_API_TOKEN: 'any-token' },
    })
  })

  it.each(['--no-console', '--control=off'])('names no console with %s', async flag => {
    expect((await run(['--port', '0', flag])).stdout).not.toContain('console')
    expect(JSON.parse((await run(['--port', '0', '--json', flag])).stdout)).toMatchObject({ console_url: null })
  })

  it.each([
    ['--no-check-ingress', 'false'],
    ['--check-ingress', 'true'],
    ['--check-ingress=false', 'false'],
  ])('takes the switch %s', async (flag, value) => {
    const { stdout } = await run([flag, '--port', '9000', '--print-config'])

    expect(stdout).toMatch(new RegExp(`^check_ingress +${value} +--check-ingress$`, 'm'))
    expect(stdout).toMatch(/^port +9000 /m)
  })

  it.each([
    ['--no-console', {}, 'off', '--console'],
    ['--console watch', {}, 'watch', '--console'],
    ['MOCKFLARED_CONSOLE', { MOCKFLARED_CONSOLE: 'off' }, 'off', 'MOCKFLARED_CONSOLE'],
  ])('takes the mode of the console from %s', async (name, environment, mode, source) => {
    const flags = name.startsWith('--') ? name.split(' ') : []
    const { stdout } = await run([...flags, '--print-config'], { environment })

    expect(stdout).toMatch(new RegExp(`^console +${mode} +${source}$`, 'm'))
  })

  it('takes a value after a switch', async () => {
    expect((await run(['--check-ingress', 'false', '--print-config'])).stdout).toMatch(/^check_ingress +false /m)
  })

  it.each([
    ['--behavior', {}],
    ['--behaviour', {}],
    ['MOCKFLARED_BEHAVIOR', { MOCKFLARED_BEHAVIOR: '2025-11-30' }],
    ['MOCKFLARED_BEHAVIOUR', { MOCKFLARED_BEHAVIOUR: '2025-11-30' }],
  ])('takes a date for dated behaviour from %s', async (name, environment) => {
    const flags = name.startsWith('--') ? [name, '2025-11-30'] : []
    const { stdout } = await run([...flags, '--print-config'], { environment })

    expect(stdout).toMatch(new RegExp(`^behaviour +2025-11-30 +${name}$`, 'm'))
  })

  it('warns about a variable that is almost an option', async () => {
    const environment = { MOCKFLARED_PROT: '1', MOCKFLARED_SERVICE_HOST: '10.0.0.1', MOCKFLARED_PORT_8844_TCP: 'x' }

    expect(await run(['--print-config'], { environment })).toMatchObject({
      code: 0,
      stderr: 'mockflared: unknown variable MOCKFLARED_PROT; did you mean MOCKFLARED_PORT?',
    })
  })

  it('says that it loads large seeds, to a person only', async () => {
    const workingDirectory = temporaryFolder({ 'seed.json': { purpose: 'x'.repeat(9_000_000) } })
    const args = ['--port', '0', '--seed', `${workingDirectory}/seed.json`]

    expect((await run(args, { isInteractive: true })).stderr).toBe('loading 9 MB of seeds …')
    expect((await run(args)).stderr).toBe('')
  })

  it('reads the configuration file in the working directory', async () => {
    const workingDirectory = temporaryFolder({ 'mockflared.config.json': { port: 0, log: 'off', auth: 'strict' } })

    expect((await run([], { workingDirectory })).stdout).toMatch(/CLOUDFLARE_API_TOKEN=one-of-your-seed$/)
  })

  it.each([
    ['by flag', ['--config', 'x.json'], {}],
    ['by variable', [], { MOCKFLARED_CONFIG: 'x.json' }],
  ])('reads the configuration file that is given %s', async (_how, args, environment) => {
    const workingDirectory = temporaryFolder({ 'x.json': { port: 9000 } })

    expect((await run([...args, '--print-config'], { environment, workingDirectory })).stdout).toMatch(
      /^port +9000 +x\.json$/m,
    )
  })
})

describe('serve --edge-port', () => {
  const EDGE = ['--port', '0', '--log', 'off', '--edge-port', '0', '--edge-dir']

  it('prints where cloudflared and visitors connect', async () => {
    const dir = temporaryFolder()
    const { code, stdout } = await run([...EDGE, dir])

    expect(code).toBe(0)
    expect(stdout.split('\n').slice(5)).toEqual([
      expect.stringMatching(
        /^# cloudflared connects to the edge on 127\.0\.0\.1:\d+, visitors to the gateway on http:\/\/127\.0\.0\.1:\d+$/,
      ),
      `# the CA of the edge is ${dir}/ca.pem`,
      '# the variables for cloudflared tunnel run: eval "$(mockflared env --tunnel NAME)"',
    ])
  })

  it('prints nothing but JSON with --json', async () => {
    const dir = temporaryFolder()
    const { stdout } = await run([...EDGE, dir, '--json'])

    expect(JSON.parse(stdout).edge).toEqual({
      address: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      gateway_url: expect.stringMatching(/^http:/),
      ca_file: `${dir}/ca.pem`,
    })
  })
})

describe('serve --tls', () => {
  const TLS = ['--port', '0', '--log', 'off', '--tls', '--tls-port', '0', '--tls-dir']

  it('prints where it listens, how clients trust it and what the name must resolve to', async () => {
    const dir = temporaryFolder()
    const { code, stdout } = await run([...TLS, dir])

    expect(code).toBe(0)
    expect(stdout.split('\n').slice(5)).toEqual([
      expect.stringMatching(/^# with TLS it listens on https:\/\/127\.0\.0\.1:\d+, for programs with a fixed /),
      `export SSL_CERT_FILE=${dir}/ca-bundle.pem`,
      `export REQUESTS_CA_BUNDLE=${dir}/ca-bundle.pem`,
      `export CURL_CA_BUNDLE=${dir}/ca-bundle.pem`,
      `export NODE_EXTRA_CA_CERTS=${dir}/ca.pem`,
      '# a line for /etc/hosts: 127.0.0.1 api.cloudflare.com',
      '# these programs connect to port 443: --tls-port 443, or a container',
    ])
  })

  it('prints nothing but JSON with --json', async () => {
    const { stdout } = await run([...TLS, temporaryFolder(), '--json'])

    expect(JSON.parse(stdout)).toMatchObject({ tls_url: expect.stringMatching(/^https:/), edge: null })
  })

  it('fails with one line when its folder cannot be used', async () => {
    const file = `${temporaryFolder({ file: 'text' })}/file`
    const { code, stderr } = await run([...TLS, file])

    expect(code).toBe(1)
    expect(stderr).toMatch(/^mockflared: cannot keep a CA in \S+: .+; name another folder with --tls-dir$/)
  })
})

describe('the flag of a boolean', () => {
  it.each([
    [['--tls'], 'true'],
    [['--tls', 'true'], 'true'],
    [['--tls', 'false'], 'false'],
    [['--tls', '--tls', 'false'], 'false'],
    [['--tls', 'false', '--tls'], 'true'],
  ])('%j means %s', async (flags, value) => {
    expect((await run([...flags, '--print-config'])).stdout).toMatch(new RegExp(`^tls +${value} +--tls$`, 'm'))
  })

  it('with another value fails', async () => {
    expect((await run(['--tls', 'maybe'])).stderr).toBe('mockflared: --tls: "maybe" is not true or false')
  })
})

describe('an empty MOCKFLARED_CONFIG', () => {
  it('means no configuration file', async () => {
    expect(await run(['--print-config'], { environment: { MOCKFLARED_CONFIG: '' } })).toMatchObject({ code: 0 })
  })
})

describe('--print-config', () => {
  const options = () => ({
    environment: { MOCKFLARED_CONTROL_TOKEN: 'hush', MOCKFLARED_AUTH: 'off' },
    workingDirectory: temporaryFolder({ 'mockflared.config.json': { seed: ['demo'], auth: 'strict' } }),
  })

  it('prints each value and its source, without secrets, and starts no server', async () => {
    const { code, stdout } = await run(['--port', '9000', '--print-config'], options())

    expect(code).toBe(0)
    expect(stdout).toMatch(/^port +9000 +--port$/m)
    expect(stdout).toMatch(/^auth +off +MOCKFLARED_AUTH$/m)
    expect(stdout).toMatch(/^seed +demo +mockflared\.config\.json$/m)
    expect(stdout).toMatch(/^control_token +\*{8} +MOCKFLARED_CONTROL_TOKEN$/m)
    expect(stdout).toMatch(/^clock +none +default$/m)
    expect(stdout.split('\n')).toHaveLength(OPTION_NAMES.length)
    expect(stdout).not.toContain('hush')
  })

  it('prints JSON with --log json', async () => {
    const { stdout } = await run(['--log', 'json', '--print-config'], options())

    expect(JSON.parse(stdout)).toMatchObject({
      log: { value: 'json', source: '--log' },
      control_token: { value: '********', source: 'MOCKFLARED_CONTROL_TOKEN' },
      clock: { value: null, source: 'default' },
    })
  })
})

describe('a wrong command line fails with one clear line', () => {
  it.each([
    [['--prot', '1'], 'unknown option "--prot"; did you mean "--port"?'],
    [['clock', '--json', '--colour'], 'unknown option "--colour"; see mockflared --help'],
    [['clocks'], 'unknown command "clocks"; did you mean "clock"?'],
    [['strat'], 'unknown command "strat"; did you mean "start"?'],
    [['--port', '1', 'strat'], 'unknown command "strat"; did you mean "start"?'],
    [['--port', '1', 'clock'], 'put the command before its options: mockflared clock …'],
    [['start', 'fast'], 'unexpected argument "fast"; see mockflared serve --help'],
    [['help', 'clok'], 'unknown command "clok"; did you mean "clock"?'],
    [['help', 'clock', 'set-it'], 'unknown command "clock set-it"; see mockflared clock --help'],
    [['--check-ingress', '--port', 'x'], '--port: "x" is not a whole number from 0 to 65535'],
    [['clock', 'frob'], 'unknown command "clock frob"; see mockflared clock --help'],
    [['snapshot', 'save'], 'missing required argument "NAME"'],
    [['snapshot', 'save', 'a', 'b'], 'unexpected argument "b"; see mockflared snapshot save --help'],
    [['--port'], 'option "--port <PORT>" argument missing'],
    [['--watch', '--port', '0', '--seed', 'demo'], '--watch: no --seed is a file; use --seed FILE'],
    [['env', '--format', 'xml'], 'option "--format <FORMAT>" argument "xml" is invalid. Allowed choices are shell, '],
    [['clock', 'advance', '5x'], 'clock advance: "5x" is not a duration; use 90s, 5m or 1h30m'],
    [['clock', 'advance', '5'], 'clock advance: "5" has no unit; use 90s, 5m or 1h30m'],
    [['clock', 'set', 'now'], 'clock set: "now" is not a time; use 2026-11-01T12:00:00Z'],
    [['requests', '--limit', '0'], '--limit: 0 is not a whole number from 1'],
    [['clock', '--url', 'nonsense'], '--url nonsense: expected http://HOST:PORT'],
    [['clock', '--port', 'x'], '--port: "x" is not a whole number from 0 to 65535'],
    [['health', '--port', '0'], 'port 0 takes any free port: name the server with --url'],
    [['health', '--config', 'x.json'], 'x.json: there is no such file'],
    [['faults', 'add', '{'], 'the fault is not valid JSON: '],
  ])('%j', async (args, reason) => {
    const { code, stdout, stderr } = await run(args, { environment: {} })

    expect(stderr).toContain(`mockflared: ${reason}`)
    expect(stderr.split('\n')).toHaveLength(1)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  })
})

describe('the help', () => {
  it('lists every command and every option with its variable', async () => {
    const { code, stdout } = await run(['--help'])

    expect(code).toBe(0)
    for (const name of OPTION_NAMES) expect(stdout).toContain(variableOf(spellingsOf(name)[0]))
    expect(stdout).toContain('--[no-]check-ingress')
    for (const name of [
      'serve',
      'env',
      'open',
      'init',
      'tunnels',
      'events',
      'wait',
      'health',
      'reset',
      'seed',
      'snapshot',
      'connect',
      'disconnect',
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
    }
    expect(stdout).toContain('clock show|freeze|advance|set|resume')
    expect(stdout).toContain('requests list|show|verify|clear')
  })

  it.each([[['help', 'clock']], [['clock', '--help']], [['help', 'clock', 'advance']]])(
    'describes one command on %j',
    async args => {
      expect((await run(args)).stdout).toContain('Usage: mockflared clock')
    },
  )

  it('does not appear on --version', async () => {
    expect(await run(['-v'])).toEqual({ code: 0, stdout: VERSION, stderr: '' })
  })
})
