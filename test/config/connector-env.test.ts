import { expect, it } from 'vitest'
import { connectorEnvironment } from '../../src/config/connector-env.ts'

it('the variables for cloudflared name the edge four times, its CA and the token, and turn off the rest', () => {
  const target = { address: '127.0.0.1:7844', ca_path: '/edge/ca.pem', token: 'eyJhIjoi' }

  expect(connectorEnvironment(target)).toEqual({
    TUNNEL_TOKEN: 'eyJhIjoi',
    TUNNEL_EDGE: '127.0.0.1:7844,127.0.0.1:7844,127.0.0.1:7844,127.0.0.1:7844',
    TUNNEL_CACERT: '/edge/ca.pem',
    TUNNEL_TRANSPORT_PROTOCOL: 'http2',
    NO_AUTOUPDATE: 'true',
    TUNNEL_NO_PRECHECKS: 'true',
  })
})
