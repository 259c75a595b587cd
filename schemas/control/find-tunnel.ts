import type { TunnelAddress } from './connector.ts'
import type { Control } from './control.ts'

interface Choice {
  /** Undefined: any account. */
  readonly account?: string | undefined
  /** How the caller chooses one of several accounts. */
  readonly remedy?: string
}

/** Finds a tunnel by name or id. Throws an Error with one line when none fits, or several do. */
export async function findTunnel(
  control: Pick<Control, 'listTunnels'>,
  wanted: string,
  { account, remedy = 'name one with --account' }: Choice = {},
): Promise<TunnelAddress> {
  const found = (await control.listTunnels())
    .filter(({ account_id }) => account === undefined || account_id === account.toLowerCase())
    .filter(({ tunnel_id, name }) => tunnel_id === wanted.toLowerCase() || name === wanted)

  const [first, second] = found
  if (!first) throw new Error(`there is no tunnel ${wanted}${account ? ` in account ${account}` : ''}`)
  if (second) {
    const accounts = found.map(({ account_id }) => account_id).join(', ')
    throw new Error(`several accounts have a tunnel ${wanted}: ${remedy}, of ${accounts}`)
  }
  return { account_id: first.account_id, tunnel_id: first.tunnel_id }
}
