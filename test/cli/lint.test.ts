import { expect, it } from 'vitest'
import { startServer } from '../support/run-command.ts'

const RECORD = { type: 'CNAME', name: 'app', content: 'gone.cfargotunnel.com', proxied: true } as const
const dirty = { seed: [{ zones: [{ name: 'example.com' }], dns_records: [RECORD] }] }

it('lint prints a line for each finding, and exits with code 1', async () => {
  const { run } = await startServer(dirty)
  const { stdout, stderr, code } = await run('lint')

  expect({ stderr, code }).toEqual({ stderr: '', code: 1 })
  expect(stdout).toBe(
    'record_of_unknown_tunnel: the CNAME record app.example.com leads to tunnel gone, which does not exist: ' +
      'delete the record, or point it at another tunnel',
  )
})

it('lint --json prints the findings', async () => {
  const { run } = await startServer(dirty)

  expect(JSON.parse((await run('lint', '--json')).stdout)).toMatchObject([{ name: 'app.example.com' }])
})

it('lint exits with code 0 if it finds nothing, and --leftovers finds what was created', async () => {
  const { run, baseURL, env } = await startServer()

  expect(await run('lint')).toMatchObject({ stdout: 'no findings', code: 0 })
  await fetch(`${baseURL}/accounts/${env.CLOUDFLARE_ACCOUNT_ID}/cfd_tunnel`, {
    method: 'POST',
    headers: { authorization: 'Bearer hush', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'blog' }),
  })
  expect((await run('lint')).code).toBe(0)
  const { stdout, code } = await run('lint', '--leftovers')
  expect(stdout).toMatch(/^leftover: tunnel blog was created at /)
  expect(code).toBe(1)
})
