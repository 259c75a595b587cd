import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { serve } from '../support/command.ts'
import { blocks } from '../support/page-blocks.ts'
import { temporaryFolder } from '../support/temporary.ts'

it('docs/workers.md has a command that starts a server with worker threads, which SIGTERM ends', async () => {
  const [command = ''] = blocks(readFileSync('docs/workers.md', 'utf8'), 'console')
  const [program, ...args] = command.trim().split(' ')
  const folder = temporaryFolder()
  const server = await serve(args.map(arg => arg.replace(/^\.\//, `${folder}/`)))

  expect(program).toBe('mockflared')
  expect(args).toContain('--workers')
  expect((await server.control('PUT', '/worlds/job', {})).status).toBe(200)
  expect((await server.control('GET', '/worlds')).json).toMatchObject([{ id: 'main' }, { id: 'job' }])
  expect(await server.stop('SIGTERM')).toBe(0)
})
