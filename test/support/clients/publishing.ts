/**
 * A program that publishes a hostname through a tunnel, moves it and takes it down: what it must
 * print as JSON, and what it must leave behind, which is nothing.
 */
import { expect } from 'vitest'
import { run } from './child.ts'
import { startWorld } from './world.ts'

const EXPECTED_RESULTS = {
  zone: 'active',
  configured: 1,
  created: 'blog.example.com',
  conflict: 81054,
  edited: 'of the blog',
  updated: true,
  listed: ['www.example.com'],
  deleted: true,
  left: 0,
  closed: true,
}

export async function expectPublishing(program: string, args: readonly string[], cwd?: string): Promise<void> {
  const { env, baseURL, expectNothingLeft } = await startWorld()
  // The name of the variable in version 2 of the SDK for Python.
  const variables = { ...env, CLOUDFLARE_API_URL: baseURL }

  const { code, output, stdout } = await run(program, args, { env: variables, ...(cwd && { cwd }) })
  expect({ code, output }).toEqual({ code: 0, output: stdout })
  expect(JSON.parse(stdout)).toEqual(EXPECTED_RESULTS)
  await expectNothingLeft()
}
