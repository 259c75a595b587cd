import { describe, expect, it, onTestFinished } from 'vitest'
import { parseOption } from '../../src/config/parse-options.ts'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'

async function start(options: EmulatorOptions) {
  const emulator = await createEmulator({ port: 0, ...options })
  onTestFinished(() => emulator.close())
  return emulator
}

const PUBLIC = 'https://ci.example.com/emulator'

describe('base_url', () => {
  it.each(['mockflared:8844', 'ci.example.com'])('has the host of the request by default: %s', async host => {
    const { inject } = await start({ control: 'open' })
    const response = await inject({ url: '/_mockflared/', headers: { host } })

    expect(response.json()).toMatchObject({ base_url: `http://${host}/client/v4` })
  })

  it('is the public URL over HTTP, whatever the host of the request', async () => {
    const { inject } = await start({ public_url: PUBLIC, control: 'open' })
    const url = '/_mockflared/worlds/job-4711'
    const response = await inject({ method: 'PUT', url, headers: { host: 'elsewhere' } })

    expect(response.json()).toMatchObject({
      base_url: `${PUBLIC}/w/job-4711/client/v4`,
      control_url: `${PUBLIC}/w/job-4711/_mockflared`,
    })
  })

  it('is the public URL in the library', async () => {
    const { url, baseURL, control } = await start({ public_url: PUBLIC })

    expect({ url, baseURL }).toEqual({ url: PUBLIC, baseURL: `${PUBLIC}/client/v4` })
    expect(await control.getInfo()).toMatchObject({ base_url: baseURL })
  })
})

describe('--public-url', () => {
  it.each([
    ['http://localhost:8844', 'http://localhost:8844'],
    ['https://ci.example.com/', 'https://ci.example.com'],
    ['https://CI.example.com/emulator//', 'https://ci.example.com/emulator'],
  ])('accepts %s', (given, address) => {
    expect(parseOption('public_url', [given])).toBe(address)
  })

  it.each([
    '',
    'localhost:8844',
    '/emulator',
    'ftp://example.com',
    'http://example.com/?a=b',
    'http://me:pass@example.com',
  ])('rejects "%s"', given => {
    expect(() => parseOption('public_url', [given])).toThrow(
      'is not an http or https address; use https://mockflared.example.com',
    )
  })
})
