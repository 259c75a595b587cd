import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run, temporaryFolder } from '../support/run-command.ts'

const FILES = ['mockflared.config.mts', 'mockflared.seed.json']

describe('init', () => {
  it.each([
    ['an empty folder', {}],
    ['a project of CommonJS', { 'package.json': { type: 'commonjs' } }],
  ])('writes a configuration and a seed that load in %s', async (_where, files) => {
    const workingDirectory = temporaryFolder(files)
    const written = await run(['init'], { workingDirectory })
    const { stdout } = await run(['--print-config'], { workingDirectory })
    const seed = join(workingDirectory, 'mockflared.seed.json')

    expect(written.stdout).toBe(`wrote ${FILES.join(' and ')}; start with: mockflared`)
    expect(stdout).toMatch(new RegExp(`^seed +${seed} +mockflared\\.config\\.mts$`, 'm'))
    expect((await run(['seed', 'check', seed])).stdout).toBe(`${seed}: valid`)
  })

  it('writes every option as a comment, and each is valid', async () => {
    const workingDirectory = temporaryFolder()
    await run(['init'], { workingDirectory })
    const lines = readFileSync(join(workingDirectory, 'mockflared.config.mts'), 'utf8')
    const options = lines.replaceAll(/^ {2}\/\/ (\w+: .*,)$/gm, '  $1')
    const folder = temporaryFolder({ 'mockflared.config.mts': options })
    const { code, stdout } = await run(['--print-config'], { workingDirectory: folder })

    expect(code).toBe(0)
    expect(stdout).not.toMatch(/ default$/m)
  })

  it('overwrites nothing without --force', async () => {
    const workingDirectory = temporaryFolder({ 'mockflared.seed.json': 'mine' })
    const file = join(workingDirectory, 'mockflared.seed.json')

    expect(await run(['init'], { workingDirectory })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'mockflared: mockflared.seed.json exists; overwrite it with --force',
    })
    expect(readFileSync(file, 'utf8')).toBe('mine')
    expect(readdirSync(workingDirectory)).toEqual(['mockflared.seed.json'])
    expect(JSON.parse((await run(['init', '--force', '--json'], { workingDirectory })).stdout)).toEqual({
      files: FILES,
    })
    expect(readFileSync(file, 'utf8')).not.toBe('mine')
  })

  it('writes no second configuration file', async () => {
    const workingDirectory = temporaryFolder({ 'mockflared.config.json': {} })

    expect((await run(['init', '--force'], { workingDirectory })).stderr).toBe(
      'mockflared: mockflared.config.json exists; delete it first',
    )
  })
})
