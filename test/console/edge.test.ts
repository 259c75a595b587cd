import { expect, test } from 'vitest'
import { isFailed, variablesCommand, visitCommand, whyOf } from '../../console/pages/edge/words.ts'
import type { EdgeRequest } from '../../schemas/control/edge.ts'
import type { OverviewTunnel } from '../../schemas/control/overview.ts'

const served = { status: 200, tunnel_id: 't', connector_id: 'c' } as EdgeRequest
const unserved = { ...served, tunnel_id: null, connector_id: null }

test.each<[Partial<EdgeRequest>, string, boolean]>([
  [served, 'the origin responded', false],
  [{ ...served, status: 404 }, 'the origin responded', true],
  [{ ...served, status: 503 }, 'the origin responded so, or a fault of the edge', true],
  [{ ...served, status: 502 }, 'cloudflared cannot reach the origin, or its response broke', true],
  [{ ...served, status: 524 }, 'the response did not begin in time', true],
  [{ ...served, status: null }, 'the connection ended before a response began', true],
  [{ ...unserved, status: 530 }, 'no tunnel serves this hostname, or no cloudflared of it is connected', true],
  [{ ...unserved, status: 400 }, 'the gateway itself responded', true],
])('a request to the gateway with %j says “%s”', (request, why, isFailure) => {
  expect(whyOf(request as EdgeRequest)).toBe(why)
  expect(isFailed(request as EdgeRequest)).toBe(isFailure)
})

const shop = { tunnel_id: 'id-1', name: 'my shop', hostnames: ['*.shop.example', 'shop.example'] } as unknown
const other = { tunnel_id: 'id-2', name: 'my shop', hostnames: [] } as unknown
const [first, second] = [shop as OverviewTunnel, other as OverviewTunnel]
const main = { server: 'http://127.0.0.1:8844', world: undefined }
const job = { ...main, world: 'job-1' }

test('the command for cloudflared names the tunnel, the server and the world', () => {
  expect(variablesCommand(first, [first], main)).toBe(
    `eval "$(mockflared env --tunnel 'my shop' --url http://127.0.0.1:8844)"`,
  )
  expect(variablesCommand(first, [first], job)).toContain(' --world job-1)"')
})

test('the command for cloudflared has the id of a tunnel whose name is not unique', () => {
  expect(variablesCommand(second, [first, second], main)).toContain('--tunnel id-2 ')
})

test('the request of a visitor goes to a hostname without a wildcard, and to the world', () => {
  expect(visitCommand(first, 'http://127.0.0.1:8080', main)).toBe(`curl -H 'Host: shop.example' http://127.0.0.1:8080`)
  expect(visitCommand(second, 'http://127.0.0.1:8080', job)).toBe(
    `curl -H 'Host: id-2.cfargotunnel.com' -H 'mockflared-world: job-1' http://127.0.0.1:8080`,
  )
})
