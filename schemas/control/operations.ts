/**
 * The contract of the control plane. The library, the HTTP routes, the HTTP client and the OpenAPI
 * document follow from here. Models are named and not imported: the client needs no model.
 */
import { EDGE_OPERATIONS } from './edge-operations.ts'
import type { Operation } from './operation.ts'
import { SNAPSHOT_OPERATIONS } from './snapshot-operations.ts'
import { TUNNEL_OPERATIONS } from './tunnel-operations.ts'

export const OPERATIONS = {
  getInfo: {
    route: ['GET', '/'],
    tag: 'world',
    summary: 'Show the version, the world and its settings',
    result: 'Info',
  },
  getPublicKey: {
    route: ['GET', '/management-key'],
    tag: 'world',
    summary: 'Read the key that verifies management tokens',
    result: 'PublicKey',
  },
  getClock: { route: ['GET', '/clock'], tag: 'clock', summary: 'Read the clock', result: 'ClockReading' },
  moveClock: {
    route: ['POST', '/clock'],
    tag: 'clock',
    summary: 'Freeze, advance, set or resume the clock',
    body: 'ClockMove',
    result: 'ClockMoved',
  },
  listDue: {
    route: ['GET', '/due'],
    tag: 'clock',
    summary: 'List the next 50 things that are due: scheduled jobs, expiries, ends of faults',
    result: 'DueItems',
  },
  ...TUNNEL_OPERATIONS,
  getDnsOverview: {
    route: ['GET', '/overview/dns'],
    tag: 'overviews',
    summary: 'Show all zones with their records, and the tunnel that each record points to',
    result: 'DnsOverview',
  },
  getNetworkOverview: {
    route: ['GET', '/overview/networks'],
    tag: 'overviews',
    summary: 'Show the virtual networks, private network routes and hostname routes of all accounts',
    result: 'NetworkOverview',
  },
  getAccessOverview: {
    route: ['GET', '/overview/access'],
    tag: 'overviews',
    summary: 'Show the Access applications, policies, service tokens and tags of all accounts',
    result: 'AccessOverview',
  },
  explain: {
    route: ['POST', '/explain'],
    tag: 'world',
    summary: 'Explain which DNS record, tunnel, version and rule would serve a URL',
    body: 'ExplainRequest',
    only_reads: true,
    result: 'Explanation',
  },
  lint: {
    route: ['GET', '/lint'],
    tag: 'world',
    summary: 'Find what does not fit together: tunnels, configurations, DNS records',
    query: 'LintRequest',
    result: 'Findings',
  },
  addFault: {
    route: ['POST', '/faults'],
    tag: 'faults',
    summary: 'Add a fault: a rule or a preset that makes requests fail',
    body: 'FaultRequest',
    result: 'FaultReports',
  },
  listFaults: {
    route: ['GET', '/faults'],
    tag: 'faults',
    summary: 'List the faults with their hits',
    result: 'FaultReports',
  },
  removeFault: {
    route: ['DELETE', '/faults/:id'],
    tag: 'faults',
    summary: 'Remove a fault',
    params: 'FaultAddress',
    result: 'FaultReport',
  },
  clearFaults: { route: ['DELETE', '/faults'], tag: 'faults', summary: 'Remove all faults', result: 'FaultReports' },
  ...EDGE_OPERATIONS,
  listRequests: {
    route: ['GET', '/requests'],
    tag: 'requests',
    summary: 'List the request log, the newest entry last',
    query: 'RequestFilter',
    result: 'JournalEntries',
  },
  listRequestSummaries: {
    route: ['GET', '/requests/summaries'],
    tag: 'requests',
    summary: 'List the request log without headers, queries, bodies and answers',
    query: 'RequestFilter',
    result: 'RequestSummaries',
  },
  getRequest: {
    route: ['GET', '/requests/:id'],
    tag: 'requests',
    summary: 'Read an entry of the request log',
    params: 'RequestAddress',
    result: 'JournalEntry',
  },
  verifyRequests: {
    route: ['POST', '/requests/verify'],
    tag: 'requests',
    summary: 'Verify that matching requests were sent, and how many',
    body: 'RequestExpectation',
    only_reads: true,
    result: 'Verification',
  },
  clearRequests: {
    route: ['DELETE', '/requests'],
    tag: 'requests',
    summary: 'Clear the request log',
    result: 'Cleared',
  },
  listEvents: {
    route: ['GET', '/events'],
    tag: 'events',
    summary: 'List the events',
    query: 'EventFilter',
    result: 'WorldEvents',
  },
  getReport: {
    route: ['GET', '/report'],
    tag: 'world',
    summary: 'Show the behaviours that responses used, of all worlds or of one, and how each is known',
    query: 'ReportFilter',
    result: 'Report',
  },
  clearReport: {
    route: ['DELETE', '/report'],
    tag: 'world',
    summary: 'Reset the evidence report of all worlds',
    result: 'Cleared',
  },
  getCoverage: {
    route: ['GET', '/coverage'],
    tag: 'world',
    summary: 'List everything that is emulated, and how each part is known',
    result: 'Coverage',
  },
  reset: {
    route: ['POST', '/reset'],
    tag: 'world',
    summary: 'Reset everything: data, clock, random numbers, faults, request log, scheduled jobs',
    body: 'ResetRequest',
    requires_body: 'over HTTP',
    result: 'Done',
  },
  getState: { route: ['GET', '/state'], tag: 'world', summary: 'Export the state', result: 'State' },
  putState: {
    route: ['PUT', '/state'],
    tag: 'world',
    summary: 'Replace the state',
    body: 'State',
    requires_body: 'always',
    max_body_mib: 256,
    result: 'Done',
  },
  ...SNAPSHOT_OPERATIONS,
  createWorld: {
    route: ['POST', '/worlds'],
    tag: 'worlds',
    summary: 'Create a world',
    body: 'WorldCreate',
    result: 'WorldSummary',
  },
  createWorldAs: {
    route: ['PUT', '/worlds/:id'],
    tag: 'worlds',
    summary: 'Create a world with an id that you choose',
    params: 'WorldClaim',
    body: 'NamedWorldCreate',
    result: 'WorldSummary',
  },
  listWorlds: { route: ['GET', '/worlds'], tag: 'worlds', summary: 'List the worlds', result: 'WorldSummaries' },
  deleteWorld: {
    route: ['DELETE', '/worlds/:id'],
    tag: 'worlds',
    summary: 'Delete a world',
    params: 'WorldAddress',
    result: 'Done',
  },
} as const satisfies Readonly<Record<string, Operation>>

export type OperationName = keyof typeof OPERATIONS

export const OPERATION_NAMES = Object.keys(OPERATIONS).filter(isOperationName)

function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name)
}
