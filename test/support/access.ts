import type { AccessAppInput, AccessApplication } from '../../schemas/access-application.ts'
import type { AccessPolicy } from '../../schemas/access-policy.ts'
import type { EmulatorOptions } from '../../src/emulator/types.ts'
import { ACCOUNT, startEmulator } from './emulator.ts'

export const INCLUDE = [{ email: { email: 'me@example.com' } }]
export const APP: AccessAppInput = { name: 'app', domain: 'app.example.com', type: 'self_hosted' }
export const POLICY = { name: 'allow me', decision: 'allow', include: INCLUDE }

/** An emulator with a client for the operations of Access in one account. */
export async function startAccess(options: EmulatorOptions = {}, account = ACCOUNT) {
  const { emulator, at } = await startEmulator({ clock: '2026-01-01T00:00:00.000000Z', ...options })
  const access = at(`/accounts/${account}/access`)
  const created = async <T>(path: string, body: object) => {
    const response = await access.post<T>(path, body)
    if (!response.success) throw new Error(`not created: ${JSON.stringify(response.errors)}`)
    return response.result
  }
  return {
    emulator,
    control: emulator.control,
    ...access,
    createApp: (body: object = {}) => created<AccessApplication>('/apps', { ...APP, ...body }),
    createPolicy: (body: object = {}) => created<AccessPolicy>('/policies', { ...POLICY, ...body }),
  }
}
