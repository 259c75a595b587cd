import { describe, expect, it } from 'vitest'
import type { ErrorItem } from '../../schemas/envelope.ts'
import type { ErrorDefinition, ErrorDefinitions } from '../../src/evidence/types.ts'
import { ApiError } from '../../src/gateway/api-error.ts'

export interface Refusal {
  readonly status: number
  readonly errors: readonly ErrorItem[]
}

/**
 * Tests each error of a resource with a request that provokes it. Each resource with errors has a
 * file `errors.test.ts` that calls this.
 */
export function describeErrors<Errors extends ErrorDefinitions>(
  errors: Errors,
  provocations: Readonly<Record<keyof Errors, () => Promise<Refusal>>>,
): void {
  describe('an error', () => {
    it.each(Object.values<ErrorDefinition>(errors))('$key reaches the client as defined', async definition => {
      const response = await provocations[definition.key as keyof Errors]()
      const expected = new ApiError(definition, '…')

      expect(response.status).toBe(expected.status)
      expect(response.errors).toEqual(
        expected.errors.map(item => ({
          ...item,
          message: expect.stringContaining(item.message.split('…', 1).join()),
        })),
      )
    })
  })
}
