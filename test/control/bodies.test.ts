/** Which bodies an operation accepts, for every operation of the contract. */
import { describe, expect, it } from 'vitest'
import type { Operation } from '../../schemas/control/operation.ts'
import { OPERATION_NAMES, OPERATIONS, type OperationName } from '../../schemas/control/operations.ts'
import { createControlClient } from '../../src/client.ts'
import { isBodyRequired } from '../../src/control/run-operation.ts'
import { ACCOUNT, seedOf, UNKNOWN_ID } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

const PATH: Readonly<Record<string, string>> = {
  account_id: ACCOUNT,
  tunnel_id: UNKNOWN_ID,
  connector_id: UNKNOWN_ID,
  id: 'job',
  name: 'saved',
}

const operationOf = (name: OperationName): Operation => OPERATIONS[name]
const WITH_BODY = OPERATION_NAMES.filter(name => operationOf(name).route[0] !== 'GET')
const DESTRUCTIVE = WITH_BODY.filter(name => operationOf(name).requires_body)
const NOT_OBJECTS = ['null', '[]', '[{}]', '"text"', '{}{}', '5', 'true']
const FORM = 'application/x-www-form-urlencoded'

async function start() {
  const { emulator, control } = await startFrozen({ seed: seedOf({ name: 'blog' }) })
  await control.saveSnapshot({ name: 'saved' })
  await control.addFault({ preset: 'slow' })
  const before = [await control.getState(), await control.listFaults(), await control.listSnapshots()]

  const send = async (name: OperationName, payload: string | undefined, type = 'application/json') => {
    const [method, path] = operationOf(name).route
    const url = `/_mockflared${path.replaceAll(/:(\w+)/g, (_all, key: string) => PATH[key] ?? key)}`
    const body = payload === undefined ? {} : { payload, headers: { 'content-type': type } }
    const response = await emulator.inject({ method, url, ...body })
    return { status: response.statusCode, error: response.json().error }
  }
  const now = async () => [await control.getState(), await control.listFaults(), await control.listSnapshots()]
  return { emulator, control, send, before, now }
}

describe('the destructive operations that have a body', () => {
  it('are reset and putState', () => {
    expect(DESTRUCTIVE).toEqual(['reset', 'putState'])
  })

  it.each(DESTRUCTIVE)('%s refuses an empty body and changes nothing', async name => {
    const { send, before, now } = await start()

    for (const payload of [undefined, '']) {
      expect(await send(name, payload)).toEqual({
        status: 400,
        error: { code: 'invalid', message: 'body: is missing; send {} if you mean an empty object' },
      })
    }
    expect(await now()).toEqual(before)
  })

  it.each(DESTRUCTIVE)('%s accepts {} with any content type', async name => {
    const { send } = await start()

    for (const type of ['application/json', FORM, 'text/plain']) {
      expect(await send(name, '{}', type)).toMatchObject({ status: 200 })
    }
  })
})

describe.each(WITH_BODY)('%s', name => {
  it('refuses a body that is not an object and changes nothing', async () => {
    const { send, before, now } = await start()

    for (const payload of NOT_OBJECTS) {
      expect(await send(name, payload)).toMatchObject({
        status: 400,
        error: { code: 'invalid', message: expect.stringMatching(/^body: |^the body is not valid JSON: /) },
      })
    }
    expect(await now()).toEqual(before)
  })

  it('refuses form data and changes nothing', async () => {
    const { send, before, now } = await start()

    expect(await send(name, 'to=empty&from=empty', FORM)).toEqual({
      status: 400,
      error: { code: 'invalid', message: 'the body is not valid JSON: unexpected "o" at byte 1' },
    })
    expect(await now()).toEqual(before)
  })

  it('requires a body exactly where it says so', async () => {
    const { send } = await start()
    const { error } = await send(name, undefined)

    expect(error?.message.startsWith('body') ?? false).toBe(isBodyRequired(operationOf(name)))
  })

  it('refuses the same input in the library and in the client', async () => {
    const { emulator, control, before, now } = await start()
    const client = createControlClient({ url: emulator.url, fetch: emulator.fetch })

    for (const { [name]: run } of [control, client]) {
      for (const input of [null, [], 'text', 5]) {
        await expect((run as (input: unknown) => Promise<unknown>)(input)).rejects.toMatchObject({ code: 'invalid' })
      }
    }
    expect(await now()).toEqual(before)
  })
})

describe('an operation without a body', () => {
  it('refuses keys that it does not know', async () => {
    const { send, before, now } = await start()

    expect(await send('clearFaults', '{"to":"empty"}')).toEqual({
      status: 400,
      error: { code: 'invalid', message: 'body: unknown field "to"; there are none' },
    })
    expect(await now()).toEqual(before)
  })
})

describe('a function of the library and of the client', () => {
  it('may be called without an argument for reset, but not for putState', async () => {
    const { emulator, control } = await start()

    for (const { reset, putState } of [control, createControlClient({ url: emulator.url, fetch: emulator.fetch })]) {
      // @ts-expect-error: the state must be given.
      await expect(putState()).rejects.toMatchObject({ code: 'invalid', message: /^body: is missing/ })
      expect(await reset()).toEqual({ done: true })
      expect(await putState({})).toEqual({ done: true })
    }
  })
})

describe('text that is not JSON', () => {
  it.each([
    ['{"a":', 'it ends too early'],
    ['nul', 'it ends too early'],
    ['{"a":1}x', 'unexpected "x" at byte 7'],
    ['{"a":1,}', 'unexpected RIGHT_BRACE ("}")'],
    ['  ', 'it ends too early'],
  ])('%j is refused with what is wrong in it', async (payload, problem) => {
    const { send } = await start()

    expect((await send('moveClock', payload)).error.message).toBe(`the body is not valid JSON: ${problem}`)
  })
})
