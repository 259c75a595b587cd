import { expect, it } from 'vitest'
import { createFlow } from '../../src/edge/flow.ts'
import { createWorldControls } from '../../src/edge/management/world-controls.ts'
import { createRegistrar } from '../../src/edge/registrar.ts'
import { createRegistry } from '../../src/edge/registry.ts'
import { callOf } from '../support/edge/in-process.ts'

it('a registration that fails for an unknown reason is refused with a text after which cloudflared tries again', {
  tags: ['edge_refusal'],
}, async () => {
  const warnings: string[] = []
  const registry = createRegistry()
  const worlds = () => {
    throw new Error('broken')
  }
  const registrar = createRegistrar({
    worlds,
    registry,
    push: { offer: () => {}, offerToAll: () => {} },
    controls: createWorldControls(worlds, registry),
    warn: line => warnings.push(line),
  })
  const session = {
    open: () => {
      throw new Error('no stream')
    },
    flow: createFlow(),
    destroy: () => {},
    isEnded: () => false,
  }
  expect(await registrar.register(callOf(), session)).toEqual({
    cause: 'Unauthorized: mockflared failed',
    should_retry: true,
  })
  expect(warnings).toEqual(['edge: a registration failed: Error: broken'])
})
