import type { Input, Result } from '../../schemas/control/control.ts'
import type { OperationName } from '../../schemas/control/operations.ts'
import * as accessOverview from './access-overview.ts'
import * as clock from './clock.ts'
import * as configurations from './configurations.ts'
import * as outages from './connector-outages.ts'
import * as connectors from './connectors.ts'
import type { Context } from './context.ts'
import * as dnsOverview from './dns-overview.ts'
import * as due from './due.ts'
import * as edge from './edge.ts'
import * as events from './events.ts'
import * as evidence from './evidence.ts'
import * as explain from './explain.ts'
import * as faults from './faults.ts'
import * as info from './info.ts'
import type { LargeResult } from './large-result.ts'
import * as lint from './lint.ts'
import * as networkOverview from './network-overview.ts'
import * as overview from './overview.ts'
import * as requests from './requests.ts'
import * as snapshots from './snapshots.ts'
import * as state from './state.ts'
import * as tunnels from './tunnels.ts'
import * as worlds from './worlds.ts'

type Handlers = {
  readonly [Name in OperationName]: (
    context: Context,
    input: Input<Name>,
  ) => Result<Name> | Promise<Result<Name>> | LargeResult<Result<Name>>
}

/** The functions of each noun's file. The compiler refuses an operation without a function. */
export const HANDLERS: Handlers = {
  ...accessOverview,
  ...dnsOverview,
  ...due,
  ...networkOverview,
  ...clock,
  ...configurations,
  ...connectors,
  ...edge,
  ...events,
  ...evidence,
  ...explain,
  ...faults,
  ...info,
  ...lint,
  ...outages,
  ...overview,
  ...requests,
  ...snapshots,
  ...state,
  ...tunnels,
  ...worlds,
}
