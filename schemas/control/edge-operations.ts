import type { Operation } from './operation.ts'

/** The operations on the edge. They are refused while it is off. */
export const EDGE_OPERATIONS = {
  getEdge: {
    route: ['GET', '/edge'],
    tag: 'edge',
    summary: 'Show where cloudflared connects, and how many connections it has',
    result: 'EdgeStatus',
  },
  changeEdge: {
    route: ['PUT', '/edge'],
    tag: 'edge',
    summary: 'Set whether connectors may register in the world',
    body: 'EdgeChange',
    result: 'EdgeStatus',
  },
  getEdgeCertificate: {
    route: ['GET', '/edge/ca.pem'],
    tag: 'edge',
    summary: 'Read the certificate that cloudflared must trust',
    result: 'EdgeCertificate',
    result_type: 'application/x-pem-file',
  },
  addEdgeFault: {
    route: ['POST', '/edge/faults'],
    tag: 'edge',
    summary: 'Add a fault of the edge: a rule or a preset',
    body: 'EdgeFaultRequest',
    result: 'EdgeFaultReports',
  },
  listEdgeFaults: {
    route: ['GET', '/edge/faults'],
    tag: 'edge',
    summary: 'List the faults of the edge with their hits',
    result: 'EdgeFaultReports',
  },
  removeEdgeFault: {
    route: ['DELETE', '/edge/faults/:id'],
    tag: 'edge',
    summary: 'Remove a fault of the edge',
    params: 'FaultAddress',
    result: 'EdgeFaultReport',
  },
  clearEdgeFaults: {
    route: ['DELETE', '/edge/faults'],
    tag: 'edge',
    summary: 'Remove all faults of the edge',
    result: 'EdgeFaultReports',
  },
  listEdgeRequests: {
    route: ['GET', '/edge/requests'],
    tag: 'edge',
    summary: 'List the requests to the gateway, the newest last',
    query: 'EdgeRequestFilter',
    result: 'EdgeRequests',
  },
  clearEdgeRequests: {
    route: ['DELETE', '/edge/requests'],
    tag: 'edge',
    summary: 'Clear the list of requests to the gateway',
    result: 'Cleared',
  },
} as const satisfies Readonly<Record<string, Operation>>
