/** Sends requests with exactly the given headers, which `fetch` cannot do. */
import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../../src/emulator/emulator.ts'
import { ACCOUNT } from '../emulator.ts'

type Headers = Readonly<Record<string, string>>

export interface Response {
  readonly status: number | undefined
  readonly type: string | undefined
  readonly body: unknown
}

/**
 * Starts a server and returns a function that sends a request. Paths are relative to the account.
 */
export async function startWithHeaders(headers: Headers, options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ port: 0, ...options })
  onTestFinished(() => emulator.close())

  return (method: string, path: string, payload?: string): Promise<Response> =>
    new Promise((resolve, reject) => {
      const url = `${emulator.baseURL}/accounts/${ACCOUNT}${path}`
      request(url, { method, headers }, async response => {
        resolve({ status: response.statusCode, type: response.headers['content-type'], body: await json(response) })
      })
        .on('error', reject)
        .end(payload)
    })
}
