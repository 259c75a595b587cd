import { readFileSync } from 'node:fs'
import { env } from 'node:process'
import { describe, expect, it } from 'vitest'
import { blocks, runShell } from '../support/page-blocks.ts'

function linesOf(text: string): string[] {
  return text.split('\n').map(line => line.trim())
}

describe('docs/fleet.md', () => {
  const page = readFileSync('docs/fleet.md', 'utf8')

  it('shows a part of examples/fleet/nginx.conf', () => {
    const [documented = ''] = blocks(page, 'nginx')
    const configuration = readFileSync('examples/fleet/nginx.conf', 'utf8')

    expect(linesOf(documented).length).toBeGreaterThan(10)
    expect(linesOf(configuration)).toEqual(expect.arrayContaining(linesOf(documented)))
  })

  it('starts a replica with options that exist', async () => {
    const [command = ''] = blocks(page, 'console')
    const { stdout } = await runShell(`${command.trim()} --print-config`, env)

    expect(JSON.parse(stdout)).toMatchObject({ behind_balancer: { value: true, source: '--behind-balancer' } })
  })
})
