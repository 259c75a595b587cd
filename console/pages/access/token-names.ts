import type { AccessOverview } from '../../../schemas/control/access-overview.ts'

/** Policies name service tokens by their ids. */
export function tokenNames({ service_tokens }: AccessOverview): (id: string) => string | undefined {
  const names = new Map(service_tokens.map(({ id, name }) => [id, name]))
  return id => names.get(id)
}
