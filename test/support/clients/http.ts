/** Requests on a real port with no header but those that are given, as fetch cannot send them. */
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

/** A server of its own, and a way to ask it; paths start below the account. */
export async function startAsking(headers: Headers, options: EmulatorOptions = {}) {
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
